// The handlers of units; private to this feature.
#pragma once
#include "features/organisations/organisations.h"
#include "platform/pages/forms.h"

namespace tiendo::organisations {

// The page of a unit again, with what was refused beside its field.
http::Response refused_page(const web::Visit& visit, UnitId id, const pages::Refused& refused);
http::Response unit_json(const web::Visit& visit);

// GET /units/:id.
void register_unit(web::Routes& routes);
// POST /units and /units/:id/renaming and its like.
void register_acts(web::Routes& routes);

}  // namespace tiendo::organisations
