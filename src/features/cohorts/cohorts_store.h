// The rows of cohorts; private to this feature.
#pragma once
#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {

struct NewEvent {
    std::string_view kind;
    std::optional<Date> effective_on;
    std::optional<plan::LineId> plan_line;
};

void insert_cohort(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act);
void insert_description(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Instant at);
void update_description(db::Write& tx, const Cohort& cohort);
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, CohortId cohort, const NewEvent& event, const Act& act);
void update_facts(db::Write& tx, CohortId cohort, const Facts& facts);
void insert_field_trip(db::Write& tx, const web::Actor& actor, CohortId cohort, const FieldTrip& trip, Instant at);

}  // namespace tiendo::cohorts
