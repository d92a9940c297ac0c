// The table of roles.toml; private to this feature.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tiendo::accounts {

struct Role {
    std::string name;
    std::vector<std::string> permissions;
};
// In the order of the file; the first is the administrator, who carries every permission.
const std::vector<Role>& role_table();
const Role* find_role(std::string_view name);

}  // namespace tiendo::accounts
