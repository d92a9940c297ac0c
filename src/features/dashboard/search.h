// What somebody looks for; private to this feature.
#pragma once
#include <string>
#include <vector>

#include "features/dashboard/entries.h"
#include "platform/web/web.h"

namespace tiendo::dashboard {

// Cohorts by code, programme or partner, people of rosters, programmes and units that have the
// words written, in their order and marks aside; only what is within the actor's reach.
std::vector<EntryList> found(db::Read& tx, const web::Actor& actor, const std::string& written);

}  // namespace tiendo::dashboard
