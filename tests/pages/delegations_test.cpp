// A delegation is planned, leaves, comes home and owes reports; and nothing of it counts by itself.
#include "features/proof/proof.h"
#include "travellers.h"

namespace tiendo::tests {

using namespace travellers;
namespace {

bool balanced(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced();
}
std::int64_t postings(Year& year) {
    return year.database.read([](db::Read& tx) { return tx.integer("select count(*) from postings"); });
}

}  // namespace

TEST_CASE("a journey of 4 to 16 March is 13 days, and its reports are due on 31 March") {
    for_each_year([](Year& year) {
        const auto cohort = to_japan(year, 2);
        Value now = told(year, cohort);
        CHECK(*now["days"].number() == 13);
        CHECK(*now["report_due_on"].text() == "2017-03-31");
        CHECK(*now["report_last_due_on"].text() == "2017-04-15");
        CHECK(*now["passport_needed_until"].text() == "2017-09-16");
        CHECK(*now["stage"].text() == "returned");
        CHECK(now["countries"].list_items()->size() == 2);
        CHECK(*first(now["members"])["report"]["state"].text() == "overdue");
        CHECK(*now["counts"]["reports_late"].number() == 2);
        CHECK(say(year, cohort, "/reports",
                  {{"report-" + member(now, 0), "2017-03-31"},
                   {"document-" + member(now, 0), "1-BC"},
                   {"report-" + member(now, 1), "1/4/2017"}}) == 303);
        now = told(year, cohort);
        CHECK(*(*now["members"].list_items())[0]["report"]["state"].text() == "received");
        CHECK(*(*now["members"].list_items())[0]["report"]["document_number"].text() == "1-BC");
        CHECK(*(*now["members"].list_items())[1]["report"]["state"].text() == "received_late");
        CHECK(*now["counts"]["reports_late"].number() == 0);
        CHECK(say(year, cohort, "/reports", {{"report-" + member(now, 0), "2017-06-17"}}) == 422);  // ahead
        CHECK(say(year, cohort, "/reports",
                  {{"document-" + member(now, 0), "2-BC"}, {"report-" + member(now, 0), ""}}) == 422);
        CHECK(balanced(year));
    });
}

TEST_CASE("late reports are a work list of who may change delegations, and of nobody else") {
    for_each_year([](Year& year) {
        const auto cohort = to_japan(year, 3);
        const auto listed = [&](const web::Actor& actor) {
            const Value dashboard = year.json(actor, "/api/v1/dashboard");
            for (const Value& list : *dashboard["work"].list_items())
                if (list["name"] == Value("delegation_reports")) return *first(list["rows"])["on"].text();
            return std::string("none");
        };
        CHECK(listed(year.officer) == "2017-03-31");
        for (const web::Actor& actor : {year.director, year.unit_officer, year.outsider})
            CHECK(listed(actor) == "none");
        const Value now = told(year, cohort);
        CHECK(say(year, cohort, "/reports",
                  {{"report-" + member(now, 0), "2017-03-20"}, {"report-" + member(now, 1), "2017-03-20"}}) ==
              303);
        CHECK(listed(year.officer) == "2017-03-31");  // one is still missing
        CHECK(say(year, cohort, "/reports", {{"report-" + member(now, 2), "2017-06-16"}}) == 303);
        CHECK(listed(year.officer) == "none");
    });
}

TEST_CASE("a planned delegation with itinerary, papers and members changes no figure") {
    for_each_year([](Year& year) {
        year.fill();
        const std::string asked = "/api/v1/statements/2017?as_of=2017-12-31";
        const auto figures = [&] {
            const Value told = year.json(year.director, asked);
            return Value::object({{"lines", told["lines"]},
                                  {"total", told["total"]},
                                  {"joint", told["joint"]},
                                  {"off_plan", told["off_plan"]},
                                  {"delegations", told["delegations"]},
                                  {"field_trips", told["field_trips"]}});
        };
        const Value before = figures();
        const std::int64_t entries = postings(year);
        const auto cohort =
            delegation(year, "UC-2017", 19, cohorts::PlannedDate{day("2017-09-04"), Precision::day});
        CHECK(say(year, cohort, "",
                  {{"countries", "Úc"}, {"departs_on", "2017-09-04"}, {"returns_on", "2017-09-15"}}) == 303);
        CHECK(say(year, cohort, "/legs",
                  {{"from_day", "2017-09-04"}, {"to_day", "2017-09-15"}, {"place", "Canberra"}}) == 303);
        CHECK(say(year, cohort, "/paperwork", {{"item", "decision"}, {"done_on", "2017-06-01"}}) == 303);
        const Value now = told(year, cohort);
        CHECK(say(year, cohort, "/passports",
                  {{"passport-" + member(now, 0), "B1234567"},
                   {"expires-" + member(now, 0), "2020-01-01"}}) == 303);
        CHECK(say(year, cohort, "/visas",
                  {{"visa-" + member(now, 0), "granted"}, {"granted-" + member(now, 0), "2017-06-01"}}) ==
              303);
        CHECK(say(year, cohort, "/costs", {{"name", "Vé"}, {"planned", "100.000.000"}}) == 303);
        CHECK(*told(year, cohort)["stage"].text() == "forecast");
        CHECK(figures() == before);
        CHECK(postings(year) == entries);
        CHECK(balanced(year));
        const Value statement = year.json(year.director, asked);
        bool foretold = false;
        for (const Value& line : *statement["forecast"].list_items())
            foretold = foretold || line["code"] == Value("UC-2017");
        CHECK(foretold);
    });
}

TEST_CASE("papers are due so many days before the departure, by the rule of that day") {
    for_each_year([](Year& year) {
        const auto cohort =
            delegation(year, "SAP-DI", 0, cohorts::PlannedDate{day("2017-07-10"), Precision::day});
        const auto item = [&](const char* code) {
            const Value now = told(year, cohort);
            for (const Value& one : *now["paperwork"].list_items())
                if (one["code"] == Value(code)) return one;
            return Value();
        };
        CHECK(*item("decision")["due_on"].text() == "2017-06-10");
        CHECK(*item("decision")["state"].text() == "overdue");
        CHECK(*item("visas")["due_on"].text() == "2017-06-26");
        CHECK(*item("visas")["state"].text() == "open");
        CHECK(say(year, cohort, "/paperwork",
                  {{"item", "decision"},
                   {"responsible", "Ban Tổ chức"},
                   {"done_on", "2017-06-15"},
                   {"document_number", "112-QĐ"}}) == 303);
        CHECK(*item("decision")["state"].text() == "done");
        CHECK(*item("decision")["document_number"].text() == "112-QĐ");
        CHECK(say(year, cohort, "/paperwork", {{"item", "decision"}, {"done_on", "2017-06-17"}}) == 422);
        CHECK(say(year, cohort, "/paperwork", {{"item", "khong-co"}}) == 422);
        const auto rule = [&](const char* amount, const char* from, const web::Actor& actor) {
            return year
                .post(actor, "/delegations/rules",
                      {{"code", "visas"},
                       {"time_allowed", amount},
                       {"valid_from", from},
                       {"basis", "Thông báo 5"}})
                .status;
        };
        CHECK(rule("20", "2017-07-01", year.officer) == 303);
        CHECK(*item("visas")["due_on"].text() == "2017-06-20");
        CHECK(rule("", "2017-07-05", year.officer) == 303);  // no longer asked for
        CHECK(item("visas").is_null());
        CHECK(rule("20", "", year.officer) == 422);
        CHECK(rule("2000", "2017-07-01", year.officer) == 422);
        CHECK(rule("20", "2017-07-01", year.director) == 403);
        CHECK(rule("20", "2017-07-01", year.outsider) == 403);
    });
}

TEST_CASE("what is impossible is refused: days, legs, leaders, visas") {
    for_each_year([](Year& year) {
        const auto cohort = to_japan(year, 1);
        const Value now = told(year, cohort);
        const std::string whose = member(now, 0);
        CHECK(say(year, cohort, "", {{"departs_on", "2017-03-16"}, {"returns_on", "2017-03-04"}}) == 422);
        CHECK(say(year, cohort, "", {{"departs_on", "2017-03-16"}}) == 422);
        CHECK(say(year, cohort, "", {{"leader", "12345"}}) == 422);
        const auto leg = [&](const char* from, const char* to, const char* place) {
            return say(year, cohort, "/legs", {{"from_day", from}, {"to_day", to}, {"place", place}});
        };
        CHECK(leg("2017-03-04", "2017-03-08", "Tokyo") == 303);
        CHECK(leg("2017-03-08", "2017-03-07", "Kyoto") == 422);
        CHECK(leg("2017-03-15", "2017-03-17", "Kyoto") == 422);
        CHECK(leg("2017-03-03", "2017-03-05", "Kyoto") == 422);
        CHECK(leg("2017-03-09", "2017-03-10", "") == 422);
        const Value legs = told(year, cohort)["legs"];
        REQUIRE(legs.list_items()->size() == 1);
        CHECK(say(year, cohort, "/leg-removal", {{"leg", *first(legs)["id"].text()}}) == 303);
        CHECK(told(year, cohort)["legs"].list_items()->empty());
        CHECK(say(year, cohort, "/leg-removal", {{"leg", *first(legs)["id"].text()}}) == 404);
        const auto visa = [&](const char* state, const char* granted, const char* until) {
            return say(year, cohort, "/visas",
                       {{"country", "Hàn Quốc"},
                        {"visa-" + whose, state},
                        {"granted-" + whose, granted},
                        {"until-" + whose, until}});
        };
        CHECK(visa("lost", "", "") == 422);
        CHECK(visa("", "2017-02-01", "") == 422);
        CHECK(visa("granted", "2017-02-10", "2017-02-09") == 422);
        CHECK(visa("granted", "2017-02-10", "2017-03-10") == 303);
        const Value visas = first(told(year, cohort)["members"])["visas"];
        CHECK(*(*visas.list_items())[0]["state"].text() == "unknown");  // of Japan nothing was said
        CHECK(*(*visas.list_items())[1]["ends_early"].truth());
        CHECK(say(year, cohort, "/costs", {{"name", "Vé"}, {"spent", "nhiều"}}) == 422);
    });
}

TEST_CASE("the list of a year says what is due next, and leaves as a workbook") {
    for_each_year([](Year& year) {
        const auto japan = to_japan(year, 1);
        delegation(year, "SAP-DI", 0, cohorts::PlannedDate{day("2017-07-10"), Precision::day});
        delegation(year, "THANG", 0, cohorts::PlannedDate{day("2017-09-01"), Precision::month});
        const Value list = year.json(year.director, "/api/v1/delegations?year=2017")["delegations"];
        REQUIRE(list.list_items()->size() == 3);
        const Value &home = (*list.list_items())[0], &soon = (*list.list_items())[1],
                    &some_month = (*list.list_items())[2];
        CHECK(*home["next"]["what"].text() == "reports");
        CHECK(*home["next"]["on"].text() == "2017-03-31");
        CHECK(*home["next"]["overdue"].truth());
        CHECK(*soon["next"]["what"].text() == "paperwork");
        CHECK(*soon["next"]["on"].text() == "2017-05-11");  // the programme, 60 days before
        CHECK(some_month["next"].is_null());
        CHECK(some_month["departs_on"].is_null());
        CHECK(*some_month["planned_opens_on"].text() == "2017-09");
        CHECK(year.json(year.director, "/api/v1/delegations?year=2016")["delegations"].list_items()->empty());
        CHECK(year.get(year.director, "/delegations?year=2017&format=xlsx").status == 200);
        CHECK(year.get(year.director, "/delegations?year=năm").status == 422);
        CHECK(year.get(year.director, address_of(japan) + "?format=xlsx").status == 200);
    });
}

}  // namespace tiendo::tests
