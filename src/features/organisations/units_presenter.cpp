#include "features/organisations/units_presenter.h"

#include <unordered_map>

namespace tiendo::organisations {
namespace {

class Tree {
 public:
    explicit Tree(const std::vector<Unit>& units) {
        for (const Unit& unit : units) by_id_.emplace(unit.id, &unit);
        for (const Unit& unit : units)
            if (unit.parent && by_id_.contains(*unit.parent))
                below_[*unit.parent].push_back(&unit);
            else
                roots_.push_back(&unit);
    }
    std::vector<Placed> walk() {
        for (const Unit* root : roots_) descend(*root, "", 0);
        return std::move(walked_);
    }

 private:
    void descend(const Unit& unit, const std::string& parent, int depth) {
        walked_.push_back({unit, parent, depth});
        for (const Unit* child : below_[unit.id]) descend(*child, unit.name, depth + 1);
    }
    std::unordered_map<UnitId, const Unit*> by_id_;
    std::unordered_map<UnitId, std::vector<const Unit*>> below_;
    std::vector<const Unit*> roots_;
    std::vector<Placed> walked_;
};

}  // namespace

std::vector<Placed> in_tree_order(const std::vector<Unit>& units) { return Tree(units).walk(); }

Value to_value(const Placed& placed) {
    return Value::object({{"id", placed.unit.id},
                          {"code", placed.unit.code},
                          {"name", placed.unit.name},
                          {"kind", placed.unit.kind},
                          {"parent", placed.parent.empty() ? Value() : Value(placed.parent)},
                          {"depth", placed.depth}});
}

}  // namespace tiendo::organisations
