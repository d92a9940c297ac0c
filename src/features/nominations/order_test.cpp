// Who comes first when a place falls free: a table of cases.
#include "features/nominations/order.h"

#include <doctest/doctest.h>

#include <string>

namespace tiendo::nominations {
namespace {

constexpr organisations::UnitId asked{1}, other{2};

Nomination waiting(std::int64_t id, std::optional<organisations::UnitId> unit, std::int64_t choice,
                   std::int64_t received) {
    Nomination one;
    one.id = NominationId{id};
    one.asked_unit = unit;
    one.choice = choice;
    one.received_at = Instant{received};
    return one;
}

std::string order(const std::vector<Nomination>& people, const Seats& quotas, const Seats& admitted = {}) {
    std::string text;
    for (const NominationId id : in_order(people, quotas, admitted)) text += to_text(id);
    return text;
}

TEST_CASE("the unit that has not had its quota comes first, whatever the choice and the time") {
    CHECK(order({waiting(1, other, 1, 10), waiting(2, asked, 2, 20)}, {{asked, 1}, {other, 1}},
                {{other, 1}}) == "21");
}

TEST_CASE("within the quota the better choice comes first, then the earlier") {
    CHECK(order({waiting(1, asked, 2, 10), waiting(2, asked, 1, 30), waiting(3, asked, 1, 20)},
                {{asked, 3}}) == "321");
}

TEST_CASE("whoever is placed fills the quota of his unit for the next") {
    CHECK(order({waiting(1, asked, 1, 10), waiting(2, asked, 1, 11), waiting(3, other, 1, 12)},
                {{asked, 1}, {other, 1}}) == "132");
}

TEST_CASE("a unit that was not asked comes after all quotas") {
    CHECK(order({waiting(1, std::nullopt, 1, 10), waiting(2, asked, 1, 20)}, {{asked, 1}}) == "21");
}

TEST_CASE("the same moment is decided by the number of the row") {
    CHECK(order({waiting(2, asked, 1, 10), waiting(1, asked, 1, 10)}, {{asked, 2}}) == "12");
}

}  // namespace
}  // namespace tiendo::nominations
