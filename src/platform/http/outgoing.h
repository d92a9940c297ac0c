// The head of a response as bytes.
#pragma once
#include <cstdint>
#include <string>

#include "base/date.h"
#include "platform/http/http.h"

namespace tiendo::http {

std::uint64_t body_size_of(const Response& response);

enum class After { stays_open, closes };  // what happens to the connection

// Status line and headers up to the empty line. Adds length, date, and what keeps a browser
// from running, framing or storing what it should not, unless the response has such a header
// itself. Line ends inside a header become blanks.
std::string head_of(const Response& response, After after, bool secure, Instant now);

}  // namespace tiendo::http
