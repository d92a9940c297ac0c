// JSON in its one canonical form (JCS, RFC 8785): what is hashed and signed.
#pragma once
#include <string>

#include "base/value.h"

namespace tiendo::json {

// Members ordered by the UTF-16 code units of their names, no blanks, only the escapes that must be.
// Throws std::invalid_argument for a number beyond 2^53 either way: JavaScript, by which the
// canonical form of numbers is defined, would read another one.
std::string canonical(const Value& value);

}  // namespace tiendo::json
