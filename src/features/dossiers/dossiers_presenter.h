// What the pages and the JSON say of a dossier; private to this feature.
#pragma once
#include "base/value.h"
#include "features/dossiers/dossiers.h"
#include "platform/pages/forms.h"

namespace tiendo::dossiers {

// {"cohort", "programme", "items", "missing", "seats", "groups", "costs", "cost_kinds", "total", "events"}
Value dossier_value(db::Read& tx, const cohorts::Cohort& cohort, Date today, i18n::Language language);

// The forms of the page; all null for who may not change it.
void set_forms(Value& value, db::Read& tx, const web::Visit& visit, const cohorts::Cohort& cohort,
               const pages::Refused& refused);

void register_house_lists(web::Routes& routes);

}  // namespace tiendo::dossiers
