#include "features/accounts/accounts.h"

#include "base/text.h"
#include "features/accounts/accounts_store.h"
#include "features/accounts/roles.h"
#include "platform/audit/audit.h"
#include "platform/auth/access_token.h"
#include "platform/auth/session.h"

namespace tiendo::accounts {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_display_name = 200;

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

void require_administers(db::Read& tx, const web::Actor& actor, AccountId account) {
    require(tx, actor, account);
    if (!administers(tx, actor.account, account)) throw web::Forbidden();
}

// Two administrators who disable each other at the same moment come one after the other here.
bool is_last_administrator(db::Write& tx, AccountId account, GrantId grant) {
    tx.lock("administrators");
    return has_administrator(tx, AccountId{}, GrantId{}) && !has_administrator(tx, account, grant);
}

// Why the actor may not grant the role on the unit.
Refusals refusals_of_grant(db::Read& tx, const web::Actor& actor, std::string_view role,
                           organisations::UnitId unit) {
    const Role* wanted = find_role(role);
    if (wanted == nullptr) return {{"role", "account.role_unknown", {std::string(role), listed(roles())}}};
    if (!reaches(tx, actor.account, change_accounts.name, unit))
        return {{"unit", "account.unit_unknown", {}}};
    for (const std::string& permission : wanted->permissions)
        if (!reaches(tx, actor.account, permission, unit))
            return {{"role", "account.role_beyond", {permission}}};
    return {};
}

}  // namespace

AccountId make_operator(db::Write& tx, organisations::UnitId centre, Instant at) {
    const AccountId id = insert_account(tx, operator_name, "Tiến Độ", at);
    insert_grant(tx, id.value, id, role_table().front().name, centre, at);
    return id;
}

web::Actor operator_actor(db::Read& tx) {
    const auto account = find_account(tx, operator_name);
    if (!account) throw db::Failure("the database has no accounts yet: tiendo init has not been run");
    web::Actor actor;
    actor.account = account->id.value;
    actor.name = account->display_name;
    actor.permissions = role_table().front().permissions;
    return actor;
}

Account require(db::Read& tx, const web::Actor& actor, AccountId account) {
    if (!may_see(tx, actor.account, account)) throw web::NotFound();
    return find_account(tx, account).value();
}

Outcome<AccountId> make_account(db::Write& tx, const web::Actor& actor, std::string_view name,
                                std::string_view display_name, Instant at) {
    const std::string wanted = lower_ascii(clean(name));
    const std::string shown = clean(display_name).empty() ? wanted : clean(display_name);
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789.-_@";
    if (wanted.empty() || wanted.size() > longest_name || wanted.find_first_not_of(letters) != wanted.npos)
        return Refusal{"account_name", "account.name_malformed", {std::string(name)}};
    if (length_of(shown) > longest_display_name)
        return Refusal{"display_name", "account.display_name_long", {std::to_string(longest_display_name)}};
    if (find_account(tx, wanted)) return Refusal{"account_name", "account.name_taken", {wanted}};
    const AccountId id = insert_account(tx, wanted, shown, at);
    audit::record(
        tx, actor, at,
        {"account.make", "account", id.value, Value::object({{"name", wanted}, {"display_name", shown}})});
    return id;
}

Outcome<Invitation> invite(db::Write& tx, const web::Actor& actor, const NewAccount& wanted, Instant at) {
    const auto account = make_account(tx, actor, wanted.name, wanted.display_name, at);
    if (!account) return account.refusals();
    if (const auto granted = grant(tx, actor, *account, wanted.role, wanted.unit, at); !granted)
        return granted.refusals();
    return Invitation{*account, find_account(tx, *account)->display_name,
                      make_sign_in_token(tx, actor, *account, at)};
}

Outcome<Done> grant(db::Write& tx, const web::Actor& actor, AccountId account, std::string_view role,
                    organisations::UnitId unit, Instant at) {
    if (auto refusals = refusals_of_grant(tx, actor, role, unit); !refusals.empty()) return refusals;
    tx.lock("grants", account.value);
    if (is_held(tx, account, role, unit)) return Refusal{"role", "account.role_held", {}};
    insert_grant(tx, actor.account, account, role, unit, at);
    const std::string unit_name = organisations::find_unit(tx, unit)->name;
    audit::record(tx, actor, at,
                  {"account.grant", "account", account.value,
                   Value::object({{"role", role}, {"unit", unit}, {"unit_name", unit_name}})});
    return Done{};
}

Outcome<AccountId> revoke(db::Write& tx, const web::Actor& actor, GrantId id, Instant at) {
    const auto grant = find_grant(tx, id);
    if (!grant || !reaches(tx, actor.account, see_accounts.name, grant->unit)) throw web::NotFound();
    require(tx, actor, grant->account);
    if (!refusals_of_grant(tx, actor, grant->role, grant->unit).empty()) throw web::Forbidden();
    if (is_last_administrator(tx, AccountId{}, id)) return Refusal{"", "account.last_administrator", {}};
    end_grant(tx, id, at);
    audit::record(
        tx, actor, at,
        {"account.revoke", "account", grant->account.value,
         Value::object({{"role", grant->role}, {"unit", grant->unit}, {"unit_name", grant->unit_name}})});
    return grant->account;
}

Outcome<Done> disable(db::Write& tx, const web::Actor& actor, AccountId account, Instant at) {
    require_administers(tx, actor, account);
    if (actor.account == account.value) return Refusal{"", "account.own", {}};
    if (find_credentials(tx, account)->disabled) return Done{};
    if (is_last_administrator(tx, account, GrantId{})) return Refusal{"", "account.last_administrator", {}};
    set_disabled(tx, account, at);
    const std::int64_t ended = auth::end_sessions(tx, account.value, at);
    auth::revoke_sign_in_links(tx, account.value, at);
    auth::revoke_personal_tokens(tx, account.value, at);
    audit::record(tx, actor, at,
                  {"account.disable", "account", account.value, Value::object({{"sessions", ended}})});
    return Done{};
}

Outcome<Done> enable(db::Write& tx, const web::Actor& actor, AccountId account, Instant at) {
    require_administers(tx, actor, account);
    set_disabled(tx, account, std::nullopt);
    forget_failures(tx, account);
    audit::record(tx, actor, at, {"account.enable", "account", account.value, Value::object()});
    return Done{};
}

std::int64_t end_sessions(db::Write& tx, const web::Actor& actor, AccountId account, Instant at) {
    require_administers(tx, actor, account);
    const std::int64_t ended = auth::end_sessions(tx, account.value, at);
    audit::record(tx, actor, at,
                  {"account.end_sessions", "account", account.value, Value::object({{"sessions", ended}})});
    return ended;
}

std::string make_sign_in_token(db::Write& tx, const web::Actor& actor, AccountId account, Instant at) {
    std::string token = auth::make_sign_in_link(tx, account.value, at);
    audit::record(tx, actor, at, {"account.make_sign_in_link", "account", account.value, Value::object()});
    return token;
}

Outcome<std::string> renew_sign_in_token(db::Write& tx, const web::Actor& actor, AccountId account,
                                         Instant at) {
    require_administers(tx, actor, account);
    if (actor.account == account.value) return Refusal{"", "account.own", {}};
    if (find_credentials(tx, account)->disabled) return Refusal{"", "account.disabled", {}};
    return make_sign_in_token(tx, actor, account, at);
}

}  // namespace tiendo::accounts
