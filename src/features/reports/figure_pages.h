// The handlers of figures; private to this feature.
#pragma once
#include "platform/web/web.h"

namespace tiendo::reports {

void register_figures(web::Routes& routes);

}  // namespace tiendo::reports
