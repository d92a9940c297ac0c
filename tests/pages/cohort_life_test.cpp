// The way of a cohort: proposed, decided, gone ahead with, postponed, merged, closed with its evidence,
// filed.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "features/plan/plan.h"
#include "features/proof/proof.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

std::string path_of(const cohorts::Cohort& cohort) { return "/cohorts/" + to_text(cohort.id); }

std::string state_of(Year& year, const cohorts::Cohort& cohort) {
    return *year.json(year.officer, "/api/v1" + path_of(cohort))["state"].text();
}

int decide(Year& year, const cohorts::Cohort& cohort, const char* number, const char* reason = "") {
    return year
        .post(year.officer, path_of(cohort) + "/decision",
              {{"number", number},
               {"dated_on", "2017-03-01"},
               {"signatory", "Đỗ Việt Hà"},
               {"signatory_title", "Giám đốc"},
               {"reason", reason}})
        .status;
}

int open(Year& year, const cohorts::Cohort& cohort, const char* on) {
    return year.post(year.officer, path_of(cohort) + "/opening", {{"opened_on", on}}).status;
}

int close(Year& year, const cohorts::Cohort& cohort, const char* on, const char* reason) {
    return year.post(year.officer, path_of(cohort) + "/closing", {{"closed_on", on}, {"reason", reason}})
        .status;
}

bool balanced(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced();
}

std::string learner_id(Year& year, const cohorts::Cohort& cohort) {
    const Value roster = year.json(year.officer, "/api/v1" + path_of(cohort) + "/roster");
    return *(*roster["participations"].list_items())[0]["id"].text();
}

}  // namespace

TEST_CASE("a cohort is proposed from a line of the plan, and counts to it when told so") {
    for_each_year([](Year& year) {
        year.fill();
        const auto line = year.database.read([&](db::Read& tx) {
            const auto plan = plan::find_plan(tx, year.officer, 2017).value();
            return plan::lines(tx, plan::versions(tx, plan.id).front().id).front();
        });
        const std::string from = "/cohorts/new?plan_line=" + to_text(line.id);
        const auto page = year.get(year.officer, from);
        CHECK(page.status == 200);
        CHECK(shows(page, line.programme.name));
        CHECK(shows(page, "value=\"80\""));  // 640 learners in 8 cohorts
        CHECK(shows(year.get(year.officer, "/plans/2017"), from));
        CHECK(!shows(year.get(year.director, "/plans/2017"), from));
        const std::string code = "DX-" + std::to_string(next_id());
        const auto propose = [&](const std::string& with_code, const char* role, const char* counts) {
            const std::string programme = to_text(line.programme.id), id = to_text(line.id);
            return year.post(year.officer, "/cohorts",
                             {{"code", with_code},
                              {"programme", programme},
                              {"plan_line", id},
                              {"counts", counts},
                              {"kind", "cohort"},
                              {"role", role},
                              {"planned_opens_on", "9/2017"},
                              {"basis_number", "120-KL/ĐUK"},
                              {"basis_dated_on", "2017-01-05"},
                              {"expected_learners", "80"}});
        };
        CHECK(propose("", "organiser", "yes").status == 422);
        CHECK(propose(code, "joint_delivery", "yes").status == 422);  // with whom?
        CHECK(propose(code, "organiser", "yes").status == 303);
        CHECK(propose(code, "organiser", "yes").status == 422);  // the code is taken
        const auto cohort = year.cohort(code);
        CHECK(cohort.facts.plan_line == line.id);
        CHECK(cohort.basis == "120-KL/ĐUK");
        CHECK(cohort.basis_document);
        CHECK(to_text(*cohort.planned_opens_on) == "2017-09");
        CHECK(propose(code + "B", "organiser", "no").status == 303);
        CHECK(!year.cohort(code + "B").facts.plan_line);
        CHECK(balanced(year));
    });
}

TEST_CASE("a joint cohort says who hosts, manages and certifies, and is described anew by a form") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("LK");
        const std::string path = path_of(cohort) + "/description";
        CHECK(year.get(year.officer, path).status == 200);
        const auto describe = [&](const char* partner, const char* opens_on) {
            return year
                .post(year.officer, path,
                      {{"kind", "cohort"},
                       {"role", "joint_delivery"},
                       {"partner", partner},
                       {"hosted_by", "Trường Lê Hồng Phong"},
                       {"managed_by", "Trung tâm"},
                       {"certified_by", "Học viện"},
                       {"planned_opens_on", opens_on}})
                .status;
        };
        CHECK(describe("", "2017-09") == 422);
        CHECK(describe("Trường Lê Hồng Phong", "mùa thu") == 422);
        CHECK(describe("Trường Lê Hồng Phong", "2017-09") == 303);
        const Value told = year.json(year.officer, "/api/v1" + path_of(cohort));
        CHECK(*told["hosted_by"].text() == "Trường Lê Hồng Phong");
        CHECK(*told["certified_by"].text() == "Học viện");
        CHECK(told["plan_line"].is_null());
        CHECK(shows(year.get(year.director, path_of(cohort)), "Học viện"));
    });
}

TEST_CASE("an opening decision is recorded, corrected with a reason, and asked for when it is not there") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("QD");
        const std::string path = path_of(cohort);
        CHECK(state_of(year, cohort) == "proposed");
        CHECK(open(year, cohort, "2017-03-06") == 303);  // allowed, and told
        const char* warning = "chưa ghi quyết định mở lớp";
        CHECK(shows(year.get(year.officer, path), warning));
        CHECK(shows(year.get(year.officer, "/"), warning));
        CHECK(year.post(year.officer, path + "/decision", {{"number", "1"}}).status == 422);
        CHECK(decide(year, cohort, "12-QĐ/TTBD") == 303);
        CHECK(!shows(year.get(year.officer, path), warning));
        CHECK(!shows(year.get(year.officer, "/"), warning));
        CHECK(decide(year, cohort, "13-QĐ/TTBD") == 422);
        CHECK(decide(year, cohort, "13-QĐ/TTBD", "sai số") == 303);
        const Value told = year.json(year.director, "/api/v1" + path)["decision"];
        CHECK(*told["number"].text() == "13-QĐ/TTBD");
        CHECK(*told["signatory"].text() == "Đỗ Việt Hà");
        CHECK(shows(year.get(year.director, "/documents/" + *told["document"].text()), "13-QĐ/TTBD"));
        CHECK(balanced(year));
    });
}

TEST_CASE("two officers decide at once: one wins, and the other is told") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("DUA");
        // Both forms were shown before anybody had decided.
        const auto send = [&](const char* number, const char* reason) {
            return year.post(year.officer, path_of(cohort) + "/decision",
                             {{"number", number},
                              {"dated_on", "2017-03-01"},
                              {"signatory", "Hà"},
                              {"seen", "none"},
                              {"reason", reason}});
        };
        CHECK(send("1-QĐ", "").status == 303);
        const auto late = send("2-QĐ", "cũng là lý do");
        CHECK(late.status == 422);
        CHECK(shows(late, "1-QĐ"));
        CHECK(shows(late, "daotao"));

        const auto race = year.propose("DUA-2");
        std::atomic<int> won = 0, told = 0;
        const auto officer = [&](const char* number) {
            const cohorts::OpeningDecision decision{
                .paper = {.id = {}, .kind = "", .title = "", .number = number, .dated_on = day("2017-03-01")},
                .signatory = "Hà",
                .signatory_title = ""};
            try {
                year.database.write([&](db::Write& tx) {
                    return cohorts::decide(tx, year.officer, race, decision, day("2017-06-16"),
                                           {now, "", {}});
                });
                ++won;
            } catch (const db::Conflict&) {
                ++told;
            }
        };
        std::thread one(officer, "1-QĐ"), other(officer, "2-QĐ");
        one.join();
        other.join();
        CHECK(won == 1);
        CHECK(told == 1);
        CHECK(year.database.read([&](db::Read& tx) { return cohorts::history(tx, race.id).size(); }) == 1);
        CHECK(balanced(year));
    });
}

TEST_CASE("a cohort closes and is filed with its evidence, or with a reason") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("HS");
        const std::string path = path_of(cohort);
        year.enrol(cohort, "An", year.tu_phap);
        CHECK(open(year, cohort, "2017-03-06") == 303);
        CHECK(year.post(year.officer, path + "/filing", {{"filed_on", "2017-04-01"}}).status == 422);
        const auto refused =
            year.post(year.officer, path + "/closing", {{"closed_on", "2017-03-10"}, {"reason", ""}});
        CHECK(refused.status == 422);
        CHECK(shows(refused, "Quyết định mở lớp; Lịch học"));
        CHECK(!year.cohort("HS").facts.closed_on);
        CHECK(decide(year, cohort, "12-QĐ") == 303);
        for (const char* item : {"timetable", "attendance", "results"})
            CHECK(year.post(year.officer, path + "/dossier/evidence", {{"item", item}, {"number", "5"}})
                      .status == 303);
        CHECK(close(year, cohort, "2017-03-10", "") == 303);  // nothing due is missing
        CHECK(state_of(year, cohort) == "closed");
        CHECK(year.post(year.officer, path + "/filing", {{"filed_on", "2017-04-01"}}).status == 422);
        CHECK(
            year.post(year.officer, path + "/filing", {{"filed_on", "2017-03-09"}, {"reason", "x"}}).status ==
            422);
        for (const char* item : {"certificate_register", "survey", "report", "settlement"})
            CHECK(year.post(year.officer, path + "/dossier/waivers", {{"item", item}, {"reason", "lớp ngắn"}})
                      .status == 303);
        CHECK(year.post(year.officer, path + "/filing", {{"filed_on", "2017-04-01"}}).status == 303);
        CHECK(state_of(year, cohort) == "filed");
        CHECK(year.json(year.officer, "/api/v1/cohorts?state=filed")["cohorts"].list_items()->size() == 1);
        CHECK(year.get(year.officer, "/cohorts?state=king").status == 422);
        CHECK(balanced(year));
    });
}

TEST_CASE("the list by state asks the database as often for a hundred cohorts as for one") {
    for_each_year([](Year& year) {
        const auto statements = [&] {
            const std::int64_t before = db::statements_run();
            CHECK(year.get(year.officer, "/cohorts?state=proposed").status == 200);
            return db::statements_run() - before;
        };
        year.propose("MOT");
        const std::int64_t one = statements();
        for (int i = 0; i < 99; ++i) year.propose("LOP-" + std::to_string(i));
        CHECK(statements() == one);
        const Value list = year.json(year.officer, "/api/v1/cohorts?state=proposed&q=lop");
        CHECK(*list["count"].number() == 99);
        CHECK(*year.json(year.officer, "/api/v1/cohorts?state=running")["count"].number() == 0);
    });
}

TEST_CASE("what happens to a cohort is the office's: a unit officer and an outsider change nothing") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("KIN");
        year.enrol(cohort, "An", year.tu_phap);
        const std::string path = path_of(cohort);
        for (const char* act : {"/decision", "/going-ahead", "/postponement", "/merger", "/filing",
                                "/description", "/dossier/evidence", "/dossier/waivers", "/dossier/reopening",
                                "/dossier/seats", "/dossier/unseating", "/dossier/groups",
                                "/dossier/division", "/dossier/costs", "/dossier/striking"}) {
            CHECK_MESSAGE(year.post(year.unit_officer, path + act, {{"reason", "x"}}).status == 403, act);
            CHECK_MESSAGE(year.post(year.outsider, path + act, {{"reason", "x"}}).status == 404, act);
            CHECK_MESSAGE(year.post(year.director, path + act, {{"reason", "x"}}).status == 403, act);
        }
        CHECK(year.post(year.unit_officer, "/cohorts", {{"code", "X"}}).status == 403);
        CHECK(year.post(year.outsider, "/cohorts", {{"code", "X"}}).status == 404);
        CHECK(year.get(year.unit_officer, "/cohorts/new").status == 403);
        CHECK(year.get(year.outsider, "/cohorts/new").status == 404);
        for (const std::string& target : {path + "/dossier", "/api/v1" + path + "/dossier"}) {
            CHECK(year.get(year.unit_officer, target).status == 403);
            CHECK(year.get(year.outsider, target).status == 404);
            CHECK(year.get(year.auditor, target).status == 200);
        }
        CHECK(year.get(year.unit_officer, path + "/description").status == 403);
        // He sees how far the cohort is, and nothing of its decision or of how many others there are.
        const Value seen = year.json(year.unit_officer, "/api/v1" + path);
        CHECK(seen["size"].is_null());
        CHECK(seen["decision"].is_null());
        CHECK(seen["way"].list_items()->size() == 8);
    });
}

// Every form and every list of the page once filled, refused and empty.
void visit_cohort_life(Year& year) {
    const auto cohort = year.propose("DOI", cohorts::PlannedDate{day("2017-06-10"), Precision::day});
    const auto other = year.propose("DOI-2", cohorts::PlannedDate{day("2017-06-12"), Precision::day});
    set_size(year);
    for (const char* name : {"An", "Bình", "Chi"}) year.enrol(cohort, name, year.tu_phap);
    const std::string path = path_of(cohort);
    CHECK(year.get(year.officer, path).status == 200);
    for (const char* act : {"decision", "postponement", "merger", "filing"})
        CHECK(year.post(year.officer, path + "/" + act, {{"postponed_until", "x"}, {"into", ""}}).status ==
              422);
    CHECK(decide(year, cohort, "12-QĐ") == 303);
    CHECK(year.post(year.officer, path + "/postponement", {{"postponed_until", "8/2017"}, {"reason", "ít"}})
              .status == 303);
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.get(year.officer, "/cohorts?state=postponed").status == 200);
    CHECK(year.get(year.officer, "/cohorts/new").status == 200);
    const auto line = year.database.read(
        [&](db::Read& tx) { return plan::lines_for(tx, year.centre, 2017, cohort.programme.id).front().id; });
    CHECK(year.get(year.officer, "/cohorts/new?plan_line=" + to_text(line)).status == 200);
    CHECK(year.post(year.officer, "/cohorts", {{"code", ""}}).status == 422);
    const std::string all = path + "/description";
    CHECK(year.get(year.officer, all).status == 200);
    CHECK(year.post(year.officer, all,
                    {{"kind", "cohort"},
                     {"role", "co_organised"},
                     {"planned_opens_on", "x"},
                     {"planned_closes_on", "x"},
                     {"expected_learners", "x"},
                     {"basis_dated_on", "x"}})
              .status == 422);
    CHECK(year.post(year.officer, all,
                    {{"kind", "cohort"},
                     {"role", "co_organised"},
                     {"partner", "Trường bạn"},
                     {"hosted_by", "a"},
                     {"managed_by", "b"},
                     {"certified_by", "c"},
                     {"basis_number", "1-CV"}})
              .status == 303);
    CHECK(open(year, cohort, "2017-06-10") == 303);
    CHECK(close(year, cohort, "2017-06-12", "") == 422);
    CHECK(close(year, cohort, "2017-06-12", "bổ sung sau") == 303);
    CHECK(year.post(year.officer, path + "/filing", {{"filed_on", "2017-06-13"}, {"reason", "đủ"}}).status ==
          303);
    CHECK(year.get(year.officer, path).status == 200);
    const auto third = year.propose("DOI-3", cohorts::PlannedDate{day("2017-06-12"), Precision::day});
    const std::string into = to_text(third.id);
    CHECK(year.post(year.officer, path_of(other) + "/merger",
                    {{"into", into}, {"merged_on", "2017-06-15"}, {"reason", "dồn"}})
              .status == 303);
    CHECK(year.get(year.officer, path_of(other)).status == 200);
    CHECK(!learner_id(year, cohort).empty());
}

}  // namespace tiendo::tests
