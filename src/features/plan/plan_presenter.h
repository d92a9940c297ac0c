// What pages and JSON say of plans; private to this feature.
#pragma once
#include <optional>
#include <vector>

#include "base/value.h"
#include "features/plan/plan.h"

namespace tiendo::plan {

// One row of the list of plans.
Value to_value(const Summary& summary);

// A plan with its versions side by side, the difference of each to the one before marked.
struct Board {
    Plan plan;
    std::vector<Version> versions;  // oldest first
    std::optional<VersionId> in_force;
    std::vector<Stated> stated;
};
Value to_value(const Board& board);

}  // namespace tiendo::plan
