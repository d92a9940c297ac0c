// The rows of cohorts; private to this feature.
#pragma once
#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {

// participation::see_rosters, which lies above: who may see a unit's people sees where they are.
inline constexpr std::string_view see_rosters = "rosters.see";

struct NewEvent {
    std::string_view kind;
    std::optional<Date> effective_on;
    std::optional<plan::LineId> plan_line;
};

// Of a row that begins with c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role,
// c.partner, c.place, c.basis, c.note, c.planned_opens_on, c.planned_precision,
// c.planned_closes_on, c.expected_learners, c.opened_on, c.closed_on, c.cancelled_on, c.plan_line.
Cohort cohort_of(const db::Row& row);

void insert_cohort(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act);
void insert_description(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Instant at);
void update_description(db::Write& tx, const Cohort& cohort);
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, CohortId cohort, const NewEvent& event,
                          const Act& act);
void update_facts(db::Write& tx, CohortId cohort, const Facts& facts);

// Takes back the cohorts that a workbook brought: each is cancelled on its first day, and its code is
// free again. Refused when more has come of one since, and when the file changed cohorts that were there.
Outcome<Done> undo_cohorts(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::cohorts
