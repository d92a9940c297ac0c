#include "features/plan/plan_presenter.h"

#include <doctest/doctest.h>

namespace tiendo::plan {
namespace {

Version version(std::int64_t id, int number) {
    return {.id = VersionId{id}, .number = number, .effective_on = *Date::of(2017, number, 1)};
}

Stated stated(std::int64_t version, std::int64_t line, Targets targets) {
    Line said{.id = LineId{line}, .programme = {{}, "p" + std::to_string(line), ""}};
    said.targets = targets;
    return {VersionId{version}, said};
}

// Line 1 is amended, 2 dropped, 3 added with no target at all.
const Board board{
    {PlanId{1}, {}, 2017},
    {version(10, 1), version(11, 2)},
    VersionId{11},
    {stated(10, 1, {7, 500}), stated(10, 2, {3, 150}), stated(11, 1, {8, 500}), stated(11, 3, {})}};

TEST_CASE("versions stand side by side, with what differs from the one before") {
    const Value value = to_value(board);
    const auto& lines = *value["lines"].list_items();
    REQUIRE(lines.size() == 3);
    CHECK(*lines[0]["code"].text() == "p1");
    CHECK(*lines[1]["code"].text() == "p3");
    CHECK(*lines[2]["code"].text() == "p2");
    const auto target = [&](std::size_t line, std::size_t of) {
        return (*lines[line]["targets"].list_items())[of];
    };
    CHECK(*target(0, 1)["cohorts_changed"].truth());
    CHECK(*target(0, 1)["cohorts_was"].number() == 7);
    CHECK_FALSE(*target(0, 1)["learners_changed"].truth());
    CHECK_FALSE(*target(0, 0)["cohorts_changed"].truth());
    CHECK(*target(1, 1)["added"].truth());
    CHECK_FALSE(*target(1, 0)["dropped"].truth());
    CHECK_FALSE(*target(1, 0)["present"].truth());
    CHECK(*target(2, 1)["dropped"].truth());
    CHECK_FALSE(*target(2, 0)["added"].truth());
}

TEST_CASE("a version's total counts the lines that have a target; no target is not 0") {
    const Value value = to_value(board);
    const auto& versions = *value["versions"].list_items();
    CHECK(*versions[0]["target_cohorts"].number() == 10);
    CHECK(*versions[1]["target_cohorts"].number() == 8);
    CHECK(*versions[1]["target_learners"].number() == 500);
    CHECK_FALSE(*versions[0]["in_force"].truth());
    CHECK(*versions[1]["in_force"].truth());
    const Board without{board.plan, {version(10, 1)}, {}, {stated(10, 1, {})}};
    CHECK((*to_value(without)["versions"].list_items())[0]["target_cohorts"].is_null());
}

}  // namespace
}  // namespace tiendo::plan
