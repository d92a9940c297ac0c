#include "platform/pages/paging.h"

#include <charconv>

#include "base/text.h"
#include "platform/pages/address.h"

namespace tiendo::pages {
namespace {

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    return trouble == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

}  // namespace

std::int64_t Place::number(std::size_t part) const { return part < key.size() ? number_in(key[part]) : 0; }

Place place_of(const http::Request& request, std::size_t parts) {
    const auto pieces = split(request.asked("after"), '.');
    if (pieces.size() != parts + 1) return {};
    Place place{number_in(pieces.front()), {}};
    for (std::size_t i = 1; i < pieces.size(); ++i) place.key.emplace_back(pieces[i]);
    return place;
}

Value paging(const http::Request& request, const Place& begun, std::int64_t shown, std::int64_t total,
             const std::vector<std::string>& last_key) {
    if (begun.at_beginning() && shown >= total) return {};
    const std::int64_t last = begun.seen + shown;
    std::string next = std::to_string(last);
    for (const std::string& part : last_key) next += "." + part;
    return Value::object(
        {{"first", shown == 0 ? last : begun.seen + 1},
         {"last", last},
         {"total", total},
         {"first_url", begun.at_beginning() ? Value() : Value(here(request, {{"after", ""}}))},
         {"next_url", last < total && shown > 0 ? Value(here(request, {{"after", next}})) : Value()}});
}

}  // namespace tiendo::pages
