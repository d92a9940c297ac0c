#include "attendance_hall.h"

#include <doctest/doctest.h>

#include "platform/auth/rotating_code.h"
#include "platform/json/json.h"

namespace tiendo::tests::hall {

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

std::string everybody(Year& year, const cohorts::Cohort& cohort, const std::string& state,
                      const std::string& more) {
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

std::string offline(const std::string& id, const std::string& whose, const std::string& state,
                    const std::string& based_on, const std::string& after) {
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

std::string outcome(const Value& synced, std::size_t which) {
    return *(*synced["marks"].list_items())[which]["outcome"].text();
}

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

}  // namespace tiendo::tests::hall
