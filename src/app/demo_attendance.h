// The attendance book of the demonstration year.
#pragma once
#include "base/date.h"
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::app {

// The programme of cell secretaries as it is taught in 2017, with a least share of attendance: before any
// cohort goes by it.
void write_demo_version(db::Write& tx, const web::Actor& actor, Instant at);

// The cohort BTCB-01/2017 met on two days, morning and afternoon; one learner was there for less than its
// programme asks. Invented, and says so.
void record_demo_attendance(db::Write& tx, const web::Actor& actor);

}  // namespace tiendo::app
