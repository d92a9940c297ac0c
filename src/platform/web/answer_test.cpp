#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "platform/db/testing.h"
#include "platform/json/json.h"
#include "platform/web/web.h"

using namespace tiendo;
using http::Method;
using http::Request;
using http::Response;
using web::Actor;
using web::Visit;

namespace {

constexpr web::Permission see_plans{"plan.see"}, approve_plans{"plan.approve"};

const std::vector<EmbeddedFile> locale_files = {
    {"vi/a.toml",
     "language.name = \"Tiếng Việt\"\nplan.approved = \"Đã duyệt\"\nplan.year_unknown = \"Năm {0} chưa có\"\n"
     "[error.title]\nnot_found=\"Không thấy\"\nforbidden=\"Không được\"\nconflict=\"Mâu thuẫn\"\n"
     "bad_request=\"Sai\"\nunavailable=\"Bận\"\nfault=\"Lỗi\"\n"},
    {"en/a.toml",
     "language.name = \"English\"\nplan.approved = \"Approved\"\nplan.year_unknown = \"No year {0}\"\n"
     "[error.title]\nnot_found=\"Not found\"\nforbidden=\"Forbidden\"\nconflict=\"Conflict\"\n"
     "bad_request=\"Bad request\"\nunavailable=\"Busy\"\nfault=\"Fault\"\n"}};

const std::vector<EmbeddedFile> view_files = {
    {"web/views/layout.html",
     "<{{language}}|{{title}}|{{centre}}|{{theme}}|{{#notice}}{{tone}}:{{text}}{{/notice}}>{{{content}}}"},
    {"web/views/error.html", "{{status}} {{kind}} {{incident}}"},
    {"plan/views/form.html",
     "{{#refused}}{{#refusals}}{{field}}={{message}};{{/refusals}}{{/refused}}"
     "{{#year}}{{value}},{{refusal}}{{/year}} csrf={{csrf}}"}};

Response whoami(const Visit& visit) {
    return visit.json(Value::object({{"name", visit.actor.name},
                                     {"language", i18n::to_text(visit.language)},
                                     {"today", visit.today()},
                                     {"id", visit.request.parameter("id")}}));
}

Response form(const Visit& visit) {
    const Refusals refusals = {{"year", "plan.year_unknown", {"<2017>"}}};
    const Value value =
        Value::object({{"title", "T"}, {"year", web::form_field(visit, "year", "2016", refusals)}});
    return visit.refused("plan/form", value, refusals);
}

template <class Exception>
web::Handler throwing(Exception exception) {
    return [exception](const Visit&) -> Response { throw exception; };
}

// A site with some routes, a database and three people.
struct TestSite {
    db::TestDatabase database = db::test_sqlite();
    i18n::Texts texts{locale_files, i18n::Missing::throws};
    views::Views views{view_files, texts};
    web::Routes routes = declared();
    web::Site site{routes, views, texts, *database.database};
    std::ostringstream log;

    TestSite() {
        site.clock = [] { return *parse_instant("2017-06-19T20:00:00Z"); };
        site.actor = [](const Request& request) -> std::optional<Actor> {
            if (request.header("authorization") == "Bearer good")
                return Actor{3, "Program", {}, {"plan.see", "plan.approve"}, "", true};
            if (request.cookie("session") == "lan")
                return Actor{1, "Lan", {}, {"plan.see"}, "token-of-lan", false};
            if (request.cookie("session") == "director")
                return Actor{2,    "Director", i18n::Language::en, {"plan.see", "plan.approve"}, "token-of-d",
                             false};
            return std::nullopt;
        };
        site.frame = [](const Visit&) { return Value::object({{"centre", "Centre"}}); };
        auto logger =
            std::make_shared<spdlog::logger>("web", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
        spdlog::drop("web");
        spdlog::register_logger(logger);
    }
    ~TestSite() { spdlog::drop("web"); }

    static web::Routes declared() {
        web::Routes routes;
        routes.get("/open/:id", web::everyone, whoami);
        routes.get("/mine", web::signed_in, whoami);
        routes.get("/plans/:id", see_plans, whoami);
        routes.post("/plans/:id/approval", approve_plans, whoami);
        routes.post("/session", web::everyone, whoami);
        routes.get("/form", web::everyone, form);
        routes.post("/form", web::everyone, form);
        routes.get("/go", web::everyone,
                   [](const Visit& visit) { return visit.redirect("/form", "plan.approved"); });
        routes.get("/id/:id", web::everyone, [](const Visit& visit) {
            return visit.json(Value::object({{"id", web::id_of(visit, "id")}}));
        });
        routes.get("/api/v1/plans", see_plans, whoami);
        routes.post("/api/v1/plans", approve_plans, [](const Visit& visit) {
            return visit.json_refused({{"year", "plan.year_unknown", {"2017"}}});
        });
        routes.get("/absent", web::everyone, throwing(web::NotFound()));
        routes.get("/not-allowed", web::everyone, throwing(web::Forbidden()));
        routes.get("/conflict", web::everyone, throwing(db::Conflict("unique\nKey (Nguyễn Thị Lan) exists")));
        routes.get("/busy", web::everyone, throwing(db::Busy("locked")));
        routes.get("/gone", web::everyone, throwing(db::Unreachable("disk full")));
        routes.get("/bug", web::everyone, throwing(std::logic_error("a bug")));
        routes.get("/api/v1/bug", web::everyone, throwing(std::logic_error("a bug")));
        routes.post("/upload", approve_plans, whoami,
                    {.pool = http::Pool::slow, .uploads = true, .body_limit = {}});
        return routes;
    }

    Response ask(Method method, const std::string& target, http::Fields headers = {},
                 http::Fields form = {}) {
        Request request;
        request.method = method;
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        if (const auto mark = target.find('='); mark != std::string::npos)
            request.query = {{target.substr(request.path.size() + 1, mark - request.path.size() - 1),
                              target.substr(mark + 1)}};
        headers.push_back({"host", "tiendo.test:8080"});
        for (const auto& header : headers)
            if (header.name.rfind("cookie:", 0) == 0)
                request.cookies.push_back({header.name.substr(7), header.value});
            else
                request.headers.push_back(header);
        request.form = form;
        request.form_as_typed = form;
        return web::answer(site, request);
    }
    Response get(const std::string& target, http::Fields headers = {}) {
        return ask(Method::get, target, headers);
    }
};

const http::Field lan{"cookie:session", "lan"}, director{"cookie:session", "director"},
    bearer{"authorization", "Bearer good"};

std::string header_of(const Response& response, std::string_view name) {
    return std::string(http::value_of(response.headers, name));
}

}  // namespace

TEST_CASE("who may ask: nobody, somebody, whoever has the permission") {
    TestSite site;
    CHECK(site.get("/open/7").status == 200);
    CHECK(json::parse(site.get("/open/7").body)->operator[]("id") == Value("7"));
    CHECK(json::parse(site.get("/mine", {lan}).body)->operator[]("name") == Value("Lan"));
    CHECK(site.get("/plans/7", {lan}).status == 200);
    CHECK(site.ask(Method::post, "/plans/7/approval", {lan}, {{"csrf", "token-of-lan"}}).status == 403);
    CHECK(site.ask(Method::post, "/plans/7/approval", {director}, {{"csrf", "token-of-d"}}).status == 200);
}

TEST_CASE("a stranger is sent to sign in, and comes back to where he wanted to go") {
    TestSite site;
    const Response page = site.get("/mine?year=2017");
    CHECK(page.status == 303);
    CHECK(header_of(page, "Location") == "/sign-in?next=%2Fmine%3Fyear%3D2017");
    CHECK(header_of(site.ask(Method::post, "/plans/7/approval"), "Location") == "/sign-in");
    CHECK(header_of(site.get("//evil/mine"), "Location").empty());
    const Response part = site.get("/mine", {{"hx-request", "true"}});
    CHECK(part.status == 401);
    CHECK(header_of(part, "HX-Redirect") == "/sign-in?next=%2Fmine");
    const Response api = site.get("/api/v1/plans");
    CHECK(api.status == 401);
    CHECK(api.type == "application/json");
    CHECK(header_of(api, "WWW-Authenticate") == "Bearer");
    CHECK(api.body == R"({"error":"forbidden","message":"Không được","incident":null})");
}

TEST_CASE("what is not there is 404, another method 405") {
    TestSite site;
    CHECK(site.get("/none").status == 404);
    CHECK(site.get("/none", {lan}).body == "<vi|Không thấy|Centre|auto|>404 not_found ");
    CHECK(site.get("/absent").status == 404);
    CHECK(site.get("/absent").body == site.get("/none").body);
    CHECK(site.get("/id/abc").status == 404);
    CHECK(site.get("/id/7").status == 200);
    const Response response = site.ask(Method::post, "/mine", {lan}, {{"csrf", "token-of-lan"}});
    CHECK(response.status == 405);
    CHECK(header_of(response, "Allow") == "GET, HEAD");
    CHECK(site.get("/not-allowed").status == 403);
}

TEST_CASE("a change by cookie needs the session's token, and a page of this site") {
    TestSite site;
    struct Case {
        const char* what;
        http::Fields headers, form;
        int status;
    };
    const http::Fields token = {{"csrf", "token-of-d"}};
    const Case cases[] = {
        {"no token", {director}, {}, 403},
        {"an empty token", {director}, {{"csrf", ""}}, 403},
        {"another's token", {director}, {{"csrf", "token-of-lan"}}, 403},
        {"a longer token", {director}, {{"csrf", "token-of-dd"}}, 403},
        {"the token in the form", {director}, token, 200},
        {"the token in a header", {director, {"x-csrf-token", "token-of-d"}}, {}, 200},
        {"a wrong header before a right form", {director, {"x-csrf-token", "x"}}, token, 403},
        {"from here",
         {director, {"sec-fetch-site", "same-origin"}, {"origin", "https://TIENDO.test:8080"}},
         token,
         200},
        {"typed by the user", {director, {"sec-fetch-site", "none"}}, token, 200},
        {"from another site", {director, {"sec-fetch-site", "cross-site"}}, token, 403},
        {"from a neighbour", {director, {"sec-fetch-site", "same-site"}}, token, 403},
        {"from another origin", {director, {"origin", "https://evil.test"}}, token, 403},
        {"from another port", {director, {"origin", "http://tiendo.test:9"}}, token, 403},
        {"from nowhere", {director, {"origin", "null"}}, token, 403},
        {"a program", {bearer}, {}, 200},
        {"a program behind a page", {bearer, {"origin", "https://evil.test"}}, {}, 200},
    };
    for (const auto& [what, headers, form, status] : cases) {
        CAPTURE(std::string(what));
        CHECK(site.ask(Method::post, "/plans/7/approval", headers, form).status == status);
    }
    CHECK(site.ask(Method::post, "/session", {}).status == 200);
    CHECK(site.ask(Method::post, "/session", {{"origin", "https://evil.test"}}).status == 403);
}

TEST_CASE("whatever a handler throws becomes a page or JSON with an incident number") {
    TestSite site;
    struct Case {
        const char* path;
        int status;
        const char* kind;
    };
    for (const auto& [path, status, kind] :
         {Case{"/conflict", 409, "conflict"}, Case{"/busy", 503, "unavailable"},
          Case{"/gone", 503, "unavailable"}, Case{"/bug", 500, "fault"}}) {
        CAPTURE(std::string(path));
        const Response response = site.get(path);
        CHECK(response.status == status);
        const std::string told = std::to_string(status) + " " + kind + " ";
        REQUIRE(response.body.find(told) != std::string::npos);
        // What the visitor cannot mend has a number to quote.
        const auto number = response.body.substr(response.body.find(told) + told.size());
        CHECK(number.size() == (status >= 500 ? 8 : 0));
        CHECK((header_of(response, "Retry-After") == "5") == (status == 503));
    }
    const Response page = site.get("/bug");
    const std::string incident = page.body.substr(page.body.find("fault ") + 6);
    CHECK(incident.size() == 8);
    CHECK(site.log.str().find("GET /bug 500 incident " + incident + ": a bug") != std::string::npos);
    CHECK(page.body.find("a bug") == std::string::npos);
    const auto api = json::parse(site.get("/api/v1/bug").body);
    CHECK((*api)["error"] == Value("fault"));
    CHECK((*api)["incident"].text()->size() == 8);
}

TEST_CASE("a fault whose page fails too is still answered") {
    TestSite site;
    site.site.frame = [](const Visit&) -> Value { throw db::Unreachable("gone"); };
    const Response response = site.get("/bug");
    CHECK(response.status == 500);
    CHECK(response.type == "text/plain; charset=utf-8");
    CHECK(response.body.rfind("Internal Server Error ", 0) == 0);
    site.site.actor = [](const Request&) -> std::optional<Actor> { throw db::Unreachable("gone"); };
    CHECK(site.get("/mine").status == 503);
}

TEST_CASE("the log has the route and no names") {
    TestSite site;
    site.get("/open/Nguyen-Thi-Lan?q=secret", {lan});
    site.get("/people/Nguyen-Thi-Lan");
    site.get("/conflict");
    const std::string lines = site.log.str();
    CHECK(lines.find("GET /open/:id 200 ") != std::string::npos);
    CHECK(lines.find("GET - 404 ") != std::string::npos);
    CHECK(lines.find("GET /conflict 409 incident ") != std::string::npos);
    for (const char* name : {"Lan", "secret", "Nguyễn", "token"})
        CHECK(lines.find(name) == std::string::npos);
}

TEST_CASE("the language is the account's, the cookie's, the browser's, the site's") {
    TestSite site;
    const http::Field cookie{"cookie:language", "en"}, browser{"accept-language", "en-GB"};
    const auto language = [&](http::Fields headers) {
        return *(*json::parse(site.get("/open/1", headers).body))["language"].text();
    };
    CHECK(language({}) == "vi");
    CHECK(language({browser}) == "en");
    CHECK(language({{"cookie:language", "vi"}, browser}) == "vi");
    CHECK(language({cookie}) == "en");
    CHECK(language({{"cookie:language", "fr"}}) == "vi");
    CHECK(language({director, {"cookie:language", "vi"}}) == "en");
    CHECK(*(*json::parse(site.get("/open/1").body))["today"].text() == "2017-06-20");
}

TEST_CASE("a choice of language or theme is kept in a cookie") {
    TestSite site;
    const Response response = site.get("/form?language=en");
    CHECK(response.status == 303);
    CHECK(header_of(response, "Location") == "/form");
    CHECK(header_of(response, "Set-Cookie").rfind("language=en; ", 0) == 0);
    CHECK(header_of(site.get("/form?theme=dark"), "Set-Cookie").rfind("theme=dark; ", 0) == 0);
    CHECK(site.get("/form?theme=pink").status == 422);
    CHECK(site.get("/form", {{"cookie:theme", "dark"}}).body.find("|dark|") != std::string::npos);
    CHECK(site.get("/form", {{"cookie:theme", "<script>"}}).body.find("|auto|") != std::string::npos);
}

TEST_CASE("a refused form is shown again with what was typed and why") {
    TestSite site;
    const Response response =
        site.ask(Method::post, "/form", {lan}, {{"csrf", "token-of-lan"}, {"year", "<b>"}});
    CHECK(response.status == 422);
    CHECK(response.body ==
          "<vi|T|Centre|auto|>year=Năm &lt;2017&gt; chưa có;&lt;b&gt;,Năm &lt;2017&gt; chưa có "
          "csrf=token-of-lan");
    CHECK(site.ask(Method::post, "/api/v1/plans", {bearer}).body ==
          R"({"refusals":[{"field":"year","key":"plan.year_unknown","message":"Năm 2017 chưa có"}]})");
}

TEST_CASE("a notice follows a redirect, once") {
    TestSite site;
    const std::string cookie = header_of(site.get("/go"), "Set-Cookie");
    REQUIRE(cookie.rfind("notice=done:plan.approved; ", 0) == 0);
    const Response page = site.get("/form", {{"cookie:notice", "done:plan.approved"}});
    CHECK(page.body.find("done:Đã duyệt") != std::string::npos);
    CHECK(header_of(page, "Set-Cookie").rfind("notice=; ", 0) == 0);
    CHECK(site.get("/form", {{"cookie:notice", "done:<b>"}}).body.find("b&gt;") == std::string::npos);
    CHECK(header_of(site.get("/form"), "Set-Cookie").empty());
}

TEST_CASE("an upload is asked about at the door, before its body is read") {
    TestSite site;
    const http::Choose choose = web::serve(site.site);
    const auto admitted = [&](http::Fields cookies, http::Fields headers) {
        Request head;
        head.method = Method::post;
        head.path = head.target = "/upload";
        head.cookies = std::move(cookies);
        head.headers = std::move(headers);
        const http::Treatment treatment = choose(head);
        CHECK(treatment.uploads);
        CHECK(treatment.pool == http::Pool::slow);
        CHECK(treatment.body_limit == http::default_upload_limit);
        const auto refusal = treatment.admit(head);
        return refusal ? refusal->status : 0;
    };
    CHECK(admitted({}, {}) == 303);
    CHECK(admitted({{"session", "lan"}}, {}) == 403);
    CHECK(admitted({{"session", "director"}}, {}) == 0);
    CHECK(admitted({{"session", "director"}}, {{"sec-fetch-site", "cross-site"}}) == 403);
    Request other;
    other.path = "/plans/1";
    CHECK_FALSE(choose(other).uploads);
    CHECK(choose(other).body_limit == http::default_body_limit);
}

TEST_CASE("a path to go to stays on this site") {
    for (const char* good : {"/", "/plans/2017?as_of=2017-06-16", "/lớp"})
        CHECK(web::local_path(good) == good);
    for (const char* bad :
         {"", "plans", "//evil", "/\\evil", "https://evil", "/a\nb", "/\tevil", "/a\\b", "/\xff"})
        CHECK_FALSE(web::local_path(bad));
}
