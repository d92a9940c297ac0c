// What speaks for two records being one person, and what against; part of duplicates.h.
#pragma once
#include <optional>
#include <string_view>

namespace tiendo::duplicates {

enum class Reason {
    same_id,
    id_lost_zeros,
    id_shortened,
    id_one_digit_off,
    old_id_new_id,  // 9 digits in one record, 12 in the other: no evidence either way
    ids_differ,
    same_card,
    card_one_digit_off,  // cards are numbered in a row: no evidence for one person, nor against
    cards_differ,
    same_name_and_birth,
    same_name,
    tone_placement,      // Hoà and Hòa
    diacritics_missing,  // Nguyen Van An
    marks_differ,        // Hương and Hường: another word, or a slip
    name_order,          // An Nguyễn Văn
    initials,            // Nguyễn V. An
    middle_name_missing,
    name_misspelt,
    names_differ,
    same_birth,
    day_month_swapped,
    birth_one_digit_off,
    birth_year_only,  // one of them says no more than the year, or 1 January
    birth_differs,
    same_unit,
    unit_changed,
    sex_differs,
};
std::string_view to_text(Reason reason);  // "same_card"; its text is "duplicates.reason.same_card"
std::optional<Reason> parse_reason(std::string_view text);
// What it adds to the score; negative when it speaks against, 0 when it only explains.
int weight_of(Reason reason);

}  // namespace tiendo::duplicates
