// Accounts: who may sign in, and what each may do on which units.
//
// A role is granted on a unit and holds for the whole subtree. Which permissions a role carries
// is data (roles.toml), not code. Whoever administers a subtree grants within it only, and never
// a permission he lacks there himself; an account that is more powerful than he, or powerful
// elsewhere, is not his to disable, nor to give a new link.
//
// Passwords are chosen by their owners alone: an account is made without one, and a one-time
// link lets its owner choose. See docs/security/asvs-auth.md.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/organisations/organisations.h"
#include "platform/auth/actor_of.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

namespace tiendo::accounts {

inline constexpr web::Permission see_accounts{"accounts.see"};
inline constexpr web::Permission change_accounts{"accounts.change"};
inline constexpr web::Permission see_audit_trail{"audit.see"};

struct Account {
    Id<Account> id;
    std::string name;  // what one signs in with
    std::string display_name;
    i18n::Language language = i18n::Language::vi;
};
using AccountId = Id<Account>;

struct Grant;
using GrantId = Id<Grant>;

// For web::Site::actor.
using auth::actor_of;

// --- roles --------------------------------------------------------------------------------

// The roles, in the order of roles.toml: administrator, director, training_officer,
// unit_officer, auditor.
const std::vector<std::string>& roles();
// Brings the database's table of roles up to roles.toml; at a start that finds them apart.
bool roles_are_settled(db::Read& tx);
void settle_roles(db::Write& tx);
// Those an account holds somewhere, each once, in that order.
std::vector<std::string> roles_of(db::Database& database, AccountId account);

// --- the command line's own account -------------------------------------------------------

// The account under which the command line acts: whoever can read the data folder. It has
// every permission, appears in the trail, and cannot sign in.
AccountId make_operator(db::Write& tx, organisations::UnitId centre, Instant at);
web::Actor operator_actor(db::Read& tx);

// --- accounts -----------------------------------------------------------------------------

std::optional<Account> find_account(db::Read& tx, std::string_view name);
// One the actor may see: somebody with a role, now or once, on a unit on which the actor
// may see accounts. Throws NotFound otherwise.
Account require(db::Read& tx, const web::Actor& actor, AccountId account);

// An account without a password. Refusals:
//   account.name_malformed  account_name  {0} as typed
//   account.name_taken      account_name  {0}
Outcome<AccountId> make_account(db::Write& tx, const web::Actor& actor, std::string_view name,
                                std::string_view display_name, Instant at);

// An account with its first role and its first link, or nothing of these: an account without a
// role would be out of sight of whoever administers a subtree. Refusals: of make_account and grant.
struct NewAccount {
    std::string name, display_name, role;
    organisations::UnitId unit;
};
struct Invitation {
    AccountId account;
    std::string display_name;
    std::string token;  // as of make_sign_in_token
};
Outcome<Invitation> invite(db::Write& tx, const web::Actor& actor, const NewAccount& wanted, Instant at);

// Refusals:
//   account.role_unknown  role  {0} as said, {1} the roles there are
//   account.unit_unknown  unit  the actor administers no such unit
//   account.role_beyond   role  {0} a permission of it that the actor lacks there
//   account.role_held     role
Outcome<Done> grant(db::Write& tx, const web::Actor& actor, AccountId account, std::string_view role,
                    organisations::UnitId unit, Instant at);
// Effective at once, also for whoever is signed in. Throws NotFound when the actor may not see
// the grant's account, Forbidden when he could not have granted it. Refusals:
//   account.last_administrator
Outcome<AccountId> revoke(db::Write& tx, const web::Actor& actor, GrantId grant, Instant at);

// The following throw NotFound for an account the actor may not see, and Forbidden for one
// that he does not administer in all it may do.

// Ends its sessions, links and keys at once. Refusals:
//   account.own                 nobody disables himself
//   account.last_administrator  somebody must be left who could undo it
Outcome<Done> disable(db::Write& tx, const web::Actor& actor, AccountId account, Instant at);
Outcome<Done> enable(db::Write& tx, const web::Actor& actor, AccountId account, Instant at);
// Answers how many sessions ended.
std::int64_t end_sessions(db::Write& tx, const web::Actor& actor, AccountId account, Instant at);

// A token for the address /sign-in/<token>: good once, for 24 hours; the account's older links
// stop working. Only its digest is kept. Refusals of the second:
//   account.own       whoever forgot his password asks a colleague, and who did not knows it
//   account.disabled
std::string make_sign_in_token(db::Write& tx, const web::Actor& actor, AccountId account, Instant at);
Outcome<std::string> renew_sign_in_token(db::Write& tx, const web::Actor& actor, AccountId account,
                                         Instant at);

// Tells imports which grants depend on what a workbook brought. Once, when the program starts.
void depend_on_imports();

void register_routes(web::Routes& routes);

}  // namespace tiendo::accounts
