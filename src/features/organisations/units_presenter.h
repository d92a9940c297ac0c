// What pages and JSON say of units; private to this feature.
#pragma once
#include <string>
#include <vector>

#include "base/value.h"
#include "features/organisations/organisations.h"
#include "features/organisations/unit_store.h"

namespace tiendo::organisations {

// A unit where it stands in the tree that somebody may see.
struct Placed {
    Unit unit;
    std::string parent;  // its name; empty when it is not within that tree
    int depth = 0;
};
// Every unit after its parent, siblings in the order given.
std::vector<Placed> in_tree_order(const std::vector<Unit>& units);

// {"id", "code", "name", "kind", "parent", "depth", "begins_on", "ends_on"}
Value to_value(const Placed& placed);

// What a unit was called, and from when until when; none: since the beginning, until today.
struct Called {
    std::string name;
    std::optional<Date> from, until;
};
std::vector<Called> names_of(db::Read& tx, UnitId unit);

// {"id", "code", "name", "kind", "parent", "begins_on", "ends_on", "successor", "names", "children",
// "events"}: of parent, successor and children only what the actor may see.
Value portrait(db::Read& tx, const web::Actor& actor, const Unit& unit);

}  // namespace tiendo::organisations
