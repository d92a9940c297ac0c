// Who was there: marked in one go, by the learners themselves, or on a phone without a network.
#include "features/attendance/attendance.h"

#include <doctest/doctest.h>

#include "features/proof/proof.h"
#include "platform/auth/rotating_code.h"
#include "platform/json/json.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

// Opened on 5 June 2017, with sessions of five periods from 8:00 on the days given, of 240 minutes, and
// that many learners, An 0, An 1, …; at least 80 % must be attended.
cohorts::Cohort taught_cohort(Year& year, const std::string& code, int learners,
                              std::initializer_list<const char*> days) {
    const auto cohort = year.propose(code);
    for (int i = 0; i < learners; ++i) year.enrol(cohort, "An " + std::to_string(i), year.tu_phap);
    CHECK(
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-06-05"}})
            .status == 303);
    year.write([&](db::Write& tx) {
        for (const char* held_on : days)
            timetable::schedule(tx, year.operator_, cohort,
                                {.id = {},
                                 .cohort = cohort.id,
                                 .held_on = day(held_on),
                                 .starts_minute = 8 * 60,
                                 .ends_minute = 12 * 60,
                                 .periods = 5,
                                 .topic = "Bài 1",
                                 .note = ""},
                                {now, "", {}});
        tx.run(R"sql(
            insert into programme_versions (id, programme, number, valid_from, basis, audience, aims,
                                            attendance_minimum, certificate_series, verified_by, recorded_at,
                                            recorded_by)
            select :id, id, 1 + (select count(*) from programme_versions v where v.programme = g.id), null, '', '', '',
                   80, '', '', :at, :by
            from programmes g where g.id = :programme)sql",
               {{"id", next_id()},
                {"at", now},
                {"by", year.operator_.account},
                {"programme", cohort.programme.id}});
    });
    return year.cohort(code);
}

std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/attendance";
}
Value book(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
std::string session(Year& year, const cohorts::Cohort& cohort, std::size_t which) {
    return *(*book(year, cohort)["sessions"].list_items())[which]["id"].text();
}
Value learner(Year& year, const cohorts::Cohort& cohort, std::size_t whose) {
    return (*book(year, cohort)["learners"].list_items())[whose];
}
std::int64_t attended(Year& year, const cohorts::Cohort& cohort, std::size_t whose) {
    return *learner(year, cohort, whose)["total"]["attended"].number();
}

// {"state-ID": state, …} for everybody, and what else is said.
std::string everybody(Year& year, const cohorts::Cohort& cohort, const std::string& state,
                      const std::string& more = "") {
    std::string sent;
    const Value learners = book(year, cohort)["learners"];
    for (const Value& one : *learners.list_items())
        sent += (sent.empty() ? "" : ", ") + ("\"state-" + *one["id"].text() + "\": \"" + state + "\"");
    return "{" + sent + more + "}";
}
http::Response mark(Year& year, const cohorts::Cohort& cohort, std::size_t which, const std::string& sent) {
    return year.send(year.officer,
                     "/api/v1" + address_of(cohort) + "/" + session(year, cohort, which) + "/marks", sent);
}

proof::Proof verify(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); });
}
std::int64_t periods_posted(Year& year) {
    for (const proof::Balance& balance : verify(year).balances)
        if (balance.measure == ledger::Measure::periods_attended) return balance.postings;
    return 0;
}

// One mark as a phone sends it.
std::string offline(const std::string& id, const std::string& whose, const std::string& state,
                    const std::string& based_on, const std::string& after = "") {
    return R"({"id": ")" + id + R"(", "participation": ")" + whose + R"(", "state": ")" + state +
           R"(", "marked_at": "2017-06-16T01:30:00Z", "based_on": ")" + based_on + R"(", "after": ")" +
           after + R"("})";
}
Value sync(Year& year, const cohorts::Cohort& cohort, const std::string& marks) {
    const auto answer =
        year.send(year.officer, "/api/v1" + address_of(cohort) + "/" + session(year, cohort, 0) + "/sync",
                  R"({"marks": [)" + marks + "]}");
    REQUIRE_MESSAGE(answer.status == 200, answer.body.substr(0, 400));
    return *json::parse(answer.body);
}
std::string outcome(const Value& synced, std::size_t which = 0) {
    return *(*synced["marks"].list_items())[which]["outcome"].text();
}

// Everybody is marked 9 of 10, which passes.
std::string assess(Year& year, const cohorts::Cohort& cohort) {
    const std::string path = "/cohorts/" + to_text(cohort.id) + "/assessment";
    CHECK(year.post(year.officer, path,
                    {{"name-1", "Bài"},
                     {"weight-1", "100"},
                     {"band-1", "Đạt"},
                     {"from-1", "5"},
                     {"band-2", "Không đạt"},
                     {"from-2", "0"},
                     {"fails-2", "1"}})
              .status == 303);
    const Value assessment = year.json(year.officer, "/api/v1" + path);
    std::string sent = R"({"marker": "first")";
    for (const Value& one : *assessment["learners"].list_items())
        sent += R"(, "mark-)" + *one["id"].text() + R"(": "9", "attempt-)" + *one["id"].text() + R"(": "1")";
    const std::string component = *(*assessment["components"].list_items())[0]["id"].text();
    CHECK(year.send(year.officer, "/api/v1" + path + "/" + component + "/marks", sent + "}").status == 200);
    return path;
}

// The code that the room sees.
std::string room_code(Year& year) {
    return year.database.read([](db::Read& tx) {
        return auth::rotating_code(
            tx.find<std::string>("select secret from attendance_windows where closed_at is null", {},
                                 [](const db::Row& row) { return row.text(0); })
                .value(),
            now);
    });
}
std::string last_digits(Year& year, const cohorts::Cohort& cohort, std::size_t whose) {
    return year.database.read([&](db::Read& tx) {
        return tx
            .find<std::string>(R"sql(
                select substr(h.national_id, 9, 4) from participations p join people h on h.id = p.person
                where p.id = :id)sql",
                               {{"id", parse_id(*learner(year, cohort, whose)["id"].text())}},
                               [](const db::Row& row) { return row.text(0); })
            .value();
    });
}
// From a phone, by nobody who is signed in.
http::Response check_in(Year& year, const std::string& code, const std::string& digits, const char* birth,
                        const char* phone) {
    const web::Actor nobody;
    year.cookies = {{"check-in-device", phone}};
    auto answer = year.post(nobody, "/check-in", {{"code", code}, {"last_digits", digits}, {"birth", birth}});
    year.cookies.clear();
    return answer;
}
void know_days_of_birth(Year& year) {
    year.write([](db::Write& tx) { tx.run("update people set birth_precision = 'day'"); });
}

}  // namespace

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
        follow("update timetable_sessions set called_off_at = 1");
        CHECK(periods_posted(year) == 0);
        CHECK(verify(year).balanced());
        CHECK(year.database.read([&](db::Read& tx) { return attendance::marks_of(tx, id); }) == 0);
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

TEST_CASE("what a phone sends twice is recorded once, and a contradiction waits for a decision") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "MANG", 3, {"2017-06-16"});
        const auto id = [&](std::size_t whose) { return *learner(year, cohort, whose)["id"].text(); };
        const std::string a = id(0), b = id(1), c = id(2);
        const std::string first =
            offline("phone-1", a, "late", "0") + ", " + offline("phone-2", b, "present", "0");
        CHECK(outcome(sync(year, cohort, first)) == "recorded");
        CHECK(outcome(sync(year, cohort, first)) == "known");
        CHECK(outcome(sync(year, cohort, first), 1) == "known");
        CHECK(periods_posted(year) == 10);
        // The answer to the first was lost on its way: what the same phone says after it is no contradiction.
        CHECK(outcome(sync(year, cohort, offline("phone-3", a, "present", "0", "phone-1"))) == "recorded");
        // Meanwhile somebody else marked c, and otherwise.
        CHECK(mark(year, cohort, 0, R"({"state-)" + c + R"(": "unexcused"})").status == 200);
        CHECK(outcome(sync(year, cohort, offline("phone-4", c, "present", "0"))) == "contradicts");
        CHECK(outcome(sync(year, cohort, offline("phone-4", c, "present", "0"))) == "contradicts");
        CHECK(attended(year, cohort, 2) == 0);
        const Value waiting = book(year, cohort)["contradictions"];
        REQUIRE(waiting.list_items()->size() == 1);
        CHECK(*(*waiting.list_items())[0]["state"].text() == "present");
        CHECK(*(*waiting.list_items())[0]["stands"]["state"].text() == "unexcused");
        const std::string which = *(*waiting.list_items())[0]["id"].text();
        const auto decide = [&](const char* kept, const char* reason) {
            return year
                .post(year.officer, address_of(cohort) + "/decisions",
                      {{"contradiction", which}, {"kept", kept}, {"reason", reason}})
                .status;
        };
        CHECK(decide("said", "") == 422);
        CHECK(decide("perhaps", "x") == 422);
        CHECK(decide("said", "có mặt trong ảnh") == 303);
        CHECK(decide("stood", "lần nữa") == 404);
        CHECK(attended(year, cohort, 2) == 5);
        CHECK(book(year, cohort)["contradictions"].list_items()->empty());
        // What cannot be is told, and the rest is recorded.
        const Value mixed =
            sync(year, cohort, offline("phone-5", "17", "present", "0") + ", " + offline("", b, "late", "0"));
        CHECK(outcome(mixed) == "refused");
        CHECK(outcome(mixed, 1) == "refused");
        CHECK(verify(year).balanced());
    });
}

TEST_CASE("learners check themselves in by the room's code and what they know of themselves") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "QR", 3, {"2017-06-16", "2017-06-15"});
        const std::string path = address_of(cohort) + "/" + session(year, cohort, 1) + "/check-in";
        const std::string yesterday = address_of(cohort) + "/" + session(year, cohort, 0) + "/check-in";
        CHECK(year.post(year.officer, yesterday, {}).status == 303);
        CHECK(!shows(year.get(year.officer, yesterday), "class=\"pin"));
        CHECK(year.post(year.officer, path, {}).status == 303);
        CHECK(shows(year.get(year.officer, path), "class=\"pin"));
        know_days_of_birth(year);
        const std::string code = room_code(year);
        const auto digits = [&](std::size_t whose) { return last_digits(year, cohort, whose); };
        const std::string wrong = code == "000000" ? "000001" : "000000";
        CHECK(check_in(year, wrong, digits(0), "1/1/1985", "máy 1").status == 422);
        const auto stranger = check_in(year, code, "9999", "1/1/1985", "máy 1");
        CHECK(stranger.status == 422);
        CHECK(stranger.body.find("An ") == std::string::npos);
        CHECK(check_in(year, code, digits(0), "2/1/1985", "máy 1").status == 422);
        CHECK(check_in(year, code, digits(0), "1/1/1985", "").status == 422);  // a browser without cookies
        const auto done = check_in(year, code, digits(0), "1/1/1985", "máy 1");
        CHECK(done.status == 200);
        CHECK(shows(done, "An 0"));
        // 9:00, an hour after the beginning: late, and the first period is over.
        CHECK(attended(year, cohort, 0) == 4);
        CHECK(check_in(year, code, digits(0), "1/1/1985", "máy 1").status == 200);
        CHECK(attended(year, cohort, 0) == 4);
        CHECK(shows(check_in(year, code, digits(1), "1/1/1985", "máy 1"), "đã điểm danh cho một người khác"));
        CHECK(attended(year, cohort, 1) == 0);
        // Marked absent before he came in: nothing is dropped, it waits.
        const std::string second = *learner(year, cohort, 1)["id"].text();
        CHECK(mark(year, cohort, 1, R"({"state-)" + second + R"(": "unexcused"})").status == 200);
        CHECK(shows(check_in(year, code, digits(1), "1/1/1985", "máy 2"), "chờ người phụ trách quyết định"));
        CHECK(book(year, cohort)["contradictions"].list_items()->size() == 1);
        CHECK(year.post(year.officer, path + "-end", {}).status == 303);
        CHECK(check_in(year, code, digits(2), "1/1/1985", "máy 3").status == 422);
        CHECK(verify(year).balanced());
    });
}

TEST_CASE("who guesses at the check-in is slowed down") {
    for_each_year([](Year& year) {
        const web::Actor nobody;
        year.cookies = {{"check-in-device", "máy"}};
        year.client = "192.0.2.7";
        int status = 0;
        for (int i = 0; i < 101; ++i)
            status = year.post(nobody, "/check-in",
                               {{"code", "123456"}, {"last_digits", "1234"}, {"birth", "1/1/1985"}})
                         .status;
        CHECK(status == 429);
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
    CHECK(year.get(nobody, "/offline/attendance-worker.js").status == 200);
    CHECK(
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/closing", {{"closed_on", "2017-06-16"}})
            .status == 303);
    CHECK(year.post(year.officer, list + "/marks", {{"state-" + id, "present"}}).status == 422);
    return path;
}

}  // namespace tiendo::tests
