// The handlers of needs; private to this feature.
#pragma once
#include "features/needs/needs.h"
#include "platform/pages/forms.h"

namespace tiendo::needs {

// GET and POST /needs/:id/units/:unit and /needs/:id/draft.
void register_answers(web::Routes& routes);
void register_drafts(web::Routes& routes);

}  // namespace tiendo::needs
