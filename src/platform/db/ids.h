// Any number of ids as one parameter of a query: side by side in one text, 20 digits each.
//
//   with recursive places (place) as (
//       select 0 union all select place + 1 from places where place + 1 < :count),
//   asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
//
// Nothing may be asked about no id at all: `places` has a row even then.
#pragma once
#include <cstdio>
#include <span>
#include <string>

#include "base/id.h"

namespace tiendo::db {

template <class Tag>
std::string side_by_side(std::span<const Id<Tag>> ids) {
    std::string text;
    text.reserve(ids.size() * 20);
    for (const Id<Tag> id : ids) {
        char digits[24];
        std::snprintf(digits, sizeof digits, "%020lld", static_cast<long long>(id.value));
        text += digits;
    }
    return text;
}

}  // namespace tiendo::db
