// How participations end: completed or not, who is kept from completing, and what a person completed
// here. Part of participation.h.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/outcome.h"
#include "features/participation/enrolment.h"

namespace tiendo::participation {

Outcome<Done> conclude(db::Write& tx, const web::Actor& actor, const Participation& participation,
                       std::string_view result, const cohorts::Act& act);
// Many of one cohort in one act, as a decision concludes them; those who have that result stay as they are.
struct Conclusion {
    ParticipationId participation;
    std::string result;  // completed, not_completed; empty: known no more
};
void conclude(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
              std::span<const Conclusion> conclusions, const cohorts::Act& act);

// Whom something that the feature above knows keeps from completing (too little attended), and why, with
// the learner's name as the first argument. Such a one is concluded "completed" only with a reason.
struct HeldBack {
    ParticipationId participation;
    Refusal why;
};
// Filled once, when the program starts.
void hold_back_by(std::function<std::vector<HeldBack>(db::Read&, const cohorts::Cohort&)> held_back);
std::vector<HeldBack> held_back(db::Read& tx, const cohorts::Cohort& cohort);

// A programme that a person completed here: not withdrawn, in a cohort that was not cancelled.
struct Completion {
    people::PersonId person;
    std::string programme;             // its code
    std::optional<Date> completed_on;  // when the cohort closed
};
std::vector<Completion> completions_of(db::Read& tx, std::span<const people::PersonId> people);

}  // namespace tiendo::participation
