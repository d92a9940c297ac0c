// Roles: which permissions each carries, and who holds them.
#include "features/accounts/roles.h"

#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "base/embedded.h"
#include "features/accounts/accounts.h"

extern "C" const tiendo::EmbeddedEntry embedded_roles[];

namespace tiendo::accounts {
namespace {

// (role, permission)
std::set<std::pair<std::string, std::string>> carried_permissions() {
    std::set<std::pair<std::string, std::string>> carried;
    for (const Role& role : role_table())
        for (const std::string& permission : role.permissions) carried.emplace(role.name, permission);
    return carried;
}

}  // namespace

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

const Role* find_role(std::string_view name) {
    for (const Role& role : role_table())
        if (role.name == name) return &role;
    return nullptr;
}

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
        tx.run(R"sql(insert into role_permissions (role, permission) values (:role, :permission))sql",
               {{"role", role}, {"permission", permission}});
}

std::vector<std::string> roles_of(db::Database& database, AccountId account) {
    const auto held = database.read([&](db::Read& tx) {
        return tx.all<std::string>(
            R"sql(select distinct role from grants where account = :account and revoked_at is null)sql",
            {{"account", account}}, [](const db::Row& row) { return row.text(0); });
    });
    std::vector<std::string> ordered;
    for (const std::string& role : roles())
        if (std::find(held.begin(), held.end(), role) != held.end()) ordered.push_back(role);
    return ordered;
}

}  // namespace tiendo::accounts
