// National ID numbers of Viet Nam as cells hold them, and what their digits say.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tiendo::office {

struct CitizenId {
    std::string digits;      // 12, or the 9 of an old identity card
    int zeros_put_back = 0;  // a number cell loses the zeros in front: every ID begins with one
};
// Blanks, dots, hyphens and an apostrophe in front are no part of it. None when it has neither 9,
// 10, 11 nor 12 digits.
std::optional<CitizenId> read_citizen_id(std::string_view written);

// What 12 digits say (Circular 07/2016/TT-BCA, article 7, and its annexes): three of the province
// of birth, one of the century and the sex, two of the year.
struct SaidByCitizenId {
    bool has_province = false;  // 001 to 096
    std::string_view sex;       // male, female
    int birth_year = 0;
};
// None for an old number of 9 digits, which says nothing.
std::optional<SaidByCitizenId> said_by(const CitizenId& id);

}  // namespace tiendo::office
