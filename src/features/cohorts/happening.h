// What every verb of a cohort does at its end; private to this feature.
#pragma once
#include "base/value.h"
#include "features/cohorts/cohorts_store.h"

namespace tiendo::cohorts {

// Writes the event row, moves the facts to where it leads, and brings the ledger after it; answers the
// id of the row. db::Conflict when the facts are no longer those on which it was decided.
std::int64_t happen(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const NewEvent& event,
                    const Facts& facts, const Act& act);
void audit_event(db::Write& tx, const web::Actor& actor, const Cohort& cohort, std::string_view action,
                 const Act& act, Value detail);
// What the features above do when a merger is taken back.
void undo_merger(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act);

}  // namespace tiendo::cohorts
