// JSON to and from the value tree. Numbers of the domain are integers, so no double is made
// on either way.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/value.h"

namespace tiendo::json {

enum class Layout { dense, pretty };

// UTF-8 without escapes beyond what JSON asks for; members in the order in which they were
// added. Text that is no UTF-8 has U+FFFD for its wrong bytes.
std::string write(const Value& value, Layout layout = Layout::dense);

// How deep arrays and objects may nest before a text is refused.
inline constexpr int deepest = 64;

// None when the text is no JSON, nests deeper than `deepest`, repeats a key in one object or
// is no UTF-8. A number with a fraction or exponent, or beyond 64 bits, becomes a text of its
// own characters ("87.5"): whoever reads it decides what it is.
std::optional<Value> parse(std::string_view text);

}  // namespace tiendo::json
