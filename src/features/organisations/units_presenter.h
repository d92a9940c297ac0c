// What pages and JSON say of units; private to this feature.
#pragma once
#include <string>
#include <vector>

#include "base/value.h"
#include "features/organisations/organisations.h"

namespace tiendo::organisations {

// A unit where it stands in the tree that somebody may see.
struct Placed {
    Unit unit;
    std::string parent;  // its name; empty when it is not within that tree
    int depth = 0;
};
// Every unit after its parent, siblings in the order given.
std::vector<Placed> in_tree_order(const std::vector<Unit>& units);

// {"id", "code", "name", "kind", "parent", "depth"}
Value to_value(const Placed& placed);

}  // namespace tiendo::organisations
