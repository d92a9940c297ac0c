// How far two records agree, field by field; private to this feature.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

// What two IDs of some length have in common; none when one of them is missing.
std::optional<Reason> compare_ids(std::string_view one, std::string_view other);
std::optional<Reason> compare_births(const std::optional<people::Birth>& one,
                                     const std::optional<people::Birth>& other);

struct Agreement {
    // nearly: not the same, but as a slip of the pen leaves it; the reason says which.
    enum class How { same, nearly, differs, one_missing, neither };
    How how = How::neither;
    std::optional<Reason> because = {};
    // Of two IDs equally long: how many digits differ, and their places, counted from 1, when they are few.
    int digits_apart = 0;
    std::vector<int> places = {};
};
std::string_view to_text(Agreement::How how);

Agreement names_agree(const people::Person& one, const people::Person& other);
Agreement births_agree(const people::Person& one, const people::Person& other);
// What agrees is told even where the numbers themselves are masked.
Agreement ids_agree(std::string_view one, std::string_view other);
Agreement cards_agree(std::string_view one, std::string_view other);
// Marks and case aside.
Agreement texts_agree(std::string_view one, std::string_view other);

}  // namespace tiendo::duplicates
