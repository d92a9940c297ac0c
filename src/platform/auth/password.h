// Passwords: how one is kept, and which are too easy to guess.
//
// After NIST SP 800-63B and OWASP ASVS 5.0 (6.2): length counts and nothing else is demanded;
// what attackers try first is refused; a password never expires. A password is taken as it was
// typed; only its Unicode form is made one (NFC), because two keyboards write the same
// Vietnamese letter as different bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/outcome.h"

namespace tiendo::auth {

// Argon2id, version 1.3, one lane: what a guess costs whoever stole the database, and what a
// sign-in costs us. Three passes over 64 MiB are the second of the two settings that RFC 9106
// recommends, the one for machines that have other work. About 0.15 s on the small server this
// is written for: three hundred people who sign in at eight o'clock are through within a
// minute on two slow workers, which hold 128 MiB meanwhile. libsodium's next step (256 MiB) took
// ten times as long there.
struct PasswordCost {
    std::uint64_t passes;
    std::uint64_t bytes;
};
inline constexpr PasswordCost password_cost{3, std::uint64_t{64} << 20};

// Slow on purpose: a handler that calls one of these runs in the slow pool.
std::string hash_of(std::string_view password);
// Without a hash (no such account, no password chosen yet) it takes as long and answers no.
bool matches(std::string_view password, const std::optional<std::string>& hash);
// The hash was made at another cost: make it anew while the password is at hand.
bool is_outdated(const std::string& hash);

// How often this thread has run Argon2 since it started: a test holds that a sign-in to an
// account that does not exist costs as many as one that does.
std::int64_t hashes_made();

// In characters (code points).
inline constexpr std::size_t least_password_length = 12;
inline constexpr std::size_t most_password_length = 128;

// Why a password may not be chosen; none when it may. `names` are those of the account, its
// owner and the centre: a password that is little more than such names, or words that every
// training centre uses, is guessed before all others. Refusals concern the field "password":
//   password.too_short   {0} characters found, {1} least
//   password.too_long    {0} characters found, {1} most
//   password.repetitive  fewer than five different characters
//   password.most_used   one of the passwords that are tried first everywhere
//   password.names       {0} the name or word in it
Refusals weaknesses_of(std::string_view password, std::span<const std::string> names);

}  // namespace tiendo::auth
