// Calendars as other programs read them: iCalendar (RFC 5545).
//
// Times are written in UTC, so that no rules of time zones have to travel with them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tiendo::icalendar {

struct Event {
    std::string uid;            // the same for as long as the event exists, in every calendar
    std::int64_t sequence = 0;  // rises with each change
    Instant changed_at;
    Instant starts_at, ends_at;
    std::string summary, location, description;  // any text; an empty one is left out
    bool cancelled = false;
};

struct Calendar {
    std::string name;
    std::vector<Event> events;
};

// The whole file, lines folded and ended as the standard asks.
std::string write(const Calendar& calendar);

// One content line as it goes into the file: at most 75 bytes to a line, never cut inside a character.
std::string folded(std::string_view line);
// A text as the value of a property: backslash, semicolon, comma and line ends escaped, control characters
// out.
std::string escaped(std::string_view text);

}  // namespace tiendo::icalendar
