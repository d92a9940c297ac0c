#include "features/attendance/session_headings.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/date_text.h"
#include "base/text.h"
#include "features/attendance/attendance_presenter.h"
#include "features/imports/imports.h"

namespace tiendo::attendance {
namespace {

std::optional<int> number_of(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// A day without its year: "6/3".
struct DayAndMonth {
    int day = 0, month = 0;
};
std::optional<DayAndMonth> day_and_month(std::string_view word) {
    const auto parts = split(word, '/');
    if (parts.size() != 2) return std::nullopt;
    const auto day = number_of(parts[0]), month = number_of(parts[1]);
    if (!day || !month || *day < 1 || *day > 31 || *month < 1 || *month > 12) return std::nullopt;
    return DayAndMonth{*day, *month};
}

// Words of the heading, without brackets.
std::vector<std::string> words_of(std::string_view heading) {
    std::string plain(heading);
    for (char& c : plain)
        if (c == '(' || c == ')' || c == ',' || c == ';') c = ' ';
    std::vector<std::string> words;
    for (const std::string_view word : split(plain, ' '))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

using Sessions = std::vector<timetable::Session>;

// The sessions on the day that one of the words names; none when no word does. That word is taken out.
std::optional<Sessions> on_the_day(std::vector<std::string>& words, const Sessions& sessions) {
    for (auto word = words.begin(); word != words.end(); ++word) {
        Sessions found;
        const auto date = word->find_first_of("/-.") == std::string::npos ? std::nullopt : read_date(*word);
        const auto short_date = day_and_month(*word);
        if (!short_date && !(date && date->precision == Precision::day)) continue;
        for (const timetable::Session& session : sessions) {
            const Date day = session.held_on;
            if (short_date ? day.day() == short_date->day && day.month() == short_date->month
                           : day == date->date)
                found.push_back(session);
        }
        words.erase(word);
        return found;
    }
    return std::nullopt;
}

}  // namespace

Meant session_meant(std::string_view heading, const Sessions& sessions, const i18n::Texts& texts) {
    using What = Meant::What;
    std::vector<std::string> words = words_of(heading);
    auto found = on_the_day(words, sessions);
    const auto means = [&](std::string_view set, std::initializer_list<std::string_view> values,
                           const std::string& word) { return imports::term(texts, set, values, word); };
    if (!found) {
        if (words.size() != 2 || means("attendance_session", {"session"}, words[0]).empty()) return {};
        const auto ordinal = number_of(words[1]);
        if (!ordinal || *ordinal < 1 || *ordinal > static_cast<int>(sessions.size()))
            return {What::no_such_session, {}};
        return {What::session, sessions[static_cast<std::size_t>(*ordinal) - 1].id};
    }
    for (const std::string& word : words)
        if (const std::string half = means("half_day", {"morning", "afternoon", "evening"}, word);
            !half.empty())
            std::erase_if(*found, [&](const timetable::Session& one) { return half_day_of(one) != half; });
    if (found->empty()) return {What::no_such_session, {}};
    if (found->size() > 1) return {What::several, {}};
    return {What::session, found->front().id};
}

}  // namespace tiendo::attendance
