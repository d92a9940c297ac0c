// Secrets that programs and browsers carry: made here, shown once, kept only as a digest.
//
// A token has 256 random bits, so that a plain SHA-256 is enough to keep it by, and a look-up by
// that digest needs no comparison in constant time: whoever measures it learns digests he chose.
#pragma once
#include <string>
#include <string_view>

namespace tiendo::auth {

// 32 random bytes as base64url: 43 characters that need no escaping in a path or a cookie.
std::string new_token();
// 32 bytes: what a database keeps of a token.
std::string digest_of(std::string_view token);

// A digest as text for an address, 64 characters, and back; empty when the text is none.
std::string hex_of(std::string_view digest);
std::string digest_of_hex(std::string_view hex);

}  // namespace tiendo::auth
