// A cohort is certified; what becomes of its certificates, and two officers at once.
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "certified.h"

namespace tiendo::tests {

using namespace certified;

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

TEST_CASE("one name that the font cannot draw is refused before it has a number, and holds up nobody else") {
    for_each_year([](Year& year) {
        const auto cohort = recognised_cohort(year, "CHU-LA", 6);
        year.write([&](db::Write& tx) {
            tx.run("update people set full_name = 'Nguyễn 張 Văn' where full_name = 'Nguyễn Văn 1'");
        });
        CHECK(shows(year.get(year.officer, address_of(cohort)),
                    "Họ và tên: Phông “Noto Serif” không có chữ “張”."));
        const Value given = issued(year, cohort);
        CHECK(size_of(given["issued"]) == 4);
        CHECK(size_of(given["refused"]) == 2);
        CHECK(without_gap(numbers_in_book(year)));
        CHECK(certificates::draw_now(year.database, store(), cohort.id, now));
        const std::string first = certificate(year, cohort, 0);
        CHECK(year.get(year.officer, first + "/file").status == 200);
        // A paper that cannot be drawn any more says so, and is no fault of the program.
        year.write([&](db::Write& tx) { tx.run("update certificates set full_name = 'Nguyễn 張 Văn'"); });
        const auto page = year.get(year.officer, first + "/file");
        CHECK(page.status == 422);
        CHECK(shows(page, "張"));
    });
}

TEST_CASE("a drawing is looked at before it is in force, and each has a preview of its own") {
    for_each_year([](Year& year) {
        offer_certificates(year, year.propose("MAU"));
        const std::string page = "/certificates/series/new-members";
        const std::string sample = year.get(year.officer, page + "/drawing").body;
        REQUIRE(sample.find("without-motto") != std::string::npos);
        // What is sent comes back to be looked at, and is not in force.
        const std::string file = year.path("mau.svg");
        std::ofstream(file, std::ios::binary) << sample << "\n";
        const auto trial =
            year.upload(year.officer, page + "/drawing", file, "file", {{"valid_from", "2018-01-01"}});
        CHECK(trial.status == 200);
        const std::string digest = store().keep_bytes(sample + "\n").digest;
        CHECK(shows(trial, "value=\"" + digest + "\""));
        const auto previewed = [&](const std::string& drawing) {
            return year.get(year.officer, page + "/preview?drawing=" + drawing);
        };
        CHECK(previewed(digest).body.starts_with("\x89PNG"));
        for (const std::string& none : {std::string("0"), std::string("../../tiendo.db"),
                                        std::string(64, 'a'), store().keep_bytes("no drawing").digest})
            CHECK_MESSAGE(previewed(none).status == 404, none);
        CHECK(year.get(year.outsider, page + "/preview?drawing=" + digest).status == 404);
        const Fields looked_at = {
            {"drawing", digest}, {"file_name", "mau.svg"}, {"valid_from", "2018-01-01"}};
        CHECK(year.post(year.director, page + "/drawing", looked_at).status == 403);
        CHECK(year.post(year.officer, page + "/drawing", {{"valid_from", "2018-01-01"}}).status == 422);
        CHECK(!shows(year.get(year.officer, page), "mau.svg"));
        CHECK(year.post(year.officer, page + "/drawing", looked_at).status == 303);
        const auto after = year.get(year.officer, page);
        CHECK(shows(after, "mau.svg"));
        CHECK(shows(after, "preview?drawing=" + digest));
    });
}

}  // namespace tiendo::tests
