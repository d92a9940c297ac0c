#include "features/accounts/accounts.h"

#include <sodium.h>

#include <algorithm>
#include <set>
#include <toml++/toml.h>

#include "base/embedded.h"
#include "base/text.h"
#include "platform/audit/audit.h"

extern "C" const tiendo::EmbeddedEntry embedded_roles[];

namespace tiendo::accounts {
namespace {

constexpr std::string_view operator_name = "operator";

struct Role {
    std::string name;
    std::vector<std::string> permissions;
};

const std::vector<Role>& role_table() {
    static const std::vector<Role> table = [] {
        std::vector<Role> roles;
        const toml::table file = toml::parse(files_of(embedded_roles).front().bytes);
        for (const toml::node& node : *file["role"].as_array()) {
            const toml::table& role = *node.as_table();
            roles.push_back({role["name"].value<std::string>().value(), {}});
            for (const toml::node& permission : *role["permissions"].as_array())
                roles.back().permissions.push_back(permission.value<std::string>().value());
        }
        return roles;
    }();
    return table;
}

// (role, permission)
std::set<std::pair<std::string, std::string>> carried_permissions() {
    std::set<std::pair<std::string, std::string>> carried;
    for (const Role& role : role_table())
        for (const std::string& permission : role.permissions) carried.emplace(role.name, permission);
    return carried;
}

std::string digest_of(std::string_view token) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    return digest;
}

std::string random_token() {
    std::array<unsigned char, 32> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // the terminating zero
    return text;
}

AccountId insert_account(db::Write& tx, std::string_view name, std::string_view display_name, Instant at) {
    const auto id = new_id<AccountId>();
    tx.run(R"sql(insert into accounts (id, name, display_name, recorded_at) values (:id, :name, :display_name, :at))sql",
           {{"id", id}, {"name", name}, {"display_name", display_name}, {"at", at}});
    return id;
}

void insert_grant(db::Write& tx, std::int64_t by, AccountId account, std::string_view role, organisations::UnitId unit, Instant at) {
    tx.run(R"sql(
        insert into grants (id, account, role, unit, granted_by, recorded_at) values (:id, :account, :role, :unit, :by, :at))sql",
           {{"id", next_id()}, {"account", account}, {"role", role}, {"unit", unit}, {"by", by}, {"at", at}});
}

}  // namespace

const std::vector<std::string>& roles() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Role& role : role_table()) all.push_back(role.name);
        return all;
    }();
    return names;
}

bool roles_are_settled(db::Read& tx) {
    std::set<std::pair<std::string, std::string>> kept;
    tx.each(R"sql(select role, permission from role_permissions)sql", {},
            [&](const db::Row& row) { kept.emplace(row.text(0), row.text(1)); });
    return kept == carried_permissions();
}

void settle_roles(db::Write& tx) {
    tx.run(R"sql(delete from role_permissions)sql");
    for (const auto& [role, permission] : carried_permissions())
        tx.run(R"sql(insert into role_permissions (role, permission) values (:role, :permission))sql", {{"role", role}, {"permission", permission}});
}

AccountId make_operator(db::Write& tx, organisations::UnitId centre, Instant at) {
    const AccountId id = insert_account(tx, operator_name, "Tiến Độ", at);
    insert_grant(tx, id.value, id, "administrator", centre, at);
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

std::optional<Account> find_account(db::Read& tx, std::string_view name) {
    return tx.find<Account>(R"sql(select id, name, display_name, language from accounts where name = :name)sql", {{"name", name}},
                            [](const db::Row& row) {
                                return Account{row.id<AccountId>(0), row.text(1), row.text(2),
                                               i18n::parse_language(row.view(3)).value_or(i18n::Language::vi)};
                            });
}

Outcome<AccountId> make_account(db::Write& tx, const web::Actor& actor, std::string_view name, std::string_view display_name, Instant at) {
    const std::string wanted = lower_ascii(clean(name));
    if (wanted.empty() || wanted.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_@") != std::string::npos)
        return Refusal{"name", "account.name_malformed", {std::string(name)}};
    if (find_account(tx, wanted)) return Refusal{"name", "account.name_taken", {wanted}};
    const AccountId id = insert_account(tx, wanted, clean(display_name).empty() ? wanted : clean(display_name), at);
    audit::record(tx, actor, at, {"account.make", "account", id.value, Value::object({{"name", wanted}})});
    return id;
}

Outcome<Done> grant(db::Write& tx, const web::Actor& actor, AccountId account, std::string_view role, organisations::UnitId unit, Instant at) {
    const auto& known = roles();
    if (std::find(known.begin(), known.end(), role) == known.end()) return Refusal{"role", "account.role_unknown", {std::string(role)}};
    insert_grant(tx, actor.account, account, role, unit, at);
    audit::record(tx, actor, at, {"account.grant", "account", account.value, Value::object({{"role", role}, {"unit", unit}})});
    return Done{};
}

std::string make_sign_in_token(db::Write& tx, const web::Actor& actor, AccountId account, Instant at) {
    const std::string token = random_token();
    const std::string digest = digest_of(token);
    constexpr std::int64_t day_ms = 24 * 3600 * 1000;
    tx.run(R"sql(
        insert into access_tokens (id, account, purpose, label, token_digest, created_at, expires_at)
        values (:id, :account, 'sign_in', '', :digest, :at, :expires_at))sql",
           {{"id", next_id()}, {"account", account}, {"digest", db::Blob{digest}}, {"at", at}, {"expires_at", Instant{at.ms + day_ms}}});
    audit::record(tx, actor, at, {"account.make_sign_in_link", "account", account.value, Value::object()});
    return token;
}

}  // namespace tiendo::accounts
