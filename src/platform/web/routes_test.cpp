#include "platform/web/routes.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "platform/web/web.h"

using namespace tiendo;
using http::Fields;
using http::Method;
using web::everyone;

namespace {

http::Response nothing(const web::Visit&) { return {}; }

web::Routes some_routes() {
    web::Routes routes;
    routes.get("/", everyone, nothing);
    routes.get("/cohorts", everyone, nothing);
    routes.post("/cohorts", everyone, nothing);
    routes.get("/cohorts/new", everyone, nothing);
    routes.get("/cohorts/:id", everyone, nothing);
    routes.get("/cohorts/:cohort/learners/:id", everyone, nothing);
    routes.post("/cohorts/new/from/:programme", everyone, nothing);
    routes.remove("/api/v1/cohorts/:id", everyone, nothing);
    routes.put("/api/v1/cohorts/:id", everyone, nothing);
    return routes;
}

std::string pattern(const web::Routes::Match& match) {
    return match.route == nullptr ? "" : match.route->pattern;
}

}  // namespace

TEST_CASE("a path leads to its route") {
    const web::Routes routes = some_routes();
    struct Case {
        Method method;
        const char *path, *pattern;
        Fields parameters = {};
    };
    const Case cases[] = {
        {Method::get, "/", "/"},
        {Method::get, "/cohorts", "/cohorts"},
        {Method::head, "/cohorts", "/cohorts"},
        {Method::post, "/cohorts", "/cohorts"},
        {Method::get, "/cohorts/new", "/cohorts/new"},
        {Method::get, "/cohorts/newer", "/cohorts/:id", {{"id", "newer"}}},
        {Method::get, "/cohorts/7", "/cohorts/:id", {{"id", "7"}}},
        {Method::get,
         "/cohorts/new/learners/8",
         "/cohorts/:cohort/learners/:id",
         {{"cohort", "new"}, {"id", "8"}}},
        {Method::post, "/cohorts/new/from/9", "/cohorts/new/from/:programme", {{"programme", "9"}}},
        {Method::put, "/api/v1/cohorts/1", "/api/v1/cohorts/:id", {{"id", "1"}}},
    };
    for (const auto& [method, path, expected, parameters] : cases) {
        CAPTURE(std::string(path));
        const auto match = routes.match(method, path);
        CHECK(pattern(match) == expected);
        CHECK(match.parameters == parameters);
    }
}

TEST_CASE("a path that leads nowhere, and one that wants another method, are told apart") {
    const web::Routes routes = some_routes();
    for (const char* path : {"", "cohorts", "/cohorts/", "/cohorts//", "/cohorts/7/", "/none",
                             "/cohorts/7/learners", "/COHORTS", "//"}) {
        CAPTURE(std::string(path));
        const auto match = routes.match(Method::get, path);
        CHECK(pattern(match).empty());
        CHECK(match.allowed.empty());
    }
    CHECK(routes.match(Method::get, "/" + std::string(100'000, '/')).allowed.empty());
    CHECK(routes.match(Method::remove, "/cohorts").allowed == "GET, HEAD, POST");
    CHECK(routes.match(Method::get, "/api/v1/cohorts/1").allowed == "DELETE, PUT");
    CHECK(routes.match(Method::other, "/").allowed == "GET, HEAD");
}

TEST_CASE("the same route twice, and one that cannot be meant, are refused at once") {
    web::Routes routes = some_routes();
    CHECK_THROWS_AS(routes.get("/cohorts/:number", everyone, nothing), std::logic_error);
    CHECK_THROWS_AS(routes.get("cohorts", everyone, nothing), std::logic_error);
    CHECK_THROWS_AS(routes.get("/x", web::Permission{""}, nothing), std::logic_error);
}

TEST_CASE("all routes are listed as they were declared") {
    const web::Routes routes = some_routes();
    REQUIRE(routes.all().size() == 9);
    CHECK(routes.all()[0]->pattern == "/");
    CHECK(routes.all()[8]->method == Method::put);
    CHECK(routes.all()[8]->permission == "everyone");
}
