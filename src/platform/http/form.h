// What arrives as text: queries, forms, paths, cookies. Pure functions; none of them guesses:
// what is not written as the standards say is refused.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/http.h"

namespace tiendo::http {

// Neither overlong forms nor surrogates nor anything beyond U+10FFFF.
bool is_utf8(std::string_view text);

enum class Plus { is_blank, stays };
// None when a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);
// Everything but letters, digits and -._~ as %XX.
std::string percent_encode(std::string_view text);

// The pairs of name=value&name=value, exactly as typed. None when an escape is broken, a name
// or value is no UTF-8 or holds a NUL, or there are more than 2000 pairs.
std::optional<Fields> parse_form(std::string_view text);

// The same fields with values in normal form: each line cleaned, lines parted by \n, empty
// lines at the end gone.
Fields cleaned(const Fields& as_typed);

// The decoded path of a request target (without its query). None when it does not begin with
// a slash, an escape is broken or hides a slash, a segment is "." or "..", or it holds a control
// character or is no UTF-8.
std::optional<std::string> parse_path(std::string_view path);

// A Cookie header. Pieces that are no name=value are passed over, as browsers send what
// other programs on the same host have set.
Fields parse_cookies(std::string_view header);

}  // namespace tiendo::http
