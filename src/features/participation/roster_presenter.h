// What pages and JSON say of participations; private to this feature.
#pragma once
#include <string>
#include <vector>

#include "base/value.h"
#include "features/participation/participation.h"

namespace tiendo::participation {

// enrolled, attending, completed, not_completed, withdrawn.
std::string_view state_of(const Participation& participation, const cohorts::Cohort& cohort, Date today);

// National IDs are masked.
Value to_value(const Participation& participation, const cohorts::Cohort& cohort, Date today);

// With its history, the newest first, and the document it came from; its "url" is for whoever
// may open documents.
Value to_value(const Participation& participation, const cohorts::Cohort& cohort,
               const std::vector<Event>& events, const web::Actor& actor, Date today);

}  // namespace tiendo::participation
