// What docs/algorithms/duplicates.md promises of 20,000 records.
#include <doctest/doctest.h>

#include "features/accounts/accounts.h"
#include "features/duplicates/duplicates.h"
#include "figures.h"
#include "platform/db/testing.h"

using namespace tiendo;

namespace {

const Clock clock_of_test = [] { return Instant{1'500'000'000'000}; };

web::Actor operator_of(db::Database& database) {
    return database.read([](db::Read& tx) { return accounts::operator_actor(tx); });
}

}  // namespace

TEST_CASE("of 20,000 records, duplicates are found and others are not") {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [](db::Database& database) {
        const tests::Register made = tests::fill(database, {.people = 20'000, .seed = 7});
        const auto swept = duplicates::sweep(database, operator_of(database), clock_of_test,
                                             [](std::int64_t, std::int64_t) {});
        CHECK(swept.people == 20'000);
        tests::Figures figures = tests::figures_of(database, made);
        REQUIRE(figures.twice > 1'000);
        const tests::Found shown = figures.from[duplicates::shown_from];
        const tests::Found proposed = figures.from[duplicates::proposed_from];
        CHECK(swept.pairs == shown.pairs);
        CHECK(tests::per_mille(shown.right, shown.pairs) >= 970);
        CHECK(tests::per_mille(shown.right, figures.twice) >= 850);
        CHECK(tests::per_mille(proposed.right, proposed.pairs) >= 990);
        CHECK(tests::per_mille(proposed.right, figures.twice) >= 500);
    });
}
