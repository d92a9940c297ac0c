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

}  // namespace tiendo::participation
