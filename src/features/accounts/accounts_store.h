// The queries of accounts and grants; private to this feature.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.h"

namespace tiendo::accounts {

inline constexpr std::string_view operator_name = "operator";

struct Grant {
    GrantId id;
    AccountId account;
    std::string role;
    organisations::UnitId unit;
    std::string unit_name;
    std::string granted_by;  // display name
    Instant recorded_at;
};

enum class State { active, invited, locked, disabled };
std::string_view to_text(State state);

// An account as a list shows it.
struct Listed {
    Account account;
    State state = State::active;
    std::optional<Instant> seen_at;
    std::vector<Grant> grants;  // those in force, in the order in which they were made
};

// --- accounts -----------------------------------------------------------------------------

AccountId insert_account(db::Write& tx, std::string_view name, std::string_view display_name, Instant at);
std::optional<Account> find_account(db::Read& tx, AccountId id);
bool may_see(db::Read& tx, std::int64_t actor, AccountId account);
// Whether the actor administers all that the account may do: every unit it has a role on, and
// every permission of that role there. For an account without roles, those it had last.
bool administers(db::Read& tx, std::int64_t actor, AccountId account);
// Whether anybody able to sign in administers the centre, but for that account and that grant
// (0: none is left out).
bool has_administrator(db::Read& tx, AccountId without_account, GrantId without_grant);
void set_disabled(db::Write& tx, AccountId account, std::optional<Instant> at);

// Those the actor may see, in the Vietnamese order of their given names.
std::vector<Listed> accounts_seen_by(db::Read& tx, const web::Actor& actor, Instant now);
// One of them, as in the list. Throws NotFound.
Listed require_listed(db::Read& tx, const web::Actor& actor, AccountId account, Instant now);

// --- grants -------------------------------------------------------------------------------

void insert_grant(db::Write& tx, std::int64_t by, AccountId account, std::string_view role,
                  organisations::UnitId unit, Instant at);
std::optional<Grant> find_grant(db::Read& tx, GrantId id);  // in force
void end_grant(db::Write& tx, GrantId id, Instant at);
std::vector<Grant> grants_of(db::Read& tx, AccountId account);
bool is_held(db::Read& tx, AccountId account, std::string_view role, organisations::UnitId unit);
bool reaches(db::Read& tx, std::int64_t actor, std::string_view permission, organisations::UnitId unit);
// Units on which the actor may change accounts, the centre first.
std::vector<organisations::Unit> units_administered_by(db::Read& tx, const web::Actor& actor);

// --- passwords ----------------------------------------------------------------------------

struct Credentials {
    AccountId account;
    std::string name, display_name;
    std::optional<std::string> password_hash;
    std::int64_t failures = 0;
    std::optional<Instant> rests_until;
    bool disabled = false;
    i18n::Language language = i18n::Language::vi;
    std::string theme;
    bool rests(Instant now) const { return rests_until && rests_until->ms > now.ms; }
};
std::optional<Credentials> find_credentials(db::Read& tx, std::string_view name);
std::optional<Credentials> find_credentials(db::Read& tx, AccountId account);
// One more failure in a row, and the rest it earns. Costs the same for a name nobody has.
void keep_failure(db::Write& tx, std::string_view name, Instant now);
void forget_failures(db::Write& tx, AccountId account);
void set_password_hash(db::Write& tx, AccountId account, std::string_view hash);

void set_preferences(db::Write& tx, AccountId account, std::string_view display_name, i18n::Language language,
                     std::string_view theme);

}  // namespace tiendo::accounts
