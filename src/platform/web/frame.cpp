#include "platform/web/frame.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "platform/http/form.h"

namespace tiendo::web {
namespace {

constexpr std::array<std::string_view, 3> themes = {"auto", "light", "dark"};
constexpr std::int64_t a_year = 365 * 24 * 3600;

// The page asked for, without one field of its query and maybe with another value for it.
std::string here_with(const http::Request& request, std::string_view name, std::string_view value) {
    std::string url = request.target.substr(0, request.target.find('?'));
    char mark = '?';
    const auto append = [&](std::string_view field, std::string_view text) {
        url += mark + http::percent_encode(field) + "=" + http::percent_encode(text);
        mark = '&';
    };
    for (const http::Field& field : request.query)
        if (field.name != name) append(field.name, field.value);
    if (!value.empty()) append(name, value);
    return url;
}

std::string_view theme_of(const http::Request& request) {
    const auto found = std::find(themes.begin(), themes.end(), request.cookie(theme_cookie));
    return found == themes.end() ? themes.front() : *found;
}

// A cookie holds "done:plan.approved": how it sounds, and the key of what it says.
Value notice_of(const Visit& visit) {
    const auto words = split(visit.request.cookie(notice_cookie), ':');
    if (words.size() != 2 || !visit.site.texts.has(visit.language, words[1])) return Value();
    return Value::object({{"tone", words[0]}, {"text", visit.text(words[1])}});
}

}  // namespace

Value frame_of(const Visit& visit) {
    Value frame = visit.site.frame ? visit.site.frame(visit) : Value::object();
    const auto set = [&](const char* name, Value value) {
        if (frame[name].is_null()) frame.set(name, std::move(value));
    };
    set("csrf", visit.actor.csrf);
    set("language", i18n::to_text(visit.language));
    set("languages", list_of(i18n::languages, [&](i18n::Language language) {
            const std::string_view code = i18n::to_text(language);
            return Value::object({{"code", code},
                                  {"name", visit.site.texts.text(language, "language.name")},
                                  {"url", here_with(visit.request, language_cookie, code)},
                                  {"current", language == visit.language}});
        }));
    const std::string_view theme = theme_of(visit.request);
    set("theme", theme);
    set("themes", list_of(themes, [&](std::string_view code) {
            return Value::object({{"code", code},
                                  {"url", here_with(visit.request, theme_cookie, code)},
                                  {"current", code == theme}});
        }));
    set("notice", notice_of(visit));
    set("print", visit.request.asked("print") == "1"
                     ? Value::object({{"url", here_with(visit.request, "print", "")}})
                     : Value());
    set("search", Value());
    set("now", visit.now);
    set("refused", false);
    set("refusals", Value::list());
    return frame;
}

i18n::Language language_of(const Site& site, const http::Request& request, const Actor& actor) {
    if (actor.language) return *actor.language;
    if (const auto kept = i18n::parse_language(request.cookie(language_cookie))) return *kept;
    return i18n::preferred_language(request.header("accept-language")).value_or(site.language);
}

std::optional<http::Response> kept_choice(const http::Request& request) {
    if (!http::is_safe(request.method)) return std::nullopt;
    const auto kept = [&](std::string_view name, std::string_view value) {
        http::Response response = http::redirect(here_with(request, name, ""));
        response.with("Set-Cookie",
                      http::to_text({std::string(name), std::string(value), a_year, request.secure}));
        return response;
    };
    if (const auto language = i18n::parse_language(request.asked(language_cookie)))
        return kept(language_cookie, i18n::to_text(*language));
    const std::string_view theme = request.asked(theme_cookie);
    if (std::find(themes.begin(), themes.end(), theme) != themes.end()) return kept(theme_cookie, theme);
    return std::nullopt;
}

}  // namespace tiendo::web
