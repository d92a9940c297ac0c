#include "platform/pages/reader.h"

#include <algorithm>
#include <charconv>

#include "base/date_text.h"
#include "base/number_text.h"
#include "base/text.h"
#include "platform/json/json.h"

namespace tiendo::pages {
namespace {

// The members of a JSON object as fields; none when the body is no object of plain members.
std::optional<http::Fields> members_of(std::string_view body) {
    const auto value = json::parse(body);
    if (!value || value->members() == nullptr) return std::nullopt;
    http::Fields fields;
    for (const auto& [name, member] : *value->members()) {
        if (member.list_items() || member.members()) return std::nullopt;
        if (const auto* text = member.text()) fields.push_back({name, clean(*text)});
        if (const auto* number = member.number()) fields.push_back({name, std::to_string(*number)});
        if (const auto* truth = member.truth()) fields.push_back({name, *truth ? "true" : "false"});
    }
    return fields;
}

// A wall clock as an input of type datetime-local sends it: 2017-06-10T09:30, maybe with seconds.
std::optional<Instant> read_wall_clock(std::string_view text, Offset offset) {
    if (text.size() == 16) return read_wall_clock(std::string(text) + ":00", offset);
    if (text.size() != 19) return std::nullopt;
    const auto moment = parse_instant(std::string(text) + "Z");
    if (!moment) return std::nullopt;
    return Instant{moment->ms - offset.minutes * std::int64_t{60'000}};
}

}  // namespace

Reader Reader::of_query(const web::Visit& visit) { return {visit.request.query, visit.offset}; }

Reader Reader::of_body(const web::Visit& visit) {
    if (visit.request.body.empty()) return {visit.request.form, visit.offset};
    const auto members = members_of(visit.request.body);
    Reader reader(members.value_or(http::Fields{}), visit.offset);
    if (!members) reader.refuse("", "form.no_object");
    return reader;
}

std::string Reader::text(std::string_view name) const { return std::string(http::value_of(fields_, name)); }

bool Reader::names(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](const http::Field& field) { return field.name == name; });
}

std::optional<Date> Reader::day(std::string_view name) {
    const std::string said = text(name);
    if (said.empty()) return std::nullopt;
    constexpr int first_year = 1900, last_year = 2200;  // outside, a digit has slipped
    auto date = parse_date(said);
    if (!date)
        if (const auto guess = read_date(said);
            guess && guess->precision == Precision::day && !guess->month_first)
            date = guess->date;
    if (!date)
        refuse(name, "form.no_day", {said});
    else if (date->year() < first_year || date->year() > last_year)
        refuse(name, "form.no_such_age",
               {said, std::to_string(date->year()), std::to_string(first_year), std::to_string(last_year)});
    else
        return date;
    return std::nullopt;
}

std::optional<Instant> Reader::moment(std::string_view name) {
    const std::string said = text(name);
    if (said.empty()) return std::nullopt;
    if (const auto moment = parse_instant(said)) return moment;
    if (const auto moment = read_wall_clock(said, offset_)) return moment;
    refuse(name, "form.no_moment", {said});
    return std::nullopt;
}

std::optional<std::int64_t> Reader::count(std::string_view name) {
    const std::string said = text(name);
    if (said.empty()) return std::nullopt;
    const auto number = read_count(said);
    if (number && *number >= 0) return number;
    refuse(name, "form.no_count", {said});
    return std::nullopt;
}

std::optional<int> Reader::year(std::string_view name) {
    const std::string said = text(name);
    if (said.empty()) return std::nullopt;
    int year = 0;
    const auto [end, trouble] = std::from_chars(said.data(), said.data() + said.size(), year);
    if (trouble == std::errc{} && end == said.data() + said.size() && year >= 1900 && year <= 2200)
        return year;
    refuse(name, "form.no_year", {said});
    return std::nullopt;
}

std::optional<std::string> Reader::choice(std::string_view name,
                                          std::initializer_list<std::string_view> words) {
    const std::string said = text(name);
    if (said.empty()) return std::nullopt;
    if (std::find(words.begin(), words.end(), said) != words.end()) return said;
    std::string listed;
    for (const std::string_view word : words) listed += (listed.empty() ? "" : ", ") + std::string(word);
    refuse(name, "form.no_such_choice", {said, listed});
    return std::nullopt;
}

bool Reader::says_nothing(std::string_view name) {
    if (!text(name).empty()) return false;
    refuse(name, "form.required");
    return true;
}

std::string Reader::required_text(std::string_view name) { return says_nothing(name) ? "" : text(name); }

std::optional<Date> Reader::required_day(std::string_view name) {
    return says_nothing(name) ? std::nullopt : day(name);
}

std::optional<std::int64_t> Reader::required_count(std::string_view name) {
    return says_nothing(name) ? std::nullopt : count(name);
}

std::optional<std::string> Reader::required_choice(std::string_view name,
                                                   std::initializer_list<std::string_view> words) {
    return says_nothing(name) ? std::nullopt : choice(name, words);
}

void Reader::refuse(std::string_view name, std::string_view message, std::vector<std::string> arguments) {
    refusals_.push_back({std::string(name), std::string(message), std::move(arguments)});
}

}  // namespace tiendo::pages
