// The rows of the plan; private to this feature.
#pragma once
#include "features/plan/plan.h"

namespace tiendo::plan {

PlanId find_or_make_plan(db::Write& tx, organisations::UnitId unit, int year, Instant at);
void insert_version(db::Write& tx, PlanId plan, const Version& version, const std::string& note,
                    const web::Actor& actor);
LineId find_or_make_line(db::Write& tx, PlanId plan, const Line& line);
void insert_targets(db::Write& tx, VersionId version, const Line& line, int position);

}  // namespace tiendo::plan
