// The rows of the plan; private to this feature.
#pragma once
#include "features/plan/plan.h"

namespace tiendo::plan {

PlanId find_or_make_plan(db::Write& tx, organisations::UnitId unit, int year, Instant at);
void insert_version(db::Write& tx, PlanId plan, const Version& version, const std::string& note,
                    const web::Actor& actor);
// One more than the last one there was, undone or not.
int next_number(db::Read& tx, PlanId plan);
LineId find_or_make_line(db::Write& tx, PlanId plan, const Line& line);
void insert_targets(db::Write& tx, VersionId version, const Line& line, int position);

// Takes back the versions that a workbook brought; refused when later ones build on them.
Outcome<Done> undo_versions(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::plan
