// What surrounds every page, before the app adds its own (Site::frame).
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/value.h"
#include "platform/web/web.h"

namespace tiendo::web {

inline constexpr std::string_view notice_cookie = "notice";
inline constexpr std::string_view language_cookie = "language";
inline constexpr std::string_view theme_cookie = "theme";

// csrf, language, languages, theme, themes, notice, print, search, now; refused and refusals
// of a form that was not sent yet. What the app's frame sets goes before.
Value frame_of(const Visit& visit);

// The actor's language, else the cookie's, else the browser's, else the site's.
i18n::Language language_of(const Site& site, const http::Request& request, const Actor& actor);

// A page asked for with ?language= or ?theme= is answered with the cookie that keeps the choice
// and a redirect to the page without it.
std::optional<http::Response> kept_choice(const http::Request& request);

}  // namespace tiendo::web
