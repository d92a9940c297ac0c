// Tokens a person is given: one-time links to sign in by, and keys for his programs. Shown once,
// kept as digests.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "platform/db/db.h"

namespace tiendo::auth {

// --- one-time links ---------------------------------------------------------------------

inline constexpr std::int64_t sign_in_link_ms = std::int64_t{24} * 3'600'000;

// For the address /sign-in/<token>. The links the account was given before stop working: one
// that went astray is made worthless by asking for another.
std::string make_sign_in_link(db::Write& tx, std::int64_t account, Instant now);

struct SignInLink {
    std::int64_t account = 0;
    Instant expires_at;
};
// None when there was never such a link, or it was used, revoked or is too old.
std::optional<SignInLink> find_sign_in_link(db::Read& tx, std::string_view token, Instant now);
// Once, whoever comes first; false for the others.
bool use_sign_in_link(db::Write& tx, std::string_view token, Instant now);
void revoke_sign_in_links(db::Write& tx, std::int64_t account, Instant now);

// --- personal tokens --------------------------------------------------------------------

inline constexpr std::int64_t personal_token_longest_days = 365;

struct PersonalToken {
    std::int64_t id = 0;
    std::string label;  // what for, in its owner's words
    Instant created_at;
    std::optional<Instant> used_at, expires_at;
};
struct MadeToken {
    std::int64_t id = 0;
    std::string secret;  // "tdo_…": begins so that a scanner finds one left in a script
};
MadeToken make_personal_token(db::Write& tx, std::int64_t account, std::string_view label, Instant now,
                              Instant expires_at);
// Those that work, the newest first.
std::vector<PersonalToken> personal_tokens(db::Read& tx, std::int64_t account, Instant now);
// False when the account has no such token that works.
bool revoke_personal_token(db::Write& tx, std::int64_t account, std::int64_t id, Instant now);
void revoke_personal_tokens(db::Write& tx, std::int64_t account, Instant now);

}  // namespace tiendo::auth
