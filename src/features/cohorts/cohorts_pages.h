// The handlers of cohorts; private to this feature.
#pragma once
#include "features/cohorts/cohorts.h"
#include "platform/pages/forms.h"

namespace tiendo::cohorts {

// The page again, with what was refused beside its field.
http::Response refused_page(const web::Visit& visit, CohortId id, const pages::Refused& refused);
http::Response cohort_json(const web::Visit& visit);

// POST /cohorts/:id/opening and its like.
void register_acts(web::Routes& routes);

}  // namespace tiendo::cohorts
