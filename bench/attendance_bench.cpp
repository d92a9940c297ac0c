// A session of a hundred learners marked in one transaction, beside the same rows inserted raw: the event,
// the mark and the posting of each, the day's total and the line of the trail. The cohort meets all year, so
// that what was marked before is seen to cost nothing.
#include <stdexcept>

#include "features/accounts/accounts.h"
#include "features/attendance/attendance.h"
#include "measure.h"
#include "platform/audit/audit.h"
#include "platform/db/testing.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr int learners = 100;
constexpr double allowed = 4.0;
const Instant at = *parse_instant("2017-12-01T08:00:00+07:00");
const Date first_day = *Date::of(2017, 1, 9), today = *Date::of(2017, 12, 31);

struct Hall {
    web::Actor actor;
    cohorts::CohortId cohort;
    std::vector<timetable::SessionId> sessions;
};

void enrol(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort) {
    std::vector<people::Person> people;
    std::vector<participation::Enrolment> enrolments;
    for (int i = 0; i < learners; ++i) {
        people::Person person;
        person.id = new_id<people::PersonId>();
        person.full_name = "Nguyễn Văn " + std::to_string(i);
        person.unit = cohort.organiser_unit;
        enrolments.push_back({.person = person.id, .unit = person.unit, .position = "", .started_on = {}});
        people.push_back(std::move(person));
    }
    people::Registration registration(tx, at);
    registration.add(people);
    registration.close();
    participation::enrol(tx, actor, cohort, enrolments, {at, "", {}});
}

Hall prepare(db::Database& database, int sessions) {
    Hall hall;
    database.write([&](db::Write& tx) {
        accounts::settle_roles(tx);
        const auto centre = organisations::found_centre(tx, "Trung tâm", at);
        accounts::make_operator(tx, centre, at);
        hall.actor = accounts::operator_actor(tx);
        cohorts::Cohort cohort;
        cohort.code = "A";
        cohort.programme = programmes::find_or_make_programme(tx, "Đảng viên mới", "new-members", at);
        cohort.organiser_unit = centre;
        cohort.id = hall.cohort = cohorts::propose(tx, hall.actor, cohort, {at, "", {}});
        cohorts::open(tx, hall.actor, cohort, first_day, today, {at, "", {}});
        enrol(tx, hall.actor, cohort);
        for (int i = 0; i < sessions; ++i)
            hall.sessions.push_back(*timetable::schedule(tx, hall.actor, cohort,
                                                         {.id = {},
                                                          .cohort = cohort.id,
                                                          .held_on = first_day + i,
                                                          .starts_minute = 480,
                                                          .ends_minute = 705,
                                                          .periods = 5,
                                                          .topic = "",
                                                          .note = ""},
                                                         {at, "", {}}));
    });
    return hall;
}

void mark(db::Database& database, const Hall& hall, timetable::SessionId session) {
    const auto recorded = database.write([&](db::Write& tx) {
        const auto book = attendance::require_for_marking(tx, hall.actor, hall.cohort, session);
        std::vector<attendance::Said> said;
        for (const attendance::Learner& learner : book.learners) {
            attendance::Said one;
            one.session = session;
            one.participation = learner.participation;
            one.state = attendance::State::present;
            said.push_back(std::move(one));
        }
        return attendance::record(tx, hall.actor, book, said, attendance::Way::page, today, {at, "", {}});
    });
    if (!recorded || *recorded != learners) throw std::runtime_error("the session was not marked");
}

// What marking leaves behind, with nothing read and nothing judged.
struct Rows {
    std::vector<std::int64_t> participations;
    std::int64_t programme = 0, unit = 0;
};
Rows rows_of(db::Database& database) {
    return database.read([](db::Read& tx) {
        Rows rows;
        rows.participations = tx.all<std::int64_t>("select id from participations order by id", {},
                                                   [](const db::Row& row) { return row.integer(0); });
        rows.programme = tx.integer("select programme from cohorts");
        rows.unit = tx.integer("select organiser_unit from cohorts");
        return rows;
    });
}

void insert_raw(db::Database& database, const Hall& hall, const Rows& rows, timetable::SessionId session,
                Date day) {
    database.write([&](db::Write& tx) {
        const std::int64_t act = next_id();
        auto events = tx.bulk("attendance_events", {"id", "act", "cohort", "session", "participation",
                                                    "held_on", "state", "periods", "way", "marked_at",
                                                    "recorded_at", "recorded_by", "reason", "source_place"});
        auto marks = tx.bulk("attendance",
                             {"session", "participation", "cohort", "held_on", "state", "periods", "event"});
        auto postings =
            tx.bulk("postings", {"id", "measure", "quantity", "effective_on", "recorded_at", "programme",
                                 "cohort", "participation", "person_unit", "organiser_unit", "source"});
        std::vector<std::int64_t> ids;
        for (const std::int64_t participation : rows.participations) {
            ids.push_back(next_id());
            events.add({ids.back(), act, hall.cohort, session, participation, day, "present", 5, "page", at,
                        at, hall.actor.account, "", ""});
        }
        events.flush();
        for (std::size_t i = 0; i < ids.size(); ++i)
            marks.add({session, rows.participations[i], hall.cohort, day, "present", 5, ids[i]});
        marks.flush();
        for (std::size_t i = 0; i < ids.size(); ++i)
            postings.add({next_id(), "periods_attended", 5, day, at, rows.programme, hall.cohort,
                          rows.participations[i], rows.unit, rows.unit, ids[i]});
        postings.flush();
        tx.run(
            "insert into day_totals (account, measure, effective_on, quantity, postings) "
            "values (:account, 'periods_attended', :day, 500, 100)",
            {{"account", hall.cohort}, {"day", day}});
        audit::record(tx, hall.actor, at,
                      {"attendance.mark", "cohort", hall.cohort.value, Value::object({{"marks", learners}})});
    });
}

}  // namespace

int main() {
    ledger::keep_books(cohorts::bookkeeper());
    ledger::keep_books(participation::bookkeeper());
    ledger::keep_books(attendance::bookkeeper());
    const int turns = quick() ? 20 : 100;
    for (db::TestDatabase& test : db::test_databases()) {
        const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        db::migrate(*test.database, migrations.files);
        const Hall hall = prepare(*test.database, 2 * turns + 2);
        const Rows rows = rows_of(*test.database);
        std::size_t next = 0;
        const auto ours = [&] { mark(*test.database, hall, hall.sessions[next++]); };
        const auto limit = [&] {
            const auto day = first_day + static_cast<int>(next);
            insert_raw(*test.database, hall, rows, hall.sessions[next++], day);
        };
        ours();  // prepares the statements
        limit();
        const Both both = in_turn(turns, ours, limit);
        tell({test.name + ": " + std::to_string(learners) + " learners marked in one request",
              milliseconds(both.ours), milliseconds(both.limit), both.ours / both.limit, allowed});
    }
}
