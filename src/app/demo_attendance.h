// The attendance book of the demonstration year.
#pragma once
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::app {

// The cohort BTCB-01/2017 met on two days, morning and afternoon; one learner was there for less than its
// programme asks. Invented, and says so.
void record_demo_attendance(db::Write& tx, const web::Actor& actor);

}  // namespace tiendo::app
