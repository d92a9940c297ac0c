// What the features above tell of cohorts: how far they have come, and what of their dossiers is there.
#pragma once
#include <span>

#include "features/cohorts/cohorts.h"

namespace tiendo::app {

// As calls, rosters and results tell it; for cohorts::learn_of_progress.
cohorts::ProgressById progress_of_cohorts(db::Read& tx, std::span<const cohorts::CohortId> asked);
// The slots of cohorts and dossiers about this, filled.
void tell_of_cohorts();

}  // namespace tiendo::app
