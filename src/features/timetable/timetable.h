// Timetable (thời khóa biểu): when a cohort meets, on what, with whom and where.
//
// A session (buổi) keeps its id whatever becomes of it, so whatever hangs on it, its attendance above all,
// survives every change. Each change is a row of timetable_events. A change that makes a clash (clashes.h)
// is refused without a reason; with one it stands, and the reason is kept beside the clash.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/programmes/programmes.h"
#include "features/teaching/teaching.h"
#include "features/timetable/changes.h"

namespace tiendo::timetable {

using teaching::change_timetable;
using teaching::see_timetable;

// A lecturer of a session, and how many of its periods are his.
struct Taught {
    teaching::LecturerId lecturer;
    std::int64_t periods = 0;
    std::string name = {};  // for who reads; not compared
    bool operator==(const Taught& other) const {
        return lecturer == other.lecturer && periods == other.periods;
    }
};

// One session (buổi). Times are minutes since midnight at the centre.
struct Session {
    Id<Session> id;
    cohorts::CohortId cohort;
    Date held_on;
    std::int64_t starts_minute = 0, ends_minute = 0;
    std::int64_t periods = 0;  // of 45 minutes
    programmes::Activity activity = programmes::Activity::lecture;
    std::string topic;
    std::string note;
    std::optional<teaching::RoomId> room = {};
    std::vector<Taught> lecturers = {};
    std::int64_t sequence = 0;  // how often it was changed
    bool operator==(const Session&) const = default;
};
using SessionId = Id<Session>;

// --- what there is ----------------------------------------------------------------------------

// Those that were not called off, in the order of time.
std::vector<Session> sessions_of(db::Read& tx, cohorts::CohortId cohort);
// Fetched through the actor: absent, called off and out of reach look the same (web::NotFound).
Session require_session(db::Read& tx, const web::Actor& actor, SessionId id);
// To change it: web::Forbidden when he may see it and no more. Nobody else changes the timetable meanwhile.
Session require_for_change(db::Write& tx, const web::Actor& actor, SessionId id);
// A cohort whose timetable the actor may see, or change.
cohorts::Cohort require_cohort(db::Read& tx, const web::Actor& actor, cohorts::CohortId id);
cohorts::Cohort require_cohort_for_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId id);

// A session with the names that go with it.
struct Listed {
    Session session;
    std::string cohort_code, programme, room, site;
    bool called_off = false;
    Instant changed_at;
};
// Within the actor's reach on these days (both included), in the order of time. One statement.
std::vector<Listed> listed(db::Read& tx, const web::Actor& actor, const Scope& scope, Date first, Date last);
// For who holds a secret address: bounded by the scope alone, and with what was called off.
std::vector<Listed> published(db::Read& tx, const Scope& scope, Date first, Date last);

// One row of the history of a session, the latest first.
struct Event {
    std::string kind;                  // scheduled, laid_out, changed, moved, called_off
    std::vector<std::string> changed;  // held_on, time, periods, activity, topic, room, lecturers, note
    Date held_on;
    std::int64_t starts_minute = 0;
    std::optional<Date> was_on;
    std::int64_t was_minute = 0;
    std::string topic, room, lecturers;
    Instant recorded_at;
    std::string recorded_by, reason;
};
std::vector<Event> history_of(db::Read& tx, SessionId id);

// --- verbs; each writes its event and its entry of the trail ------------------------------------

// Puts a session into the timetable. Refuses one that ends before it begins or has no periods, a room or a
// lecturer out of reach, more periods of its lecturers than it has, and a clash without a reason.
Outcome<SessionId> schedule(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                            Session session, const cohorts::Act& act);
// Many at once, as the programme lays them out (layout.h).
Outcome<std::vector<SessionId>> schedule_all(db::Write& tx, const web::Actor& actor,
                                             const cohorts::Cohort& cohort, std::vector<Session> sessions,
                                             const cohorts::Act& act);
// What it is from now on; its day, its time, its room: anything but its cohort. Refuses as schedule() does,
// and when somebody else has changed it since (`to.sequence`); one whose attendance is recorded, when it
// would lie ahead, or without a reason once its cohort is closed or recognised. Saying nothing new records
// nothing.
Outcome<Done> change(db::Write& tx, const web::Actor& actor, const Session& session, Session to, Date today,
                     const cohorts::Act& act);
// It does not take place. A reason is required, and names of whose attendance is recorded it says so.
Outcome<Done> call_off(db::Write& tx, const web::Actor& actor, const Session& session,
                       const cohorts::Act& act);

// --- slots, filled once, when the program starts -------------------------------------------------

// What hangs on a session; the feature above knows.
struct Attendance {
    std::int64_t marks = 0;     // learners who have one
    bool needs_reason = false;  // a change that moves them is one of a cohort that is closed or recognised
};
using AttendanceOf = std::function<Attendance(db::Read&, const Session&)>;
void know_attendance_by(AttendanceOf attendance_of);
Attendance attendance_of(db::Read& tx, const Session& session);
// Told of each event in its transaction; of many laid out at once, of one that concerns all their lecturers.
struct Changed {
    const web::Actor& actor;
    SessionId session;
    std::int64_t event;
    const cohorts::Act& act;
    bool touches_attendance = false;  // it has another day or other periods, or is no more
};
using Listener = std::function<void(db::Write&, const Changed&)>;
void tell_changes_to(Listener listener);

void register_routes(web::Routes& routes);

// Tells imports which sessions depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

}  // namespace tiendo::timetable
