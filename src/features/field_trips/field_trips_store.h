// The rows of field trips; private to this feature.
#pragma once
#include "features/field_trips/field_trips.h"

namespace tiendo::field_trips {

// As it stands, if the cohort has it and it was not withdrawn.
std::optional<Trip> find_trip(db::Read& tx, cohorts::CohortId cohort, TripId trip);

void insert_trip(db::Write& tx, const web::Actor& actor, const Trip& trip, Instant at);
void insert_event(db::Write& tx, const web::Actor& actor, const Trip& trip, const cohorts::Act& act);

}  // namespace tiendo::field_trips
