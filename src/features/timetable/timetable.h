// Timetable (thời khóa biểu): when a cohort meets, on what, with whom and where.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/programmes/programmes.h"

namespace tiendo::timetable {

inline constexpr web::Permission see_timetable{"timetable.see"};
inline constexpr web::Permission change_timetable{"timetable.change"};

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
    bool operator==(const Session&) const = default;
};
using SessionId = Id<Session>;

// Those that were not called off, in the order of time.
std::vector<Session> sessions_of(db::Read& tx, cohorts::CohortId cohort);
// Fetched through the actor: absent, called off and out of reach look the same (web::NotFound).
Session require_session(db::Read& tx, const web::Actor& actor, SessionId id);

// Puts a session into the timetable. Refuses one that ends before it begins or has no periods.
Outcome<SessionId> schedule(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                            Session session, const cohorts::Act& act);

// Tells imports which sessions depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

}  // namespace tiendo::timetable
