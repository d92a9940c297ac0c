// What a cell means that says "as above": nothing, or a ditto mark; private to the tables.
#pragma once
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "platform/office/table.h"

namespace tiendo::office {

// Whether something was written there; what is merged across from the left was not.
bool holds(const std::vector<Cell>& cells, std::size_t column);

class FillDown {
 public:
    using Places = std::map<std::string, int, std::less<>>;
    FillDown(std::span<const Column> columns, const std::vector<std::string>& ditto);
    bool is_asked_for() const;  // by any column
    void begin_sheet();
    void begin_section();  // what stands above a heading row is no longer meant by an empty cell
    // The cells of the row with what they mean, counted in the table. `places`: field to column.
    std::vector<Cell> filled(const SheetRow& row, const Places& places, FoundTable& table);

 private:
    bool is_ditto(const Cell& cell) const;
    bool is_as_above(const Column& column, const std::vector<Cell>& cells, const Places& places) const;

    const std::span<const Column> columns_;
    const std::set<std::string, std::less<>> ditto_;
    std::map<std::string, Cell> last_values_;         // by field
    std::map<std::string, std::string> last_beside_;  // of the fields beside them, in the same row
    std::set<std::string> above_section_;  // fields whose last value stands above the last heading row
};

}  // namespace tiendo::office
