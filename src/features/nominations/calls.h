// Calls for nominations (chiêu sinh): which units are asked for how many people, and until when. Part
// of nominations.h.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/organisations/organisations.h"

namespace tiendo::nominations {

inline constexpr web::Permission see_nominations{"nominations.see"};
inline constexpr web::Permission change_nominations{"nominations.change"};  // the office
inline constexpr web::Permission nominate_people{"nominations.nominate"};   // of one's own units

struct Quota {
    organisations::UnitId unit;
    std::int64_t quota = 0;  // people of the unit and of all units beneath it
};

struct Call {
    Id<Call> id;
    cohorts::Cohort cohort;
    std::int64_t places = 0;
    Instant deadline;              // the first moment at which it is over
    std::int64_t notice_days = 0;  // at least so many days between the deadline and the opening
    std::string letter_number, letter_text;
    std::vector<Quota> quotas = {};
    std::optional<Instant> locked_at = {};
};
using CallId = Id<Call>;

// open, closed (by its deadline), locked, over (with its cohort).
std::string_view state_at(const Call& call, Instant now);

// Within reach is a call of a cohort on whose organiser the actor may see nominations, and one
// that asks a unit of his, or one above it. Throws web::NotFound.
Call require(db::Read& tx, const web::Actor& actor, CallId id);
std::optional<Call> find_call_of(db::Read& tx, cohorts::CohortId cohort);
// The office's: web::Forbidden for whoever may see the call and no more; the programme's calls
// are locked, so that nobody else admits or nominates in any of them until the transaction ends.
Call require_for_change(db::Write& tx, const web::Actor& actor, CallId id);
bool may_change(db::Read& tx, const web::Actor& actor, const cohorts::Cohort& cohort);

// Issues the call of a cohort, or changes it; a change needs a reason once people are nominated.
// Refused when the cohort has closed or was cancelled, without places, with a deadline that
// leaves less than the notice before the planned opening, when locked.
Outcome<CallId> issue(db::Write& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act);

// --- the roster -------------------------------------------------------------------------------

// Makes the participations of all who are admitted, in one act; answers how many are on the roster.
Outcome<std::int64_t> lock(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                           const cohorts::Act& act);
// While the cohort has not opened; a reason is required.
Outcome<Done> unlock(db::Write& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act);

// Whether the cohort has a call whose roster is locked; for participation::lock_rosters_by.
bool is_locked(db::Read& tx, cohorts::CohortId cohort);

// How the letter of a call is headed beside the organiser's name, and who signs it on a day; none: as
// administrative bodies head theirs, with nobody's name. Filled in once, when the program starts.
using Letterheads =
    std::function<std::optional<organisations::Letterhead>(db::Read&, const cohorts::Cohort&, Date)>;
void head_letters_by(Letterheads letterheads);

}  // namespace tiendo::nominations
