// The members of a delegation: who sees them, what is masked, how many at once.
#include <fstream>

#include "travellers.h"
#include "visits.h"

namespace tiendo::tests {

using namespace travellers;

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

TEST_CASE("the report of a member is kept as its file came, for whoever sees the delegation") {
    for_each_year([](Year& year) {
        const auto cohort = to_japan(year, 2);
        const std::string one = member(told(year, cohort), 0), other = member(told(year, cohort), 1);
        const std::string reports = address_of(cohort) + "/reports", file = reports + "/" + one + "/file";
        const std::string report = year.path("bao-cao.pdf");
        std::ofstream(report) << "%PDF kết quả học tập";
        const auto send = [&](const std::string& whose, const char* day, const char* number) {
            const std::string day_of = "report-" + whose, number_of = "document-" + whose;
            return year
                .upload(year.officer, reports, report, "file-" + whose, {{day_of, day}, {number_of, number}})
                .status;
        };
        const auto report_of = [&](std::size_t which) {
            return (*told(year, cohort)["members"].list_items())[which]["report"];
        };
        CHECK(year.get(year.officer, file).status == 404);
        CHECK(send(one, "", "") == 422);  // a file that came on no day
        CHECK(send(one, "2017-06-17", "1-BC") == 422);
        CHECK(report_of(0)["file"].is_null());
        CHECK(send(one, "2017-03-20", "1-BC") == 303);
        CHECK(*report_of(0)["file"]["name"].text() == "bao-cao.pdf");
        CHECK(report_of(1)["file"].is_null());
        CHECK(shows(year.get(year.director, address_of(cohort)), "bao-cao.pdf"));
        CHECK(shows(year.get(year.officer, reports), "bao-cao.pdf"));
        for (const web::Actor& actor : {year.officer, year.director, year.auditor})
            for (const std::string& target : {file, "/api/v1" + file})
                CHECK_MESSAGE(year.get(actor, target).status == 200, target);
        CHECK(year.get(year.officer, reports + "/" + other + "/file").status == 404);
        CHECK(year.get(year.unit_officer, file).status == 403);
        CHECK(year.get(year.outsider, file).status == 404);
        const auto document = year.database.read([](db::Read& tx) {
            return tx.integer(R"sql(select max(report_document) from delegation_members)sql");
        });
        CHECK(shows(year.get(year.officer, "/documents/" + std::to_string(document)), "thành viên đoàn ra"));
        // Other sheets, and a day that is mended, leave the file; a report that did not come has none.
        CHECK(say(year, cohort, "/passports", {{"passport-" + one, "B7654321"}}) == 303);
        CHECK(say(year, cohort, "/reports", {{"report-" + one, "2017-03-21"}, {"document-" + one, "1-BC"}}) ==
              303);
        CHECK(*report_of(0)["file"]["name"].text() == "bao-cao.pdf");
        CHECK(say(year, cohort, "/reports", {{"report-" + one, ""}, {"document-" + one, ""}}) == 303);
        CHECK(report_of(0)["file"].is_null());
        CHECK(year.get(year.officer, file).status == 404);
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
    const std::string report = year.path("report.pdf");
    std::ofstream(report) << "%PDF";
    for (const std::string& one : {whose, member(now, 1)})
        CHECK(year.upload(year.officer, path + "/reports", report, "file-" + one,
                          {{"report-" + one, "2017-03-20"}})
                  .status == 303);
    CHECK(say(year, cohort, "/reports", {{"report-" + whose, "x"}}) == 422);
    CHECK(say(year, cohort, "/disclosure", {{"reason", ""}}) == 422);
    delegation(year, "SAP-DI", 0, cohorts::PlannedDate{day("2017-07-10"), Precision::day});
    delegation(year, "NAM-SAU", 0, cohorts::PlannedDate{day("2018-02-05"), Precision::day});
    CHECK(year.post(year.officer, "/delegations/rules", {{"code", "report"}, {"time_allowed", "x"}}).status ==
          422);
    CHECK(year.post(year.officer, "/delegations/rules",
                    {{"code", "report"},
                     {"time_allowed", "15"},
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
