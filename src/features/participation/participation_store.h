// The rows of participation; private to this feature.
#pragma once
#include "features/participation/participation.h"

namespace tiendo::participation {

struct NewEvent {
    std::string_view kind;  // started, withdrawn, readmitted, concluded
    std::optional<Date> effective_on;
    std::string result;
};

std::vector<InCohort> learners_in(db::Read& tx, cohorts::CohortId cohort,
                                  std::optional<ParticipationId> only);
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, const Participation& participation,
                          const NewEvent& event, const cohorts::Act& act);
void update_description(db::Write& tx, ParticipationId id, const Description& description);
void update_facts(db::Write& tx, ParticipationId id, const Facts& facts);

// Keeps with participations of this transaction, recorded at the moment with this id or a later one,
// the grade that the person had on the first day of the cohort.
void keep_grades(db::Write& tx, ParticipationId first, Instant at, Date today);
// A value of the facts of people, or what was written; empty: not known then.
std::string grade_of(db::Read& tx, ParticipationId id);

}  // namespace tiendo::participation
