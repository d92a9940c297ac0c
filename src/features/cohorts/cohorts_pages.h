// The handlers of cohorts; private to this feature.
#pragma once
#include "features/cohorts/cohorts.h"
#include "platform/pages/forms.h"
#include "platform/pages/reader.h"

namespace tiendo::cohorts {

// What a verb is told: the cohort as it is now, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Cohort& cohort;
    pages::Reader& sent;
    const Act& act;
};
using Verb = std::function<Outcome<Done>(const Told&)>;
// Fetches the cohort under its lock and lets the verb do the rest, in one transaction.
Outcome<Done> happen_to(const web::Visit& visit, const Verb& verb);
// POST /cohorts/:id/<act>, by a form (the page again, or back to it) and as JSON (the cohort).
web::Handler by_form(std::string act, Verb verb);
web::Handler by_json(Verb verb);

// The page again, with what was refused beside its field.
http::Response refused_page(const web::Visit& visit, CohortId id, const pages::Refused& refused);
http::Response cohort_json(const web::Visit& visit);
// The forms of the page that make sense now; null where one does not.
void set_forms(Value& value, db::Read& tx, const web::Visit& visit, const Cohort& cohort,
               const pages::Refused& refused);

// POST /cohorts/:id/opening and its like; /decision, /merger and its like; /cohorts/new and /description.
void register_acts(web::Routes& routes);
void register_life(web::Routes& routes, const files::Store& store);
void register_descriptions(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::cohorts
