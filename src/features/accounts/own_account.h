// What a person settles about his own account; private to this feature. Passwords: sign_in.h.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"
#include "platform/auth/access_token.h"

namespace tiendo::accounts {

struct Preferences {
    std::string display_name;
    i18n::Language language = i18n::Language::vi;
    std::string theme;  // auto, light, dark
};
// Refusals: account.display_name_empty, account.display_name_long, account.theme_unknown.
Outcome<Done> prefer(db::Write& tx, const web::Actor& actor, const Preferences& preferences, Instant at);

// What outlasts this hour, or ends what somebody else may be doing, is for him who has just
// shown that he knows the password: who signed in longer ago does so again.
//   account.sign_in_again  {0} minutes
inline constexpr std::int64_t recent_sign_in_ms = 15 * 60'000;
std::optional<Refusal> not_recently_signed_in(db::Read& tx, std::string_view session, Instant now);

// `days` from now until it stops working; a year when nothing is said. Refusals:
//   account.label_empty  label
//   account.label_long   label  {0} most characters
//   account.token_days   days   {0} as said, {1} most
Outcome<auth::MadeToken> make_key(db::Write& tx, const web::Actor& actor, std::string_view label,
                                  std::optional<std::int64_t> days, Instant at);
// Throw NotFound when the actor has no such thing.
void revoke_key(db::Write& tx, const web::Actor& actor, std::int64_t token, Instant at);
void end_own_session(db::Write& tx, const web::Actor& actor, std::string_view digest, Instant at);
// All but the one with that token.
void end_other_sessions(db::Write& tx, const web::Actor& actor, std::string_view session, Instant at);

}  // namespace tiendo::accounts
