#include <algorithm>
#include <array>

#include "features/duplicates/duplicates.h"

namespace tiendo::duplicates {
namespace {

struct Known {
    Reason reason;
    std::string_view name;
    int weight;
};

// The weights were set by hand and checked on generated registers (docs/algorithms/duplicates.md).
// Name and birth date together make 75, with the same unit 87: proposed, never decided. A name and
// a unit make 52, which compare() lets nobody see.
constexpr std::array known{
    Known{Reason::same_id, "same_id", 60},
    Known{Reason::id_lost_zeros, "id_lost_zeros", 55},
    Known{Reason::id_shortened, "id_shortened", 40},
    Known{Reason::id_one_digit_off, "id_one_digit_off", 35},
    Known{Reason::old_id_new_id, "old_id_new_id", 0},
    Known{Reason::ids_differ, "ids_differ", -50},
    Known{Reason::same_card, "same_card", 60},
    Known{Reason::card_one_digit_off, "card_one_digit_off", 0},
    Known{Reason::cards_differ, "cards_differ", -40},
    Known{Reason::same_name_and_birth, "same_name_and_birth", 75},
    Known{Reason::same_name, "same_name", 40},
    Known{Reason::tone_placement, "tone_placement", 0},
    Known{Reason::diacritics_missing, "diacritics_missing", -2},
    Known{Reason::marks_differ, "marks_differ", -28},
    Known{Reason::name_order, "name_order", -6},
    Known{Reason::initials, "initials", 28},
    Known{Reason::middle_name_missing, "middle_name_missing", 22},
    Known{Reason::name_misspelt, "name_misspelt", 26},
    Known{Reason::names_differ, "names_differ", -35},
    Known{Reason::same_birth, "same_birth", 35},
    Known{Reason::day_month_swapped, "day_month_swapped", 25},
    Known{Reason::birth_one_digit_off, "birth_one_digit_off", 18},
    Known{Reason::birth_year_only, "birth_year_only", 8},
    Known{Reason::birth_differs, "birth_differs", -40},
    Known{Reason::same_unit, "same_unit", 12},
    Known{Reason::unit_changed, "unit_changed", 0},
    Known{Reason::sex_differs, "sex_differs", -20},
};

const Known& entry_of(Reason reason) {
    return *std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.reason == reason; });
}

}  // namespace

std::string_view to_text(Reason reason) { return entry_of(reason).name; }

std::optional<Reason> parse_reason(std::string_view text) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.name == text; });
    return found == known.end() ? std::nullopt : std::optional(found->reason);
}

int weight_of(Reason reason) { return entry_of(reason).weight; }

std::string_view to_text(State state) {
    switch (state) {
        case State::open: return "open";
        case State::dismissed: return "dismissed";
        case State::merged: return "merged";
    }
    return "";
}

std::optional<State> parse_state(std::string_view text) {
    for (const State state : {State::open, State::dismissed, State::merged})
        if (to_text(state) == text) return state;
    return std::nullopt;
}

}  // namespace tiendo::duplicates
