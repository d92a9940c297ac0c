// How many learners each unit sent; private to this feature, but for what reports.h says.
#pragma once
#include "features/reports/reports.h"

namespace tiendo::reports {

// A year up to a day, as known at a moment, of a unit and all beneath it.
struct UnitQuestion {
    organisations::Unit unit;
    int year = 0;
    plan::View view;
    bool follow_successors = false;
};

// With the name and the place of the day asked for.
struct UnitCount {
    organisations::Unit unit;
    int depth = 0;
    std::int64_t own = 0;    // person-times sent by the unit itself
    std::int64_t total = 0;  // and by all beneath it
};
// Units that sent anybody, and the root; every unit after the one above it. Only what the actor
// may see of rosters counts.
std::vector<UnitCount> count_by_unit(db::Read& tx, const web::Actor& actor, const UnitQuestion& question);

Value unit_counts(db::Read& tx, const web::Actor& actor, const UnitQuestion& question);

// GET /units/:id/count.
void register_unit_counts(web::Routes& routes);

}  // namespace tiendo::reports
