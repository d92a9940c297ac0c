// What a record of the register says, as duplicates read it; private to this feature.
#pragma once
#include <string_view>

#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {

inline std::string_view without_zeros(std::string_view digits) {
    const std::size_t first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view{} : digits.substr(first);
}

// 1 January is how lists write a birth of which only the year is known: as a day it tells nothing.
inline bool knows_month(const people::Birth& birth) {
    const bool new_year = birth.date.month() == 1 && birth.date.day() == 1;
    return birth.precision == Precision::month || (birth.precision == Precision::day && !new_year);
}
inline bool names_a_day(const people::Birth& birth) {
    return birth.precision == Precision::day && knows_month(birth);
}

// A number that changes whenever what is compared of the two people changes.
std::int64_t looks_of(const people::Person& first, const people::Person& second);

}  // namespace tiendo::duplicates
