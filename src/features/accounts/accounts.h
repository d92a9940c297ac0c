// Accounts: who may sign in, and what each may do on which units.
//
// A role is granted on a unit and holds for the whole subtree. Which permissions a role
// carries is data (roles.toml), not code.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/organisations/organisations.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::accounts {

inline constexpr web::Permission see_accounts{"accounts.see"};
inline constexpr web::Permission change_accounts{"accounts.change"};
inline constexpr web::Permission see_audit_trail{"audit.see"};

struct Account {
    Id<Account> id;
    std::string name;          // what one signs in with
    std::string display_name;
    i18n::Language language = i18n::Language::vi;
};
using AccountId = Id<Account>;

// The roles, in the order of roles.toml: administrator, director, training_officer,
// unit_officer, auditor.
const std::vector<std::string>& roles();
// Brings the database's table of roles up to roles.toml; at a start that finds them apart.
bool roles_are_settled(db::Read& tx);
void settle_roles(db::Write& tx);

// The account under which the command line acts: whoever can read the data folder. It has
// every permission, appears in the trail, and cannot sign in.
AccountId make_operator(db::Write& tx, organisations::UnitId centre, Instant at);
web::Actor operator_actor(db::Read& tx);

// An account without a password; a one-time link lets its owner choose one.
Outcome<AccountId> make_account(db::Write& tx, const web::Actor& actor, std::string_view name, std::string_view display_name, Instant at);
Outcome<Done> grant(db::Write& tx, const web::Actor& actor, AccountId account, std::string_view role, organisations::UnitId unit, Instant at);
std::optional<Account> find_account(db::Read& tx, std::string_view name);

// A token for the address /sign-in/<token>: good once, for 24 hours. Only its digest is kept.
std::string make_sign_in_token(db::Write& tx, const web::Actor& actor, AccountId account, Instant at);

}  // namespace tiendo::accounts
