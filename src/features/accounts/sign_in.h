// Signing in and out, and choosing a password; private to this feature.
//
// What takes long (Argon2) runs between two transactions and never inside one, and nobody learns
// from an answer or its duration whether an account exists, is disabled, or rests after
// failures: each attempt costs one hash and one transaction, and the refusal is the same.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/accounts.h"
#include "platform/auth/session.h"
#include "platform/auth/throttle.h"

namespace tiendo::accounts {

// Who knocks, and when.
struct Knock {
    std::string address;      // of the client
    std::string old_session;  // token he still carries; ended when a new session begins
    Instant at;
};

// Somebody who is in, and how he likes to read.
struct Entry {
    auth::Session session;
    i18n::Language language = i18n::Language::vi;
    std::string theme;
};

// Refusals concern "account_name":
//   sign_in.refused  name or password wrong, no such account, disabled, or resting
//   sign_in.wait     {0} minutes: too many failures from this address
Outcome<Entry> sign_in(db::Database& database, auth::Throttle& throttle, std::string_view name,
                       std::string_view password, const Knock& knock);
// Ends the session of that token, if it has one.
void sign_out(db::Database& database, const web::Actor& actor, std::string_view session, Instant at);

// --- one-time links -----------------------------------------------------------------------

struct Invited {
    AccountId account;
    std::string name, display_name;
    Instant expires_at;
};
// None when the link was used, revoked, is too old, its account disabled, or it never was.
std::optional<Invited> invited_by(db::Read& tx, std::string_view token, Instant now);

// A password typed twice.
struct NewPassword {
    std::string_view password, again;
};
// Uses the link, sets the password, ends every session of the account and begins one. Throws
// NotFound when the link is no more. Refusals: of auth::weaknesses_of, and
//   password.differs  password_again
Outcome<Entry> sign_in_by_link(db::Database& database, std::string_view token, const NewPassword& wanted,
                               const Knock& knock);

// Ends every other session of the account and gives this one a new token. The old password may
// be tried as often as at signing in. Refusals as above, and
//   password.old_wrong  old_password
Outcome<Entry> change_password(db::Database& database, const web::Actor& actor, std::string_view old_password,
                               const NewPassword& wanted, const Knock& knock);

}  // namespace tiendo::accounts
