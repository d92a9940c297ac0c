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
    const Unit& unit = placed.unit;
    return Value::object({{"id", unit.id},
                          {"code", unit.code},
                          {"name", unit.name},
                          {"kind", unit.kind},
                          {"parent", placed.parent.empty() ? Value() : Value(placed.parent)},
                          {"depth", placed.depth},
                          {"begins_on", unit.begins_on},
                          {"ends_on", unit.ends_on}});
}

std::vector<Called> names_of(db::Read& tx, UnitId unit) {
    std::vector<Called> names;
    tx.each(R"sql(select name, valid_from from unit_names where unit = :unit
                  order by valid_from nulls first, id)sql",
            {{"unit", unit}}, [&](const db::Row& row) {
                const auto from = row.maybe_date(1);
                // A later word on the same day corrects the first.
                if (!names.empty() && names.back().from == from) names.pop_back();
                if (!names.empty()) names.back().until = from;
                names.push_back({row.text(0), from, std::nullopt});
            });
    return names;
}

namespace {

Value to_value(const Event& event) {
    return Value::object({{"id", std::to_string(event.id)},
                          {"kind", event.kind},
                          {"effective_on", event.effective_on},
                          {"other", event.other_name},
                          {"before", event.before},
                          {"after", event.after},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by},
                          {"reason", event.reason},
                          {"basis", event.basis},
                          {"source_place", event.source_place},
                          {"document", event.document_title}});
}

// A unit named beside another; null where the actor may not see it.
Value beside(db::Read& tx, const web::Actor& actor, const std::optional<UnitId>& id) {
    if (!id || !may(tx, actor, see_units, *id)) return {};
    const auto unit = find_unit(tx, *id);
    return Value::object({{"id", unit->id}, {"code", unit->code}, {"name", unit->name}});
}

std::vector<Unit> children_of(db::Read& tx, UnitId parent) {
    return tx.all<Unit>(
        R"sql(select id, parent, code, name, kind, begins_on, ends_on, successor from units
              where parent = :parent order by ends_on nulls first, search, id)sql",
        {{"parent", parent}}, [](const db::Row& row) {
            return Unit{
                row.id<UnitId>(0), row.maybe_id<UnitId>(1), row.text(2),       row.text(3),
                row.text(4),       row.maybe_date(5),       row.maybe_date(6), row.maybe_id<UnitId>(7)};
        });
}

}  // namespace

Value portrait(db::Read& tx, const web::Actor& actor, const Unit& unit) {
    // Whoever reaches a unit reaches what is beneath it.
    const auto child = [](const Unit& one) {
        return Value::object({{"id", one.id},
                              {"code", one.code},
                              {"name", one.name},
                              {"kind", one.kind},
                              {"begins_on", one.begins_on},
                              {"ends_on", one.ends_on}});
    };
    const auto called = [](const Called& one) {
        return Value::object({{"name", one.name}, {"from", one.from}, {"until", one.until}});
    };
    return Value::object(
        {{"id", unit.id},
         {"code", unit.code},
         {"name", unit.name},
         {"kind", unit.kind},
         {"parent", beside(tx, actor, unit.parent)},
         {"begins_on", unit.begins_on},
         {"ends_on", unit.ends_on},
         {"successor", beside(tx, actor, unit.successor)},
         {"names", list_of(names_of(tx, unit.id), called)},
         {"children", list_of(children_of(tx, unit.id), child)},
         {"events", list_of(history(tx, unit.id), [](const Event& event) { return to_value(event); })}});
}

}  // namespace tiendo::organisations
