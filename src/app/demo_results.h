// Marks and certificates of the demonstration year.
#pragma once
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::app {

// Who signs certificates; and two finished cohorts, marked and recognised, whose certificates can be issued:
// of admission candidates (DTKN-01/2017) everybody's, of cell secretaries (BTCB-01/2017) all but that of one
// learner, who is below the pass mark. Invented, and says so.
void record_demo_results(db::Write& tx, const web::Actor& actor);

}  // namespace tiendo::app
