#include "features/timetable/timetable.h"

#include <algorithm>
#include <map>
#include <set>

#include "features/timetable/clashes.h"
#include "features/timetable/timetable_store.h"
#include "platform/audit/audit.h"

namespace tiendo::timetable {
namespace {

// Nobody else changes the timetable until the transaction ends: whether two sessions clash depends on both.
void hold_timetable(db::Write& tx) { tx.lock("timetable"); }

AttendanceOf& attendance() {
    static AttendanceOf known;
    return known;
}
std::vector<Listener>& listeners() {
    static std::vector<Listener> all;
    return all;
}

void tell(db::Write& tx, const Changed& changed) {
    for (const Listener& listener : listeners()) listener(tx, changed);
}

// Rooms and lecturers within reach, to put names to what was sent: what is not among them is not there.
struct Known {
    Known(db::Read& tx, const web::Actor& actor) {
        for (const teaching::Room& room : teaching::rooms(tx, actor)) rooms.insert(room.id);
        for (teaching::Lecturer& one : teaching::lecturers(tx, actor))
            lecturers[one.id] = std::move(one.full_name);
    }
    std::set<teaching::RoomId> rooms;
    std::map<teaching::LecturerId, std::string> lecturers;
};

// Fills in names, and says what cannot be.
Refusals complete(const Known& known, Session& session) {
    Refusals refusals;
    if (session.ends_minute <= session.starts_minute || session.ends_minute > teaching::whole_day)
        refusals.push_back({"ends_at", "timetable.ends_before_it_begins", {}});
    if (session.periods < 1) refusals.push_back({"periods", "timetable.no_periods", {}});
    if (session.room && !known.rooms.contains(*session.room)) throw web::NotFound{};
    std::set<teaching::LecturerId> seen;
    int which = 0;
    for (Taught& one : session.lecturers) {
        const std::string row = std::to_string(++which);
        const auto found = known.lecturers.find(one.lecturer);
        if (found == known.lecturers.end()) throw web::NotFound{};
        one.name = found->second;
        if (one.periods == 0) one.periods = session.periods;
        if (!seen.insert(one.lecturer).second)
            refusals.push_back({"lecturer-" + row, "timetable.lecturer_twice", {one.name}});
        if (one.periods > session.periods)
            refusals.push_back({"lecturer-periods-" + row,
                                "timetable.too_many_periods",
                                {std::to_string(one.periods), std::to_string(session.periods)}});
    }
    return refusals;
}

Value said_of(const Session& session) {
    return Value::object({{"cohort", session.cohort},
                          {"held_on", session.held_on},
                          {"starts_at", teaching::time_text(session.starts_minute)},
                          {"ends_at", teaching::time_text(session.ends_minute)},
                          {"periods", session.periods},
                          {"activity", programmes::to_text(session.activity)},
                          {"topic", session.topic},
                          {"room", session.room},
                          {"lecturers", list_of(session.lecturers, [](const Taught& one) {
                               return Value::object({{"lecturer", one.lecturer}, {"periods", one.periods}});
                           })}});
}

ClashFilter around(const Session& session) {
    return {session.held_on, session.held_on, session.id, std::nullopt};
}

// A day before the cohort begins, or a year after whatever is known of its end: mostly a slip of the hand,
// and else somebody can say why.
Refusals outside(const cohorts::Cohort& cohort, Date day, std::string_view field, const cohorts::Act& act) {
    constexpr int days_after = 366;
    auto first = cohort.facts.opened_on;
    if (!first && cohort.planned_opens_on) first = cohort.planned_opens_on->date;
    if (!first || !act.reason.empty()) return {};
    Date last = *first;
    for (const std::optional<Date>& end : {cohort.planned_closes_on, cohort.facts.closed_on})
        if (end) last = std::max(last, *end);
    last = last + days_after;
    if (*first <= day && day <= last) return {};
    return Refusals{Refusal{std::string(field),
                            "timetable.day_outside",
                            {to_text(day), cohort.code, to_text(*first), to_text(last)}}};
}

// "held_on,room": what is other than it was.
std::string differences(const Session& was, const Session& is) {
    std::string changed;
    const auto note = [&](bool differs, std::string_view name) {
        if (differs) changed += (changed.empty() ? "" : ",") + std::string(name);
    };
    note(was.held_on != is.held_on, "held_on");
    note(was.starts_minute != is.starts_minute || was.ends_minute != is.ends_minute, "time");
    note(was.periods != is.periods, "periods");
    note(was.activity != is.activity, "activity");
    note(was.topic != is.topic, "topic");
    note(was.room != is.room, "room");
    note(was.lecturers != is.lecturers, "lecturers");
    note(was.note != is.note, "note");
    return changed;
}

bool touches_attendance(const Session& was, const Session& is) {
    return was.held_on != is.held_on || was.periods != is.periods;
}

// Nobody has attended what is still ahead; and what somebody completed by changes only with a reason.
Refusals attended_already(db::Read& tx, const Session& was, const Session& is, Date today,
                          const cohorts::Act& act) {
    Refusals refusals;
    if (!touches_attendance(was, is)) return refusals;
    const Attendance attendance = attendance_of(tx, was);
    if (attendance.marks == 0) return refusals;
    const std::string marked = std::to_string(attendance.marks);
    if (is.held_on > today && is.held_on != was.held_on)
        refusals.push_back(
            {"held_on", "timetable.move_attended_ahead", {marked, to_text(is.held_on), to_text(today)}});
    if (attendance.needs_reason && act.reason.empty())
        refusals.push_back({"reason", "timetable.change_attended", {marked}});
    return refusals;
}

}  // namespace

cohorts::Cohort require_cohort(db::Read& tx, const web::Actor& actor, cohorts::CohortId id) {
    cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, see_timetable, cohort.organiser_unit)) throw web::NotFound{};
    return cohort;
}

cohorts::Cohort require_cohort_for_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId id) {
    cohorts::Cohort cohort = require_cohort(tx, actor, id);
    if (!organisations::may(tx, actor, change_timetable, cohort.organiser_unit)) throw web::Forbidden{};
    hold_timetable(tx);
    return cohort;
}

Session require_for_change(db::Write& tx, const web::Actor& actor, SessionId id) {
    require_cohort_for_change(tx, actor, require_session(tx, actor, id).cohort);
    return require_session(tx, actor, id);
}

Outcome<SessionId> schedule(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                            Session session, const cohorts::Act& act) {
    hold_timetable(tx);
    session.id = new_id<SessionId>();
    session.cohort = cohort.id;
    session.sequence = 0;
    if (auto refusals = complete(Known(tx, actor), session); !refusals.empty()) return refusals;
    if (auto refusals = outside(cohort, session.held_on, "held_on", act); !refusals.empty()) return refusals;
    insert_sessions(tx, actor, {&session, 1}, act.at);
    if (auto checked = accept_or_refuse(tx, actor, around(session), {}, act); !checked)
        return checked.refusals();
    const auto event = insert_events(tx, actor, {&session, 1}, {"scheduled", ""}, act);
    audit::record(tx, actor, act.at, {"timetable.schedule", "session", session.id.value, said_of(session)});
    tell(tx, {actor, session.id, event, act});
    return session.id;
}

Outcome<std::vector<SessionId>> schedule_all(db::Write& tx, const web::Actor& actor,
                                             const cohorts::Cohort& cohort, std::vector<Session> sessions,
                                             const cohorts::Act& act) {
    hold_timetable(tx);
    std::vector<SessionId> ids;
    if (sessions.empty()) return ids;
    const Known known(tx, actor);
    Date first = sessions.front().held_on, last = first;
    for (Session& session : sessions) {
        session.id = new_id<SessionId>();
        session.cohort = cohort.id;
        session.sequence = 0;
        if (auto refusals = complete(known, session); !refusals.empty()) return refusals;
        ids.push_back(session.id);
        first = std::min(first, session.held_on);
        last = std::max(last, session.held_on);
    }
    for (const Date day : {first, last})
        if (auto refusals = outside(cohort, day, "starts_on", act); !refusals.empty()) return refusals;
    const ClashFilter days{first, last, std::nullopt, cohort.id};
    const auto before = open_clashes(tx, actor, days);
    insert_sessions(tx, actor, sessions, act.at);
    const auto event = insert_events(tx, actor, sessions, {"laid_out", ""}, act);
    if (auto checked = accept_or_refuse(tx, actor, days, before, act); !checked) return checked.refusals();
    audit::record(tx, actor, act.at,
                  {"timetable.lay_out", "cohort", cohort.id.value,
                   Value::object({{"sessions", ids.size()}, {"first_on", first}, {"last_on", last}})});
    tell(tx, {actor, ids.back(), event, act});
    return ids;
}

Outcome<Done> change(db::Write& tx, const web::Actor& actor, const Session& session, Session to, Date today,
                     const cohorts::Act& act) {
    if (to.sequence != session.sequence) return Refusal{"", "timetable.changed_meanwhile", {}};
    to.id = session.id;
    to.cohort = session.cohort;
    if (auto refusals = complete(Known(tx, actor), to); !refusals.empty()) return refusals;
    const std::string changed = differences(session, to);
    if (changed.empty()) return Done{};
    if (auto refusals = attended_already(tx, session, to, today, act); !refusals.empty()) return refusals;
    if (session.held_on != to.held_on)
        if (auto refusals = outside(cohorts::require(tx, actor, to.cohort), to.held_on, "held_on", act);
            !refusals.empty())
            return refusals;
    to.sequence = session.sequence + 1;
    const auto before = open_clashes(tx, actor, around(session));
    update_session(tx, to, act.at);
    if (auto checked = accept_or_refuse(tx, actor, around(to), before, act); !checked)
        return checked.refusals();
    const bool moved = session.held_on != to.held_on || session.starts_minute != to.starts_minute;
    Happened happened{moved ? "moved" : "changed", changed};
    if (moved) {
        happened.was_on = session.held_on;
        happened.was_minute = session.starts_minute;
    }
    happened.was_room = session.room;
    happened.were_lecturers = session.lecturers;
    const auto event = insert_events(tx, actor, {&to, 1}, happened, act);
    audit::record(tx, actor, act.at,
                  {moved ? "timetable.move" : "timetable.change", "session", to.id.value,
                   said_of(to).set("changed", changed).set("reason", act.reason)});
    tell(tx, {actor, to.id, event, act, touches_attendance(session, to)});
    return Done{};
}

Outcome<Done> call_off(db::Write& tx, const web::Actor& actor, const Session& session,
                       const cohorts::Act& act) {
    if (act.reason.empty()) {
        const std::int64_t marked = attendance_of(tx, session).marks;
        if (marked > 0) return Refusal{"reason", "timetable.call_off_attended", {std::to_string(marked)}};
        return Refusal{"reason", "form.required", {}};
    }
    Session off = session;
    ++off.sequence;
    mark_called_off(tx, off, act.at);
    const auto event = insert_events(tx, actor, {&off, 1}, {"called_off", ""}, act);
    audit::record(tx, actor, act.at,
                  {"timetable.call_off", "session", session.id.value,
                   Value::object({{"cohort", session.cohort},
                                  {"held_on", session.held_on},
                                  {"attendance", attendance_of(tx, session).marks},
                                  {"reason", act.reason}})});
    tell(tx, {actor, session.id, event, act, true});
    return Done{};
}

void know_attendance_by(AttendanceOf attendance_of) { attendance() = std::move(attendance_of); }

Attendance attendance_of(db::Read& tx, const Session& session) {
    return attendance() ? attendance()(tx, session) : Attendance{};
}

void tell_changes_to(Listener listener) { listeners().push_back(std::move(listener)); }

}  // namespace tiendo::timetable
