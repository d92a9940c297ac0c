// The opening decisions of the demonstration's own cohorts; their numbers, dates and signatory are invented.
#pragma once
#include "features/cohorts/cohorts.h"

namespace tiendo::app {

void record_demo_decisions(db::Write& tx, const web::Actor& actor);

}  // namespace tiendo::app
