// A delegation is planned, leaves, comes home and owes reports; and nothing of it counts by itself.
#include "features/delegations/delegations.h"

#include <doctest/doctest.h>

#include "features/proof/proof.h"
#include "platform/json/json.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

cohorts::Cohort delegation(Year& year, const std::string& code, int members,
                           std::optional<cohorts::PlannedDate> planned = {}) {
    year.write([&](db::Write& tx) {
        cohorts::Cohort cohort;
        cohort.code = code;
        cohort.programme =
            programmes::find_or_make_programme(tx, "Học tập ngắn hạn ở nước ngoài", "overseas", now);
        cohort.organiser_unit = year.centre;
        cohort.kind = cohorts::Kind::overseas_delegation;
        cohort.role = cohorts::Role::co_organised;
        cohort.planned_opens_on = planned;
        cohorts::propose(tx, year.officer, cohort, {now, "", {}});
    });
    const auto cohort = year.cohort(code);
    for (int i = 0; i < members; ++i)
        year.enrol(cohort, "Thành viên " + std::to_string(i), i % 2 == 0 ? year.tu_phap : year.noi_vu);
    return cohort;
}

std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/delegation";
}
Value told(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
std::string member(const Value& told, std::size_t which) {
    return *(*told["members"].list_items())[which]["id"].text();
}
const Value& first(const Value& list) { return list.list_items()->front(); }

int say(Year& year, const cohorts::Cohort& cohort, const std::string& what, Fields form) {
    return year.post(year.officer, address_of(cohort) + what, form).status;
}

// From 4 to 16 March 2017, home again, with two countries.
cohorts::Cohort to_japan(Year& year, int members) {
    const auto cohort = delegation(year, "NB", members);
    const std::string path = "/cohorts/" + to_text(cohort.id);
    CHECK(year.post(year.officer, path + "/opening", {{"opened_on", "2017-03-04"}}).status == 303);
    CHECK(say(year, cohort, "",
              {{"sponsor", "Văn phòng Đề án 165"},
               {"sending_bodies", "Ban Tổ chức; Văn phòng"},
               {"countries", "Nhật Bản; Hàn Quốc"},
               {"departs_on", "2017-03-04"},
               {"returns_on", "2017-03-16"}}) == 303);
    return year.cohort("NB");
}

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

TEST_CASE("passports are masked everywhere, warned about, and leave whole with a reason") {
    for_each_year([](Year& year) {
        const auto cohort = to_japan(year, 2);
        const Value now = told(year, cohort);
        CHECK(say(year, cohort, "/passports",
                  {{"passport-" + member(now, 0), "B7654321"},
                   {"expires-" + member(now, 0), "2017-09-15"},
                   {"passport-" + member(now, 1), "C1111111"},
                   {"expires-" + member(now, 1), "2017-09-16"}}) == 303);
        const Value known = told(year, cohort);
        CHECK(*(*known["members"].list_items())[0]["passport_state"].text() == "expires_early");
        CHECK(*(*known["members"].list_items())[1]["passport_state"].text() == "good");
        CHECK(*(*known["members"].list_items())[0]["passport_number"].text() == "•••••321");
        for (const web::Actor& actor : {year.officer, year.director})
            for (const std::string& target : {address_of(cohort), "/api/v1" + address_of(cohort)}) {
                const auto page = year.get(actor, target);
                CHECK(page.status == 200);
                CHECK(!shows(page, "B7654321"));
            }
        CHECK(!shows(year.get(year.officer, address_of(cohort) + "/passports"), "B7654321"));
        // An empty number leaves the one that is there; the day of expiry is told anew.
        CHECK(say(year, cohort, "/passports",
                  {{"passport-" + member(now, 0), ""}, {"expires-" + member(now, 0), "2018-01-01"}}) == 303);
        CHECK(*first(told(year, cohort)["members"])["passport_state"].text() == "good");
        CHECK(say(year, cohort, "/passports", {{"passport-" + member(now, 0), "b 12"}}) == 422);
        const auto trail = [&](std::string_view what) {
            return year.database.read([&](db::Read& tx) {
                return tx.integer(
                    "select count(*) from audit_trail where action = 'delegation.disclose' or "
                    "detail like :what",
                    {{"what", what}});
            });
        };
        CHECK(trail("%B7654321%") == 0);
        CHECK(say(year, cohort, "/disclosure", {{"reason", ""}}) == 422);
        CHECK(year.post(year.director, address_of(cohort) + "/disclosure", {{"reason", "x"}}).status == 403);
        CHECK(say(year, cohort, "/disclosure", {{"reason", "nộp hồ sơ thị thực"}}) == 200);
        CHECK(trail("%B7654321%") == 1);
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
                      {{"code", "visas"}, {"amount", amount}, {"valid_from", from}, {"basis", "Thông báo 5"}})
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

TEST_CASE(
    "a delegation is the office's: a unit officer and an outsider find nothing, a class has no such page") {
    for_each_year([](Year& year) {
        const auto cohort = to_japan(year, 2);
        const std::string path = address_of(cohort);
        for (const std::string& target :
             {path, "/api/v1" + path, path + "/passports", std::string("/delegations")})
            CHECK_MESSAGE(year.get(year.unit_officer, target).status == 403, target);
        for (const std::string& target : {path, "/api/v1" + path, path + "/passports", path + "/visas",
                                          path + "/briefing", path + "/reports"})
            CHECK_MESSAGE(year.get(year.outsider, target).status == 404, target);
        for (const char* act : {"", "/legs", "/leg-removal", "/paperwork", "/costs", "/passports", "/visas",
                                "/briefing", "/reports", "/disclosure"}) {
            CHECK_MESSAGE(year.post(year.unit_officer, path + act, {}).status == 403, act);
            CHECK_MESSAGE(year.post(year.outsider, path + act, {}).status == 404, act);
            CHECK_MESSAGE(year.post(year.director, path + act, {}).status == 403, act);
        }
        CHECK(!shows(year.get(year.outsider, "/delegations"), "NB"));
        CHECK(shows(year.get(year.director, "/delegations"), "NB"));
        CHECK(year.get(year.director, path).status == 200);
        CHECK(year.get(year.director, path + "/passports").status == 403);
        const auto ordinary = year.propose("LOP");
        CHECK(year.get(year.officer, address_of(ordinary)).status == 404);
    });
}

TEST_CASE("a hundred members are recorded at once, and shown with as many statements as two") {
    for_each_year([](Year& year) {
        const auto statements = [&](const std::string& code, int members) {
            const auto cohort = delegation(year, code, members);
            const Value now = told(year, cohort);
            std::string sent = "{";
            for (int i = 0; i < members; ++i)
                sent += (i == 0 ? "\"passport-" : ", \"passport-") +
                        member(now, static_cast<std::size_t>(i)) + "\": \"B" + std::to_string(1'000'000 + i) +
                        "\"";
            const auto done =
                year.send(year.officer, "/api/v1" + address_of(cohort) + "/passports", sent + "}");
            CHECK_MESSAGE(done.status == 200, done.body.substr(0, 400));
            const std::int64_t before = db::statements_run();
            CHECK(year.get(year.officer, address_of(cohort)).status == 200);
            CHECK(year.get(year.officer, address_of(cohort) + "/visas").status == 200);
            return db::statements_run() - before;
        };
        CHECK(statements("IT", 2) == statements("NHIEU", 100));
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

void visit_delegations(Year& year) {
    const auto cohort = delegation(year, "DI-XA", 2);
    const std::string path = address_of(cohort);
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(say(year, cohort, "", {{"departs_on", "x"}, {"returns_on", ""}, {"leader", "1"}}) == 422);
    CHECK(
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-05"}})
            .status == 303);
    const Value now = told(year, cohort);
    const std::string whose = member(now, 0);
    CHECK(say(year, cohort, "",
              {{"sponsor", "Đề án 165"},
               {"sending_bodies", "Ban Tổ chức"},
               {"countries", "Nhật Bản; Hàn Quốc"},
               {"departs_on", "2017-03-04"},
               {"returns_on", "2017-03-16"},
               {"leader", whose},
               {"reason", "theo công văn"}}) == 303);
    CHECK(say(year, cohort, "/legs",
              {{"from_day", "2017-03-04"},
               {"to_day", "2017-03-08"},
               {"country", "Nhật Bản"},
               {"place", "Tokyo"},
               {"host", "Trường"},
               {"purpose", "Học"}}) == 303);
    CHECK(say(year, cohort, "/legs", {}) == 422);
    CHECK(say(year, cohort, "/paperwork",
              {{"item", "decision"},
               {"responsible", "Ban Tổ chức"},
               {"done_on", "2017-02-01"},
               {"document_number", "1-QĐ"},
               {"note", "gấp"}}) == 303);
    CHECK(say(year, cohort, "/paperwork", {{"item", "decision"}, {"done_on", "x"}}) == 422);
    CHECK(say(year, cohort, "/costs", {{"name", "Vé"}, {"planned", "1.000"}, {"spent", "900"}}) == 303);
    CHECK(say(year, cohort, "/costs", {{"name", ""}}) == 422);
    CHECK(say(year, cohort, "/passports",
              {{"passport-" + whose, "B1234567"}, {"expires-" + whose, "2017-04-01"}}) == 303);
    CHECK(say(year, cohort, "/passports", {{"passport-" + whose, "?"}}) == 422);
    CHECK(say(year, cohort, "/visas",
              {{"visa-" + whose, "granted"},
               {"granted-" + whose, "2017-02-01"},
               {"until-" + whose, "2017-03-10"}}) == 303);
    CHECK(say(year, cohort, "/visas", {{"visa-" + whose, "?"}}) == 422);
    CHECK(say(year, cohort, "/briefing",
              {{"briefed_on", "2017-03-02"}, {"briefing_place", "Hội trường"}, {"briefed-" + whose, "1"}}) ==
          303);
    CHECK(say(year, cohort, "/briefing", {{"briefed_on", "x"}}) == 422);
    CHECK(say(year, cohort, "/reports", {{"report-" + whose, "2017-03-20"}, {"document-" + whose, "1-BC"}}) ==
          303);
    CHECK(say(year, cohort, "/reports", {{"report-" + whose, "x"}}) == 422);
    CHECK(say(year, cohort, "/disclosure", {{"reason", ""}}) == 422);
    delegation(year, "SAP-DI", 0, cohorts::PlannedDate{day("2017-07-10"), Precision::day});
    delegation(year, "NAM-SAU", 0, cohorts::PlannedDate{day("2018-02-05"), Precision::day});
    CHECK(year.post(year.officer, "/delegations/rules", {{"code", "report"}, {"amount", "x"}}).status == 422);
    CHECK(year.post(year.officer, "/delegations/rules",
                    {{"code", "report"},
                     {"amount", "15"},
                     {"valid_from", "2017-01-01"},
                     {"basis", "QĐ 165"},
                     {"verified_by", "Phòng Đào tạo"}})
              .status == 303);
    for (const std::string& target :
         {path, path + "?item=visas", path + "/passports", path + "/visas", path + "/briefing",
          path + "/reports", std::string("/delegations"), std::string("/delegations?year=2018")})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
}

}  // namespace tiendo::tests
