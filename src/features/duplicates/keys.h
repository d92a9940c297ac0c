// Which records are worth comparing: those that share a key; private to this feature.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

struct Keyed {
    std::uint64_t key = 0;
    std::int64_t person = 0;
    // Two records that share a key are compared when at least one of them is odd: of all who
    // are called so and born in that year, only those of whom no more is known need looking at.
    bool odd = true;
};

// How many keys a record has at most; most have seven.
inline constexpr int most_keys = 12;
// The keys of one record; `search` is the folded name.
void keys_of(const people::Person& person, std::string_view search, const std::function<void(Keyed)>& emit);

using Candidate = std::pair<std::int64_t, std::int64_t>;  // the smaller id first
// The pairs that share a key, each once, in order. Reorders `keyed`. A key that so many share
// that it means nothing gives none.
std::vector<Candidate> candidates_of(std::vector<Keyed>& keyed);

}  // namespace tiendo::duplicates
