// Whom other features put on a roster, rosters that they lock, and what they are told of them. Part of
// participation.h.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/cohorts/cohorts.h"
#include "features/people/people.h"

namespace tiendo::participation {

struct Participation;
using ParticipationId = Id<Participation>;

// Somebody whom another feature puts on a roster. The unit and the position are kept as given.
struct Enrolment {
    people::PersonId person;
    organisations::UnitId unit;
    std::string position;
    std::optional<Date> started_on;  // none: with the cohort
    std::int64_t enrolled_by = 0;    // the row of that feature
};
// All in one act, with their postings; the ids in the order given. db::Conflict when one of them is
// on the roster already.
std::vector<ParticipationId> enrol(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                                   std::span<const Enrolment> enrolments, const cohorts::Act& act);

// Whether the feature above has locked the roster of a cohort: a workbook that says no reason then
// brings nobody new. Filled once, when the program starts.
void lock_rosters_by(std::function<bool(db::Read&, cohorts::CohortId)> is_locked);
bool is_locked(db::Read& tx, cohorts::CohortId cohort);

// Learners who left a roster or came back to it, in the transaction in which they did. Whoever gives
// places is told: a place falls free, or is taken again. Filled once, when the program starts.
enum class Went { away, back };
struct RosterChange {
    cohorts::CohortId cohort;
    Went went = Went::away;
    std::span<const ParticipationId> who;
};
using RosterFollower =
    std::function<void(db::Write&, const web::Actor&, const RosterChange&, const cohorts::Act&)>;
void tell_changes_to(RosterFollower follower);
void tell_change(db::Write& tx, const web::Actor& actor, const RosterChange& change, const cohorts::Act& act);

}  // namespace tiendo::participation
