#include "platform/office/table_header.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/date_text.h"
#include "base/text.h"

namespace tiendo::office {
namespace {

constexpr int exact = 100, without_remark = 97, one_of_several = 90, enough = 55, by_id = 120;
constexpr std::size_t longest_header = 300;
constexpr std::size_t most_header_rows = 3;

std::string cell_text(const SheetRow& row, std::size_t column) {
    if (column >= row.cells.size() || row.cells[column].empty() ||
        row.cells[column].text.size() > longest_header)
        return {};
    return clean(row.cells[column].text);
}

// "Ngày sinh (dd/mm/yyyy)" without what stands in brackets.
std::string without_brackets(const std::string& text) {
    std::string result;
    int depth = 0;
    for (const char c : text) {
        if (c == '(' || c == '[') ++depth;
        if (depth == 0) result += c;
        if ((c == ')' || c == ']') && depth > 0) --depth;
    }
    return result;
}

bool contains_words(std::string_view text, std::string_view words, bool at_start) {
    const std::size_t at = text.find(words);
    if (at == std::string_view::npos || (at_start && at != 0)) return false;
    const std::size_t end = at + words.size();
    return (at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ');
}

// The header cells that the rows from `first` to `last` make together, one per column: the
// whole (each row's words once), and the lowest words alone.
struct Heading {
    std::string joined, lowest;
};

std::vector<Heading> headings(std::span<const SheetRow> rows, std::size_t first, std::size_t last) {
    std::size_t width = 0;
    for (std::size_t i = first; i <= last; ++i)
        width = std::max(width, std::min(rows[i].cells.size(), most_columns));
    std::vector<Heading> result(width);
    for (std::size_t i = first; i <= last; ++i) {
        std::string left;  // a group's name may stand over its first column only
        for (std::size_t column = 0; column < width; ++column) {
            std::string text = cell_text(rows[i], column);
            const bool below = last > first && i < last && !cell_text(rows[last], column).empty();
            if (!text.empty())
                left = text;
            else if (below)
                text = left;
            Heading& heading = result[column];
            if (text.empty() || text == heading.lowest) continue;
            heading.joined += (heading.joined.empty() ? "" : " ") + text;
            heading.lowest = text;
        }
    }
    return result;
}

// How far down the merged cells of a row reach: those rows are one header with it.
std::size_t reach(std::span<const SheetRow> rows, std::size_t first) {
    std::size_t last = first;
    while (last + 1 < rows.size() && last + 1 < first + most_header_rows &&
           rows[last + 1].number == rows[last].number + 1) {
        const auto& cells = rows[last + 1].cells;
        const bool continues = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) {
            return cell.covered == Cell::Covered::from_above;
        });
        if (!continues) break;
        ++last;
    }
    return last;
}

FoundHeader header_of(std::span<const SheetRow> rows, std::size_t first, std::size_t last,
                      const Wanted& wanted) {
    FoundHeader header{first, last, 0, 0, 0, {}};
    struct Match {
        int score;
        std::size_t column, field;
    };
    std::vector<Match> matches;
    const std::vector<Heading> cells = headings(rows, first, last);
    for (std::size_t column = 0; column < cells.size(); ++column) {
        if (cells[column].joined.empty()) continue;
        header.columns.push_back({static_cast<int>(column),
                                  cells[column].joined,
                                  "",
                                  {},
                                  cells[column].joined != cells[column].lowest});
        const HeaderWords joined(cells[column].joined), lowest(cells[column].lowest);
        for (std::size_t field = 0; field < wanted.columns().size(); ++field) {
            int score = wanted.match(joined, field);
            if (lowest.whole != joined.whole) score = std::max(score, wanted.match(lowest, field) - 1);
            if (score >= enough) matches.push_back({score, column, field});
        }
    }
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.score > b.score; });
    std::set<std::size_t> taken_columns, taken_fields;
    for (const Match& match : matches) {
        if (taken_columns.contains(match.column) || taken_fields.contains(match.field)) continue;
        taken_columns.insert(match.column);
        taken_fields.insert(match.field);
        const Column& column = wanted.columns()[match.field];
        header.score += match.score;
        ++header.fields;
        for (FoundColumn& found : header.columns)
            if (found.column == static_cast<int>(match.column)) found.field = column.field;
    }
    const auto has = [&](const std::string& field) {
        return std::any_of(header.columns.begin(), header.columns.end(),
                           [&](const FoundColumn& found) { return found.field == field; });
    };
    for (const Column& column : wanted.columns())
        if (column.required && !lacks(column, has)) ++header.required;
    return header;
}

}  // namespace

Wanted::Wanted(std::span<const Column> columns) : columns_(columns) {
    for (const Column& column : columns) {
        auto& all = words_.emplace_back();
        for (const std::string& header : column.headers)
            if (std::string folded = fold(header); !folded.empty()) {
                const bool whole_cell = header.starts_with('=') || folded.find(' ') == std::string::npos;
                all.push_back({std::move(folded), whole_cell});
            }
    }
}

HeaderWords::HeaderWords(const std::string& header)
    : whole(fold(header)), core(fold(without_brackets(header))) {
    if (const std::size_t at = header.find("[ID:"); at != std::string::npos)
        id = clean(header.substr(at + 4, header.find(']', at) - at - 4));
    if (header.find('/') != std::string::npos)
        for (const std::string_view part : split(header, '/')) parts.push_back(fold(part));
}

int Wanted::match(const HeaderWords& header, std::size_t column) const {
    const auto& [id, whole, core, parts] = header;
    if (!id.empty()) return id == columns_[column].field ? by_id : 0;
    if (whole.empty()) return 0;
    int best = 0;
    for (const auto& [words, whole_cell] : words_[column]) {
        int score = 0;
        const int share = static_cast<int>(30 * words.size() / std::max(words.size(), whole.size()));
        if (whole == words)
            score = exact;
        else if (core == words)
            score = without_remark;
        else if (std::find(parts.begin(), parts.end(), words) != parts.end())
            score = one_of_several;
        else if (!whole_cell && contains_words(whole, words, true))
            score = 60 + share;
        else if (!whole_cell && contains_words(whole, words, false))
            score = 50 + share;
        else if (words.size() >= 6 && core.size() + 3 >= words.size() && core.size() <= words.size() + 3)
            if (const int like = likeness(core, words); like >= 85) score = like - 15;
        best = std::max(best, score);
    }
    return best;
}

bool FoundHeader::better_than(const FoundHeader& other) const {
    return std::tuple(required, fields, score) > std::tuple(other.required, other.fields, other.score);
}

namespace {

std::size_t own_cells(const SheetRow& row) {
    return static_cast<std::size_t>(std::count_if(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
        return !cell.empty() && cell.covered == Cell::Covered::no;
    }));
}

bool is_id(const Cell& cell) {
    constexpr std::size_t shortest = 9, longest = 12;
    return cell.text.size() >= shortest && cell.text.size() <= longest &&
           cell.text.find_first_not_of("0123456789") == std::string::npos;
}

// Headings are words: a row of several cells with a number or a day among them is somebody's.
bool says_number(const SheetRow& row) {
    return own_cells(row) > 1 && std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
               if (cell.empty() || cell.text.size() > longest_header) return false;
               return cell.kind == Cell::Kind::number || cell.kind == Cell::Kind::date ||
                      read_date(cell.text).has_value() || count_of(cell).has_value();
           });
}

// A heading may hold a number, "2017", but no day and no ID.
bool says_day_or_id(const SheetRow& row) {
    return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
        if (cell.empty() || cell.text.size() > longest_header) return false;
        const auto day = cell.kind == Cell::Kind::text ? read_date(cell.text) : std::nullopt;
        return cell.kind == Cell::Kind::date || is_id(cell) || (day && day->precision == Precision::day);
    });
}

}  // namespace

FoundHeader find_header(std::span<const SheetRow> rows, const Wanted& wanted, int header_row) {
    FoundHeader best;
    std::size_t most_words = 0;
    bool above_values = true;
    const auto all_required = std::count_if(wanted.columns().begin(), wanted.columns().end(),
                                            [](const Column& column) { return column.required; });
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t last = reach(rows, i);
        if (header_row != 0 && rows[i].number != header_row && rows[last].number != header_row) continue;
        const FoundHeader merged = header_of(rows, i, last, wanted);
        const bool of_somebody = header_row == 0 && says_number(rows[i]);
        above_values = above_values && !of_somebody;
        // "Nam" and "Đảng bộ Bộ Tư pháp" begin headings, too. All that is required does not stand there
        // by chance: a table of attendance has days among its headings.
        if (of_somebody && merged.required < all_required) continue;
        // Without a match the row with the most words is the likeliest, where people first look: above
        // the first row of values.
        const std::size_t words = own_cells(rows[i]);
        const bool no_match_yet =
            best.fields == 0 && merged.fields == 0 && above_values && words > most_words;
        if (merged.better_than(best) || no_match_yet) best = merged;
        most_words = std::max(most_words, words);
        if (header_row != 0) break;
        // Two rows without merged cells, as .csv has them, only when the second adds columns.
        if (last == i && i + 1 < rows.size() && !says_day_or_id(rows[i + 1]))
            if (const FoundHeader two = header_of(rows, i, i + 1, wanted);
                two.fields > merged.fields && two.better_than(best))
                best = two;
    }
    return best;
}

FoundHeader no_header(std::span<const SheetRow> rows) {
    FoundHeader header;
    std::size_t width = 0;
    for (const SheetRow& row : rows) width = std::max(width, std::min(row.cells.size(), most_columns));
    for (std::size_t column = 0; column < width; ++column)
        if (std::any_of(rows.begin(), rows.end(),
                        [&](const SheetRow& row) { return !cell_text(row, column).empty(); }))
            header.columns.push_back({static_cast<int>(column), "", "", {}});
    return header;
}

std::map<std::string, int, std::less<>> columns_by_field(const FoundHeader& header, const Mapping& mapping) {
    std::map<std::string, int, std::less<>> result;
    for (const FoundColumn& found : header.columns)
        if (!found.field.empty() && !mapping.columns.contains(found.field))
            result[found.field] = found.column;
    for (const auto& [field, column] : mapping.columns) {
        if (column < 0) continue;
        std::erase_if(result, [taken = column](const auto& entry) { return entry.second == taken; });
        result[field] = column;
    }
    return result;
}

}  // namespace tiendo::office
