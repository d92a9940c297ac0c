// The first page, and search: what to do next, how the plan stands, and where to find a thing.
#pragma once
#include "platform/web/web.h"

namespace tiendo::dashboard {

void register_routes(web::Routes& routes);

}  // namespace tiendo::dashboard
