// How two names are one name; private to this feature.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

// The reasons that the two names give: same_name, alone or with what was different about it; or
// one of initials, middle_name_missing, name_misspelt, names_differ.
std::vector<Reason> compare_names(const std::string& one, const std::string& other);

// One word for all orders of the same words: "an nguyen van" of a folded name.
std::string sorted_words(std::string_view folded);
// First letters in order, "nva", and whether a word but the last is no more than its letter.
struct Initials {
    std::string letters;
    bool abbreviated = false;
};
Initials initials_of(std::string_view folded);

// Whether one character was added, left out, changed, or changed places with its neighbour.
bool one_slip_apart(std::string_view one, std::string_view other);

}  // namespace tiendo::duplicates
