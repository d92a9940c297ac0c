// The unit officer sees the cohorts his people are in, his people there, and nothing else.
#include <doctest/doctest.h>

#include "year.h"

namespace tiendo::tests {
namespace {

TEST_CASE("a unit officer sees where his people are, and of a roster only them") {
    for_each_year([](Year& year) {
        const auto shared = year.propose("CHUNG"), others = year.propose("RIENG");
        const auto own = year.enrol(shared, "Nguyễn Thị Của Mình", year.tu_phap);
        const auto foreign = year.enrol(shared, "Trần Văn Người Khác", year.noi_vu);
        year.enrol(others, "Lê Thị Nơi Khác", year.noi_vu);
        for (const cohorts::Cohort& cohort : {shared, others})
            year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening",
                      {{"opened_on", "2017-03-06"}, {"reason", "lý do nội bộ"}});
        const std::string path = "/cohorts/" + to_text(shared.id);
        const web::Actor& officer = year.unit_officer;

        const Value list = year.json(officer, "/api/v1/cohorts");
        REQUIRE(list["cohorts"].list_items()->size() == 1);
        const Value& row = (*list["cohorts"].list_items())[0];
        CHECK(*row["code"].text() == "CHUNG");
        CHECK(*row["learners"].number() == 1);
        CHECK(*(*year.json(year.director, "/api/v1/cohorts?q=chung")["cohorts"].list_items())[0]["learners"]
                   .number() == 2);
        CHECK(year.get(officer, "/cohorts/" + to_text(others.id)).status == 404);

        const http::Response page = year.get(officer, path);
        CHECK(page.status == 200);
        CHECK(shows(page, "Của Mình"));
        CHECK(!shows(page, "Người Khác"));
        for (const char* text : {"lý do nội bộ", "/plans/", "history-title"})
            CHECK_MESSAGE(!shows(page, text), text);
        const Value roster = year.json(officer, "/api/v1" + path + "/roster");
        CHECK(*roster["count"].number() == 1);
        CHECK(roster["participations"].list_items()->size() == 1);
        CHECK(year.get(officer, "/participations/" + to_text(own)).status == 200);
        CHECK(year.get(officer, "/participations/" + to_text(foreign)).status == 404);

        const Value figure = year.json(officer, "/api/v1/figures?measure=learners_started&cohort=CHUNG");
        CHECK(*figure["quantity"].number() == 1);
        REQUIRE(figure["postings"].list_items()->size() == 1);
        CHECK(*(*figure["postings"].list_items())[0]["person"].text() == "Nguyễn Thị Của Mình");
        CHECK(*year.json(year.director, "/api/v1/figures?measure=learners_started&cohort=CHUNG")["quantity"]
                   .number() == 2);
        CHECK(year.get(officer, "/figures?measure=learners_started&cohort=RIENG").status == 404);

        const Value found = year.json(officer, "/api/v1/search?q=van");
        CHECK(found["groups"].list_items()->empty());
        CHECK(year.json(officer, "/api/v1/search?q=cua+minh")["groups"].list_items()->size() == 1);
        const Value units = year.json(officer, "/api/v1/units");
        CHECK(*units["count"].number() == 1);
    });
}

TEST_CASE("a unit officer has no statement, no plan, no document and no figure of the plan") {
    for_each_demonstration([](Year& year) {
        for (const char* path : {"/statements/2017", "/statements", "/plans", "/plans/2017",
                                 "/figures?measure=cohorts_opened&year=2017"})
            for (const std::string& prefix : {std::string(), std::string("/api/v1")})
                CHECK_MESSAGE(year.get(year.unit_officer, prefix + path).status == 403, (prefix + path));
        CHECK(year.get(year.unit_officer, "/documents/1").status == 403);
        CHECK(year.get(year.unit_officer, "/").status == 200);
        CHECK(year.get(year.unit_officer, "/cohorts").status == 200);
        // Cohorts are many, and each with people of his: every page of every one opens.
        const Value list = year.json(year.unit_officer, "/api/v1/cohorts");
        CHECK(list["cohorts"].list_items()->size() > 5);
        for (const Value& cohort : *list["cohorts"].list_items()) {
            const Value roster =
                year.json(year.unit_officer, "/api/v1/cohorts/" + *cohort["id"].text() + "/roster");
            for (const Value& row : *roster["participations"].list_items())
                CHECK(*row["unit"].text() == "Đảng bộ Bộ Tư pháp");
        }
    });
}

}  // namespace
}  // namespace tiendo::tests
