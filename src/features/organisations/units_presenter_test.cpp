#include "features/organisations/units_presenter.h"

#include <doctest/doctest.h>

namespace tiendo::organisations {
namespace {

Unit unit(std::int64_t id, std::int64_t parent, const char* name) {
    return {UnitId{id}, parent == 0 ? std::nullopt : std::optional(UnitId{parent}), "", name,
            "affiliated_unit"};
}

std::string drawn(const std::vector<Unit>& units) {
    std::string tree;
    for (const Placed& one : in_tree_order(units))
        tree +=
            std::string(static_cast<std::size_t>(one.depth), '.') + one.unit.name + "(" + one.parent + ") ";
    return tree;
}

TEST_CASE("every unit comes after its parent, and a subtree has a root of its own") {
    CHECK(drawn({unit(1, 0, "C"), unit(4, 2, "x"), unit(2, 1, "A"), unit(3, 1, "B"), unit(5, 3, "y")}) ==
          "C() .A(C) ..x(A) .B(C) ..y(B) ");
    CHECK(drawn({unit(4, 2, "x"), unit(2, 1, "A")}) == "A() .x(A) ");
    CHECK(drawn({}).empty());
}

}  // namespace
}  // namespace tiendo::organisations
