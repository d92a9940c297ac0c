// The dossier of a cohort: its checklist, who stands for it, groups and costs.
#include "features/dossiers/dossiers.h"

#include <doctest/doctest.h>

#include "visits.h"

namespace tiendo::tests {
namespace {

std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/dossier";
}

cohorts::Cohort cohort_of(Year& year, const std::string& code, int learners) {
    const auto cohort = year.propose(code);
    for (int i = 0; i < learners; ++i) year.enrol(cohort, "An " + std::to_string(100 + i), year.tu_phap);
    return cohort;
}

Value told(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}

std::string state_of(const Value& dossier, std::string_view item) {
    for (const Value& one : *dossier["items"].list_items())
        if (*one["code"].text() == item) return *one["state"].text();
    return "no such item";
}

}  // namespace

TEST_CASE(
    "what the books show ticks its item, a paper or a waiver does the rest, and both can be taken back") {
    for_each_year([](Year& year) {
        const auto cohort = cohort_of(year, "HS", 1);
        const std::string path = address_of(cohort);
        const auto post = [&](const char* act, Fields form) {
            return year.post(year.officer, path + "/" + act, form).status;
        };
        CHECK(state_of(told(year, cohort), "roster") == "seen");
        CHECK(state_of(told(year, cohort), "opening_decision") == "missing");
        CHECK(post("evidence", {{"item", "report"}}) == 422);  // neither number nor file
        CHECK(post("evidence", {{"item", "no-such"}, {"number", "1"}}) == 422);
        CHECK(post("evidence", {{"item", "report"}, {"number", "7-BC"}, {"dated_on", "2017-06-01"}}) == 303);
        CHECK(post("waivers", {{"item", "survey"}}) == 422);
        CHECK(post("waivers", {{"item", "survey"}, {"reason", "lớp một ngày"}}) == 303);
        Value now_told = told(year, cohort);
        CHECK(state_of(now_told, "report") == "attached");
        CHECK(state_of(now_told, "survey") == "waived");
        CHECK(shows(year.get(year.director, path), "lớp một ngày"));
        CHECK(post("reopening", {{"item", "survey"}}) == 422);
        CHECK(post("reopening", {{"item", "survey"}, {"reason", "vẫn phải khảo sát"}}) == 303);
        CHECK(post("reopening", {{"item", "survey"}, {"reason", "lần nữa"}}) == 422);
        CHECK(state_of(told(year, cohort), "survey") == "missing");
        // An item that is no longer asked for is not asked of a cohort that opens later.
        year.write([](db::Write& tx) {
            tx.run("update dossier_items set valid_to = '2017-01-01' where code = 'survey'");
        });
        CHECK(state_of(told(year, cohort), "survey") == "no such item");
    });
}

TEST_CASE("the board, one class manager and a committee of learners stand for a cohort") {
    for_each_year([](Year& year) {
        const auto cohort = cohort_of(year, "BCS", 2), foreign = cohort_of(year, "KHAC", 1);
        const std::string path = address_of(cohort);
        const auto roster = [&](const cohorts::Cohort& of) {
            const Value list = year.json(year.officer, "/api/v1/cohorts/" + to_text(of.id) + "/roster");
            return *(*list["participations"].list_items())[0]["id"].text();
        };
        const auto seat = [&](const char* body, const char* name, const std::string& learner) {
            return year
                .post(year.officer, path + "/seats",
                      {{"body", body}, {"name", name}, {"learner", learner}, {"duty", "Trưởng ban"}})
                .status;
        };
        CHECK(seat("board", "", "") == 422);
        CHECK(seat("board", "Đỗ Việt Hà", "") == 303);
        CHECK(seat("class_manager", "Lê Thị Lan", "") == 303);
        CHECK(seat("class_manager", "Trần Văn Hai", "") == 422);
        CHECK(seat("committee", "Ai đó", "") == 422);
        CHECK(seat("committee", "", roster(foreign)) == 422);
        CHECK(seat("committee", "", roster(cohort)) == 303);
        const Value seats = told(year, cohort)["seats"];
        REQUIRE(seats.list_items()->size() == 3);
        CHECK(*(*seats.list_items())[2]["name"].text() == "An 100");
        const std::string which = *(*seats.list_items())[1]["id"].text();
        CHECK(year.post(year.officer, path + "/unseating", {{"seat", which}}).status == 303);
        CHECK(year.post(year.officer, path + "/unseating", {{"seat", which}}).status == 404);
        CHECK(seat("class_manager", "Trần Văn Hai", "") == 303);
        CHECK(shows(year.get(year.officer, path), "Lê Thị Lan"));  // the history keeps her
    });
}

TEST_CASE("learners are divided into groups of one size, and moved one by one") {
    for_each_year([](Year& year) {
        const auto cohort = cohort_of(year, "TO", 7);
        const std::string path = address_of(cohort);
        const auto divide = [&](const char* groups) {
            return year.post(year.officer, path + "/division", {{"groups", groups}}).status;
        };
        CHECK(divide("0") == 422);
        CHECK(divide("8") == 422);
        CHECK(divide("3") == 303);
        const auto sizes = [&] {
            std::string text;
            const Value dossier = told(year, cohort);
            for (const Value& group : *dossier["groups"].list_items())
                text += std::to_string(*group["size"].number()) + " ";
            return text;
        };
        CHECK(sizes() == "3 2 2 ");
        const Value groups = told(year, cohort)["groups"];
        const std::string first = *(*(*groups.list_items())[0]["learners"].list_items())[0]["id"].text();
        const auto move = [&](const std::string& to) {
            const std::string field = "group-" + first;
            return year.post(year.officer, path + "/groups", {{field, to}}).status;
        };
        CHECK(move("hai") == 422);
        CHECK(move("99") == 422);
        CHECK(move("2") == 303);
        CHECK(sizes() == "2 3 2 ");
        CHECK(move("") == 303);
        CHECK(sizes() == "2 2 2 ");
    });
}

TEST_CASE("costs are whole đồng, planned against spent, by kind") {
    for_each_year([](Year& year) {
        const auto cohort = cohort_of(year, "CHI", 1);
        const std::string path = address_of(cohort);
        const auto cost = [&](const char* stage, const char* kind, const char* amount) {
            return year
                .post(year.officer, path + "/costs",
                      {{"stage", stage}, {"cost_kind", kind}, {"amount", amount}, {"number", "PC-01"}})
                .status;
        };
        CHECK(cost("planned", "lecturers", "12.000.000") == 303);
        CHECK(cost("spent", "lecturers", "9500000") == 303);
        CHECK(cost("spent", "materials", "1.250.000") == 303);
        CHECK(cost("spent", "lecturers", "0") == 422);
        CHECK(cost("spent", "lecturers", "1,5 triệu") == 422);
        CHECK(cost("spent", "gifts", "1000") == 422);
        CHECK(cost("lost", "lecturers", "1000") == 422);
        Value dossier = told(year, cohort);
        CHECK(*dossier["total"]["planned"].number() == 12'000'000);
        CHECK(*dossier["total"]["spent"].number() == 10'750'000);
        CHECK(*dossier["total"]["left"].number() == 1'250'000);
        REQUIRE(dossier["kinds"].list_items()->size() == 2);
        CHECK(*(*dossier["kinds"].list_items())[1]["left"].number() == -1'250'000);
        const std::string line = *(*dossier["costs"].list_items())[1]["id"].text();
        CHECK(year.post(year.officer, path + "/striking", {{"line", line}}).status == 422);
        CHECK(
            year.post(year.officer, path + "/striking", {{"line", line}, {"reason", "ghi hai lần"}}).status ==
            303);
        CHECK(*told(year, cohort)["total"]["spent"].number() == 1'250'000);
        CHECK(year.get(year.officer, path + "?format=xlsx").status == 200);
    });
}

TEST_CASE("a dossier of a hundred learners is shown with as many statements as one of two") {
    for_each_year([](Year& year) {
        const auto statements = [&](const std::string& code, int learners) {
            const auto cohort = cohort_of(year, code, learners);
            const std::string path = address_of(cohort);
            CHECK(year.post(year.officer, path + "/division", {{"groups", "2"}}).status == 303);
            const std::int64_t before = db::statements_run();
            CHECK(year.get(year.officer, path).status == 200);
            return db::statements_run() - before;
        };
        CHECK(statements("IT", 2) == statements("NHIEU", 100));
    });
}

void visit_dossier(Year& year) {
    const auto cohort = cohort_of(year, "HO-SO", 2);
    const std::string path = address_of(cohort);
    CHECK(year.get(year.officer, path).status == 200);
    for (const char* act :
         {"evidence", "waivers", "reopening", "seats", "unseating", "division", "costs", "striking"})
        CHECK_MESSAGE(year.post(year.officer, path + "/" + act, {{"item", "x"}}).status == 422, act);
    CHECK(year.post(year.officer, path + "/evidence",
                    {{"item", "report"}, {"number", "7-BC"}, {"dated_on", "2017-06-01"}})
              .status == 303);
    CHECK(year.post(year.officer, path + "/waivers", {{"item", "survey"}, {"reason", "ngắn"}}).status == 303);
    CHECK(
        year.post(year.officer, path + "/seats", {{"body", "board"}, {"name", "Hà"}, {"duty", "Trưởng ban"}})
            .status == 303);
    CHECK(year.post(year.officer, path + "/division", {{"groups", "2"}}).status == 303);
    CHECK(year.post(year.officer, path + "/costs",
                    {{"stage", "planned"},
                     {"cost_kind", "lecturers"},
                     {"amount", "1000000"},
                     {"note", "hai buổi"},
                     {"number", "1"}})
              .status == 303);
    CHECK(year.get(year.officer, path).status == 200);
}

}  // namespace tiendo::tests
