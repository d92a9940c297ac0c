// Versions of a programme are written, looked at by day, and set side by side.
#include "features/programmes/programmes.h"

#include <doctest/doctest.h>

#include "features/assessment/assessment.h"
#include "features/eligibility/eligibility.h"
#include "features/proof/proof.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

programmes::Programme programme(Year& year, const char* code) {
    return year.database.read([&](db::Read& tx) { return programmes::find_programme(tx, code).value(); });
}
std::string address_of(Year& year, const char* code) {
    return "/programmes/" + to_text(programme(year, code).id);
}

// Made by the officer, with one version since ever: five lectures and five periods of discussion.
std::string soft_skills(Year& year) {
    CHECK(year.post(year.officer, "/programmes", {{"name", "Kỹ năng mềm"}, {"code", "soft-skills"}}).status ==
          303);
    const std::string path = address_of(year, "soft-skills");
    const auto written = year.post(year.officer, path + "/versions",
                                   {{"basis", "12-QĐ/TTBD"},
                                    {"topic-1", "Thuyết trình"},
                                    {"lecture-1", "5"},
                                    {"topic-2", "Làm việc nhóm"},
                                    {"discussion-2", "5"}});
    CHECK_MESSAGE(written.status == 303, written.body.substr(0, 2000));
    return path;
}

Value told(Year& year, const std::string& path) { return year.json(year.officer, "/api/v1" + path); }

// What the first refusal is about.
std::string refused(const http::Response& response) {
    CHECK(response.status == 422);
    const auto at = response.body.find("\"field\":\"");
    if (at == std::string::npos) return "";
    const auto begin = at + 9;
    return response.body.substr(begin, response.body.find('"', begin) - begin);
}
std::string refused(Year& year, const std::string& path, const std::string& json) {
    return refused(year.send(year.officer, "/api/v1" + path, json));
}

// A cohort of the programme that opened on that day.
void open_cohort(Year& year, const char* code, const char* of, const char* on) {
    year.write([&](db::Write& tx) {
        cohorts::Cohort cohort;
        cohort.code = code;
        cohort.programme = programmes::find_programme(tx, of).value();
        cohort.organiser_unit = year.centre;
        cohorts::propose(tx, year.officer, cohort, {now, "", {}});
    });
    CHECK(year.post(year.officer, year.path_of(code) + "/opening", {{"opened_on", on}}).status == 303);
}

}  // namespace

TEST_CASE("a programme is made once, and found by the names it had") {
    for_each_year([](Year& year) {
        const std::string path = soft_skills(year);
        CHECK(refused(year, "/programmes", R"({"name": ""})") == "name");
        CHECK(refused(year, "/programmes", R"({"name": "KỸ NĂNG MỀM"})") == "name");
        CHECK(refused(year, "/programmes", R"({"name": "Khác", "code": "soft-skills"})") == "code");
        CHECK(refused(year, "/programmes", R"({"name": "Khác", "code": "Kỹ năng"})") == "code");
        CHECK(refused(year, path + "/renaming", R"({"name": "Kỹ năng mềm"})") == "name");
        CHECK(year.post(year.officer, path + "/renaming",
                        {{"name", "Kỹ năng lãnh đạo"}, {"reason", "theo quyết định"}})
                  .status == 303);
        CHECK(programme(year, "kỹ năng mềm").code == "soft-skills");
        CHECK(programme(year, "Kỹ năng lãnh đạo").code == "soft-skills");
        const Value now_told = told(year, path);
        CHECK(*now_told["name"].text() == "Kỹ năng lãnh đạo");
        CHECK(*(*now_told["former_names"].list_items())[0]["name"].text() == "Kỹ năng mềm");
        // The name is free again, and then it is the new programme's.
        CHECK(year.post(year.officer, "/programmes", {{"name", "Kỹ năng mềm"}, {"code", "other"}}).status ==
              303);
        CHECK(programme(year, "kỹ năng mềm").code == "other");
    });
}

TEST_CASE("the version in force depends on the day, and of one day the later number holds") {
    for_each_year([](Year& year) {
        const std::string path = soft_skills(year);
        const auto write = [&](const char* from, const char* lectures) {
            return year
                .post(year.officer, path + "/versions",
                      {{"basis", "QĐ"},
                       {"valid_from", from},
                       {"topic-1", "Thuyết trình"},
                       {"lecture-1", lectures}})
                .status;
        };
        CHECK(write("2018-01-01", "8") == 303);
        CHECK(write("2018-01-01", "8") == 422);  // nothing new
        CHECK(write("2018-01-01", "9") == 303);
        const auto periods = [&](const char* day) {
            const Value version = told(year, path + "?on=" + day)["version"];
            return std::pair(*version["number"].number(), *version["periods"]["total"].number());
        };
        CHECK(periods("2017-12-31") == std::pair<std::int64_t, std::int64_t>(1, 10));
        CHECK(periods("2018-01-01") == std::pair<std::int64_t, std::int64_t>(3, 9));
        const Value first = told(year, path + "?on=2017-06-16");
        CHECK(*first["version"]["theory"]["share"].text() == "50.0");
        CHECK(*first["version"]["practice"]["periods"].number() == 5);
        const Value& versions = first["versions"];
        CHECK(*(*versions.list_items())[2]["until"].text() == "2018-01-01");
        CHECK(*(*versions.list_items())[1]["replaced_by"].number() == 3);
        CHECK(told(year, path + "/versions")["versions"].list_items()->size() == 3);
        // One that was replaced can still be looked at.
        CHECK(*told(year, path + "/versions/2")["version"]["periods"]["total"].number() == 8);
        CHECK(year.get(year.officer, path + "/versions/2").status == 200);
        CHECK(year.get(year.officer, path + "/versions/4").status == 404);
        CHECK(year.get(year.officer, path + "?on=never").status == 422);
    });
}

TEST_CASE("what cannot be is refused beside its field, and nothing is kept of it") {
    for_each_year([](Year& year) {
        const std::string path = soft_skills(year);
        const auto field = [&](const std::string& members) {
            return refused(year, path + "/versions", R"({"valid_from": "2019-01-01", )" + members + "}");
        };
        CHECK(field(R"("basis": "")") == "basis");
        CHECK(field(R"("basis": "a", "topic-3": "", "lecture-3": 2)") == "topic-3");
        CHECK(field(R"("basis": "a", "topic-1": "Một", "topic-3": "MỘT")") == "topic-3");
        CHECK(field(R"("basis": "a", "topic-1": "Một", "lecture-1": "nhiều")") == "lecture-1");
        CHECK(field(R"("basis": "a", "topic-61": "Một")") == "topic-61");
        CHECK(field(R"("basis": "a", "minimum_size": 50, "target_size": 40)") == "minimum_size");
        CHECK(field(R"("basis": "a", "target_size": 50, "maximum_size": 40)") == "target_size");
        CHECK(field(R"("basis": "a", "minimum_size": 50, "maximum_size": 40)") == "minimum_size");
        CHECK(field(R"("basis": "a", "attendance_minimum": 101)") == "attendance_minimum");
        CHECK(field(R"("basis": "a", "certificate_series": "Sổ 1")") == "certificate_series");
        CHECK(field(R"("basis": "a", "certificate_valid_months": 60)") == "certificate_series");
        CHECK(field(R"("basis": "a", "certificate_series": "s", "certificate_valid_months": 0)") ==
              "certificate_valid_months");
        CHECK(field(R"("basis": "a", "name-1": "Bài", "weight-1": 60)") == "weight-1");
        CHECK(field(R"("basis": "a", "name-1": "Bài", "weight-1": 100)") == "band-1");
        CHECK(field(R"("basis": "a", "name-1": "Bài", "weight-1": 100, "band-1": "Đạt", "from-1": 5,
                       "band-3": "Không đạt", "from-3": 1, "fails-3": "1")") == "from-3");
        CHECK(told(year, path + "/versions")["versions"].list_items()->size() == 1);
    });
}

TEST_CASE("a version that a cohort opened under is not replaced, but may be verified") {
    for_each_year([](Year& year) {
        const std::string path = soft_skills(year);
        open_cohort(year, "KN-01", "soft-skills", "2017-03-06");
        const auto write = [&](const char* from, const char* lectures, const char* verified_by) {
            return year.post(year.officer, path + "/versions",
                             {{"basis", "12-QĐ/TTBD"},
                              {"valid_from", from},
                              {"verified_by", verified_by},
                              {"topic-1", "Thuyết trình"},
                              {"lecture-1", lectures},
                              {"topic-2", "Làm việc nhóm"},
                              {"discussion-2", "5"}});
        };
        const auto replaced = write("", "6", "");
        CHECK(replaced.status == 422);
        CHECK(shows(replaced, "KN-01"));
        CHECK(shows(replaced, "07/03/2017"));
        CHECK(write("2017-03-06", "6", "").status == 422);
        CHECK(write("2017-03-07", "6", "").status == 303);
        CHECK(write("", "5", "Phòng Đào tạo").status == 303);
        const Value on_the_day = told(year, path + "?on=2017-03-06")["version"];
        CHECK(*on_the_day["verified_by"].text() == "Phòng Đào tạo");
        CHECK(*on_the_day["periods"]["total"].number() == 10);
        // Once the cohort is cancelled nothing holds the version.
        CHECK(year.post(year.officer, year.path_of("KN-01") + "/cancellation",
                        {{"cancelled_on", "2017-03-08"}, {"reason", "ít người"}})
                  .status == 303);
        CHECK(write("", "7", "").status == 303);
        CHECK(year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced());
    });
}

TEST_CASE("two versions stand side by side with what changed") {
    for_each_year([](Year& year) {
        const std::string path = soft_skills(year);
        CHECK(year.post(year.officer, path + "/versions",
                        {{"basis", "12-QĐ/TTBD"},
                         {"valid_from", "2018-01-01"},
                         {"minimum_size", "30"},
                         {"topic-1", "Làm việc nhóm"},
                         {"discussion-1", "6"},
                         {"topic-2", "Đàm phán"},
                         {"lecture-2", "5"}})
                  .status == 303);
        const Value compared = told(year, path + "/comparison?before=1&after=2");
        std::string topics, fields;
        for (const Value& topic : *compared["topics"].list_items()) {
            const Value& shown = topic["after"].is_null() ? topic["before"] : topic["after"];
            topics += *topic["change"].text() + " " + *shown["title"].text() + "; ";
        }
        CHECK(topics == "removed Thuyết trình; changed Làm việc nhóm; added Đàm phán; ");
        for (const Value& field : *compared["fields"].list_items())
            if (*field["differs"].truth()) fields += *field["field"].text() + " ";
        CHECK(fields == "valid_from theory practice minimum_size ");
        CHECK(*compared["changes"].number() == 7);
        CHECK(year.get(year.officer, path + "/comparison?before=1&after=2").status == 200);
        CHECK(year.get(year.officer, path + "/comparison?before=1&after=3").status == 422);
        CHECK(year.get(year.officer, "/api/v1" + path + "/comparison").status == 422);
    });
}

TEST_CASE("a cohort's scheme begins from the version of the day it opens") {
    for_each_year([](Year& year) {
        year.write([&](db::Write& tx) { eligibility::install_templates(tx, year.operator_, now); });
        open_cohort(year, "NT-01", "party-awareness", "2017-03-06");
        const auto offered = [&](const cohorts::Cohort& cohort) {
            return year.database.read(
                [&](db::Read& tx) { return assessment::offered_scheme(tx, cohort, day("2017-06-16")); });
        };
        const auto cohort = year.cohort("NT-01");
        REQUIRE(offered(cohort).components.size() == 1);
        CHECK(offered(cohort).components[0].code == "essay");
        CHECK(offered(cohort).bands.size() == 5);
        CHECK(year.post(year.officer, address_of(year, "party-awareness") + "/versions",
                        {{"basis", "QĐ"},
                         {"valid_from", "2018-01-01"},
                         {"name-1", "Bài kiểm tra"},
                         {"weight-1", "100"},
                         {"band-1", "Đạt"},
                         {"from-1", "5"},
                         {"band-2", "Không đạt"},
                         {"from-2", "0"},
                         {"fails-2", "1"}})
                  .status == 303);
        CHECK(offered(cohort).components[0].name == "Bài thu hoạch");
        cohorts::Cohort later = cohort;
        later.facts.opened_on.reset();
        later.planned_opens_on = {day("2018-02-01"), Precision::month};
        CHECK(offered(later).components[0].name == "Bài kiểm tra");
        // Its page begins with it, and is recorded as it stands.
        CHECK(shows(year.get(year.officer, year.path_of("NT-01") + "/assessment"), "Bài thu hoạch"));
    });
}

TEST_CASE("templates are brought once, to a house that has its own programmes as well") {
    for_each_year([](Year& year) {
        CHECK(year.post(year.officer, "/programmes",
                        {{"name", "Bồi dưỡng lý luận chính trị cho đảng viên mới"}, {"code", "dvm"}})
                  .status == 303);
        const std::string own = address_of(year, "dvm");
        CHECK(year.post(year.officer, own + "/versions", {{"basis", "Quy chế riêng"}}).status == 303);
        const auto install = [&] {
            year.write([&](db::Write& tx) { eligibility::install_templates(tx, year.operator_, now); });
            return year.database.read([](db::Read& tx) { return eligibility::templates_are_installed(tx); });
        };
        CHECK(!year.database.read([](db::Read& tx) { return eligibility::templates_are_installed(tx); }));
        CHECK(install());
        CHECK(*told(year, own)["version"]["basis"].text() == "Quy chế riêng");
        CHECK(!told(year, own)["rules"].list_items()->empty());
        const auto list = [&] { return *told(year, "/programmes")["count"].number(); };
        CHECK(list() == 7);
        CHECK(
            *told(year, address_of(year, "party-awareness") + "?on=2025-10-01")["version"]["periods"]["total"]
                 .number() == 50);
        CHECK(install());
        CHECK(list() == 7);
        CHECK(
            told(year, address_of(year, "party-awareness") + "/versions")["versions"].list_items()->size() ==
            2);
    });
}

TEST_CASE("programmes are seen by who may see them, changed by who may change them") {
    for_each_year([](Year& year) {
        const std::string path = soft_skills(year);
        const std::string comparison = path + "/comparison?before=1&after=1";
        for (const std::string& target : {path, path + "/versions/1", comparison}) {
            for (const std::string& prefix : {std::string(), std::string("/api/v1")}) {
                CHECK_MESSAGE(year.get(year.director, prefix + target).status == 200, target);
                CHECK_MESSAGE(year.get(year.auditor, prefix + target).status == 200, target);
                CHECK_MESSAGE(year.get(year.unit_officer, prefix + target).status == 403, target);
                CHECK_MESSAGE(year.get(year.outsider, prefix + target).status == 404, target);
            }
        }
        CHECK(year.get(year.unit_officer, "/programmes").status == 403);
        CHECK(*year.json(year.outsider, "/api/v1/programmes")["count"].number() == 0);
        CHECK(!shows(year.get(year.director, path), "/versions/new"));
        CHECK(year.get(year.director, path + "/versions/new").status == 403);
        CHECK(year.get(year.outsider, path + "/versions/new").status == 404);
        for (const char* act : {"/versions", "/renaming"}) {
            CHECK(year.post(year.director, path + act, {{"name", "x"}, {"basis", "x"}}).status == 403);
            CHECK(year.post(year.unit_officer, path + act, {{"name", "x"}, {"basis", "x"}}).status == 403);
            CHECK(year.post(year.outsider, path + act, {{"name", "x"}, {"basis", "x"}}).status == 404);
        }
        CHECK(year.post(year.director, "/programmes", {{"name", "x"}}).status == 403);
        CHECK(year.post(year.outsider, "/programmes", {{"name", "x"}}).status == 403);
        CHECK(told(year, path + "/versions")["versions"].list_items()->size() == 1);
    });
}

void visit_programmes(Year& year) {
    const std::string path = address_of(year, "party-awareness");
    CHECK(year.post(year.officer, "/programmes", {{"name", ""}}).status == 422);
    CHECK(year.post(year.officer, path + "/renaming", {{"name", ""}}).status == 422);
    CHECK(year.post(year.officer, path + "/renaming", {{"name", "Nhận thức về Đảng"}, {"reason", "gọn"}})
              .status == 303);
    CHECK(year.post(year.officer, path + "/versions", {{"topic-1", ""}, {"lecture-1", "2"}, {"fails-1", "1"}})
              .status == 422);
    CHECK(year.post(year.officer, path + "/versions",
                    {{"basis", "Quy chế"},
                     {"valid_from", "2030-01-01"},
                     {"attendance_minimum", "80"},
                     {"certificate_series", "awareness"},
                     {"topic-1", "Thảo luận"},
                     {"discussion-1", "5"},
                     {"name-1", "Bài thu hoạch"},
                     {"weight-1", "100"},
                     {"markers-1", "2"},
                     {"anonymous-1", "1"},
                     {"resits-1", "1"},
                     {"pass-1", "5"},
                     {"band-1", "Đạt"},
                     {"from-1", "5"},
                     {"band-2", "Không đạt"},
                     {"from-2", "0"},
                     {"fails-2", "1"},
                     {"verified_by", "Phòng Đào tạo"}})
              .status == 303);
    const std::string overseas = address_of(year, "overseas-short");
    for (const std::string& target :
         {std::string("/programmes"), std::string("/programmes?on=1900-01-01"), path, path + "?on=2030-06-01",
          path + "/versions/1", path + "/versions/new", path + "/comparison?before=1&after=3", overseas,
          overseas + "/comparison?before=1&after=2", address_of(year, "principal-specialist")})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    CHECK(year.get(year.officer, path + "/comparison").status == 422);
}

}  // namespace tiendo::tests
