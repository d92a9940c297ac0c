// Whether somebody known by a number is whom a row with that number means.
#include <algorithm>

#include "base/text.h"
#include "features/people/people.h"

namespace tiendo::people {
namespace {

// Two that are different persons may be born in one year, so only a day speaks for its bearer.
enum class Births { same_day, may_be_one, differ };

Births compared(const std::optional<Birth>& a, const std::optional<Birth>& b) {
    if (!a || !b) return Births::may_be_one;
    const Precision coarse = std::max(a->precision, b->precision);
    if (coarse == Precision::day) return a->date == b->date ? Births::same_day : Births::differ;
    const bool same =
        a->date.year() == b->date.year() && (coarse == Precision::year || a->date.month() == b->date.month());
    return same ? Births::may_be_one : Births::differ;
}

// The last word tells people apart; what stands before it lists leave out and shorten. Folded, so that
// marks and where they stand do not matter.
std::string given_name(std::string_view full_name) {
    const std::string folded = fold(full_name);
    return folded.substr(folded.rfind(' ') + 1);
}

bool is_respelt(std::string_view name, std::string_view other) {
    constexpr int same_name = 60;  // a respelling, a missing middle name
    return likeness(name, other) >= same_name;
}

}  // namespace

Bearer bearer(const Person& known, std::string_view said_name, const std::optional<Birth>& said_birth) {
    const Births births = compared(known.birth, said_birth);
    const bool one_name = said_name == known.full_name || fold(said_name) == fold(known.full_name);
    const bool same_given = one_name || given_name(known.full_name) == given_name(said_name);
    const bool alike = one_name || is_respelt(said_name, known.full_name);
    if (same_given && alike) return births == Births::differ ? Bearer::doubtful : Bearer::same;
    if (births == Births::differ) return Bearer::other;
    return same_given || alike || births == Births::same_day ? Bearer::doubtful : Bearer::other;
}

Refusals differences(int row, const Person& known, std::string_view said_name,
                     const std::optional<Birth>& said_birth) {
    Refusals found;
    if (said_name != known.full_name && sort_key(said_name) != sort_key(known.full_name))
        found.push_back(
            {"", "people.name_differs", {std::to_string(row), known.full_name, std::string(said_name)}});
    if (compared(known.birth, said_birth) == Births::differ)
        found.push_back(
            {"",
             "people.birth_differs",
             {std::to_string(row), known.full_name, birth_text(known), birth_text({.birth = said_birth})}});
    return found;
}

}  // namespace tiendo::people
