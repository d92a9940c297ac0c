#include "platform/office/table_fill.h"

#include <algorithm>

#include "base/text.h"

namespace tiendo::office {
namespace {

constexpr std::int64_t most_filled_rows = 10;

// Quotation marks alone, and the words that mean the same, in small letters.
std::set<std::string, std::less<>> ditto_marks(const std::vector<std::string>& words) {
    std::set<std::string, std::less<>> marks{"\"", "''", "“", "”", "″", "〃", ",,", "\"\""};
    for (const std::string& word : words) marks.insert(lower_ascii(clean(word)));
    return marks;
}

std::string text_in(const std::vector<Cell>& cells, const FillDown::Places& places,
                    const std::string& field) {
    const auto place = places.find(field);
    if (place == places.end() || !holds(cells, static_cast<std::size_t>(place->second))) return "";
    return clean(cells[static_cast<std::size_t>(place->second)].text);
}

}  // namespace

bool holds(const std::vector<Cell>& cells, std::size_t column) {
    return column < cells.size() && !cells[column].empty() &&
           cells[column].covered != Cell::Covered::from_left;
}

FillDown::FillDown(std::span<const Column> columns, const std::vector<std::string>& ditto)
    : columns_(columns), ditto_(ditto_marks(ditto)) {}

bool FillDown::is_asked_for() const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [](const Column& column) { return column.fill_down; });
}

void FillDown::begin_sheet() {
    last_values_.clear();
    last_beside_.clear();
    above_section_.clear();
}

void FillDown::begin_section() {
    for (const auto& [field, value] : last_values_) above_section_.insert(field);
}

std::vector<Cell> FillDown::filled(const SheetRow& row, const Places& places, FoundTable& table) {
    std::vector<Cell> cells = row.cells;
    for (const Column& column : columns_) {
        const auto place = places.find(column.field);
        if (place == places.end()) continue;
        const auto index = static_cast<std::size_t>(place->second);
        if (cells.size() <= index) cells.resize(index + 1);
        Cell& cell = cells[index];
        const bool ditto = is_ditto(cell);
        if (holds(cells, index) && !ditto) {
            last_values_[column.field] = cell;
            above_section_.erase(column.field);
            for (const std::string& beside : column.filled_while_same)
                last_beside_[beside] = text_in(row.cells, places, beside);
            continue;
        }
        const auto last = last_values_.find(column.field);
        const bool blank_means_it = column.fill_down && !above_section_.contains(column.field) &&
                                    is_as_above(column, row.cells, places);
        if (last != last_values_.end() && (ditto || blank_means_it)) {
            cell = last->second;
            cell.covered = Cell::Covered::from_above;
            FilledDown& filled = table.filled[column.field];
            if (++filled.count <= most_filled_rows) filled.first_rows.push_back(row.number);
        } else if (ditto) {
            cell = {};
        }
    }
    return cells;
}

bool FillDown::is_as_above(const Column& column, const std::vector<Cell>& cells, const Places& places) const {
    const auto same = [&](const std::string& beside) {
        const std::string said = text_in(cells, places, beside);
        const auto last = last_beside_.find(beside);
        return said.empty() || (last != last_beside_.end() && last->second == said);
    };
    return std::all_of(column.filled_while_same.begin(), column.filled_while_same.end(), same);
}

bool FillDown::is_ditto(const Cell& cell) const {
    constexpr std::size_t longest = 24;
    if (cell.kind != Cell::Kind::text || cell.text.size() > longest) return false;
    constexpr std::string_view around = " .-()";
    const std::size_t begin = cell.text.find_first_not_of(around);
    if (begin == std::string::npos) return false;
    const std::size_t end = cell.text.find_last_not_of(around) + 1;
    return ditto_.contains(lower_ascii(std::string_view(cell.text).substr(begin, end - begin)));
}

}  // namespace tiendo::office
