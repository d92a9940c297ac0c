// Short lists of things with an address: what waits, and what was found; private to this feature.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "platform/db/db.h"

namespace tiendo::dashboard {

struct Entry {
    std::string title, detail;
    std::optional<Date> on;
    std::string url;
};

// What one kind of thing offers: the first few and how many there are.
struct EntryList {
    std::string name;  // of its texts
    std::int64_t count = 0;
    std::string more_url;  // where all are; empty: nowhere
    std::vector<Entry> rows;
};
Value to_value(const std::vector<EntryList>& lists);

// Where the entries of a list lead: `before` + id + `after`; all of them to `more`.
struct Leads {
    std::string_view before, after = "";
    std::string more = "";
};
// Adds the list when it has rows: each is (title, detail, day, id, how many there are in all).
void add_list(std::vector<EntryList>& lists, std::string_view name, const Leads& leads, db::Read& tx,
              std::string_view sql, std::initializer_list<db::Named> params);

}  // namespace tiendo::dashboard
