// A cohort is certified; what becomes of its certificates, who sees them, and two officers at once.
#include "features/certificates/certificates.h"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "features/assessment/assessment.h"
#include "features/proof/proof.h"
#include "platform/json/json.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

const std::string site = "https://so.example.vn";

// The programme of the tests gives certificates of that series, valid five years.
void offer_certificates(Year& year, const cohorts::Cohort& cohort, const char* series = "new-members") {
    year.write([&](db::Write& tx) {
        if (!programmes::version_on(tx, cohort.programme.id, day("2017-03-06"))) {
            const std::int64_t id = next_id();
            tx.run(
                "insert into programme_versions (id, programme, number, basis, audience, aims, "
                "attendance_minimum, certificate_series, certificate_valid_months, verified_by, recorded_at, "
                "recorded_by) values (:id, :programme, 1, '', '', '', 0, :series, 60, '', :at, :actor)",
                {{"id", id},
                 {"programme", cohort.programme.id},
                 {"series", series},
                 {"at", now},
                 {"actor", year.operator_.account}});
        }
        const auto appointed = certificates::appoint(tx, year.operator_,
                                                     {.series = series,
                                                      .valid_from = day("2017-01-01"),
                                                      .issuer_name = "ĐẢNG ỦY KHỐI",
                                                      .place = "Hà Nội",
                                                      .capacity = "by_order",
                                                      .principal = "BAN THƯỜNG VỤ",
                                                      .signatory_title = "GIÁM ĐỐC",
                                                      .signatory_name = "Đỗ Quang Vinh"},
                                                     {now, "", {}});
        CHECK(appointed);
    });
}

// A cohort that ran in March; all but the last learner passed, by a decision of 20 March.
cohorts::Cohort recognised_cohort(Year& year, const std::string& code, int learners) {
    const auto cohort = year.propose(code);
    for (int i = 0; i < learners; ++i)
        year.enrol(cohort, "Nguyễn Văn " + std::to_string(i), i == 0 ? year.tu_phap : year.noi_vu);
    CHECK(
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-06"}})
            .status == 303);
    offer_certificates(year, cohort);
    year.write([&](db::Write& tx) {
        const auto assessed = [&] { return assessment::require_to_change(tx, year.officer, cohort.id); };
        const cohorts::Act act{now, "", {}};
        CHECK(assessment::set_up(tx, year.officer, assessed(),
                                 {{{.code = "essay", .name = "Bài thu hoạch", .pass_mark = 500}},
                                  {{"good", "Giỏi", 800}, {"fail", "Không đạt", 0, false}}},
                                 act));
        std::vector<assessment::Said> said;
        for (const auto& one : assessment::graded(tx, assessed()))
            said.push_back({.participation = one.participation, .mark = 850});
        said.back().mark = 400;
        CHECK(assessment::record_marks(tx, year.officer, assessed(), assessed().scheme.components.front().id,
                                       said, act));
        CHECK(assessment::lock(tx, year.officer, assessed(), {"12-QĐ", day("2017-03-20")}, day("2017-06-16"),
                               act));
    });
    return year.cohort(code);
}

std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/certificates";
}

http::Response issue(Year& year, const cohorts::Cohort& cohort, const char* on = "2017-06-16") {
    return year.send(year.officer, "/api/v1" + address_of(cohort),
                     std::string("{\"issued_on\": \"") + on + "\"}");
}
Value issued(Year& year, const cohorts::Cohort& cohort, const char* on = "2017-06-16") {
    const auto response = issue(year, cohort, on);
    REQUIRE_MESSAGE(response.status == 200, response.body);
    return *json::parse(response.body);
}
std::size_t size_of(const Value& list) { return list.list_items()->size(); }
Value of_cohort(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
// The n-th of the cohort, in the order of the book.
std::string certificate(Year& year, const cohorts::Cohort& cohort, std::size_t which) {
    return "/certificates/" + *(*of_cohort(year, cohort)["certificates"].list_items())[which]["id"].text();
}
bool balanced(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced();
}
std::int64_t certificates_posted(Year& year, const cohorts::Cohort& cohort) {
    return year.database.read([&](db::Read& tx) {
        return tx.integer(
            "select coalesce(cast(sum(quantity) as bigint), 0) from postings "
            "where cohort = :cohort and measure = 'certificates_issued'",
            {{"cohort", cohort.id}});
    });
}
std::vector<std::int64_t> numbers_in_book(Year& year) {
    return year.database.read([](db::Read& tx) {
        return tx.all<std::int64_t>(
            "select register_number from certificates where series = 'new-members' and book_year = 2017 "
            "order by register_number",
            {}, [](const db::Row& row) { return row.integer(0); });
    });
}
bool without_gap(const std::vector<std::int64_t>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] != static_cast<std::int64_t>(i) + 1) return false;
    return true;
}

}  // namespace

TEST_CASE("a cohort is certified once: those who may not are told why, and again adds nobody") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "CAP", 4);
        CHECK(issue(year, cohort, "2017-03-19").status == 422);  // before the decision
        CHECK(issue(year, cohort, "2017-06-17").status == 422);  // tomorrow
        CHECK(numbers_in_book(year).empty());                    // refused: no number is gone
        const Value first = issued(year, cohort);
        CHECK(size_of(first["issued"]) == 3);
        REQUIRE(size_of(first["refused"]) == 1);
        CHECK(*(*first["refused"].list_items())[0]["reason"].text() == "Did not complete.");
        const Value second = issued(year, cohort);
        CHECK(size_of(second["issued"]) == 0);
        CHECK(size_of(second["standing"]) == 3);
        CHECK(numbers_in_book(year) == std::vector<std::int64_t>{1, 2, 3});
        CHECK(certificates_posted(year, cohort) == 3);
        CHECK(balanced(year));
        // What was printed stays as it was, whatever happens to the name.
        year.write([&](db::Write& tx) { tx.run("update people set full_name = 'Ai Khác'"); });
        const Value one = year.json(year.officer, "/api/v1" + certificate(year, cohort, 0));
        CHECK(*one["printed"]["full_name"].text() == "Nguyễn Văn 0");
        CHECK(*one["printed"]["valid_until"].text() == "2022-06-16");
        CHECK(*one["printed"]["signed_for"].text() == "T/L BAN THƯỜNG VỤ");
    });
}

TEST_CASE("who did not attend enough is refused by whoever was asked to judge it") {
    static bool asked = false;
    static const bool registered = [] {
        certificates::require_before_issue([](db::Read& tx, const cohorts::Cohort& cohort) {
            std::vector<certificates::Hindrance> found;
            if (cohort.code != "VANG") return found;
            asked = true;
            for (const auto& one : participation::roster(
                     tx, {.account = tx.integer("select id from accounts where name = 'daotao'")}, cohort.id,
                     {}))
                if (one.person.full_name == "Nguyễn Văn 1")
                    found.push_back({one.id, {"", "certificate.no_result", {}}});
            return found;
        });
        return true;
    }();
    (void)registered;
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "VANG", 4);
        const Value given = issued(year, cohort);
        CHECK(asked);
        CHECK(size_of(given["issued"]) == 2);
        CHECK(size_of(given["refused"]) == 2);
    });
}

TEST_CASE(
    "of two officers who issue one cohort at once each learner gets one entry, and no number is left out") {
    for_each_year([](Year& year) {
        for (int round = 0; round < 5; ++round) {
            const auto cohort = recognised_cohort(year, "DUA-" + std::to_string(round), 6);
            std::atomic<int> waiting{2}, given{0};
            const auto try_it = [&](const web::Actor& actor) {
                --waiting;
                while (waiting > 0) std::this_thread::yield();
                const auto done = year.database.write([&](db::Write& tx) {
                    return certificates::issue(tx, actor, store(), cohort.id,
                                               {day("2017-06-16"), day("2017-06-16"), site}, {now, "", {}});
                });
                if (done) given += static_cast<int>(done->codes.size());
            };
            std::thread first(try_it, year.officer), second(try_it, year.operator_);
            first.join();
            second.join();
            CHECK(given == 5);
            CHECK(size_of(of_cohort(year, cohort)["certificates"]) == 5);
        }
        CHECK(numbers_in_book(year).size() == 25);
        CHECK(without_gap(numbers_in_book(year)));
        CHECK(balanced(year));
    });
}

TEST_CASE("two cohorts of one book at once share its numbers without a gap") {
    for_each_year([](Year& year) {
        const auto one = recognised_cohort(year, "MOT", 9), other = recognised_cohort(year, "HAI", 7);
        std::atomic<int> waiting{2};
        const auto try_it = [&](cohorts::CohortId cohort) {
            --waiting;
            while (waiting > 0) std::this_thread::yield();
            year.database.write([&](db::Write& tx) {
                return certificates::issue(tx, year.officer, store(), cohort,
                                           {day("2017-06-16"), day("2017-06-16"), site}, {now, "", {}});
            });
        };
        std::thread first(try_it, one.id), second(try_it, other.id);
        first.join();
        second.join();
        CHECK(numbers_in_book(year).size() == 14);
        CHECK(without_gap(numbers_in_book(year)));
    });
}

TEST_CASE("a replacement has its own number and adds nothing; a revocation takes one away from its day on") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "THAY", 4);
        issued(year, cohort);
        const std::string first = certificate(year, cohort, 0), second = certificate(year, cohort, 1);
        CHECK(
            year.post(
                    year.officer, first + "/replacement",
                    {{"cause", "lost"}, {"issued_on", "2017-06-16"}, {"full_name", "Khác"}, {"reason", "x"}})
                .status == 422);  // only the issuer's error is mended
        CHECK(year.post(year.officer, first + "/replacement",
                        {{"cause", "issuer_error"}, {"issued_on", "2017-06-16"}})
                  .status == 422);  // no reason
        CHECK(year.post(year.officer, first + "/replacement",
                        {{"cause", "issuer_error"},
                         {"issued_on", "2017-06-16"},
                         {"full_name", "Nguyễn Văn Không"},
                         {"reason", "in sai tên"}})
                  .status == 303);
        const Value before = year.json(year.officer, "/api/v1" + first);
        CHECK(*before["state"].text() == "replaced");
        const Value after = year.json(year.officer, "/api/v1" + *before["replaced_by"]["url"].text());
        CHECK(*after["printed"]["full_name"].text() == "Nguyễn Văn Không");
        CHECK(*after["printed"]["register_number"].number() == 4);
        CHECK(certificates_posted(year, cohort) == 3);
        CHECK(year.post(year.officer, first + "/revocation",
                        {{"ground", "fraud"}, {"revoked_on", "2017-06-16"}, {"reason", "x"}})
                  .status == 422);  // the other one is meant
        CHECK(year.post(year.officer, second + "/revocation",
                        {{"ground", "whim"}, {"revoked_on", "2017-06-16"}, {"reason", "x"}})
                  .status == 422);
        CHECK(year.post(year.officer, second + "/revocation",
                        {{"ground", "fraud"},
                         {"revoked_on", "2017-06-16"},
                         {"document_number", "90-QĐ"},
                         {"reason", "gian lận"}})
                  .status == 303);
        CHECK(certificates_posted(year, cohort) == 2);
        // Fraud is for good; an error of the institution lets it be issued anew.
        CHECK(size_of(issued(year, cohort)["issued"]) == 0);
        const std::string third = certificate(year, cohort, 2);
        CHECK(year.post(year.officer, third + "/revocation",
                        {{"ground", "issuer_error"}, {"revoked_on", "2017-06-16"}, {"reason", "in hỏng"}})
                  .status == 303);
        CHECK(size_of(issued(year, cohort)["issued"]) == 1);
        CHECK(certificates_posted(year, cohort) == 2);
        CHECK(without_gap(numbers_in_book(year)));
        CHECK(balanced(year));
        // The cohort comes to count to no line: its certificates go with it.
        CHECK(year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/counting",
                        {{"plan_line", ""}, {"reason", "ngoài kế hoạch"}})
                  .status == 303);
        CHECK(balanced(year));
    });
}

TEST_CASE("blanks are used in their order, the spoiled ones are told, and too few stop the issue") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "PHOI", 4);
        const std::string series = "/certificates/series/new-members";
        const auto receive = [&](const char* first, const char* last) {
            return year
                .post(year.officer, series + "/blanks",
                      {{"first", first}, {"last", last}, {"received_on", "2017-06-01"}})
                .status;
        };
        CHECK(receive("DVM 0001", "DVX 0004") == 422);
        CHECK(receive("DVM 0001", "DVM 0003") == 303);
        CHECK(receive("DVM 0003", "DVM 0009") == 422);  // one of them twice
        CHECK(year.post(year.officer, series + "/spoiling", {{"serial", "DVM 0002"}, {"reason", "rách"}})
                  .status == 303);
        CHECK(issue(year, cohort).status == 422);  // two are left
        CHECK(receive("DVM 0004", "DVM 0005") == 303);
        issued(year, cohort);
        const auto serial = [&](std::size_t which) {
            return *year.json(year.officer, "/api/v1" + certificate(year, cohort, which))["printed"]["serial"]
                        .text();
        };
        CHECK(serial(0) == "DVM 0001");
        CHECK(serial(1) == "DVM 0003");
        CHECK(serial(2) == "DVM 0004");
        CHECK(year.post(year.officer, certificate(year, cohort, 1) + "/blank", {{"reason", "kẹt máy in"}})
                  .status == 303);
        CHECK(serial(1) == "DVM 0005");
        CHECK(numbers_in_book(year) == std::vector<std::int64_t>{1, 2, 3});
        CHECK(year.post(year.officer, certificate(year, cohort, 1) + "/blank", {{"reason", "lại kẹt"}})
                  .status == 422);  // none is left
        CHECK(balanced(year));
    });
}

TEST_CASE("papers whose drawing broke off are drawn anew, with the numbers they had") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "KET", 4);
        const Value given = issued(year, cohort);
        const std::string page = "/certificates/issues/" + *given["issue"].text();
        CHECK(!*year.json(year.officer, "/api/v1" + page)["finished"].truth());
        CHECK(year.get(year.officer, page + "/file").status == 404);
        // The process that held the job has died in the middle, and its lease is over.
        year.write(
            [](db::Write& tx) { tx.run("update jobs set holder = 7, attempts = 1, lease_until = 1"); });
        const auto desk = certificates::open_desk(year.database, store(), site, {.threads = 0});
        CHECK(desk.jobs->run_one());
        const Value drawn = year.json(year.officer, "/api/v1" + page);
        CHECK(*drawn["finished"].truth());
        CHECK(*drawn["drawn"].number() == 3);
        const std::string digest = *drawn["file_digest"].text();
        CHECK(numbers_in_book(year) == std::vector<std::int64_t>{1, 2, 3});
        CHECK(year.get(year.officer, page + "/file").status == 200);
        // Drawn once more it is the same file.
        CHECK(year.post(year.officer, page + "/drawing", {}).status == 303);
        CHECK(desk.jobs->run_one());
        CHECK(*year.json(year.officer, "/api/v1" + page)["file_digest"].text() == digest);
        CHECK(!desk.jobs->run_one());
    });
}

TEST_CASE("anybody may check a code, and learns nothing but what is printed; who tries many must wait") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "TRA", 2);
        const std::string code = *(*issued(year, cohort)["issued"].list_items())[0]["code"].text();
        const web::Actor nobody;
        const auto page = year.get(nobody, "/check/" + code);
        CHECK(page.status == 200);
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
    ok(path);
    post(series + "/blanks", {}, 422);
    post(series + "/blanks", {{"first", "DVM 001"}, {"last", "DVM 020"}, {"received_on", "2017-06-01"}}, 303);
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
    const web::Actor nobody;
    const std::string code = *year.json(year.officer, "/api/v1" + third)["printed"]["code"].text();
    CHECK(year.get(nobody, "/check/" + code).status == 200);
    CHECK(year.get(nobody, "/check?code=sai").status == 200);
}

}  // namespace tiendo::tests
