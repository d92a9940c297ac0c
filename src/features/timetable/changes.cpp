#include "features/timetable/changes.h"

#include "base/text.h"

namespace tiendo::timetable {
namespace {

Change change_of(const db::Row& row) {
    Change change;
    change.event = row.integer(0);
    change.cohort = row.id<cohorts::CohortId>(1);
    change.cohort_code = row.text(2);
    change.kind = row.text(3);
    for (const std::string_view what : split(row.view(4), ','))
        if (!what.empty()) change.changed.emplace_back(what);
    change.held_on = row.date(5);
    change.starts_minute = row.integer(6);
    change.was_on = row.maybe_date(7);
    change.was_minute = row.integer(8);
    change.topic = row.text(9);
    change.room = row.text(10);
    change.lecturers = row.text(11);
    change.reason = row.text(12);
    change.recorded_at = row.instant(13);
    if (!row.is_null(14)) {
        change.laid_out = LaidOut{row.integer(14), row.date(15), row.date(16)};
        change.held_on = change.laid_out->first_on;
    }
    return change;
}

}  // namespace

Value to_value(const Change& change) {
    return Value::object(
        {{"id", std::to_string(change.event)},
         {"cohort", Value::object({{"id", change.cohort}, {"code", change.cohort_code}})},
         {"kind", change.kind},
         {"changed", list_of(change.changed, [](const std::string& what) { return Value(what); })},
         {"held_on", change.held_on},
         {"starts_at", teaching::time_text(change.starts_minute)},
         {"was_on", change.was_on},
         {"was_at", change.was_on ? Value(teaching::time_text(change.was_minute)) : Value()},
         {"topic", change.topic},
         {"room", change.room},
         {"lecturers", change.lecturers},
         {"sessions", change.laid_out ? Value(change.laid_out->sessions) : Value()},
         {"last_on", change.laid_out ? Value(change.laid_out->last_on) : Value()},
         {"reason", change.reason},
         {"recorded_at", change.recorded_at}});
}

Value told_value(const web::Visit& visit, const Change& change) {
    std::string changes;
    for (const std::string& what : change.changed)
        changes += (changes.empty() ? "" : ", ") + visit.text("timetable.changed." + what);
    return to_value(change).set("changes", std::move(changes));
}

std::vector<Change> changes_of(db::Read& tx, const Scope& scope, Instant since, int count) {
    return tx.all<Change>(R"sql(
        with laid_out as (
            select max(x.id) as event, count(*) as sessions, min(x.held_on) as first_on, max(x.held_on) as last_on
            from timetable_events x where x.kind = 'laid_out' and x.recorded_at >= :since
            group by x.cohort, x.recorded_at)
        select e.id, e.cohort, c.code, e.kind, e.changed, e.held_on, e.starts_minute, e.was_on, e.was_minute,
               e.topic, coalesce(m.name, ''), e.lecturers, e.reason, e.recorded_at,
               d.sessions, d.first_on, d.last_on
        from timetable_events e
        join cohorts c on c.id = e.cohort
        left join rooms m on m.id = e.room
        left join laid_out d on d.event = e.id
        where e.recorded_at >= :since and (e.kind <> 'laid_out' or d.event is not null)
          and (:any_cohort or e.cohort = :cohort)
          and (:any_room or e.room = :room or e.was_room = :room)
          and (:any_lecturer or e.id in (select x.event from timetable_event_lecturers x where x.lecturer = :lecturer))
          and (:any_person or e.cohort in (select p.cohort from people h
                                           join participations p on p.person = coalesce(h.merged_into, h.id)
                                           where h.id = :person and p.withdrawn_on is null))
        order by e.recorded_at desc, e.id desc limit :count)sql",
                          {{"since", since},
                           {"any_cohort", !scope.cohort},
                           {"cohort", scope.cohort.value_or(cohorts::CohortId{})},
                           {"any_room", !scope.room},
                           {"room", scope.room.value_or(teaching::RoomId{})},
                           {"any_lecturer", !scope.lecturer},
                           {"lecturer", scope.lecturer.value_or(teaching::LecturerId{})},
                           {"any_person", !scope.person},
                           {"person", scope.person.value_or(people::PersonId{})},
                           {"count", count}},
                          change_of);
}

std::vector<Change> changes_for(db::Read& tx, const web::Actor& actor, Instant since, int count) {
    return tx.all<Change>(R"sql(
        with laid_out as (
            select max(x.id) as event, count(*) as sessions, min(x.held_on) as first_on, max(x.held_on) as last_on
            from timetable_events x where x.kind = 'laid_out' and x.recorded_at >= :since
            group by x.cohort, x.recorded_at)
        select e.id, e.cohort, c.code, e.kind, e.changed, e.held_on, e.starts_minute, e.was_on, e.was_minute,
               e.topic, coalesce(m.name, ''), e.lecturers, e.reason, e.recorded_at,
               d.sessions, d.first_on, d.last_on
        from timetable_events e
        join cohorts c on c.id = e.cohort
        left join rooms m on m.id = e.room
        left join laid_out d on d.event = e.id
        where e.recorded_at > :since and (e.kind <> 'laid_out' or d.event is not null) and e.recorded_by <> :actor
          and (c.organiser_unit in (select r.unit from reach r
                                    where r.account = :actor and r.permission = 'timetable.see')
               or c.id in (select p.cohort from reach r join participations p on p.unit = r.unit
                           where r.account = :actor and r.permission = 'rosters.see' and p.withdrawn_on is null))
        order by e.recorded_at desc, e.id desc limit :count)sql",
                          {{"since", since}, {"actor", actor.account}, {"count", count}}, change_of);
}

std::optional<Change> find_change(db::Read& tx, std::int64_t event) {
    return tx.find<Change>(R"sql(
        with laid_out as (
            select max(x.id) as event, count(*) as sessions, min(x.held_on) as first_on, max(x.held_on) as last_on
            from timetable_events x
            join timetable_events told on told.cohort = x.cohort and told.recorded_at = x.recorded_at
            where told.id = :event and x.kind = 'laid_out')
        select e.id, e.cohort, c.code, e.kind, e.changed, e.held_on, e.starts_minute, e.was_on, e.was_minute,
               e.topic, coalesce(m.name, ''), e.lecturers, e.reason, e.recorded_at,
               d.sessions, d.first_on, d.last_on
        from timetable_events e
        join cohorts c on c.id = e.cohort
        left join rooms m on m.id = e.room
        left join laid_out d on d.event = e.id
        where e.id = :event)sql",
                           {{"event", event}}, change_of);
}

}  // namespace tiendo::timetable
