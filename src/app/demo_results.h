// Marks and certificates of the demonstration year.
#pragma once
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::app {

// Who signs certificates; and the finished cohort of cell secretaries, marked and recognised, so that its
// certificates can be issued: all but that of one learner, who is below the pass mark. Invented, and says so.
void record_demo_results(db::Write& tx, const web::Actor& actor);

}  // namespace tiendo::app
