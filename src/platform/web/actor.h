// Who is asking, and what he may do.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/i18n/i18n.h"

namespace tiendo::web {

// Something a role allows: each feature declares its own,
//   inline constexpr web::Permission approve_plan{"plan.approve"};
struct Permission {
    std::string_view name;
    constexpr bool operator==(const Permission&) const = default;
};
inline constexpr Permission everyone{"everyone"};    // signed in or not
inline constexpr Permission signed_in{"signed-in"};  // anybody with an account

struct Actor {
    std::int64_t account = 0;  // 0: not signed in
    std::string name;
    std::optional<i18n::Language> language;  // what he chose, if he did
    std::vector<std::string> permissions;
    std::string csrf;        // the token of his session; forms send it back
    bool by_bearer = false;  // a program with a bearer token, not a browser with a cookie

    bool is_signed_in() const { return account != 0; }
    bool may(Permission permission) const {
        if (permission == everyone) return true;
        if (permission == signed_in) return is_signed_in();
        return std::find(permissions.begin(), permissions.end(), permission.name) != permissions.end();
    }
};

}  // namespace tiendo::web
