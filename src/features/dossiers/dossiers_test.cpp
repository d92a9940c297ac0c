#include "features/dossiers/dossiers.h"

#include <doctest/doctest.h>

#include <array>

namespace tiendo::dossiers {
namespace {

CostLine line(const char* kind, Stage stage, std::int64_t amount) {
    return {.id = 1,
            .stage = stage,
            .kind = kind,
            .kind_name = {kind, kind},
            .amount_dong = amount,
            .note = {},
            .paper_number = {}};
}

TEST_CASE("costs of one kind add up, planned and spent apart") {
    const std::array lines{line("lecturers", Stage::planned, 12'000'000),
                           line("lecturers", Stage::spent, 4'000'000),
                           line("lecturers", Stage::spent, 5'500'000), line("travel", Stage::spent, 300'000)};
    const auto totals = totals_of(lines);
    REQUIRE(totals.size() == 2);
    CHECK(totals[0].planned == 12'000'000);
    CHECK(totals[0].spent == 9'500'000);
    CHECK(totals[1].planned == 0);
    CHECK(totals[1].spent == 300'000);
    CHECK(totals_of({}).empty());
}

TEST_CASE("bodies and names are what they are written as") {
    for (const Body body : {Body::board, Body::class_manager, Body::committee})
        CHECK(parse_body(to_text(body)) == body);
    CHECK(!parse_body("king"));
    const Name name{"Sổ", "Register"};
    CHECK(name.in(i18n::Language::vi) == "Sổ");
    CHECK(name.in(i18n::Language::en) == "Register");
}

}  // namespace
}  // namespace tiendo::dossiers
