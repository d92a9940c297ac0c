// What is told by forms and by programs: recorded, or refused beside its field and not recorded.
#include <doctest/doctest.h>

#include "features/accounts/accounts.h"
#include "features/plan/plan.h"
#include "features/proof/proof.h"
#include "platform/json/json.h"
#include "year.h"

namespace tiendo::tests {
namespace {

std::int64_t rows_of(Year& year, const std::string& table) {
    return year.database.read([&](db::Read& tx) { return tx.integer("select count(*) from " + table); });
}

void adopt_plan(Year& year) {
    year.write([&](db::Write& tx) {
        plan::Line line;
        line.programme = {{}, "new-members", "Đảng viên mới"};
        line.targets = {8, 640};
        plan::adopt(
            tx, year.operator_,
            {.year = 2017, .effective_on = day("2017-01-01"), .approval = {}, .note = "", .lines = {line}},
            {}, now);
    });
}

TEST_CASE("a cohort opens, closes, counts, is cancelled and reinstated by forms") {
    for_each_year([](Year& year) {
        adopt_plan(year);
        const auto cohort = year.propose("A");
        year.enrol(cohort, "An", year.tu_phap);
        const std::string path = "/cohorts/" + to_text(cohort.id);
        const auto told = [&](const std::string& act, Fields form) {
            const http::Response response = year.post(year.officer, path + "/" + act, form);
            REQUIRE_MESSAGE(response.status == 303, act << response.body.substr(0, 2000));
            CHECK(http::value_of(response.headers, "Location") == path);
        };
        told("opening", {{"opened_on", "2017-03-06"}});
        CHECK(year.cohort("A").facts.opened_on == day("2017-03-06"));
        told("opening", {{"opened_on", "7/3/2017"}, {"reason", "gõ nhầm"}});
        CHECK(year.cohort("A").facts.opened_on == day("2017-03-07"));
        told("closing", {{"closed_on", "2017-03-10"}, {"reason", "hồ sơ bổ sung sau"}});
        CHECK(year.cohort("A").facts.closed_on == day("2017-03-10"));
        const auto line = year.database.read(
            [&](db::Read& tx) { return cohorts::lines_it_may_count_to(tx, cohort).size(); });
        CHECK(line == 0);  // as proposed it has no year; as opened it has one
        const auto lines = year.database.read(
            [&](db::Read& tx) { return cohorts::lines_it_may_count_to(tx, year.cohort("A")); });
        REQUIRE(lines.size() == 1);
        told("counting", {{"plan_line", to_text(lines[0].id)}});
        CHECK(year.cohort("A").facts.plan_line == lines[0].id);
        told("counting", {{"plan_line", ""}});
        CHECK(!year.cohort("A").facts.plan_line);
        told("cancellation", {{"cancelled_on", "2017-03-08"}, {"reason", "ít người"}});
        CHECK(year.cohort("A").facts.cancelled_on == day("2017-03-08"));
        told("reinstatement", {{"reason", "nhầm lớp"}});
        CHECK(!year.cohort("A").facts.cancelled_on);
        const http::Response trip =
            year.post(year.officer, path + "/field-trips",
                      {{"place", "Lào Cai"}, {"head_count", "77"}, {"starts_on", ""}, {"note", ""}});
        REQUIRE(trip.status == 303);
        CHECK(http::value_of(trip.headers, "Location") == path + "/field-trips");
        const http::Response page = year.get(year.director, path);
        for (const char* text : {"Lào Cai", "ít người", "nhầm lớp", "gõ nhầm"}) CHECK(shows(page, text));
        CHECK(year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced());
    });
}

TEST_CASE("what is wrong with a form stands beside its field, and nothing is recorded") {
    for_each_year([](Year& year) {
        adopt_plan(year);
        const auto cohort = year.propose("A");
        const std::string path = "/cohorts/" + to_text(cohort.id);
        struct Case {
            const char* act;
            std::vector<http::Field> form;
            const char* field;
        };
        const std::vector<Case> cases{
            {"opening", {{"opened_on", ""}}, "opened_on"},
            {"opening", {{"opened_on", "30/2/2017"}}, "opened_on"},
            {"opening", {{"opened_on", "2017-06-17"}}, "opened_on"},
            {"closing", {{"closed_on", "2017-06-01"}}, "closed_on"},
            {"cancellation", {{"cancelled_on", "2017-06-01"}, {"reason", ""}}, "reason"},
            {"reinstatement", {{"reason", "vì sao"}}, ""},
            {"counting", {{"plan_line", "12345"}}, "plan_line"},
            {"field-trips", {{"place", ""}, {"head_count", "nhiều"}}, "place"},
            {"field-trips",
             {{"place", "Lào Cai"}, {"head_count", "7"}, {"starts_on", "2017-07-01"}},
             "starts_on"},
        };
        const std::int64_t acts = rows_of(year, "audit_trail");
        for (const Case& one : cases) {
            std::string sent = "{";
            for (const http::Field& field : one.form)
                sent += (sent.size() > 1 ? ", " : "") + ("\"" + field.name + "\": \"" + field.value + "\"");
            const http::Response told = year.send(year.officer, "/api/v1" + path + "/" + one.act, sent + "}");
            CHECK_MESSAGE(told.status == 422, one.act << told.body);
            const Value refusals = *json::parse(told.body);
            CHECK(*(*refusals["refusals"].list_items())[0]["field"].text() == one.field);
        }
        const http::Response page =
            year.post(year.officer, path + "/opening", {{"opened_on", "2017-06-17"}, {"reason", "thử <b>"}});
        CHECK(page.status == 422);
        CHECK(shows(page, "field-refused"));
        CHECK(shows(page, "value=\"2017-06-17\""));
        CHECK(shows(page, "thử &lt;b&gt;"));
        CHECK(shows(page, "Ngày khai giảng 17/06/2017 "));
        CHECK(year.send(year.officer, "/api/v1" + path + "/opening", "[]").status == 422);
        CHECK(year.send(year.officer, "/api/v1" + path + "/opening", "{\"opened_on\": {}}").status == 422);
        CHECK(rows_of(year, "audit_trail") == acts);
        CHECK(rows_of(year, "cohort_events") == 0);
    });
}

TEST_CASE("a learner withdraws, returns, starts late and completes") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        const std::string path = "/participations/" + to_text(year.enrol(cohort, "An", year.tu_phap));
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-06"}});
        const auto state = [&] { return *year.json(year.director, "/api/v1" + path)["state"].text(); };
        CHECK(state() == "attending");
        CHECK(year.post(year.officer, path + "/withdrawal",
                        {{"withdrawn_on", "2017-03-08"}, {"reason", "chuyển công tác"}})
                  .status == 303);
        CHECK(state() == "withdrawn");
        CHECK(year.post(year.officer, path + "/readmission", {{"reason", "trở lại"}}).status == 303);
        CHECK(year.post(year.officer, path + "/start", {{"started_on", "2017-03-07"}}).status == 303);
        const http::Response done =
            year.send(year.officer, "/api/v1" + path + "/result", R"({"result": "completed"})");
        CHECK(done.status == 200);
        CHECK(*(*json::parse(done.body))["state"].text() == "completed");
        CHECK(shows(year.get(year.director, path), "chuyển công tác"));

        CHECK(year.post(year.officer, path + "/withdrawal", {{"withdrawn_on", "2017-03-08"}, {"reason", ""}})
                  .status == 422);
        CHECK(year.post(year.officer, path + "/withdrawal", {{"withdrawn_on", "2017-03-01"}, {"reason", "x"}})
                  .status == 422);
        CHECK(year.post(year.officer, path + "/readmission", {{"reason", "x"}}).status == 422);
        CHECK(year.post(year.officer, path + "/result", {{"result", "excellent"}}).status == 422);
        CHECK(year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced());
    });
}

TEST_CASE("who may only look changes nothing") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        const std::string path = "/cohorts/" + to_text(cohort.id);
        const std::string learner = "/participations/" + to_text(year.enrol(cohort, "An", year.tu_phap));
        for (const web::Actor& actor : {year.director, year.auditor, year.unit_officer}) {
            CHECK(year.post(actor, path + "/opening", {{"opened_on", "2017-03-06"}}).status == 403);
            CHECK(year.post(actor, learner + "/withdrawal", {{"withdrawn_on", "2017-03-06"}, {"reason", "x"}})
                      .status == 403);
            CHECK(year.post(actor, path + "/roster-disclosure", {{"reason", "x"}}).status == 403);
            CHECK(!shows(year.get(actor, path), "/opening\""));
        }
        // Of another unit: he may look at cohorts here, and change cohorts there.
        web::Actor mixed = year.unit_officer;
        mixed.permissions.push_back("cohorts.change");
        CHECK(year.post(mixed, path + "/opening", {{"opened_on", "2017-03-06"}}).status == 403);
        CHECK(!year.cohort("A").facts.opened_on);
    });
}

TEST_CASE("whole national ids leave with a reason, which the trail keeps") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        year.enrol(cohort, "An", year.tu_phap);
        const std::string path = "/cohorts/" + to_text(cohort.id);
        const std::string whole = year.database.read([](db::Read& tx) {
            return *tx.find<std::string>("select national_id from people", {},
                                         [](const db::Row& row) { return row.text(0); });
        });
        CHECK(!shows(year.get(year.officer, path), whole));
        CHECK(year.get(year.officer, path + "?format=xlsx").status == 200);
        CHECK(rows_of(year, "audit_trail where action = 'roster.disclose'") == 0);
        CHECK(year.post(year.officer, path + "/roster-disclosure", {{"reason", ""}}).status == 422);
        CHECK(rows_of(year, "audit_trail where action = 'roster.disclose'") == 0);
        const http::Response disclosed =
            year.post(year.officer, path + "/roster-disclosure", {{"reason", "gửi công an tỉnh"}});
        CHECK(disclosed.status == 200);
        CHECK(disclosed.file.has_value());
        CHECK(rows_of(year,
                      "audit_trail where action = 'roster.disclose' and detail like '%gửi công an tỉnh%'") ==
              1);
    });
}

}  // namespace
}  // namespace tiendo::tests
