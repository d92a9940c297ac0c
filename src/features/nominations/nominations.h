// Nominations (đề cử): a call asks units for people, units nominate, the office admits.
//
// Every state of a nomination is a row (what, when, who, why, by which paper). Places are counted
// anew under a lock whenever somebody is admitted. A locked roster is a row of participations,
// and from then on changes only with a reason.
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
#include "features/organisations/organisations.h"
#include "features/participation/participation.h"
#include "features/people/people.h"

namespace tiendo::nominations {

inline constexpr web::Permission see_nominations{"nominations.see"};
inline constexpr web::Permission change_nominations{"nominations.change"};  // the office
inline constexpr web::Permission nominate_people{"nominations.nominate"};   // of one's own units

// --- the call ---------------------------------------------------------------------------------

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

// open, closed (by its deadline), locked.
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

// --- nominations ------------------------------------------------------------------------------

enum class State {
    received,        // đã nhận
    over_quota,      // beyond what the unit was asked for: waits to be considered
    checked,         // the office has looked at it; the finding says what was found
    needs_document,  // asked again
    admitted,
    wait_listed,
    refused,
    withdrawn,
    substituted,  // another came in this person's place
};
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);
// May still lead to a place, or has: all but refused, withdrawn and substituted.
bool is_live(State state);

struct Nomination {
    Id<Nomination> id;
    CallId call;
    people::PersonId person;
    std::string full_name;
    organisations::UnitId unit;
    std::optional<organisations::UnitId> asked_unit;
    std::string position;
    std::int64_t choice = 1;  // 1 is the cohort wanted most of those of its programme
    State state = State::received;
    std::string finding;  // eligible, ineligible, unknown; empty: not looked at
    std::string note;
    Instant received_at;
    std::optional<participation::ParticipationId> participation;
};
using NominationId = Id<Nomination>;

// Of a unit within the actor's reach; throws web::NotFound. For change: the call's programme is locked.
Nomination require(db::Read& tx, const web::Actor& actor, NominationId id);

struct Offer {
    std::vector<people::PersonId> people;
    std::int64_t choice = 1;
    std::string note;
};
// What became of one person offered; `message` is empty when it is simply received.
struct Answer {
    people::PersonId person;
    std::string full_name;
    bool taken = false;
    std::string message;  // nomination.over_quota, .already_nominated, .on_roster, .same_days
    std::vector<std::string> arguments;
};
// Each person by itself: those who cannot be taken are told and do not hinder the others. Refused
// as a whole after the deadline, unless the office takes it with a reason. web::NotFound for a
// person of a unit on which the actor may not nominate.
Outcome<std::vector<Answer>> nominate(db::Write& tx, const web::Actor& actor, const Call& call,
                                      const Offer& offer, const cohorts::Act& act);

// The office decides on some: checked, asked_again, admitted, wait_listed, refused. Answers how
// many it moved. Refused whole when one cannot be: no place left, a reason missing, one that is
// not eligible or is on another roster of the same days without a reason.
Outcome<std::int64_t> decide(db::Write& tx, const web::Actor& actor, const Call& call,
                             std::span<const NominationId> which, std::string_view decision, Date today,
                             const cohorts::Act& act);
// Admits in order all who may attend until the places are full; the rest waits. Whoever is not
// eligible stays where he is.
struct Selected {
    std::int64_t admitted = 0, wait_listed = 0, left = 0;
};
Outcome<Selected> select(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                         const cohorts::Act& act);
// By the unit before the deadline, else by the office; a reason is required. Whoever is first on
// the waiting list moves up, unless the roster is locked.
Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Nomination& nomination, Date today,
                       const cohorts::Act& act);
// The unit has sent what it was asked for.
Outcome<Done> answer(db::Write& tx, const web::Actor& actor, const Nomination& nomination,
                     const cohorts::Act& act);
// Another person comes instead, with the place if there was one. A reason is required.
Outcome<Done> substitute(db::Write& tx, const web::Actor& actor, const Nomination& nomination,
                         people::PersonId by, Date today, const cohorts::Act& act);

// --- the roster -------------------------------------------------------------------------------

// Makes the participations of all who are admitted, in one act; answers how many are on the roster.
Outcome<std::int64_t> lock(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                           const cohorts::Act& act);
// While the cohort has not opened; a reason is required.
Outcome<Done> unlock(db::Write& tx, const web::Actor& actor, const Call& call, const cohorts::Act& act);

// Whether the cohort has a call whose roster is locked; for participation::lock_rosters_by.
bool is_locked(db::Read& tx, cohorts::CohortId cohort);

// How far the convening of cohorts has come; one without a call is left out.
struct Convening {
    cohorts::CohortId cohort;
    Instant issued_at;
    std::optional<Instant> locked_at;
    std::int64_t admitted = 0;
};
std::vector<Convening> convenings_of(db::Read& tx, std::span<const cohorts::CohortId> asked);
// When a cohort is merged into another, its call says so; if the other one is still being convened,
// whoever is not yet on the roster is nominated there. For cohorts::follow_mergers.
cohorts::MergerFollower merger_follower();

// --- what others fill in, once, when the program starts ---------------------------------------

// Whether people may attend a cohort; one for each, in order.
struct Judged {
    std::optional<bool> eligible;  // none: cannot be judged
    // [{"id", "severity", "result", "value", "basis", "message", "waived"}], made for a visit only.
    Value rules;
};
struct ToJudge {
    const cohorts::Cohort& cohort;
    std::span<const people::PersonId> people;
    Date today;                         // for a cohort whose first day nobody knows
    const web::Visit* visit = nullptr;  // of whoever wants to read the rules
};
using Judge = std::function<std::vector<Judged>(db::Read&, const web::Actor&, const ToJudge&)>;
void judge_by(Judge judge);

// Nominations follow a person whose records are merged.
people::Follower nominations_follow();
void register_routes(web::Routes& routes);

}  // namespace tiendo::nominations
