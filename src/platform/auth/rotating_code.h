// A code of six digits that is another every half minute, made of a secret and the clock (RFC 6238 with
// HMAC-SHA-256): what is shown to a room is worth nothing to whoever hears of it later.
#pragma once
#include <string>
#include <string_view>

#include "base/date.h"

namespace tiendo::auth {

inline constexpr std::int64_t code_step_ms = 25'000;

// 32 random bytes.
std::string new_code_secret();
std::string rotating_code(std::string_view secret, Instant now);
// Whether it is the code of this step or of the one before: who began to type when it changed is not
// too late.
bool is_current_code(std::string_view secret, std::string_view code, Instant now);
// How long the code of now will still be shown.
std::int64_t ms_to_next_code(Instant now);

}  // namespace tiendo::auth
