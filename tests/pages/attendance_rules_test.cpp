// How attendance is counted, as the house says from a day on.
#include <doctest/doctest.h>

#include <thread>

#include "attendance_hall.h"

namespace tiendo::tests {
namespace {

using hall::learner;
using hall::mark;

http::Response rule_from(Year& year, const char* day, const char* leave, const char* minutes = "15") {
    return year.post(year.officer, "/attendance-rules",
                     {{"valid_from", day},
                      {"late_after_minutes", minutes},
                      {"leave", leave},
                      {"basis", "Quy chế 12"},
                      {"verified_by", "Trần Thị Mai"}});
}

// Held twice, and the second learner on leave in one of them.
cohorts::Cohort half_on_leave(Year& year, const char* code) {
    const auto cohort = hall::taught_cohort(year, code, 2, {"2017-06-12", "2017-06-13"});
    const std::string id = *learner(year, cohort, 1)["id"].text();
    CHECK(mark(year, cohort, 0, hall::everybody(year, cohort, "present")).status == 200);
    CHECK(mark(year, cohort, 1, hall::everybody(year, cohort, "present")).status == 200);
    CHECK(mark(year, cohort, 1, R"({"state-)" + id + R"(": "excused"})").status == 200);
    return cohort;
}

bool is_enough(Year& year, const cohorts::Cohort& cohort) {
    return *learner(year, cohort, 1)["total"]["enough"].truth();
}

TEST_CASE("leave counts as the rule of the opening day says, until results are recognised") {
    for_each_year([](Year& year) {
        const auto cohort = half_on_leave(year, "NGHI");  // opened on 5 June
        CHECK(!is_enough(year, cohort));
        CHECK(rule_from(year, "2017-06-06", "left_out").status == 303);
        CHECK(!is_enough(year, cohort));
        CHECK(rule_from(year, "2017-06-01", "attended").status == 303);
        CHECK(is_enough(year, cohort));
        CHECK(year.post(year.officer, hall::assess(year, cohort) + "/locking",
                        {{"number", "1-QĐ"}, {"dated_on", "2017-06-15"}})
                  .status == 303);
        const http::Response refused = rule_from(year, "2017-06-02", "missed");
        CHECK(refused.status == 422);
        CHECK(shows(refused, "NGHI"));
        CHECK(shows(refused, "06/06/2017"));
        CHECK(rule_from(year, "2017-06-02", "attended", "30").status == 303);  // changes nothing of it
        CHECK(rule_from(year, "2017-06-07", "missed").status == 303);
        CHECK(is_enough(year, cohort));
        CHECK(hall::verify(year).balanced());
    });
}

TEST_CASE("two who record a rule for one day at once leave one rule") {
    for_each_year([](Year& year) {
        const auto record = [&](const char* minutes) {
            CHECK(rule_from(year, "2017-09-01", "missed", minutes).status == 303);
        };
        std::thread other(record, "20");
        record("30");
        other.join();
        CHECK(year.json(year.officer, "/api/v1/attendance-rules")["rules"].list_items()->size() == 2);
    });
}

TEST_CASE("rules of attendance are the centre's: whoever may mark elsewhere changes nothing of them") {
    for_each_year([](Year& year) {
        for (const char* path : {"/attendance-rules", "/api/v1/attendance-rules"}) {
            CHECK(year.get(year.unit_officer, path).status == 403);
            CHECK(year.get(year.director, path).status == 200);
            for (const web::Actor& actor : {year.unit_officer, year.director, year.outsider})
                CHECK(year.post(actor, path,
                                {{"valid_from", "2017-09-01"},
                                 {"late_after_minutes", "5"},
                                 {"leave", "missed"},
                                 {"basis", "x"}})
                          .status == 403);
        }
    });
}

}  // namespace
}  // namespace tiendo::tests
