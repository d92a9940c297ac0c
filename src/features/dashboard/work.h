// Lists of things that wait for somebody, and of things found; private to this feature.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "platform/db/db.h"
#include "platform/web/web.h"

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
Value to_value(const EntryList& list);

// Only lists with rows, each fetched through the actor: cohorts whose planned day has passed
// without an opening, cohorts past their planned closing, joint cohorts of the year that count
// to no line, imports that wait for a decision.
std::vector<EntryList> work_lists(db::Read& tx, const web::Actor& actor, Date today);

// Cohorts, programmes, people and units whose words begin as those written do, marks aside.
std::vector<EntryList> found(db::Read& tx, const web::Actor& actor, const std::string& written);

}  // namespace tiendo::dashboard
