#include "features/duplicates/agreement.h"

#include "base/text.h"
#include "features/duplicates/names.h"

namespace tiendo::duplicates {
namespace {

using How = Agreement::How;

// Of a field that one of the two lacks, or both.
std::optional<Agreement> missing(bool one, bool other) {
    if (one && other) return std::nullopt;
    return Agreement{.how = one || other ? How::one_missing : How::neither};
}

Agreement digit_by_digit(std::string_view one, std::string_view other) {
    Agreement agreement{.how = How::differs};
    if (one.size() != other.size()) return agreement;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (one[i] != other[i]) agreement.places.push_back(static_cast<int>(i) + 1);
    agreement.digits_apart = static_cast<int>(agreement.places.size());
    // Of many places the list would tell nothing.
    constexpr std::size_t few = 3;
    if (agreement.places.size() > few) agreement.places.clear();
    return agreement;
}

}  // namespace

std::string_view to_text(How how) {
    switch (how) {
        case How::same: return "same";
        case How::nearly: return "nearly";
        case How::differs: return "differs";
        case How::one_missing: return "one_missing";
        case How::neither: return "neither";
    }
    return "";
}

Agreement names_agree(const people::Person& one, const people::Person& other) {
    const auto reasons = compare_names(one.full_name, other.full_name);
    if (reasons.back() == Reason::same_name) return {.how = How::same};
    if (reasons.back() == Reason::names_differ) return {.how = How::differs};
    const How how = reasons.back() == Reason::tone_placement ? How::same : How::nearly;
    return {.how = how, .because = reasons.back()};
}

Agreement births_agree(const people::Person& one, const people::Person& other) {
    if (const auto lacking = missing(one.birth.has_value(), other.birth.has_value())) return *lacking;
    const Reason reason = compare_births(one.birth, other.birth).value();
    const bool same = one.birth->date == other.birth->date && one.birth->precision == other.birth->precision;
    if (same || reason == Reason::same_birth) return {.how = How::same};
    if (reason == Reason::birth_differs) return {.how = How::differs};
    return {.how = How::nearly, .because = reason};
}

Agreement ids_agree(std::string_view one, std::string_view other) {
    if (const auto lacking = missing(!one.empty(), !other.empty())) return *lacking;
    if (one == other) return {.how = How::same};
    const Reason reason = compare_ids(one, other).value();
    if (one.size() == other.size() || reason == Reason::ids_differ) return digit_by_digit(one, other);
    return {.how = How::nearly, .because = reason};
}

Agreement cards_agree(std::string_view one, std::string_view other) {
    if (const auto lacking = missing(!one.empty(), !other.empty())) return *lacking;
    return one == other ? Agreement{.how = How::same} : digit_by_digit(one, other);
}

Agreement texts_agree(std::string_view one, std::string_view other) {
    if (const auto lacking = missing(!one.empty(), !other.empty())) return *lacking;
    return {.how = fold(one) == fold(other) ? How::same : How::differs};
}

}  // namespace tiendo::duplicates
