#include "site.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "platform/json/json.h"

namespace tiendo::tests {
namespace {

http::Request request(http::Method method, const std::string& path) {
    http::Request made;
    made.method = method;
    made.target = path;
    const std::size_t mark = path.find('?');
    made.path = path.substr(0, mark);
    made.headers = {{"accept-language", "vi"}};
    if (mark == std::string::npos) return made;
    for (std::size_t at = mark + 1; at < path.size();) {
        const std::size_t end = std::min(path.find('&', at), path.size()), equals = path.find('=', at);
        made.query.push_back({path.substr(at, equals - at), path.substr(equals + 1, end - equals - 1)});
        at = end + 1;
    }
    return made;
}

}  // namespace

const views::Views& all_views() {
    static const SourceFiles files(TIENDO_SOURCE_DIR "/src", ".html");
    static const views::Views views(files.files, texts());
    return views;
}

Site::Site(Centre& of, jobs::Settings settings)
    : centre(of),
      store(of.folder + "/data"),
      desk(imports::open_desk(of.database, store, texts(), settings)),
      site_{.routes = routes_, .views = all_views(), .texts = texts(), .database = of.database} {
    imports::register_routes(routes_, desk);
    site_.clock = [] { return now; };
    site_.actor = [this](const http::Request& asked) -> std::optional<web::Actor> {
        for (const web::Actor& actor : visitors_)
            if (actor.name == asked.header("x-visitor")) return actor;
        return std::nullopt;
    };
    visit_as("officer", "training_officer", centre.centre);
}

http::Response Site::get(const std::string& path) { return answer(request(http::Method::get, path)); }

http::Response Site::post(const std::string& path, http::Fields form) {
    http::Request sent = request(http::Method::post, path);
    form.push_back({"csrf", visitor->csrf});
    sent.form = sent.form_as_typed = std::move(form);
    return answer(std::move(sent));
}

http::Response Site::upload(const std::string& path, const std::string& file, http::Fields form) {
    http::Request sent = request(http::Method::post, path);
    form.push_back({"csrf", visitor->csrf});
    sent.form = sent.form_as_typed = std::move(form);
    if (!file.empty()) {
        const auto stored = std::make_shared<http::TemporaryFile>(centre.folder);
        std::filesystem::copy_file(centre.path(file), stored->path(),
                                   std::filesystem::copy_options::overwrite_existing);
        const auto size = std::filesystem::file_size(stored->path());
        sent.uploads.push_back({"file", file, "application/octet-stream", stored, size});
    }
    return answer(std::move(sent));
}

Value Site::json(const std::string& path) {
    const http::Response response = get("/api/v1" + path);
    CHECK(response.status == 200);
    return json::parse(response.body).value_or(Value());
}

void Site::work() {
    while (desk.jobs->run_one()) {
    }
}

void Site::visit_as(const std::string& name, const std::string& role, organisations::UnitId unit) {
    const auto of_that_name = [&](const web::Actor& actor) { return actor.name == name; };
    if (std::none_of(visitors_.begin(), visitors_.end(), of_that_name))
        visitors_.push_back(centre.account(name, role, unit));
    visitor = *std::find_if(visitors_.begin(), visitors_.end(), of_that_name);
}

http::Response Site::answer(http::Request request) {
    if (visitor) request.headers.push_back({"x-visitor", visitor->name});
    return web::answer(site_, request);
}

void on_a_site(const std::function<void(Site&, Centre&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        Centre centre(database);
        Site site(centre);
        test(site, centre);
    });
}

std::string where(const http::Response& response) {
    return std::string(http::value_of(response.headers, "Location"));
}
bool has(const http::Response& response, const std::string& words) {
    return response.body.find(words) != std::string::npos;
}
std::string state_of(Site& site, const std::string& path) { return *site.json(path)["state"].text(); }

std::string checked_roster(Site& site, const Rows& rows, const std::vector<std::string>& header) {
    write_workbook(site.centre.path("danh sách.xlsx"), header, rows);
    const auto response =
        site.upload("/imports", "danh sách.xlsx", {{"kind", "roster"}, {"cohort", "DVM-01/2017"}});
    REQUIRE(response.status == 303);
    site.work();
    return where(response);
}

}  // namespace tiendo::tests
