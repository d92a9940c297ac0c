// Pairs as values: for pages, JSON and the command line; private to this feature.
#pragma once
#include "base/value.h"
#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

// What the two records say, side by side, and whether it agrees: [{"name","first":[{"text"}],"second":[…],
// "agreement","differs"}], first what makes up the records, then what is known and where they attended.
Value comparison(const web::Visit& visit, db::Read& tx, const Found& found, people::Sensitive sensitive);
// Null when the register was never swept. `done` is how far a running one is.
Value to_value(const std::optional<Sweep>& sweep, std::int64_t done);

}  // namespace tiendo::duplicates
