// Who was there: marked in one go, counted, and kept from whom it does not concern.
#include <doctest/doctest.h>

#include "attendance_hall.h"
#include "visits.h"

namespace tiendo::tests {

using namespace hall;

TEST_CASE("a session is marked in one go, and its periods are in the ledger") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "DD", 3, {"2017-06-12", "2017-06-13", "2017-06-30"});
        CHECK(mark(year, cohort, 0, everybody(year, cohort, "present")).status == 200);
        CHECK(periods_posted(year) == 15);
        const std::string second = *learner(year, cohort, 1)["id"].text();
        CHECK(mark(year, cohort, 0, R"({"state-)" + second + R"(": "late", "periods-)" + second + R"(": 3})")
                  .status == 200);
        CHECK(periods_posted(year) == 13);
        CHECK(attended(year, cohort, 1) == 3);
        CHECK(mark(year, cohort, 0, R"({"state-)" + second + R"(": "none"})").status == 200);
        CHECK(attended(year, cohort, 1) == 0);
        CHECK(verify(year).balanced());
        CHECK(mark(year, cohort, 2, everybody(year, cohort, "present")).status == 422);  // lies ahead
        CHECK(
            mark(year, cohort, 0, R"({"state-)" + second + R"(": "present", "periods-)" + second + R"(": 6})")
                .status == 422);
        CHECK(
            mark(year, cohort, 0, R"({"state-)" + second + R"(": "present", "periods-)" + second + R"(": 0})")
                .status == 422);
    });
}

TEST_CASE("who withdrew, and a cohort that was cancelled, attend nothing from that day on") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "THOI", 2, {"2017-06-12", "2017-06-14"});
        for (const std::size_t which : {0, 1})
            CHECK(mark(year, cohort, which, everybody(year, cohort, "present")).status == 200);
        const std::string first = *learner(year, cohort, 0)["id"].text();
        CHECK(year.post(year.officer, "/participations/" + first + "/withdrawal",
                        {{"withdrawn_on", "2017-06-13"}, {"reason", "chuyển công tác"}})
                  .status == 303);
        CHECK(periods_posted(year) == 15);
        CHECK(verify(year).balanced());
        CHECK(mark(year, cohort, 1, R"({"state-)" + first + R"(": "late"})").status == 422);
        CHECK(year.post(year.officer, "/participations/" + first + "/readmission", {{"reason", "nhầm"}})
                  .status == 303);
        CHECK(periods_posted(year) == 20);
        CHECK(year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/cancellation",
                        {{"cancelled_on", "2017-06-14"}, {"reason", "thiên tai"}})
                  .status == 303);
        CHECK(periods_posted(year) == 10);
        CHECK(verify(year).balanced());
    });
}

TEST_CASE("a session that moves takes its marks along") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "DOI", 2, {"2017-06-12"});
        CHECK(mark(year, cohort, 0, everybody(year, cohort, "present")).status == 200);
        const timetable::SessionId id{parse_id(session(year, cohort, 0))};
        const auto follow = [&](const char* change) {
            year.write([&](db::Write& tx) {
                tx.run(std::string(change) + " where id = " + to_text(id));
                attendance::follow_session(tx, year.officer, id, {now, "đổi lịch", {}});
            });
        };
        follow("update timetable_sessions set held_on = '2017-06-14', periods = 4");
        CHECK(attended(year, cohort, 1) == 4);
        CHECK(periods_posted(year) == 8);
        CHECK(verify(year).balanced());
        // The period that did not count any more was marked, and counts again.
        follow("update timetable_sessions set periods = 5");
        CHECK(attended(year, cohort, 1) == 5);
        CHECK(verify(year).balanced());
        follow("update timetable_sessions set called_off_at = 1");
        CHECK(periods_posted(year) == 0);
        CHECK(verify(year).balanced());
        const timetable::Session called_off{
            .id = id, .cohort = cohort.id, .held_on = {}, .topic = "", .note = ""};
        CHECK(year.database.read(
                  [&](db::Read& tx) { return attendance::attendance_of(tx, called_off).marks; }) == 0);
    });
}

TEST_CASE("below the minimum nobody completes without a reason, and the decision says who") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "NGUONG", 2, {"2017-06-12", "2017-06-13"});
        CHECK(mark(year, cohort, 0, everybody(year, cohort, "present")).status == 200);
        CHECK(mark(year, cohort, 1, everybody(year, cohort, "present")).status == 200);
        const std::string id = *learner(year, cohort, 1)["id"].text();
        CHECK(mark(year, cohort, 1, R"({"state-)" + id + R"(": "unexcused"})").status == 200);
        CHECK(!*learner(year, cohort, 1)["total"]["enough"].truth());
        CHECK(*learner(year, cohort, 0)["total"]["enough"].truth());
        const std::string path = assess(year, cohort);
        CHECK(shows(year.get(year.officer, path), "An 1 mới dự 5/10 tiết, chưa đủ 80 %"));
        CHECK(year.post(year.officer, path + "/locking", {{"number", "1-QĐ"}, {"dated_on", "2017-06-15"}})
                  .status == 303);
        const auto result = [&](std::size_t whose) {
            const std::string of = *learner(year, cohort, whose)["id"].text();
            return *year.json(year.officer, "/api/v1/participations/" + of)["result"].text();
        };
        CHECK(result(0) == "completed");
        CHECK(result(1) == "not_completed");
        // The lock holds; what changes afterwards carries a reason, and moves the result with it.
        const std::string there = R"({"state-)" + id + R"(": "present")";
        CHECK(mark(year, cohort, 1, there + "}").status == 422);
        CHECK(mark(year, cohort, 1, there + R"(, "reason": "ghi nhầm"})").status == 200);
        CHECK(result(1) == "completed");
        CHECK(mark(year, cohort, 1, R"({"state-)" + id + R"(": "unexcused", "reason": "ghi đúng"})").status ==
              200);
        CHECK(result(1) == "not_completed");
        CHECK(year.post(year.officer, address_of(cohort) + "/waivers",
                        {{"participation", id}, {"waiver_reason", "học bù"}})
                  .status == 303);
        CHECK(result(1) == "completed");
        CHECK(verify(year).balanced());
    });
}

TEST_CASE("attendance is the office's: a unit officer and an outsider find nothing") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "KIN", 1, {"2017-06-12"});
        const std::string path = address_of(cohort), list = path + "/" + session(year, cohort, 0);
        for (const std::string& target :
             {path, "/api/v1" + path, list, "/api/v1" + list, path + "/sign-in-sheet",
              list + "/sign-in-sheet", list + "/check-in",
              "/offline/attendance/" + to_text(cohort.id) + list.substr(list.rfind('/'))}) {
            CHECK_MESSAGE(year.get(year.unit_officer, target).status == 403, target);
            CHECK_MESSAGE(year.get(year.outsider, target).status == 404, target);
        }
        for (const std::string& target : {path + "/decisions", path + "/waivers", path + "/leave",
                                          list + "/marks", list + "/check-in", list + "/check-in-end"}) {
            CHECK_MESSAGE(year.post(year.unit_officer, target, {{"reason", "x"}}).status == 403, target);
            CHECK_MESSAGE(year.post(year.outsider, target, {{"reason", "x"}}).status == 404, target);
            CHECK_MESSAGE(year.post(year.director, target, {{"reason", "x"}}).status == 403, target);
        }
        CHECK(year.send(year.outsider, "/api/v1" + list + "/sync", R"({"marks": []})").status == 404);
        CHECK(year.get(year.director, path).status == 200);
        // A session of one cohort is not there in another.
        const auto other = taught_cohort(year, "KHAC", 1, {"2017-06-12"});
        CHECK(year.get(year.officer, address_of(other) + list.substr(list.rfind('/'))).status == 404);
    });
}

TEST_CASE("a hundred learners are marked with as many statements as two") {
    for_each_year([](Year& year) {
        const auto statements = [&](const std::string& code, int learners) {
            const auto cohort = taught_cohort(year, code, learners, {"2017-06-12", "2017-06-13"});
            const std::string all = everybody(year, cohort, "present");
            CHECK(mark(year, cohort, 0, all).status == 200);
            const std::string list = address_of(cohort) + "/" + session(year, cohort, 1);
            const std::int64_t before = db::statements_run();
            CHECK(year.send(year.officer, "/api/v1" + list + "/marks", all).status == 200);
            // SQLite counts each row that goes in with others: of a learner the event and the posting.
            const std::int64_t rows = year.database.kind() == db::Kind::sqlite ? 2 * learners : 0;
            for (const std::string& target : {list, address_of(cohort), list + "/sign-in-sheet"})
                CHECK(year.get(year.officer, target).status == 200);
            return db::statements_run() - before - rows;
        };
        CHECK(statements("IT", 2) == statements("NHIEU", 100));
    });
}

std::string visit_attendance(Year& year) {
    const auto cohort = taught_cohort(year, "DIEMDANH", 3, {"2017-06-12", "2017-06-16"});
    const std::string path = address_of(cohort), list = path + "/" + session(year, cohort, 0),
                      today = path + "/" + session(year, cohort, 1);
    const std::string id = *learner(year, cohort, 0)["id"].text();
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.get(year.officer, list).status == 200);
    CHECK(year.post(year.officer, list + "/marks", {{"state-" + id, "x"}, {"periods-" + id, "y"}}).status ==
          422);
    CHECK(mark(year, cohort, 0, everybody(year, cohort, "present")).status == 200);
    CHECK(
        year.post(year.officer, list + "/marks", {{"state-" + id, "late"}, {"periods-" + id, "3"}}).status ==
        303);
    CHECK(year.post(year.officer, path + "/leave",
                    {{"participation", id}, {"paper", "Đơn"}, {"from", "2017-06-12"}, {"to", "2017-06-12"}})
              .status == 422);
    CHECK(year.post(year.officer, path + "/leave",
                    {{"participation", id}, {"paper", "Đơn"}, {"from", "2017-06-16"}, {"to", "2017-06-16"}})
              .status == 303);
    // Everything marked, so that no cell of the book is empty; then some of it is taken back.
    CHECK(mark(year, cohort, 1, everybody(year, cohort, "late")).status == 200);
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(mark(year, cohort, 1, everybody(year, cohort, "none")).status == 200);
    CHECK(year.get(year.officer, assess(year, cohort)).status == 200);
    CHECK(year.post(year.officer, path + "/waivers", {{"participation", id}}).status == 422);
    CHECK(year.post(year.officer, path + "/waivers", {{"participation", id}, {"waiver_reason", "học bù"}})
              .status == 303);
    const std::string second = *learner(year, cohort, 1)["id"].text();
    CHECK(outcome(sync(year, cohort, offline("thu-1", second, "unexcused", "0"))) == "contradicts");
    const std::string third = *learner(year, cohort, 2)["id"].text();
    CHECK(year.post(year.officer, "/participations/" + third + "/withdrawal",
                    {{"withdrawn_on", "2017-06-15"}, {"reason", "ốm"}})
              .status == 303);
    CHECK(year.post(year.officer, today + "/check-in", {}).status == 303);
    const web::Actor nobody;
    CHECK(year.get(nobody, "/check-in?code=123456").status == 200);
    CHECK(year.post(nobody, "/check-in", {{"code", "1"}}).status == 422);
    know_days_of_birth(year);
    CHECK(check_in(year, room_code(year), last_digits(year, cohort, 1), "1/1/1985", "điện thoại").status ==
          200);
    for (const std::string& target :
         {path, list, today, path + "/sign-in-sheet", list + "/sign-in-sheet", today + "/check-in",
          list + "/check-in", "/offline/attendance/" + to_text(cohort.id) + list.substr(list.rfind('/'))})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    CHECK(year.get(year.auditor, list).status == 200);
    CHECK(year.post(year.officer, "/attendance-rules", {{"late_after_minutes", "x"}}).status == 422);
    CHECK(year.post(year.officer, "/attendance-rules",
                    {{"valid_from", "2017-09-01"},
                     {"late_after_minutes", "20"},
                     {"leave", "attended"},
                     {"basis", "Quy chế 12"},
                     {"verified_by", "Trần Thị Mai"}})
              .status == 303);
    CHECK(year.get(year.officer, "/attendance-rules").status == 200);
    CHECK(year.get(nobody, "/offline/attendance-worker.js").status == 200);
    CHECK(year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/closing",
                    {{"closed_on", "2017-06-16"}, {"reason", "hồ sơ bổ sung sau"}})
              .status == 303);
    CHECK(year.post(year.officer, list + "/marks", {{"state-" + id, "present"}}).status == 422);
    return path;
}

}  // namespace tiendo::tests
