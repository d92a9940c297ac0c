// How well a sweep finds the duplicates of a register that knows them.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "platform/db/db.h"
#include "register.h"

namespace tiendo::tests {

// Of the pairs from a score on: so many were found, and so many of them are one person.
struct Found {
    std::int64_t pairs = 0, right = 0;
};
struct Share {
    std::int64_t found = 0, of = 0;
};
struct Figures {
    std::int64_t twice = 0;                 // people who are twice in the register
    std::map<int, Found> from;              // by score: shown_from, likely_from, proposed_from
    std::map<std::string, Share> by_error;  // of those shown
};
Figures figures_of(db::Database& database, const Register& made);

// In thousandths, truncated.
inline std::int64_t per_mille(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : part * 1000 / whole;
}

}  // namespace tiendo::tests
