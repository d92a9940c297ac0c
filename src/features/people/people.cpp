#include "features/people/people.h"

#include <utility>

#include "base/text.h"

namespace tiendo::people {

std::string birth_text(const Person& person) {
    if (!person.birth) return "";
    const std::string day = to_text(person.birth->date);
    switch (person.birth->precision) {
        case Precision::day: return day;
        case Precision::month: return day.substr(0, 7);
        case Precision::year: break;
    }
    return day.substr(0, 4);
}

std::string masked(std::string_view national_id) {
    constexpr std::size_t shown = 3;
    if (national_id.size() <= shown) return std::string(national_id);
    std::string text;
    for (std::size_t i = 0; i + shown < national_id.size(); ++i) text += "•";
    return text + std::string(national_id.substr(national_id.size() - shown));
}

std::optional<std::string> read_national_id(std::string_view written) {
    std::string digits;
    for (const char c : written) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != ' ' && c != '.' && c != '-' && c != '\'')
            return std::nullopt;
    }
    // A citizen ID has 12 digits and begins with a province 001-096: as a number cell it
    // lost one or two of them. 9 digits are an old identity card and stay as they are.
    if (digits.size() == 10 || digits.size() == 11) digits.insert(0, 12 - digits.size(), '0');
    if (digits.size() != 9 && digits.size() != 12) return std::nullopt;
    return digits;
}

std::string read_party_card(std::string_view written) {
    std::string card;
    for (const char c : clean(written))
        if (c != ' ' && c != '.' && c != '-' && c != '\'') card += c;
    return card;
}

namespace {

std::vector<Follower>& all_followers() {
    static std::vector<Follower> followers;
    return followers;
}

}  // namespace

void follow_merges(Follower follower) { all_followers().push_back(std::move(follower)); }
const std::vector<Follower>& followers() { return all_followers(); }

}  // namespace tiendo::people
