#include "features/accounts/accounts_store.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace tiendo::accounts {
namespace {

Account account_of(const db::Row& row) {
    return Account{row.id<AccountId>(0), row.text(1), row.text(2),
                   i18n::parse_language(row.view(3)).value_or(i18n::Language::vi)};
}

State state_of(const db::Row& row, Instant now) {
    if (!row.is_null(4)) return State::disabled;
    if (row.truth(5)) return State::invited;
    return row.integer(6) > now.ms ? State::locked : State::active;
}

Grant grant_of(const db::Row& row) {
    return Grant{row.id<GrantId>(0), row.id<AccountId>(1), row.text(2),   row.id<organisations::UnitId>(3),
                 row.text(4),        row.text(5),          row.instant(6)};
}

bool sees_everywhere(db::Read& tx, std::int64_t actor) {
    return reaches(tx, actor, see_accounts.name, organisations::centre(tx).id);
}

}  // namespace

std::string_view to_text(State state) {
    switch (state) {
        case State::active: return "active";
        case State::invited: return "invited";
        case State::locked: return "locked";
        case State::disabled: return "disabled";
    }
    return "";
}

AccountId insert_account(db::Write& tx, std::string_view name, std::string_view display_name, Instant at) {
    const auto id = new_id<AccountId>();
    tx.run(R"sql(insert into accounts (id, name, display_name, recorded_at)
                 values (:id, :name, :display_name, :at))sql",
           {{"id", id}, {"name", name}, {"display_name", display_name}, {"at", at}});
    return id;
}

std::optional<Account> find_account(db::Read& tx, std::string_view name) {
    return tx.find<Account>(
        R"sql(select id, name, display_name, language from accounts where name = :name)sql", {{"name", name}},
        account_of);
}

std::optional<Account> find_account(db::Read& tx, AccountId id) {
    return tx.find<Account>(R"sql(select id, name, display_name, language from accounts where id = :id)sql",
                            {{"id", id}}, account_of);
}

bool may_see(db::Read& tx, std::int64_t actor, AccountId account) {
    const bool within = tx.integer(R"sql(
        select count(*) from accounts a
        join grants g on g.account = a.id
        join reach r on r.unit = g.unit and r.account = :actor and r.permission = :permission
        where a.id = :account and a.name <> :operator)sql",
                                   {{"actor", actor},
                                    {"permission", see_accounts.name},
                                    {"account", account},
                                    {"operator", operator_name}}) > 0;
    if (within) return true;
    const auto found = find_account(tx, account);
    return found && found->name != operator_name && sees_everywhere(tx, actor);
}

bool administers(db::Read& tx, std::int64_t actor, AccountId account) {
    std::int64_t standing = 0, beyond = 0;
    tx.each(R"sql(
        with standing as (
            select g.role as role, g.unit as unit from grants g
            where g.account = :account and (g.revoked_at is null or not exists (
                select 1 from grants held where held.account = :account and held.revoked_at is null)))
        select count(*), sum(case when
            exists (select 1 from reach r
                    where r.account = :actor and r.permission = :permission and r.unit = s.unit)
            and not exists (
                select 1 from role_permissions p where p.role = s.role and not exists (
                    select 1 from reach r
                    where r.account = :actor and r.permission = p.permission and r.unit = s.unit))
            then 0 else 1 end)
        from standing s)sql",
            {{"account", account}, {"actor", actor}, {"permission", change_accounts.name}},
            [&](const db::Row& row) {
                standing = row.integer(0);
                beyond = row.integer(1);
            });
    if (standing > 0) return beyond == 0;
    return reaches(tx, actor, change_accounts.name, organisations::centre(tx).id);
}

bool has_administrator(db::Read& tx, AccountId without_account, GrantId without_grant) {
    return tx.integer(R"sql(
        select count(*) from accounts a
        join grants g on g.account = a.id and g.revoked_at is null and g.id <> :without_grant
        join units u on u.id = g.unit and u.parent is null
        join role_permissions p on p.role = g.role and p.permission = :permission
        where a.id <> :without_account and a.disabled_at is null and a.password_hash is not null)sql",
                      {{"without_account", without_account},
                       {"without_grant", without_grant},
                       {"permission", change_accounts.name}}) > 0;
}

void set_disabled(db::Write& tx, AccountId account, std::optional<Instant> at) {
    tx.run(R"sql(update accounts set disabled_at = :at where id = :account)sql",
           {{"account", account}, {"at", at}});
}

// --- lists --------------------------------------------------------------------------------

std::vector<Listed> accounts_seen_by(db::Read& tx, const web::Actor& actor, Instant now) {
    const auto read = [&](const db::Row& row) {
        Listed listed{account_of(row), state_of(row, now), std::nullopt, {}};
        if (!row.is_null(7)) listed.seen_at = row.instant(7);
        return listed;
    };
    auto listed = tx.all<Listed>(R"sql(
        select a.id, a.name, a.display_name, a.language, a.disabled_at, a.password_hash is null, a.locked_until,
               (select max(s.seen_at) from sessions s where s.account = a.id)
        from accounts a
        where a.name <> :operator and (:everywhere or a.id in (
            select g.account from grants g where g.unit in (
                select r.unit from reach r where r.account = :actor and r.permission = :permission))))sql",
                                 {{"operator", operator_name},
                                  {"everywhere", sees_everywhere(tx, actor.account)},
                                  {"actor", actor.account},
                                  {"permission", see_accounts.name}},
                                 read);
    std::map<AccountId, std::vector<Grant>> grants;
    tx.each(R"sql(
        select g.id, g.account, g.role, g.unit, u.name, b.display_name, g.recorded_at
        from grants g
        join units u on u.id = g.unit
        join accounts b on b.id = g.granted_by
        where g.revoked_at is null and g.unit in (
            select r.unit from reach r where r.account = :actor and r.permission = :permission)
        order by g.id)sql",
            {{"actor", actor.account}, {"permission", see_accounts.name}},
            [&](const db::Row& row) { grants[row.id<AccountId>(1)].push_back(grant_of(row)); });
    for (Listed& one : listed) one.grants = std::move(grants[one.account.id]);

    std::vector<std::pair<std::string, Listed>> keyed;
    for (Listed& one : listed)
        keyed.emplace_back(name_sort_key(one.account.display_name) + to_text(one.account.id), std::move(one));
    std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Listed> ordered;
    for (auto& [key, one] : keyed) ordered.push_back(std::move(one));
    return ordered;
}

Listed require_listed(db::Read& tx, const web::Actor& actor, AccountId account, Instant now) {
    for (Listed& one : accounts_seen_by(tx, actor, now))
        if (one.account.id == account) return std::move(one);
    throw web::NotFound();
}

// --- grants -------------------------------------------------------------------------------

void insert_grant(db::Write& tx, std::int64_t by, AccountId account, std::string_view role,
                  organisations::UnitId unit, Instant at) {
    tx.run(R"sql(
        insert into grants (id, account, role, unit, granted_by, recorded_at)
        values (:id, :account, :role, :unit, :by, :at))sql",
           {{"id", next_id()}, {"account", account}, {"role", role}, {"unit", unit}, {"by", by}, {"at", at}});
}

std::optional<Grant> find_grant(db::Read& tx, GrantId id) {
    return tx.find<Grant>(R"sql(
        select g.id, g.account, g.role, g.unit, u.name, b.display_name, g.recorded_at
        from grants g
        join units u on u.id = g.unit
        join accounts b on b.id = g.granted_by
        where g.id = :id and g.revoked_at is null)sql",
                          {{"id", id}}, grant_of);
}

void end_grant(db::Write& tx, GrantId id, Instant at) {
    tx.run(R"sql(update grants set revoked_at = :at where id = :id and revoked_at is null)sql",
           {{"id", id}, {"at", at}});
}

std::vector<Grant> grants_of(db::Read& tx, AccountId account) {
    return tx.all<Grant>(R"sql(
        select g.id, g.account, g.role, g.unit, u.name, b.display_name, g.recorded_at
        from grants g
        join units u on u.id = g.unit
        join accounts b on b.id = g.granted_by
        where g.account = :account and g.revoked_at is null
        order by g.id)sql",
                         {{"account", account}}, grant_of);
}

bool is_held(db::Read& tx, AccountId account, std::string_view role, organisations::UnitId unit) {
    return tx.integer(R"sql(
        select count(*) from grants
        where account = :account and role = :role and unit = :unit and revoked_at is null)sql",
                      {{"account", account}, {"role", role}, {"unit", unit}}) > 0;
}

bool reaches(db::Read& tx, std::int64_t actor, std::string_view permission, organisations::UnitId unit) {
    return tx.integer(R"sql(
        select count(*) from reach where account = :actor and permission = :permission and unit = :unit)sql",
                      {{"actor", actor}, {"permission", permission}, {"unit", unit}}) > 0;
}

std::vector<organisations::Unit> units_administered_by(db::Read& tx, const web::Actor& actor) {
    return tx.all<organisations::Unit>(
        R"sql(
        select u.id, u.parent, u.code, u.name, u.kind from units u
        where u.id in (select r.unit from reach r where r.account = :actor and r.permission = :permission)
        order by u.parent nulls first, u.search)sql",
        {{"actor", actor.account}, {"permission", change_accounts.name}}, [](const db::Row& row) {
            return organisations::Unit{row.id<organisations::UnitId>(0),
                                       row.maybe_id<organisations::UnitId>(1), row.text(2), row.text(3),
                                       row.text(4)};
        });
}

}  // namespace tiendo::accounts
