#include "platform/icalendar/icalendar.h"

#include <doctest/doctest.h>

#include "base/text.h"

namespace tiendo::icalendar {
namespace {

Instant moment(const char* text) { return *parse_instant(text); }

bool holds(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

// A folded text put together again, as a reader does.
std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text;
}

TEST_CASE("lines are folded at 75 bytes and never inside a character") {
    CHECK(folded(std::string(75, 'a')) == std::string(75, 'a') + "\r\n");
    CHECK(folded(std::string(76, 'a')) == std::string(75, 'a') + "\r\n a\r\n");
    CHECK(folded(std::string(150, 'a')) ==
          std::string(75, 'a') + "\r\n " + std::string(74, 'a') + "\r\n a\r\n");
    std::string line = "SUMMARY:";
    for (int shift = 0; shift < 4; ++shift) {
        std::string vietnamese = std::string(static_cast<std::size_t>(shift), 'x');
        while (vietnamese.size() < 400) vietnamese += "Đường lối đổi mới ở Việt Nam ";
        const std::string text = folded(line + vietnamese);
        for (const std::string_view one : split(text, '\n')) {
            if (one.empty()) continue;
            CHECK(one.back() == '\r');
            CHECK(one.size() <= 76);  // with its carriage return
            const std::string_view body = one.substr(0, one.size() - 1);
            CHECK((static_cast<unsigned char>(body[body[0] == ' ' ? 1 : 0]) & 0xC0) != 0x80);
        }
        CHECK(unfolded(text) == line + vietnamese + "\r\n");
    }
    CHECK(unfolded(folded(std::string(300, '\x80'))) == std::string(300, '\x80') + "\r\n");
}

TEST_CASE("text is escaped, and control characters are left out") {
    CHECK(escaped("Nhà A, tầng 2; phòng \\3") == "Nhà A\\, tầng 2\\; phòng \\\\3");
    CHECK(escaped("một\r\nhai") == "một\\nhai");
    CHECK(escaped(std::string("a\0b\x07"
                              "c",
                              5)) == "abc");
    CHECK(escaped("12:30 \"x\"") == "12:30 \"x\"");
}

TEST_CASE("an event says when in UTC, how often it changed and whether it takes place") {
    Event event{.uid = "session-7@tiendo",
                .sequence = 3,
                .changed_at = moment("2017-06-10T09:00:00+07:00"),
                .starts_at = moment("2017-06-12T07:30:00+07:00"),
                .ends_at = moment("2017-06-12T11:30:00+07:00"),
                .summary = "Xây dựng Đảng, phần 1"};
    const std::string text = write({"Lớp K1", {event}});
    for (const char* line :
         {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "UID:session-7@tiendo\r\n", "DTSTAMP:20170610T020000Z\r\n",
          "SEQUENCE:3\r\n", "DTSTART:20170612T003000Z\r\n", "DTEND:20170612T043000Z\r\n",
          "SUMMARY:Xây dựng Đảng\\, phần 1\r\n", "STATUS:CONFIRMED\r\n", "END:VCALENDAR\r\n"})
        CHECK_MESSAGE(holds(text, line), line);
    CHECK(!holds(text, "LOCATION"));
    event.cancelled = true;
    event.sequence = 4;
    const std::string off = write({"Lớp K1", {event}});
    CHECK(holds(off, "STATUS:CANCELLED\r\n"));
    CHECK(holds(off, "UID:session-7@tiendo\r\n"));
    CHECK(holds(off, "SEQUENCE:4\r\n"));
}

TEST_CASE("a name cannot smuggle a line in") {
    const std::string text = write({"x\r\nBEGIN:VEVENT", {}});
    CHECK(!holds(text, "\nBEGIN:VEVENT"));
}

}  // namespace
}  // namespace tiendo::icalendar
