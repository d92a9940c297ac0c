// A day and a moment are different things, and have different types.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tiendo {

// A calendar day (proleptic Gregorian), without a time zone.
struct Date {
    std::int32_t days = 0;  // since 1970-01-01
    auto operator<=>(const Date&) const = default;
    static std::optional<Date> of(int year, int month, int day);  // none when there is no such day
    int year() const;
    int month() const;
    int day() const;
};
inline Date operator+(Date date, int days) { return Date{date.days + days}; }
inline int operator-(Date later, Date earlier) { return later.days - earlier.days; }

std::string to_text(Date date);                         // 2017-06-16
std::optional<Date> parse_date(std::string_view text);  // exactly as to_text writes it
Date last_day_of_month(int year, int month);

// A moment, in milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ms = 0;
    auto operator<=>(const Instant&) const = default;
};

std::string to_text(Instant moment);  // 2017-06-20T01:00:00Z, with .123 when there are milliseconds

// RFC 3339 with an offset or Z; a missing offset is not guessed, but refused.
std::optional<Instant> parse_instant(std::string_view text);

// A time zone as a fixed offset. Vietnam keeps one offset (+07:00) all year; the
// centre's offset is configuration.
struct Offset {
    int minutes = 7 * 60;
};
Date day_of(Instant moment, Offset offset);
std::string local_text(Instant moment, Offset offset);  // 2017-06-20 08:00

// Where "now" comes from: the machine's clock in a server, a fixed moment in a
// scenario. Carried by whoever needs it; nothing else asks for the time.
using Clock = std::function<Instant()>;
Instant system_now();

}  // namespace tiendo
