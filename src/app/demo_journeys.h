// Delegations and field trips of the demonstration year.
#pragma once
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::app {

// The delegation to Japan with its itinerary, papers and reports, as of 12 June 2017; the one to France as
// it is planned; two trips of joint cohorts. Days, hosts and numbers that the article does not give are
// invented, and say so.
void record_demo_journeys(db::Write& tx, const web::Actor& actor);

}  // namespace tiendo::app
