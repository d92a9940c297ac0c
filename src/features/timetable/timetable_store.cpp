#include "features/timetable/timetable_store.h"

#include <set>

#include "base/text.h"

namespace tiendo::timetable {
namespace {

// Of a row that begins with id, cohort, held_on, starts_minute, ends_minute, periods, activity, topic, note,
// room, sequence.
Session session_of(const db::Row& row) {
    return {.id = row.id<SessionId>(0),
            .cohort = row.id<cohorts::CohortId>(1),
            .held_on = row.date(2),
            .starts_minute = row.integer(3),
            .ends_minute = row.integer(4),
            .periods = row.integer(5),
            .activity = *programmes::parse_activity(row.view(6)),
            .topic = row.text(7),
            .note = row.text(8),
            .room = row.maybe_id<teaching::RoomId>(9),
            .sequence = row.integer(10)};
}

// A session comes once for each of its lecturers, and once without any: lecturer, periods, name from `at` on.
void add_lecturer(Session& session, const db::Row& row, int at) {
    if (!row.is_null(at))
        session.lecturers.push_back(
            {row.id<teaching::LecturerId>(at), row.integer(at + 1), row.text(at + 2)});
}

void write_lecturers(db::Write& tx, std::span<const Session> sessions) {
    auto rows = tx.bulk("session_lecturers", {"session", "lecturer", "position", "periods"});
    for (const Session& session : sessions) {
        std::int64_t position = 0;
        for (const Taught& taught : session.lecturers)
            rows.add({session.id, taught.lecturer, ++position, taught.periods});
    }
    rows.flush();
}

std::string names_of(const std::vector<Taught>& lecturers) {
    std::string names;
    for (const Taught& taught : lecturers) names += (names.empty() ? "" : ", ") + taught.name;
    return names;
}

std::vector<std::string> words_in(std::string_view listed) {
    std::vector<std::string> words;
    for (const std::string_view word : split(listed, ','))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

Event event_of(const db::Row& row) {
    return {row.text(0),       words_in(row.view(1)), row.date(2),  row.integer(3),
            row.maybe_date(4), row.integer(5),        row.text(6),  row.text(7),
            row.text(8),       row.instant(9),        row.text(10), row.text(11)};
}

enum class Bound { by_actor, published };

std::vector<Listed> list(db::Read& tx, const web::Actor& actor, const Scope& scope, Date first, Date last,
                         Bound bound) {
    std::vector<Listed> found;
    tx.each(R"sql(
        select s.id, s.cohort, s.held_on, s.starts_minute, s.ends_minute, s.periods, s.activity, s.topic, s.note,
               s.room, s.sequence, c.code, g.name, coalesce(m.name, ''), coalesce(m.site, ''),
               s.called_off_at is not null or c.cancelled_on is not null, s.changed_at,
               t.lecturer, t.periods, l.full_name
        from timetable_sessions s
        join cohorts c on c.id = s.cohort
        join programmes g on g.id = c.programme
        left join rooms m on m.id = s.room
        left join session_lecturers t on t.session = s.id
        left join lecturers l on l.id = t.lecturer
        where s.held_on between :first and :last
          and (:published or s.called_off_at is null)
          and (:published or c.cancelled_on is null or s.cohort = :cohort)
          and (:any_cohort or s.cohort = :cohort)
          and (:any_room or s.room = :room)
          and (:any_lecturer or s.id in (select x.session from session_lecturers x where x.lecturer = :lecturer))
          and (:any_person or s.cohort in (select p.cohort from people h
                                           join participations p on p.person = coalesce(h.merged_into, h.id)
                                           where h.id = :person and p.withdrawn_on is null))
          and (:published or c.organiser_unit in (select r.unit from reach r
                                                  where r.account = :actor and r.permission = :permission))
        order by s.held_on, s.starts_minute, s.id, t.position)sql",
            {{"first", first},
             {"last", last},
             {"published", bound == Bound::published},
             {"any_cohort", !scope.cohort},
             {"cohort", scope.cohort.value_or(cohorts::CohortId{})},
             {"any_room", !scope.room},
             {"room", scope.room.value_or(teaching::RoomId{})},
             {"any_lecturer", !scope.lecturer},
             {"lecturer", scope.lecturer.value_or(teaching::LecturerId{})},
             {"any_person", !scope.person},
             {"person", scope.person.value_or(people::PersonId{})},
             {"actor", actor.account},
             {"permission", see_timetable.name}},
            [&](const db::Row& row) {
                if (found.empty() || found.back().session.id != row.id<SessionId>(0))
                    found.push_back({session_of(row), row.text(11), row.text(12), row.text(13), row.text(14),
                                     row.truth(15), row.instant(16)});
                add_lecturer(found.back().session, row, 17);
            });
    return found;
}

}  // namespace

std::vector<Session> sessions_of(db::Read& tx, cohorts::CohortId cohort) {
    std::vector<Session> found;
    tx.each(R"sql(
        select s.id, s.cohort, s.held_on, s.starts_minute, s.ends_minute, s.periods, s.activity, s.topic, s.note,
               s.room, s.sequence, t.lecturer, t.periods, l.full_name
        from timetable_sessions s
        left join session_lecturers t on t.session = s.id
        left join lecturers l on l.id = t.lecturer
        where s.cohort = :cohort and s.called_off_at is null
        order by s.held_on, s.starts_minute, s.id, t.position)sql",
            {{"cohort", cohort}}, [&](const db::Row& row) {
                if (found.empty() || found.back().id != row.id<SessionId>(0))
                    found.push_back(session_of(row));
                add_lecturer(found.back(), row, 11);
            });
    return found;
}

Session require_session(db::Read& tx, const web::Actor& actor, SessionId id) {
    std::optional<Session> found;
    tx.each(R"sql(
        select s.id, s.cohort, s.held_on, s.starts_minute, s.ends_minute, s.periods, s.activity, s.topic, s.note,
               s.room, s.sequence, t.lecturer, t.periods, l.full_name
        from timetable_sessions s
        join cohorts c on c.id = s.cohort
        left join session_lecturers t on t.session = s.id
        left join lecturers l on l.id = t.lecturer
        where s.id = :id and s.called_off_at is null
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = c.organiser_unit)
        order by t.position)sql",
            {{"id", id}, {"actor", actor.account}, {"permission", see_timetable.name}},
            [&](const db::Row& row) {
                if (!found) found = session_of(row);
                add_lecturer(*found, row, 11);
            });
    if (!found) throw web::NotFound{};
    return *found;
}

std::vector<Listed> listed(db::Read& tx, const web::Actor& actor, const Scope& scope, Date first, Date last) {
    return list(tx, actor, scope, first, last, Bound::by_actor);
}

std::vector<Listed> published(db::Read& tx, const Scope& scope, Date first, Date last) {
    return list(tx, web::Actor{}, scope, first, last, Bound::published);
}

std::vector<DayCount> day_counts(db::Read& tx, const web::Actor& actor, const Scope& scope, Date first,
                                 Date last) {
    return tx.all<DayCount>(R"sql(
        select s.held_on, count(*)
        from timetable_sessions s
        join cohorts c on c.id = s.cohort
        where s.held_on between :first and :last and s.called_off_at is null
          and (c.cancelled_on is null or s.cohort = :cohort)
          and (:any_cohort or s.cohort = :cohort)
          and (:any_room or s.room = :room)
          and (:any_lecturer or s.id in (select x.session from session_lecturers x where x.lecturer = :lecturer))
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = :permission)
        group by s.held_on order by s.held_on)sql",
                            {{"first", first},
                             {"last", last},
                             {"any_cohort", !scope.cohort},
                             {"cohort", scope.cohort.value_or(cohorts::CohortId{})},
                             {"any_room", !scope.room},
                             {"room", scope.room.value_or(teaching::RoomId{})},
                             {"any_lecturer", !scope.lecturer},
                             {"lecturer", scope.lecturer.value_or(teaching::LecturerId{})},
                             {"actor", actor.account},
                             {"permission", see_timetable.name}},
                            [](const db::Row& row) {
                                return DayCount{row.date(0), row.integer(1)};
                            });
}

std::vector<Load> loads(db::Read& tx, const web::Actor& actor, std::optional<teaching::LecturerId> lecturer,
                        Date first, Date last) {
    return tx.all<Load>(R"sql(
        select l.id, l.full_name, s.held_on, c.code, s.topic, t.periods
        from timetable_sessions s
        join session_lecturers t on t.session = s.id
        join lecturers l on l.id = t.lecturer
        join cohorts c on c.id = s.cohort
        where s.held_on between :first and :last and s.called_off_at is null and c.cancelled_on is null
          and (:any_lecturer or l.id = :lecturer)
          and l.unit in (select r.unit from reach r where r.account = :actor and r.permission = :permission)
        order by l.sort_key, l.id, s.held_on, s.starts_minute, s.id)sql",
                        {{"first", first},
                         {"last", last},
                         {"any_lecturer", !lecturer},
                         {"lecturer", lecturer.value_or(teaching::LecturerId{})},
                         {"actor", actor.account},
                         {"permission", see_timetable.name}},
                        [](const db::Row& row) {
                            return Load{row.id<teaching::LecturerId>(0),
                                        row.text(1),
                                        row.date(2),
                                        row.text(3),
                                        row.text(4),
                                        row.integer(5)};
                        });
}

std::vector<Event> history_of(db::Read& tx, SessionId id) {
    return tx.all<Event>(R"sql(
        select e.kind, e.changed, e.held_on, e.starts_minute, e.was_on, e.was_minute, e.topic,
               coalesce(m.name, ''), e.lecturers, e.recorded_at, a.display_name, e.reason
        from timetable_events e
        join accounts a on a.id = e.recorded_by
        left join rooms m on m.id = e.room
        where e.session = :id order by e.id desc)sql",
                         {{"id", id}}, event_of);
}

void insert_sessions(db::Write& tx, const web::Actor& actor, std::span<const Session> sessions, Instant at) {
    auto rows = tx.bulk("timetable_sessions",
                        {"id", "cohort", "held_on", "starts_minute", "ends_minute", "periods", "activity",
                         "topic", "note", "room", "sequence", "changed_at", "recorded_at", "recorded_by"});
    for (const Session& session : sessions)
        rows.add({session.id, session.cohort, session.held_on, session.starts_minute, session.ends_minute,
                  session.periods, programmes::to_text(session.activity), session.topic, session.note,
                  session.room, session.sequence, at, at, actor.account});
    rows.flush();
    write_lecturers(tx, sessions);
}

void update_session(db::Write& tx, const Session& session, Instant at) {
    tx.run(R"sql(
        update timetable_sessions
        set held_on = :held_on, starts_minute = :starts_minute, ends_minute = :ends_minute, periods = :periods,
            activity = :activity, topic = :topic, note = :note, room = :room, sequence = :sequence,
            changed_at = :at
        where id = :id)sql",
           {{"id", session.id},
            {"held_on", session.held_on},
            {"starts_minute", session.starts_minute},
            {"ends_minute", session.ends_minute},
            {"periods", session.periods},
            {"activity", programmes::to_text(session.activity)},
            {"topic", session.topic},
            {"note", session.note},
            {"room", session.room},
            {"sequence", session.sequence},
            {"at", at}});
    tx.run(R"sql(delete from session_lecturers where session = :id)sql", {{"id", session.id}});
    write_lecturers(tx, {&session, 1});
}

void mark_called_off(db::Write& tx, const Session& session, Instant at) {
    tx.run(R"sql(
        update timetable_sessions set called_off_at = :at, changed_at = :at, sequence = :sequence where id = :id)sql",
           {{"id", session.id}, {"sequence", session.sequence}, {"at", at}});
}

std::int64_t insert_events(db::Write& tx, const web::Actor& actor, std::span<const Session> sessions,
                           const Happened& happened, const cohorts::Act& act) {
    std::vector<std::int64_t> ids;
    std::string names;
    auto rows =
        tx.bulk("timetable_events", {"id",        "session",       "cohort",      "kind",        "changed",
                                     "held_on",   "starts_minute", "ends_minute", "was_on",      "was_minute",
                                     "periods",   "activity",      "topic",       "room",        "was_room",
                                     "lecturers", "note",          "recorded_at", "recorded_by", "reason"});
    for (const Session& session : sessions) {
        const std::int64_t id = ids.emplace_back(next_id());
        names = names_of(session.lecturers);
        rows.add({id,
                  session.id,
                  session.cohort,
                  happened.kind,
                  happened.changed,
                  session.held_on,
                  session.starts_minute,
                  session.ends_minute,
                  happened.was_on,
                  happened.was_minute,
                  session.periods,
                  programmes::to_text(session.activity),
                  session.topic,
                  session.room,
                  happened.was_room,
                  names,
                  session.note,
                  act.at,
                  actor.account,
                  act.reason});
    }
    rows.flush();
    auto concerned = tx.bulk("timetable_event_lecturers", {"event", "lecturer"});
    std::set<teaching::LecturerId> everybody;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        std::set<teaching::LecturerId> lecturers;
        for (const auto* taught : {&sessions[i].lecturers, &happened.were_lecturers})
            for (const Taught& one : *taught) lecturers.insert(one.lecturer);
        everybody.insert(lecturers.begin(), lecturers.end());
        if (i + 1 == sessions.size()) lecturers = everybody;
        for (const teaching::LecturerId lecturer : lecturers) concerned.add({ids[i], lecturer});
    }
    concerned.flush();
    return ids.empty() ? 0 : ids.back();
}

}  // namespace tiendo::timetable
