#include "platform/icalendar/icalendar.h"

#include <cstdio>

namespace tiendo::icalendar {
namespace {

constexpr std::string_view line_end = "\r\n";

// 20170612T003000Z
std::string utc_text(Instant moment) {
    constexpr std::int64_t day_ms = 86'400'000;
    const Date day = day_of(moment, Offset{0});
    const std::int64_t seconds = (moment.ms - day.days * day_ms) / 1000;
    char text[20];
    std::snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02dZ", day.year(), day.month(), day.day(),
                  static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                  static_cast<int>(seconds % 60));
    return text;
}

class Lines {
 public:
    void add(std::string_view name, std::string_view value) {
        text_ += folded(std::string(name) + ":" + std::string(value));
    }
    void add_text(std::string_view name, std::string_view text) {
        if (!text.empty()) add(name, escaped(text));
    }
    std::string take() { return std::move(text_); }

 private:
    std::string text_;
};

void add_event(Lines& lines, const Event& event) {
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", escaped(event.uid));
    lines.add("DTSTAMP", utc_text(event.changed_at));
    lines.add("LAST-MODIFIED", utc_text(event.changed_at));
    lines.add("SEQUENCE", std::to_string(event.sequence));
    lines.add("DTSTART", utc_text(event.starts_at));
    lines.add("DTEND", utc_text(event.ends_at));
    lines.add_text("SUMMARY", event.summary);
    lines.add_text("LOCATION", event.location);
    lines.add_text("DESCRIPTION", event.description);
    lines.add("STATUS", event.cancelled ? "CANCELLED" : "CONFIRMED");
    lines.add("END", "VEVENT");
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (c == '\\' || c == ';' || c == ',') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
            out += c;
        }
    }
    return out;
}

std::string folded(std::string_view line) {
    constexpr std::size_t longest = 75;
    std::string out;
    std::size_t room = longest;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
        if (cut == 0) cut = room;  // no UTF-8: cut anywhere rather than nowhere
        out += line.substr(0, cut);
        out += line_end;
        out += ' ';
        line.remove_prefix(cut);
        room = longest - 1;
    }
    out += line;
    out += line_end;
    return out;
}

std::string write(const Calendar& calendar) {
    Lines lines;
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Tien Do//Timetable//VI");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add_text("NAME", calendar.name);
    lines.add_text("X-WR-CALNAME", calendar.name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    lines.add("X-PUBLISHED-TTL", "PT1H");
    for (const Event& event : calendar.events) add_event(lines, event);
    lines.add("END", "VCALENDAR");
    return lines.take();
}

}  // namespace tiendo::icalendar
