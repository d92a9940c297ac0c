// Lists go on by key and not by number: a page begins after the last row of the one before, so
// that rows which come or go meanwhile are neither shown twice nor skipped, and the thousandth
// page costs what the first does.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/value.h"
#include "platform/http/http.h"

namespace tiendo::pages {

// Where a page begins: after the row with that key; so many rows came before.
struct Place {
    std::int64_t seen = 0;
    std::vector<std::string> key;  // as it was given to paging(); empty at the beginning
    bool at_beginning() const { return key.empty(); }
    // The key's part as a number; 0 when it is none.
    std::int64_t number(std::size_t part) const;
};
// Of ?after=; what is no place of a list with keys of that many parts is the beginning.
Place place_of(const http::Request& request, std::size_t parts);

// {"first", "last", "total", "first_url", "next_url"} of the rows shown; null when all rows are.
// The key of the last row shown may have letters, digits and hyphens.
Value paging(const http::Request& request, const Place& begun, std::int64_t shown, std::int64_t total,
             const std::vector<std::string>& last_key);

}  // namespace tiendo::pages
