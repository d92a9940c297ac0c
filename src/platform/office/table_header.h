// Finding the header of a table among the first rows of a sheet.
#pragma once
#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "platform/office/table.h"

namespace tiendo::office {

inline constexpr std::size_t most_columns = 300;

// A header cell, folded once for all the comparisons.
struct HeaderWords {
    explicit HeaderWords(const std::string& header);
    std::string id;                  // of "[ID: field]"
    std::string whole, core;         // core: without what stands in brackets
    std::vector<std::string> parts;  // between slashes
};

// The columns an importer wants, with their headers folded once.
class Wanted {
 public:
    explicit Wanted(std::span<const Column> columns);
    std::span<const Column> columns() const { return columns_; }
    // How well a header cell names a column: 0 (not) to 100, more for its [ID: field].
    int match(const HeaderWords& header, std::size_t column) const;

 private:
    struct Words {
        std::string folded;
        bool whole_cell = false;
    };
    std::span<const Column> columns_;
    std::vector<std::vector<Words>> words_;
};

struct FoundHeader {
    std::size_t first = 0, last = 0;  // indexes into the rows searched
    int required = 0, fields = 0, score = 0;
    std::vector<FoundColumn> columns;
    bool better_than(const FoundHeader& other) const;
};

// Whether a table that has the fields lacks a required column: neither it is there, nor all that
// stand in for it.
template <class Has>
bool lacks(const Column& column, Has has) {
    if (!column.required || has(column.field)) return false;
    return column.stood_in_by.empty() ||
           !std::all_of(column.stood_in_by.begin(), column.stood_in_by.end(), has);
}

// The most likely header among the rows, which may lack columns; one without any match (fields 0) when
// nothing is recognised, and without columns when every row is somebody's. A row asked for by its
// number is taken as it is.
FoundHeader find_header(std::span<const SheetRow> rows, const Wanted& wanted, int header_row);

// The columns of rows above which nothing says what they are.
FoundHeader no_header(std::span<const SheetRow> rows);

// Which column serves which field, after what a person chose.
std::map<std::string, int, std::less<>> columns_by_field(const FoundHeader& header, const Mapping& mapping);

}  // namespace tiendo::office
