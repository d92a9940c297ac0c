// What the demonstration year knows of its units and people besides the review: the tree of units, what
// the register says of some of those on the rosters, and what units ask for next year. All invented.
#pragma once
#include <string>

#include "base/date.h"
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::app {

// Each writes a workbook into the folder and answers its path. The same each time.
std::string write_demo_units(const std::string& folder);
std::string write_demo_people(const std::string& folder);

// A campaign for the needs of 2018 that is open until then, with the answers of some units.
void record_demo_needs(db::Write& tx, const web::Actor& actor, Date open_until);

}  // namespace tiendo::app
