// A register with known duplicates: names as frequent as Vietnamese names are, so that different
// people share a name and sometimes a birth date, and second records with the errors that lists
// bring. Which errors, at which rates: docs/algorithms/duplicates.md.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "platform/db/db.h"

namespace tiendo::tests {

struct Shape {
    std::int64_t people = 20'000;  // records, those twice in it counted twice
    std::uint64_t seed = 1;
};

// What is wrong with the second record of somebody, name and birth date apart.
struct Error {
    std::string name, birth;
};
struct Register {
    // Which records are one person, the smaller id first, and what was done to the second.
    std::map<std::pair<std::int64_t, std::int64_t>, Error> twice;
    // Twins: one birth date and unit, IDs and names alike, and two people.
    std::int64_t twins = 0;
};

// Fills a database that has its schema and nothing else. The same shape makes the same register
// but for the ids.
Register fill(db::Database& database, const Shape& shape);

}  // namespace tiendo::tests
