// Every page for everybody of the cast, in both languages.
#include <doctest/doctest.h>

#include "year.h"

namespace tiendo::tests {
namespace {

std::vector<std::string> pages_of(Year& year) {
    const std::string cohort = year.path_of("DVM-01/2017");
    const Value roster = year.json(year.director, "/api/v1" + cohort + "/roster");
    const std::string participation = *(*roster["participations"].list_items())[0]["id"].text();
    const Value learner = year.json(year.director, "/api/v1/participations/" + participation);
    return {"/",
            "/search?q=nguyen",
            "/plans",
            "/plans/2017",
            "/plans/2017?print=1",
            "/cohorts",
            "/cohorts?year=2017&role=organiser&q=dang+vien",
            cohort,
            cohort + "?after=1." + participation,
            "/participations/" + participation,
            "/statements/2017",
            "/statements/2017?as_of=2017-03-31&known_at=2017-06-12T08:10&rounding=truncate&decimals=2",
            "/statements/2017?print=1",
            "/statements/2018",
            "/figures?measure=learners_started&year=2017",
            "/figures?measure=cohorts_opened&year=2017&programme=new-members",
            "/figures?measure=learners_started&cohort=DVM-01/2017",
            "/units",
            "/units?q=bo",
            "/documents/" + *learner["document"]["id"].text()};
}

TEST_CASE("every page is there for director, officer and auditor, in both languages") {
    for_each_demonstration([](Year& year) {
        for (const std::string& target : pages_of(year))
            for (const web::Actor& actor : {year.director, year.officer, year.auditor})
                for (const i18n::Language language : i18n::languages) {
                    const http::Response response = year.get(actor, target, language);
                    CHECK_MESSAGE(response.status == 200,
                                  target << " for " << actor.name << ": " << response.body.substr(0, 300));
                }
    });
}

TEST_CASE("an outsider finds nothing of this centre") {
    for_each_demonstration([](Year& year) {
        const std::string cohort = year.path_of("DVM-01/2017");
        const Value roster = year.json(year.director, "/api/v1" + cohort + "/roster");
        const std::string participation =
            "/participations/" + *(*roster["participations"].list_items())[0]["id"].text();
        for (const std::string& path : {std::string("/plans/2017"), cohort, participation})
            for (const std::string& prefix : {std::string(), std::string("/api/v1")})
                CHECK_MESSAGE(year.get(year.outsider, prefix + path).status == 404, (prefix + path));
        CHECK(year.get(year.outsider, "/figures?measure=learners_started&cohort=DVM-01/2017").status == 404);
        CHECK(year.get(year.outsider, "/cohorts?format=xlsx").status == 200);
        CHECK(year.post(year.outsider, cohort + "/cancellation",
                        {{"cancelled_on", "2017-06-16"}, {"reason", "x"}})
                  .status == 404);
        CHECK(year.post(year.outsider, participation + "/withdrawal",
                        {{"withdrawn_on", "2017-06-16"}, {"reason", "x"}})
                  .status == 404);

        CHECK(year.json(year.outsider, "/api/v1/cohorts")["cohorts"].list_items()->empty());
        CHECK(year.json(year.outsider, "/api/v1/plans")["plans"].list_items()->empty());
        CHECK(year.json(year.outsider, "/api/v1/statements/2017")["lines"].list_items()->empty());
        CHECK(*year.json(year.outsider, "/api/v1/figures?measure=learners_started&year=2017")["quantity"]
                   .number() == 0);
        CHECK(year.json(year.outsider, "/api/v1/search?q=nguyen")["groups"].list_items()->empty());
        CHECK(!shows(year.get(year.outsider, "/"), "DVM-"));
    });
}

TEST_CASE("whoever is not signed in is asked to, and a program is told so") {
    for_each_demonstration([](Year& year) {
        const web::Actor nobody;
        CHECK(year.get(nobody, "/cohorts").status == 303);
        CHECK(year.get(nobody, "/api/v1/cohorts").status == 401);
    });
}

TEST_CASE("what nobody has looks like what nobody may see") {
    for_each_demonstration([](Year& year) {
        for (const char* path :
             {"/cohorts/1", "/cohorts/abc", "/participations/1", "/plans/1999", "/plans/abc", "/documents/1",
              "/statements/abc", "/figures?measure=learners_started&cohort=none"})
            CHECK_MESSAGE(year.get(year.officer, path).status == 404, path);
    });
}

}  // namespace
}  // namespace tiendo::tests
