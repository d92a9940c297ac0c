#include "features/timetable/timetable.h"

#include "platform/audit/audit.h"

namespace tiendo::timetable {
namespace {

Session session_of(const db::Row& row) {
    return Session{.id = row.id<SessionId>(0),
                   .cohort = row.id<cohorts::CohortId>(1),
                   .held_on = row.date(2),
                   .starts_minute = row.integer(3),
                   .ends_minute = row.integer(4),
                   .periods = row.integer(5),
                   .activity = *programmes::parse_activity(row.view(6)),
                   .topic = row.text(7),
                   .note = row.text(8)};
}

}  // namespace

std::vector<Session> sessions_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Session>(R"sql(
        select id, cohort, held_on, starts_minute, ends_minute, periods, activity, topic, note
        from timetable_sessions where cohort = :cohort and called_off_at is null
        order by held_on, starts_minute, id)sql",
                           {{"cohort", cohort}}, session_of);
}

Session require_session(db::Read& tx, const web::Actor& actor, SessionId id) {
    auto found = tx.find<Session>(R"sql(
        select s.id, s.cohort, s.held_on, s.starts_minute, s.ends_minute, s.periods, s.activity, s.topic, s.note
        from timetable_sessions s join cohorts c on c.id = s.cohort
        where s.id = :id and s.called_off_at is null
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = c.organiser_unit))sql",
                                  {{"id", id}, {"actor", actor.account}, {"permission", see_timetable.name}},
                                  session_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Outcome<SessionId> schedule(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                            Session session, const cohorts::Act& act) {
    if (session.ends_minute <= session.starts_minute)
        return Refusal{"ends_at", "timetable.ends_before_it_begins", {}};
    if (session.periods < 1) return Refusal{"periods", "timetable.no_periods", {}};
    session.id = new_id<SessionId>();
    tx.run(R"sql(
        insert into timetable_sessions (id, cohort, held_on, starts_minute, ends_minute, periods, activity, topic,
                                        note, recorded_at, recorded_by)
        values (:id, :cohort, :held_on, :starts_minute, :ends_minute, :periods, :activity, :topic, :note, :at,
                :actor))sql",
           {{"id", session.id},
            {"cohort", cohort.id},
            {"held_on", session.held_on},
            {"starts_minute", session.starts_minute},
            {"ends_minute", session.ends_minute},
            {"periods", session.periods},
            {"activity", programmes::to_text(session.activity)},
            {"topic", session.topic},
            {"note", session.note},
            {"at", act.at},
            {"actor", actor.account}});
    audit::record(tx, actor, act.at,
                  {"timetable.schedule", "session", session.id.value,
                   Value::object({{"cohort", cohort.id}, {"held_on", session.held_on}})});
    return session.id;
}

}  // namespace tiendo::timetable
