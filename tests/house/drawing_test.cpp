#include "drawing.h"

#include <doctest/doctest.h>

using namespace house;

namespace {
std::size_t count(const std::string& text, const std::string& part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
    return times;
}
}  // namespace

TEST_CASE("drawing: every part is a box, every use a line") {
    const auto svg =
        draw(parse_parts("base: \nplatform_db: base\nplatform_web: base platform_db\n"
                         "feature_ledger: platform_db\nfeature_plan: platform_db feature_ledger\n"));
    CHECK(count(svg, "class=\"box\"") == 6);  // the five, and app
    CHECK(count(svg, "class=\"use\"") == 2);  // web on db, plan on ledger
    CHECK(count(svg, ">ledger</text>") == 1);
}

TEST_CASE("drawing: a use that follows from another is left out") {
    const auto svg = draw(parse_parts("feature_a: \nfeature_b: feature_a\nfeature_c: feature_a feature_b\n"));
    CHECK(count(svg, "class=\"use\"") == 2);
}

TEST_CASE("drawing: another use makes another drawing") {
    CHECK(draw(parse_parts("feature_a: \nfeature_b: feature_a\n")) !=
          draw(parse_parts("feature_a: \nfeature_b: \n")));
}

TEST_CASE("drawing: a use that passes a row is drawn past the boxes of that row") {
    const auto svg =
        draw(parse_parts("feature_a: \nfeature_b: \nfeature_c: feature_b\nfeature_d: feature_a feature_c\n"));
    CHECK(count(svg, "class=\"use\"") == 4);  // d-c, c-b, and d-a in two pieces
    CHECK(count(svg, "class=\"box\"") == 6);  // a way point is no box
}
