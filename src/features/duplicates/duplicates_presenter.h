// Pairs as values: for pages, JSON and the command line; private to this feature.
#pragma once
#include "base/value.h"
#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

// What the two records say, field by field, with where they differ.
Value comparison(const Found& found, const web::Actor& actor);
// Null when the register was never swept. `done` is how far a running one is.
Value to_value(const std::optional<Sweep>& sweep, std::int64_t done);

}  // namespace tiendo::duplicates
