// The handlers of people; private to this feature.
#pragma once
#include "features/people/people_presenter.h"
#include "platform/pages/forms.h"
#include "platform/pages/reader.h"

namespace tiendo::people {

// The person's page, again when a form of it was refused; with all that is sensitive when somebody
// was just shown it, who said why.
Value person_value(const web::Visit& visit, db::Read& tx, const Person& person, const pages::Refused& refused,
                   Sensitive sensitive);
Value person_json_value(const web::Visit& visit, db::Read& tx, const Person& person, Sensitive sensitive);
http::Response refused_page(const web::Visit& visit, PersonId id, const pages::Refused& refused);

// POST /people and what hangs on /people/:id.
void register_acts(web::Routes& routes);
// GET /people and /people/disclosure.
void register_lists(web::Routes& routes);

}  // namespace tiendo::people
