#include "base/number_text.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/text.h"

namespace tiendo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// Digits in groups and what stands between them: "1.350,00" is 1 350 00 and ".,".
struct Numeral {
    std::vector<std::string_view> groups;
    std::string separators;
    std::size_t length = 0;  // of the text it took
};

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - at;
}

Numeral numeral_at_start(std::string_view text) {
    Numeral numeral;
    std::size_t at = 0;
    for (;;) {
        const std::size_t count = digits_at(text, at);
        numeral.groups.push_back(text.substr(at, count));
        at += count;
        if (at >= text.size() || (text[at] != '.' && text[at] != ',' && text[at] != ' ')) break;
        const std::size_t next = digits_at(text, at + 1);
        // A blank groups thousands or ends the number; only what follows tells.
        if (next == 0 || (text[at] == ' ' && next != 3)) break;
        numeral.separators += text[at++];
    }
    numeral.length = at;
    return numeral;
}

bool groups_thousands(const Numeral& numeral, std::size_t group_count) {
    if (group_count < 2) return false;
    const std::string_view first = numeral.groups[0];
    if (first.size() > 3 || first[0] == '0') return false;
    for (std::size_t i = 1; i < group_count; ++i)
        if (numeral.groups[i].size() != 3 || numeral.separators[i - 1] != numeral.separators[0]) return false;
    return true;
}

std::optional<std::int64_t> value_of(const Numeral& numeral, bool negative) {
    const std::size_t count = numeral.groups.size();
    std::size_t whole_groups = count;
    if (count > 1 && !groups_thousands(numeral, count)) {
        // Then the last group is a fraction, and before it stands one group, or thousands
        // grouped by the other sign.
        whole_groups = count - 1;
        const char decimal_sign = numeral.separators.back();
        const std::string_view fraction = numeral.groups.back();
        if (decimal_sign == ' ' || fraction.find_first_not_of('0') != std::string_view::npos)
            return std::nullopt;
        if (whole_groups > 1 &&
            (!groups_thousands(numeral, whole_groups) || numeral.separators[0] == decimal_sign))
            return std::nullopt;
    }
    std::string digits = negative ? "-" : "";
    for (std::size_t i = 0; i < whole_groups; ++i) digits += numeral.groups[i];
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

// Takes a sign off the front, the typographic minus too.
bool take_minus(std::string_view& text) {
    constexpr std::string_view minus = "\u2212";
    if (text.starts_with('-'))
        text.remove_prefix(1);
    else if (text.starts_with(minus))
        text.remove_prefix(minus.size());
    else
        return false;
    return true;
}

bool only_words(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || c == ' ' || c == '.' || c == ',' || c == '(' || c == ')';
    });
}

}  // namespace

std::optional<std::int64_t> read_count(std::string_view text) {
    if (text.size() > 200) return std::nullopt;
    const std::string cleaned = clean(text);
    std::string_view rest = cleaned;
    const bool negative = take_minus(rest);
    if (!negative && rest.starts_with('+')) rest.remove_prefix(1);
    if (rest.empty() || !is_digit(rest[0])) return std::nullopt;
    const Numeral numeral = numeral_at_start(rest);
    if (!only_words(rest.substr(numeral.length))) return std::nullopt;
    return value_of(numeral, negative);
}

std::optional<std::int64_t> count_within(std::string_view text) {
    if (text.size() > 1000) return std::nullopt;
    const std::string cleaned = clean(text);
    const std::string_view whole = cleaned;
    std::optional<std::int64_t> found;
    for (std::size_t at = 0; at < whole.size();) {
        if (!is_digit(whole[at])) {
            ++at;
            continue;
        }
        const Numeral numeral = numeral_at_start(whole.substr(at));
        if (found) return std::nullopt;
        found = value_of(numeral, false);
        if (!found) return std::nullopt;
        at += numeral.length;
    }
    return found;
}

std::optional<std::int64_t> read_scaled(std::string_view text, int decimals) {
    if (text.size() > 100 || decimals < 0) return std::nullopt;
    const std::string cleaned = clean(text);
    std::string_view rest = cleaned;
    const bool negative = take_minus(rest);
    const std::size_t whole = digits_at(rest, 0);
    if (whole == 0 || whole > 9 || decimals > 9) return std::nullopt;
    std::string digits(rest.substr(0, whole));
    std::string_view fraction;
    if (whole < rest.size()) {
        if (rest[whole] != '.' && rest[whole] != ',') return std::nullopt;
        fraction = rest.substr(whole + 1);
        if (fraction.empty() || digits_at(fraction, 0) != fraction.size()) return std::nullopt;
    }
    const auto places = static_cast<std::size_t>(decimals);
    if (fraction.size() > places) {
        if (fraction.find_first_not_of('0', places) != std::string_view::npos) return std::nullopt;
        fraction = fraction.substr(0, places);
    }
    digits += fraction;
    digits.append(places - fraction.size(), '0');
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return negative ? -value : value;
}

}  // namespace tiendo
