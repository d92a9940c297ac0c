// Who sees certificates: anybody with a code, a unit its own people's, the outsider none; and every page of
// them.
#include <doctest/doctest.h>

#include <fstream>

#include "certified.h"
#include "visits.h"

namespace tiendo::tests {

using namespace certified;
TEST_CASE("anybody may check a code, and learns nothing but what is printed; who tries many must wait") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "TRA", 2);
        const std::string code = *(*issued(year, cohort)["issued"].list_items())[0]["code"].text();
        const web::Actor nobody;
        // The site counts by address, and goes on counting from one year to the next.
        static int clients = 0;
        year.client = "192.0.2." + std::to_string(++clients);
        const auto page = year.get(nobody, "/check/" + code);
        REQUIRE(page.status == 200);
        CHECK(shows(page, "Nguyễn Văn 0"));
        const Value told = *json::parse(year.get(nobody, "/api/v1/check/" + code).body);
        CHECK(*told["state"].text() == "valid");
        CHECK(*told["decision_number"].text() == "12-QĐ");
        CHECK(told["id"].is_null());
        CHECK(told["national_id"].is_null());
        // Typed in small letters and without hyphens it is the same code.
        std::string typed = lower_ascii(code);
        std::erase(typed, '-');
        CHECK(year.get(nobody, "/api/v1/check/" + typed).body ==
              year.get(nobody, "/api/v1/check/" + code).body);
        // Whatever is wrong with it, the answer is the same.
        std::string other = code;
        std::swap(other[0], other[1]);
        const std::string unknown = year.get(nobody, "/api/v1/check/2222-2222-2222-2").body;
        CHECK(year.get(nobody, "/api/v1/check/" + (other == code ? "x" : other)).body == unknown);
        int waited = 0;
        for (int i = 0; i < 120; ++i) waited += year.get(nobody, "/api/v1/check/none").status == 429 ? 1 : 0;
        CHECK(waited > 0);
        CHECK(year.get(nobody, "/check/" + code).status == 429);
    });
}

TEST_CASE("a unit sees its own people's certificates, the outsider none, and neither changes any") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "KIN-CN", 4);
        issued(year, cohort);
        const std::string own = certificate(year, cohort, 0), other = certificate(year, cohort, 1);
        CHECK(year.get(year.unit_officer, own).status == 200);
        CHECK(year.get(year.unit_officer, other).status == 404);
        const auto list = year.get(year.unit_officer, "/certificates");
        CHECK(shows(list, "Nguyễn Văn 0"));
        CHECK(!shows(list, "Nguyễn Văn 1"));
        CHECK(year.get(year.unit_officer, address_of(cohort)).status == 404);
        CHECK(year.get(year.unit_officer, "/certificates/series").status == 404);
        for (const std::string& target :
             {own, "/api/v1" + own, own + "/file", own + "/code", own + "/credential", address_of(cohort),
              "/api/v1" + address_of(cohort)})
            CHECK_MESSAGE(year.get(year.outsider, target).status == 404, target);
        CHECK(!shows(year.get(year.outsider, "/certificates"), "Nguyễn Văn"));
        for (const char* act :
             {"/revocation", "/replacement", "/request", "/declining", "/handover", "/blank"}) {
            CHECK_MESSAGE(year.post(year.unit_officer, own + act, {{"reason", "x"}}).status == 403, act);
            CHECK_MESSAGE(year.post(year.director, own + act, {{"reason", "x"}}).status == 403, act);
            CHECK_MESSAGE(year.post(year.outsider, own + act, {{"reason", "x"}}).status == 404, act);
        }
        CHECK(year.post(year.outsider, address_of(cohort), {{"issued_on", "2017-06-16"}}).status == 404);
        CHECK(year.post(year.director, address_of(cohort), {{"issued_on", "2017-06-16"}}).status == 403);
        CHECK(year.get(year.director, address_of(cohort)).status == 200);
        CHECK(year.get(year.auditor, own).status == 200);
    });
}

TEST_CASE("a hundred certificates are shown with as many statements as two") {
    for_each_year([](Year& year) {
        const auto statements = [&](const std::string& code, int learners) {
            const auto cohort = recognised_cohort(year, code, learners);
            issued(year, cohort);
            const std::int64_t before = db::statements_run();
            CHECK(year.get(year.officer, address_of(cohort)).status == 200);
            CHECK(year.get(year.officer, "/certificates?cohort=" + code).status == 200);
            return db::statements_run() - before;
        };
        statements("DAU", 3);
        CHECK(statements("IT", 3) == statements("NHIEU", 101));
    });
}

void visit_certificates(Year& year) {
    const auto cohort = recognised_cohort(year, "CHUNG", 7);
    const std::string path = address_of(cohort), series = "/certificates/series/new-members";
    const auto ok = [&](const std::string& target) {
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    };
    const auto post = [&](const std::string& target, Fields form, int status) {
        const auto response = year.post(year.officer, target, form);
        CHECK_MESSAGE(response.status == status, target << ": " << response.body.substr(0, 300));
    };
    // Every series has somebody who signs, and this one a drawing that will come into force.
    for (const char* one :
         {"awareness", "cell-secretaries", "principal-specialist", "senior-specialist", "new-members"})
        offer_certificates(year, cohort, one);
    year.write([&](db::Write& tx) {
        tx.run(
            "insert into certificate_templates (id, series, valid_from, digest, file_name, recorded_at, "
            "recorded_by) values (:id, 'new-members', :day, '0', 'mau.svg', :at, :actor)",
            {{"id", next_id()}, {"day", day("2018-01-01")}, {"at", now}, {"actor", year.operator_.account}});
    });
    ok("/certificates/series");
    ok(path);
    const std::string drawing = year.path("mau.svg");
    std::ofstream(drawing, std::ios::binary) << year.get(year.officer, series + "/drawing").body;
    CHECK(year.upload(year.officer, series + "/drawing", drawing, "file", {{"valid_from", "2018-01-01"}})
              .status == 200);
    post(series + "/blanks", {}, 422);
    post(series + "/blanks", {{"first", "DVM 001"}, {"last", "DVM 999"}, {"received_on", "2017-06-01"}}, 303);
    post(series + "/spoiling", {}, 422);
    post(series + "/authority", {}, 422);
    post("/certificates/series", {}, 422);
    post("/certificates/series",
         {{"code", "khac"},
          {"mark", "K"},
          {"name", "Khác"},
          {"regime", "state"},
          {"kind", "certificate"},
          {"number_pattern", "{number}/{year}"}},
         303);
    post(path, {}, 422);
    post(path, {{"issued_on", "2017-06-16"}}, 303);
    const Value issues = of_cohort(year, cohort)["issues"];
    const std::string issue = "/certificates/issues/" + *(*issues.list_items())[0]["id"].text();
    ok(issue);
    certificates::draw_now(year.database, store(), cohort.id, now);
    ok(issue);
    const std::string first = certificate(year, cohort, 0), second = certificate(year, cohort, 1),
                      third = certificate(year, cohort, 2);
    ok(first);
    for (const char* act : {"/revocation", "/replacement", "/request", "/handover", "/blank", "/declining"})
        post(first + act, {}, 422);
    post(first + "/request", {{"cause", "lost"}, {"requested_on", "2017-06-16"}, {"reason", "mất"}}, 303);
    ok(first);
    ok("/certificates?state=requested");
    post(first + "/replacement", {{"cause", "lost"}, {"issued_on", "2017-06-16"}, {"reason", "mất"}}, 303);
    ok(first);
    ok(*year.json(year.officer, "/api/v1" + first)["replaced_by"]["url"].text());
    post(second + "/blank", {{"reason", "kẹt"}}, 303);
    post(path + "/handover", {}, 422);
    post(third + "/handover", {{"handed_over_on", "2017-06-16"}, {"received_by", "Người nhận thay"}}, 303);
    ok(path);
    post(third + "/revocation",
         {{"ground", "fraud"},
          {"revoked_on", "2017-06-16"},
          {"document_number", "9-QĐ"},
          {"reason", "gian lận"}},
         303);
    const Value learner = year.json(year.officer, "/api/v1" + third)["participation"];
    const std::string person = "/people/" + year.database.read([&](db::Read& tx) {
        return std::to_string(tx.integer("select person from participations where id = :id",
                                         {{"id", parse_id(*learner.text())}}));
    });
    for (const std::string& target :
         {third, second, person, std::string("/certificates"),
          std::string("/certificates?q=nguyen&expiring=60"), std::string("/certificates?q=khong-co"),
          std::string("/certificates/book?series=new-members&year=2017"), std::string("/certificates/series"),
          series, std::string("/check")})
        ok(target);
    issued(year, recognised_cohort(year, "NHIEU-CN", 106));
    ok("/certificates");  // more than a page
    // The results are taken back: papers stand whose ground is gone.
    post("/cohorts/" + to_text(cohort.id) + "/assessment/unlocking", {{"reason", "nhầm đề"}}, 303);
    ok(path);
    const web::Actor nobody;
    const std::string code = *year.json(year.officer, "/api/v1" + third)["printed"]["code"].text();
    CHECK(year.get(nobody, "/check/" + code).status == 200);
    CHECK(year.get(nobody, "/check?code=sai").status == 200);
}

}  // namespace tiendo::tests
