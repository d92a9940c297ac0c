// What features above told; private to this feature.
#pragma once
#include "features/programmes/programmes.h"

namespace tiendo::programmes {

// The rules of who may attend on the day, of all programmes; empty when nobody tells any.
Rules rules_on(const web::Visit& visit, db::Read& tx, Date day);
bool may_change_rules(const web::Visit& visit, db::Read& tx);

}  // namespace tiendo::programmes
