#include "features/people/people.h"

#include <algorithm>

namespace tiendo::people {

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

}  // namespace tiendo::people
