#include "platform/office/citizen_id.h"

namespace tiendo::office {

std::optional<CitizenId> read_citizen_id(std::string_view written) {
    constexpr std::size_t whole = 12, old_card = 9, most_zeros = 2;
    CitizenId id;
    for (const char c : written) {
        if (c >= '0' && c <= '9')
            id.digits += c;
        else if (c != ' ' && c != '.' && c != '-' && c != '\'')
            return std::nullopt;
    }
    const std::size_t count = id.digits.size();
    if (count < whole && count + most_zeros >= whole) {
        id.zeros_put_back = static_cast<int>(whole - count);
        id.digits.insert(0, whole - count, '0');
    }
    if (id.digits.size() != whole && id.digits.size() != old_card) return std::nullopt;
    return id;
}

std::optional<SaidByCitizenId> said_by(const CitizenId& id) {
    if (id.digits.size() != 12) return std::nullopt;
    const auto digit = [&](std::size_t place) { return id.digits[place] - '0'; };
    const int province = digit(0) * 100 + digit(1) * 10 + digit(2);
    // 0 and 1 are the 20th century, 2 and 3 the 21st; even is a man, odd a woman.
    constexpr int first_century = 1900, last_province = 96;
    return SaidByCitizenId{.has_province = province >= 1 && province <= last_province,
                           .sex = digit(3) % 2 == 0 ? "male" : "female",
                           .birth_year = first_century + 100 * (digit(3) / 2) + 10 * digit(4) + digit(5)};
}

}  // namespace tiendo::office
