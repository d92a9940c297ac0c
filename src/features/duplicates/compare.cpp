// The score of two records: what speaks for one person, what against, and how much.
#include <algorithm>

#include "features/duplicates/agreement.h"
#include "features/duplicates/names.h"
#include "features/duplicates/records.h"

namespace tiendo::duplicates {

std::optional<Reason> compare_ids(std::string_view one, std::string_view other) {
    if (one.empty() || other.empty()) return std::nullopt;
    if (one == other) return Reason::same_id;
    if (without_zeros(one) == without_zeros(other)) return Reason::id_lost_zeros;
    if (one.size() > other.size()) std::swap(one, other);
    if (one.size() == other.size())
        return one_slip_apart(one, other) ? Reason::id_one_digit_off : Reason::ids_differ;
    constexpr std::size_t enough_left = 6;
    if (one.size() >= enough_left && (other.starts_with(one) || other.ends_with(one)))
        return Reason::id_shortened;
    constexpr std::size_t old_card = 9, citizen = 12;
    if (one.size() == old_card && other.size() == citizen) return Reason::old_id_new_id;
    return one_slip_apart(one, other) ? Reason::id_one_digit_off : Reason::ids_differ;
}

std::optional<Reason> compare_births(const std::optional<people::Birth>& one,
                                     const std::optional<people::Birth>& other) {
    if (!one || !other) return std::nullopt;
    const Date a = one->date, b = other->date;
    if (!names_a_day(*one) || !names_a_day(*other)) {
        const bool months_known = knows_month(*one) && knows_month(*other);
        const bool agree = a.year() == b.year() && (!months_known || a.month() == b.month());
        return agree ? Reason::birth_year_only : Reason::birth_differs;
    }
    if (a == b) return Reason::same_birth;
    if (a.year() == b.year() && a.day() == b.month() && a.month() == b.day())
        return Reason::day_month_swapped;
    const std::string first = to_text(a), second = to_text(b);
    int digits_apart = 0;
    for (std::size_t i = 0; i < first.size(); ++i) digits_apart += first[i] != second[i] ? 1 : 0;
    return digits_apart == 1 ? Reason::birth_one_digit_off : Reason::birth_differs;
}

namespace {

// A name and a birth date that agree are one reason to the reader.
void join_name_and_birth(std::vector<Reason>& reasons) {
    const auto name = std::find(reasons.begin(), reasons.end(), Reason::same_name);
    const auto birth = std::find(reasons.begin(), reasons.end(), Reason::same_birth);
    if (name == reasons.end() || birth == reasons.end()) return;
    *name = Reason::same_name_and_birth;
    reasons.erase(birth);
}

// More than a name, a unit and what goes without saying.
bool says_more_than_a_name(Reason reason) {
    switch (reason) {
        case Reason::same_id:
        case Reason::id_lost_zeros:
        case Reason::id_shortened:
        case Reason::id_one_digit_off:
        case Reason::same_card:
        case Reason::same_name_and_birth:
        case Reason::same_birth:
        case Reason::day_month_swapped:
        case Reason::birth_one_digit_off:
        case Reason::birth_year_only: return true;
        default: return false;
    }
}

std::optional<Reason> compare_cards(std::string_view one, std::string_view other) {
    if (one.empty() || other.empty()) return std::nullopt;
    if (one == other) return Reason::same_card;
    return one_slip_apart(one, other) ? Reason::card_one_digit_off : Reason::cards_differ;
}

std::vector<Reason> reasons_of(const people::Person& one, const people::Person& other) {
    std::vector<Reason> reasons = compare_names(one.full_name, other.full_name);
    const auto add = [&](const std::optional<Reason>& reason) {
        if (reason) reasons.push_back(*reason);
    };
    add(compare_ids(one.national_id, other.national_id));
    add(compare_births(one.birth, other.birth));
    add(compare_cards(one.party_card, other.party_card));
    if (!one.sex.empty() && !other.sex.empty() && one.sex != other.sex) add(Reason::sex_differs);
    add(one.unit == other.unit ? Reason::same_unit : Reason::unit_changed);
    join_name_and_birth(reasons);
    return reasons;
}

}  // namespace

std::optional<Pair> compare(const people::Person& one, const people::Person& other) {
    std::vector<Reason> reasons = reasons_of(one, other);
    if (std::none_of(reasons.begin(), reasons.end(), says_more_than_a_name)) return std::nullopt;
    int score = 0;
    for (const Reason reason : reasons) score += weight_of(reason);
    if (score < shown_from) return std::nullopt;
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](Reason a, Reason b) { return weight_of(a) > weight_of(b); });
    return Pair{std::min(one.id, other.id), std::max(one.id, other.id), std::min(score, 100),
                std::move(reasons)};
}

}  // namespace tiendo::duplicates
