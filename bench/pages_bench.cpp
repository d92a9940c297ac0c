// Pages of the served program, beside a handler that sends as many bytes and does nothing else;
// and how the time of one page divides between the database and the rest.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "app/program.h"
#include "app/site.h"
#include "base/text.h"
#include "features/accounts/accounts.h"
#include "features/cohorts/cohorts.h"
#include "measure.h"
#include "platform/auth/session.h"
#include "serving.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

struct Page {
    std::string name, path;
};

// An account that may see everything, signed in.
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
    const auto roster =
        database.read([](db::Read& tx) { return cohorts::find_cohort(tx, large_cohort)->id; });
    const std::string year = std::to_string(year_of_books);
    return {{"figure page, 50 rows of 1 M",
             "/figures?measure=learners_started&year=" + year + "&as_of=" + year + "-12-31"},
            {"roster page, 100 rows", "/cohorts/" + to_text(roster)},
            {"statement page", "/statements/" + year},
            {"cohorts page, 100 rows", "/cohorts?year=" + year}};
}

http::Request request_for(const Page& page, const std::string& cookie) {
    http::Request request{.method = http::Method::get, .target = page.path, .client = "127.0.0.1"};
    const auto question = page.path.find('?');
    request.path = page.path.substr(0, question);
    if (question != std::string::npos)
        for (const std::string_view pair : split(std::string_view(page.path).substr(question + 1), '&')) {
            const auto equals = pair.find('=');
            request.query.push_back(
                {std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))});
        }
    const auto equals = cookie.find('=');
    request.cookies.push_back({cookie.substr(0, equals), cookie.substr(equals + 1)});
    request.headers.push_back({"host", "127.0.0.1"});
    return request;
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

// One page in this process, without a server: what the whole takes, and what the database.
http::Response measure_inside(const web::Site& site, const Page& page, const std::string& cookie) {
    http::Response response;
    std::vector<double> whole, database;
    std::int64_t statements = 0;
    {
        const Silence silence;
        for (int turn = 0; turn < (quick() ? 30 : 200); ++turn) {
            http::Request request = request_for(page, cookie);
            const std::int64_t statements_before = db::statements_run(),
                               before = db::nanoseconds_in_database();
            whole.push_back(seconds_of([&] { response = web::answer(site, request); }));
            database.push_back(static_cast<double>(db::nanoseconds_in_database() - before) / 1e9);
            statements = db::statements_run() - statements_before;
        }
    }
    if (response.status != 200)
        throw std::runtime_error(page.path + " answered " + std::to_string(response.status) + "\n" +
                                 response.body);
    tell({page.name + ": whole, and " + std::to_string(statements) + " statements",
          microseconds(median(whole)), microseconds(median(database))});
    tell({page.name + ": rendering and the rest, of " + std::to_string(response.body.size()) + " bytes",
          microseconds(median(whole) - median(database))});
    return response;
}

// Round after round, the page and its limit in turn.
void measure_served(const Page& page, const Served& served, const http::Response& response,
                    const std::string& cookie) {
    const Constant constant(response);
    const int rounds = quick() ? 2 : 5, seconds = quick() ? 1 : 3;
    std::vector<double> ours, limit, p99, limit_p99;
    load_of(served.port(), page.path, cookie, 1);
    for (int round = 0; round < rounds; ++round) {
        const Load own = load_of(served.port(), page.path, cookie, seconds);
        const Load empty = load_of(constant.port(), page.path, cookie, seconds);
        ours.push_back(own.requests_per_second);
        limit.push_back(empty.requests_per_second);
        p99.push_back(own.p99);
        limit_p99.push_back(empty.p99);
    }
    const auto per_second = [](double number) { return grouped(static_cast<std::int64_t>(number)) + "/s"; };
    tell({page.name + ": served, and as many bytes from an empty handler", per_second(median(ours)),
          per_second(median(limit)), median(limit) / median(ours)});
    tell({page.name + ": p99 of 16 clients", milliseconds(median(p99)), milliseconds(median(limit_p99)),
          median(p99) / median(limit_p99)});
}

}  // namespace

int main() {
    const std::string data = data_folder({1'000'000, Days::whole_year});
    // The children of measure_served are made before this process has threads of its own.
    app::Settings settings;
    settings.data = data;
    settings.language = "vi";
    app::register_features();
    std::vector<Page> pages;
    std::vector<http::Response> responses;
    std::string cookie;
    {
        app::Program program(settings);
        cookie = cookie_of_a_reader(program.database());
        pages = pages_of(program.database());
        const app::Pages site(program);
        for (const Page& page : pages) responses.push_back(measure_inside(site.site(), page, cookie));
    }
    const Served served(data);
    for (std::size_t i = 0; i < pages.size(); ++i) measure_served(pages[i], served, responses[i], cookie);
}
