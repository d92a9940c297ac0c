#include "base/date.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace tiendo {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day civil(Date date) { return chrono::sys_days{chrono::days{date.days}}; }

// `count` digits at `at`, as a number; none when they are not all digits.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, value);
    if (error != std::errc{} || end != text.data() + at + count || text[at] == '-') return std::nullopt;
    return value;
}

}  // namespace

std::optional<Date> Date::of(int year, int month, int day) {
    // chrono keeps a month in one byte: 257 would be January.
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const chrono::year_month_day civil_day{chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
                                           chrono::day{static_cast<unsigned>(day)}};
    if (!civil_day.ok()) return std::nullopt;
    return Date{static_cast<std::int32_t>(chrono::sys_days{civil_day}.time_since_epoch().count())};
}
int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

// Every day bound to a statement is written so: printf would take five times as long.
std::string to_text(Date date) {
    const chrono::year_month_day day = civil(date);
    const int year = static_cast<int>(day.year());
    std::string text = year >= 0 && year <= 9999 ? "0000" : std::to_string(year);
    const auto put = [&](std::size_t end, unsigned number) {
        for (; number > 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
    };
    if (text == "0000") put(4, static_cast<unsigned>(year));
    text += "-00-00";
    put(text.size() - 3, static_cast<unsigned>(day.month()));
    put(text.size(), static_cast<unsigned>(day.day()));
    return text;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    return Date::of(*year, *month, *day);
}

Date last_day_of_month(int year, int month) {
    const chrono::year_month_day_last last{
        chrono::year{year}, chrono::month_day_last{chrono::month{static_cast<unsigned>(month)}}};
    return Date{static_cast<std::int32_t>(chrono::sys_days{last}.time_since_epoch().count())};
}

std::string to_text(Instant moment) {
    const chrono::sys_time<chrono::milliseconds> time{chrono::milliseconds{moment.ms}};
    const auto day = chrono::floor<chrono::days>(time);
    const chrono::hh_mm_ss clock{time - day};
    const auto ms = static_cast<int>(clock.subseconds().count());
    char text[64];
    std::snprintf(text, sizeof text, "%sT%02d:%02d:%02d",
                  to_text(Date{static_cast<std::int32_t>(day.time_since_epoch().count())}).c_str(),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    std::string result = text;
    if (ms != 0) {
        std::snprintf(text, sizeof text, ".%03d", ms);
        result += text;
    }
    return result + "Z";
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (!date || !hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    std::size_t at = 19;
    std::int64_t ms = 0;
    if (text[at] == '.') {
        if (!digits(text, at + 1, 1)) return std::nullopt;
        std::int64_t scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            ms += (text[at] - '0') * scale;
    }
    std::int64_t offset_minutes = 0;
    const std::string_view zone = text.substr(at);
    if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
        const auto hours = digits(zone, 1, 2), minutes = digits(zone, 4, 2);
        if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
        offset_minutes = (*hours * 60 + *minutes) * (zone[0] == '-' ? -1 : 1);
    } else if (zone != "Z" && zone != "z") {
        return std::nullopt;
    }
    return Instant{
        ((date->days * std::int64_t{1440} + *hour * 60 + *minute - offset_minutes) * 60 + *second) * 1000 +
        ms};
}

Date day_of(Instant moment, Offset offset) {
    constexpr std::int64_t day_ms = 86'400'000;
    const std::int64_t local = moment.ms + offset.minutes * std::int64_t{60'000};
    return Date{static_cast<std::int32_t>(local / day_ms - (local % day_ms < 0 ? 1 : 0))};
}

std::string local_text(Instant moment, Offset offset) {
    const std::string utc = to_text(Instant{moment.ms + offset.minutes * std::int64_t{60'000}});
    return utc.substr(0, 10) + " " + utc.substr(11, 5);
}

Instant system_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

}  // namespace tiendo
