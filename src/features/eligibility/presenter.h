// What pages and JSON say of rules and judgements; private to this feature.
#pragma once
#include "features/eligibility/eligibility.h"
#include "features/eligibility/words.h"

namespace tiendo::eligibility {

// One row of a rule, in words; `today` tells whether it is in force, to come or past.
Value to_value(const Rule& rule, const Reader& reader);

}  // namespace tiendo::eligibility
