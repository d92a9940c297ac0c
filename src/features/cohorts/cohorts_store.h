// The rows of cohorts; private to this feature.
#pragma once
#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {

// participation::see_rosters, which lies above: who may see a unit's people sees where they are.
inline constexpr std::string_view see_rosters = "rosters.see";

struct NewEvent {
    std::string_view kind;
    std::optional<Date> effective_on = {};
    std::optional<plan::LineId> plan_line = {};
    std::optional<CohortId> merged_into = {};
    std::optional<PlannedDate> planned_opens_on = {};
    std::string signatory = {}, signatory_title = {};
};

// Of a row that begins with c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role,
// c.partner, c.place, c.basis, c.note, c.planned_opens_on, c.planned_precision,
// c.planned_closes_on, c.expected_learners, c.opened_on, c.closed_on, c.cancelled_on, c.plan_line,
// c.decided_on, c.postponed_on, c.merged_into, c.filed_on, c.hosted_by, c.managed_by, c.certified_by,
// c.basis_document.
Cohort cohort_of(const db::Row& row);

void insert_cohort(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act);
void insert_description(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Instant at);
void update_description(db::Write& tx, const Cohort& cohort);
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, CohortId cohort, const NewEvent& event,
                          const Act& act);
void update_facts(db::Write& tx, CohortId cohort, const Facts& facts);
// The row of the merger that holds.
struct MergerRow {
    std::int64_t event = 0;
    Instant at;
};
MergerRow last_merger(db::Read& tx, CohortId cohort);

// Takes back the cohorts that a workbook brought: each is cancelled on its first day, and its code is
// free again. Refused when more has come of one since, and when the file changed cohorts that were there.
Outcome<Done> undo_cohorts(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::cohorts
