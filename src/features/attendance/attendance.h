// Attendance (điểm danh): who was there, in which session, for how many periods.
//
// What is said of a learner in a session is a row (who, when, by which way); the latest one stands. The
// periods attended are posted to the ledger on the session's day. Whether somebody attended enough to
// complete is a rule of the programme's version.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/participation/participation.h"
#include "features/timetable/timetable.h"
#include "platform/files/files.h"

namespace tiendo::attendance {

inline constexpr web::Permission see_attendance{"attendance.see"};
inline constexpr web::Permission mark_attendance{"attendance.mark"};

using participation::ParticipationId;
using timetable::SessionId;

// --- whether it is enough ----------------------------------------------------------------------

// One learner over all sessions held. A session counts as held once somebody was marked in it.
struct Attended {
    ParticipationId participation;
    std::int64_t attended_periods = 0, excused_periods = 0, held_periods = 0;
    bool enough = true;   // at least the minimum of the programme version, or let off it
    bool waived = false;  // let off it, for a reason
};
// Everybody on the roster who has not withdrawn. By the version in force at the cohort's opening; with
// no session held, or no such rule, everybody attended enough.
std::vector<Attended> attended(db::Read& tx, const cohorts::Cohort& cohort);
// Percent of the periods held; 0: no such rule.
std::int64_t minimum_of(db::Read& tx, const cohorts::Cohort& cohort);

// For participation::hold_back_by: those who did not, each with why
// ("attendance.not_enough": name, periods attended, periods held, minimum).
std::vector<participation::HeldBack> held_back(db::Read& tx, const cohorts::Cohort& cohort);

// --- the book -------------------------------------------------------------------------------------

enum class State { present, late, excused, unexcused };  // có mặt, muộn, vắng có phép, vắng không phép
enum class Way { page, check_in, offline, workbook, timetable };
std::string_view to_text(State state);
std::string_view to_text(Way way);
std::optional<State> parse_state(std::string_view text);

// What stands of one learner in one session. Somebody late, excused or not may have attended some of
// its periods; of whoever is excused, the others are his leave.
struct Mark {
    State state = State::present;
    std::int64_t periods = 0;  // attended
    std::optional<documents::DocumentId> excuse;
    std::int64_t event = 0;  // the row that says so
    Date held_on = {};       // the day on which it counts
};

struct Learner {
    ParticipationId participation;
    std::string full_name, unit_name;
    std::optional<Date> withdrawn_on;
    std::map<SessionId, Mark> marks;
    bool was_there_on(Date day) const { return !withdrawn_on || day < *withdrawn_on; }
};

// The attendance book (sổ điểm danh) of one cohort.
struct Book {
    cohorts::Cohort cohort;
    std::vector<timetable::Session> sessions;  // in the order of time
    std::vector<Learner> learners;             // given name first
    bool needs_reason = false;                 // the cohort is closed, or its results are locked
};

// Fetched through the actor: web::NotFound unless he may see attendance on the cohort's unit.
Book require_book(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort,
                  std::optional<SessionId> only = std::nullopt);
// To mark: web::Forbidden when he may see it and no more. Nobody else changes it meanwhile.
Book require_for_marking(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
                         std::optional<SessionId> only = std::nullopt);

// --- verbs ---------------------------------------------------------------------------------------

struct Said {
    SessionId session;
    ParticipationId participation;
    std::optional<State> state;           // none: takes back what was said
    std::optional<std::int64_t> periods;  // attended; none: all of them if present or late, else none
    std::optional<documents::DocumentId> excuse;
    std::string client_id;             // of a phone that was offline
    std::optional<Instant> marked_at;  // none: now
    std::string place;                 // in a workbook
};
// Why that cannot be said; none when it can.
std::optional<Refusal> hindrance(const Book& book, const Said& said, Date today);
// All of it in one act, in a number of statements that does not grow with it; what says nothing new is
// passed over, and the answer is how much was new. Refuses a session that lies ahead or before the
// opening, a learner who had withdrawn, more periods than the session has; a change without a reason
// where one is needed.
Outcome<std::int64_t> record(db::Write& tx, const web::Actor& actor, const Book& book,
                             std::span<const Said> said, Way way, Date today, const cohorts::Act& act);

// Lets a learner off the minimum, or no longer. A reason is required.
Outcome<Done> waive(db::Write& tx, const web::Actor& actor, const Book& book, ParticipationId participation,
                    bool granted, const cohorts::Act& act);

// For the timetable: what hangs on a session; and when it was moved to another day, has other periods or was
// called off, its marks follow. Rows are added; none that was there is lost: of what was marked as much
// counts as the session has periods, all of it again when it has them again.
timetable::Attendance attendance_of(db::Read& tx, const timetable::Session& session);
void follow_session(db::Write& tx, const web::Actor& actor, SessionId session, const cohorts::Act& act);

// --- what a mark amounts to in the ledger: a pure function ------------------------------------------

struct Counted {
    Date held_on;
    std::int64_t periods = 0;
    std::int64_t event = 0;
};
// Nothing from the day on which the learner withdrew or the cohort was cancelled.
void entries(const cohorts::Cohort& cohort, const participation::InCohort& learner, const Counted& mark,
             const ledger::Emit& emit);
ledger::Bookkeeper bookkeeper();

// Workbooks in: STT, Họ và tên, Ngày sinh, Số CCCD, and a column for each session.
imports::Importer importer();

// Tells imports which of these rows depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

// The store is where papers of leave are kept.
void register_routes(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::attendance
