// The handlers of rosters; private to this feature.
#pragma once
#include "features/participation/participation.h"

namespace tiendo::participation {

// The roster as a part of its cohort's page, as a workbook and as JSON; and with whole national
// IDs to whoever may see them and says why.
void register_roster(web::Routes& routes);

// What a person's page shows of where they took part.

}  // namespace tiendo::participation
