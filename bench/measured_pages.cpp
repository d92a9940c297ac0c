#include "measured_pages.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

#include "app/program.h"
#include "app/site.h"
#include "base/text.h"
#include "books_data.h"
#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "platform/auth/session.h"

namespace tiendo::bench {
namespace {

std::string cookie_of_a_reader(db::Database& database) {
    const auto session = database.write([](db::Write& tx) {
        const web::Actor actor = accounts::operator_actor(tx);
        const Instant now = system_now();
        auto account = accounts::find_account(tx, "reader");
        if (!account) {
            const auto made = accounts::make_account(tx, actor, "reader", "Đọc Thử", now);
            accounts::grant(tx, actor, *made, "administrator", organisations::centre(tx).id, now);
            account = accounts::find_account(tx, "reader");
        }
        return auth::begin_session(tx, account->id.value, now);
    });
    return "tiendo_session=" + session.token;
}

std::vector<Page> pages_of(db::Database& database) {
    struct Shown {
        std::int64_t roster, person, unit;
    };
    const Shown shown = database.read([](db::Read& tx) {
        const auto cohort = cohorts::find_cohort(tx, large_cohort)->id;
        return *tx.find<Shown>(R"sql(
            select cohort, person, unit from participations where cohort = :cohort order by id limit 1)sql",
                               {{"cohort", cohort}}, [](const db::Row& row) {
                                   return Shown{row.integer(0), row.integer(1), row.integer(2)};
                               });
    });
    const std::string year = std::to_string(year_of_books);
    return {{"figure page, 50 rows",
             "/figures?measure=learners_started&year=" + year + "&as_of=" + year + "-12-31"},
            {"roster page, 100 rows", "/cohorts/" + std::to_string(shown.roster), true},
            {"person page", "/people/" + std::to_string(shown.person), true},
            {"unit page", "/units/" + std::to_string(shown.unit), true},
            {"people page, 100 rows", "/people?q=nguyen"},
            {"statement page", "/statements/" + year},
            {"cohorts page, 100 rows", "/cohorts?year=" + year}};
}

// name=value, split.
http::Field field_of(std::string_view pair) {
    const auto equals = pair.find('=');
    return {std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))};
}

// The site logs a line for every request; nobody reads these.
class Silence {
 public:
    Silence() : kept_(::dup(STDERR_FILENO)) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
    ~Silence() {
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }
    Silence(const Silence&) = delete;

 private:
    int kept_;
};

app::Settings settings_of(const std::string& data_folder, const std::string& database) {
    static const bool registered = [] {
        app::register_features();
        return true;
    }();
    app::Settings settings;
    settings.data = data_folder;
    settings.database = registered ? database : "";
    settings.language = "vi";
    return settings;
}

}  // namespace

struct OpenSite::Inside {
    Inside(const std::string& data_folder, const std::string& address)
        : program(settings_of(data_folder, address)),
          cookie(cookie_of_a_reader(program.database())),
          pages(pages_of(program.database())),
          site(program) {}
    app::Program program;
    std::string cookie;
    std::vector<Page> pages;
    app::Pages site;
};

OpenSite::OpenSite(const std::string& data_folder, const std::string& database)
    : inside_(new Inside(data_folder, database)) {}
OpenSite::~OpenSite() = default;

const std::vector<Page>& OpenSite::pages() const { return inside_->pages; }
const std::string& OpenSite::cookie() const { return inside_->cookie; }

http::Response OpenSite::answer(const Page& page) const {
    http::Request request{.method = http::Method::get, .target = page.path, .client = "127.0.0.1"};
    const auto question = page.path.find('?');
    request.path = page.path.substr(0, question);
    if (question != std::string::npos)
        for (const auto pair : split(std::string_view(page.path).substr(question + 1), '&'))
            request.query.push_back(field_of(pair));
    request.cookies.push_back(field_of(inside_->cookie));
    request.headers.push_back({"host", "127.0.0.1"});
    http::Response response;
    {
        const Silence silence;
        response = web::answer(inside_->site.site(), request);
    }
    if (response.status != 200)
        throw std::runtime_error(page.path + " answered " + std::to_string(response.status) + "\n" +
                                 response.body);
    return response;
}

}  // namespace tiendo::bench
