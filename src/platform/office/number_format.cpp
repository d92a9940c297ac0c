#include "platform/office/number_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace tiendo::office {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// The letters of a format's first section that mean something, with what is quoted,
// escaped or in brackets taken out.
struct Letters {
    std::string meaning;
    int zeros_quoted = 0;  // "0" in quotes before any placeholder
    bool elapsed = false;  // [h], [mm], [ss]: a duration
};

Letters letters_of(std::string_view code) {
    Letters result;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == ';') break;
        if (c == '"') {
            const std::size_t end = std::min(code.find('"', i + 1), code.size());
            const std::string_view quoted = code.substr(i + 1, end - i - 1);
            const bool zeros = !quoted.empty() && quoted.find_first_not_of('0') == std::string_view::npos;
            if (zeros && result.meaning.empty())
                result.zeros_quoted += static_cast<int>(std::min<std::size_t>(quoted.size(), 9));
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;  // the next one is shown, skipped over or repeated
        } else if (c == '[') {
            const std::size_t end = std::min(code.find(']', i + 1), code.size());
            const std::string_view inside = code.substr(i + 1, end - i - 1);
            const bool same =
                !inside.empty() && inside.find_first_not_of(inside[0]) == std::string_view::npos;
            const char unit = inside.empty() ? ' ' : lower(inside[0]);
            if (same && (unit == 'h' || unit == 'm' || unit == 's')) result.elapsed = true;
            i = end;
        } else if (c != ' ') {
            result.meaning += lower(c);
        }
    }
    return result;
}

// Whether the m's at that place are minutes: after hours, or before seconds.
bool are_minutes(std::string_view meaning, std::size_t first, std::size_t end) {
    const auto letter = [](char c) { return c == 'y' || c == 'd' || c == 'h' || c == 's' || c == 'm'; };
    for (std::size_t i = first; i-- > 0;)
        if (letter(meaning[i])) {
            if (meaning[i] == 'h' || meaning[i] == 's') return true;
            break;
        }
    for (std::size_t i = end; i < meaning.size(); ++i)
        if (letter(meaning[i])) return meaning[i] == 's';
    return false;
}

std::string without(std::string text, std::string_view piece) {
    for (std::size_t at; (at = text.find(piece)) != std::string::npos;) text.erase(at, piece.size());
    return text;
}

// At most 15 significant digits, as Excel shows and as people typed: files hold
// 12.300000000000001 for 12.3.
std::string plain_decimal(double value) {
    char text[64];
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, std::abs(value), std::chars_format::scientific, 14);
    std::string_view written(text, static_cast<std::size_t>(end - text));
    const std::size_t e = written.find('e');
    int exponent = 0;
    std::from_chars(written.data() + e + (written[e + 1] == '+' ? 2 : 1), end, exponent);
    std::string digits(1, written[0]);
    digits += written.substr(2, e - 2);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.empty()) return "0";
    const std::string sign = value < 0 ? "-" : "";
    const int count = static_cast<int>(digits.size());
    if (exponent > 20 || exponent < -20) {
        std::string result = sign + digits.substr(0, 1);
        if (count > 1) result += "." + digits.substr(1);
        return result + (exponent < 0 ? "E-" : "E+") + std::to_string(std::abs(exponent));
    }
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    if (count <= exponent + 1)
        return sign + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
    return sign + digits.substr(0, static_cast<std::size_t>(exponent) + 1) + "." +
           digits.substr(static_cast<std::size_t>(exponent) + 1);
}

// A whole number of at most 18 digits, exact whatever a double would make of it.
std::optional<std::int64_t> whole(std::string_view text) {
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || digits.size() > 18 || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string with_leading_zeros(std::string digits, const NumberFormat& format) {
    const auto wanted = static_cast<std::size_t>(format.digits);
    if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
    return std::string(static_cast<std::size_t>(format.zeros_before), '0') + digits;
}

}  // namespace

NumberFormat number_format(std::string_view code) {
    NumberFormat format;
    Letters letters = letters_of(code.substr(0, 1000));
    std::string meaning = without(without(std::move(letters.meaning), "general"), "standard");
    const bool half_days =
        meaning.find("am/pm") != std::string::npos || meaning.find("a/p") != std::string::npos;
    meaning = without(without(std::move(meaning), "am/pm"), "a/p");
    if (letters.elapsed) return format;
    bool year = false, month = false, day = false, hour = half_days;
    for (std::size_t i = 0; i < meaning.size(); ++i) {
        const char c = meaning[i];
        const std::size_t end = std::min(meaning.find_first_not_of(c, i), meaning.size());
        if (c == 'y' || c == 'b' ||
            (c == 'e' && !(end < meaning.size() && (meaning[end] == '+' || meaning[end] == '-'))))
            year = true;
        if (c == 'd') day = true;
        if (c == 'h' || c == 's') hour = true;
        if (c == 'm') (are_minutes(meaning, i, end) ? hour : month) = true;
        i = end - 1;
    }
    const bool placeholders =
        meaning.find_first_of("#?") != std::string::npos || meaning.find('@') != std::string::npos;
    if (placeholders || !(year || month || day || hour)) {
        const std::string digits = without(meaning, "-");
        const bool only_zeros = !digits.empty() && digits.find_first_not_of('0') == std::string::npos;
        const bool only_places = !digits.empty() && digits.find_first_not_of("0#") == std::string::npos;
        if (only_zeros && digits.size() > 1 && digits.size() <= 30)
            format.digits = static_cast<int>(digits.size());
        if (only_places) format.zeros_before = letters.zeros_quoted;
        return format;
    }
    if (!year && !month && !day) {
        format.kind = NumberFormat::Kind::time;
        return format;
    }
    format.kind = NumberFormat::Kind::date;
    format.shows_time = hour;
    if (!day && !hour) format.precision = month ? Precision::month : Precision::year;
    return format;
}

NumberFormat built_in_number_format(int id) {
    if (id >= 18 && id <= 21) return {NumberFormat::Kind::time, Precision::day, false, 0, 0};
    if (id == 17) return {NumberFormat::Kind::date, Precision::month, false, 0, 0};  // mmm-yy
    if (id == 22) return {NumberFormat::Kind::date, Precision::day, true, 0, 0};
    // 27 to 36 and 50 to 58 are days of the East Asian editions.
    if ((id >= 14 && id <= 16) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return {NumberFormat::Kind::date, Precision::day, false, 0, 0};
    return {};
}

std::optional<Date> day_of_serial(std::int64_t serial, Epoch epoch) {
    constexpr std::int64_t last = 2'958'465;  // 31 December 9999
    constexpr std::int32_t day_0_of_1904 = -24'107, day_0_of_1900 = -25'569;
    if (epoch == Epoch::from_1904)
        return serial >= 0 && serial <= last - 1462
                   ? std::optional(Date{day_0_of_1904 + static_cast<std::int32_t>(serial)})
                   : std::nullopt;
    if (serial < 1 || serial > last) return std::nullopt;
    // Excel believes in a 29 February 1900 (serial 60), so the days before it are one off.
    return Date{day_0_of_1900 + static_cast<std::int32_t>(serial) + (serial < 60 ? 1 : 0)};
}

void set_date(Cell& cell, Date date, Precision precision, std::optional<int> minute_of_day) {
    cell.kind = Cell::Kind::date;
    cell.date = date;
    cell.precision = precision;
    cell.minute_of_day = minute_of_day;
    cell.text = to_text(date);
    if (minute_of_day.value_or(0) == 0) return;
    char text[16];
    std::snprintf(text, sizeof text, " %02d:%02d", *minute_of_day / 60 % 24, *minute_of_day % 60);
    cell.text += text;
}

void set_time(Cell& cell, int minute_of_day) {
    char text[16];
    std::snprintf(text, sizeof text, "%02d:%02d", minute_of_day / 60 % 24, minute_of_day % 60);
    cell.kind = Cell::Kind::text;
    cell.text = text;
    cell.minute_of_day = minute_of_day;
}

bool set_number(Cell& cell, std::string_view stored, const NumberFormat& format, Epoch epoch) {
    double value = 0;
    std::optional<std::int64_t> exact = whole(stored);
    if (exact) {
        value = static_cast<double>(*exact);
    } else {
        const std::string_view unsigned_text = stored.substr(stored.starts_with('+') ? 1 : 0);
        const auto [end, error] =
            std::from_chars(unsigned_text.data(), unsigned_text.data() + unsigned_text.size(), value);
        if (error != std::errc{} || end != unsigned_text.data() + unsigned_text.size() ||
            !std::isfinite(value))
            return false;
    }
    if (format.kind != NumberFormat::Kind::number && value >= 0 && value < 2'958'466) {
        // A day and its second, counted as Excel rounds them.
        const auto seconds = static_cast<std::int64_t>(std::llround(value * 86'400));
        const std::int64_t day = seconds / 86'400;
        const int minute = static_cast<int>(seconds % 86'400 / 60);
        if (format.kind == NumberFormat::Kind::time) {
            set_time(cell, minute);
            return true;
        }
        if (const auto date = day_of_serial(day, epoch)) {
            set_date(cell, *date, format.precision, format.shows_time ? std::optional(minute) : std::nullopt);
            return true;
        }
        if (day == 0 && format.shows_time && minute > 0) {
            set_time(cell, minute);
            return true;
        }
    }
    cell.kind = Cell::Kind::number;
    cell.text = exact ? std::to_string(*exact) : plain_decimal(value);
    cell.integer = exact ? exact : whole(cell.text);
    if (cell.integer) {
        cell.date = day_of_serial(*cell.integer, epoch);
        if (*cell.integer >= 0 && (format.digits != 0 || format.zeros_before != 0))
            cell.text = with_leading_zeros(cell.text, format);
    }
    return true;
}

}  // namespace tiendo::office
