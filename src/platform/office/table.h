// A table found in a sheet by the words of its header, wherever the header stands.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.h"
#include "platform/office/sheet.h"

namespace tiendo::office {

// A column an importer wants. Its header is one of `headers`, in any language, compared
// folded; the first is what messages and templates call it. A header of one word matches
// whole cells only, and so does one written "=Trình độ"; longer ones also match as part of a
// longer cell ("Họ và tên" in "Họ và tên học viên"); the best match wins, and one column serves
// one field. Two-row
// headers match by the lower cell and by both joined ("Số lớp" over "Thực hiện" is "số
// lớp thực hiện"). "[ID: field]" in a header cell always means that field. What a
// sending unit's file used last time is one more entry of `headers`.
struct Column {
    std::string field;
    std::vector<std::string> headers;
    bool required = false;
    // An empty cell means the value above it, merged or not, up to the last heading row. A ditto mark
    // means it in every column.
    bool fill_down = false;
    // Fields of which another value than in the row above says that this row is of something else: then its
    // empty cell stays empty.
    std::vector<std::string> filled_while_same = {};
    // Fields that stand in for a required one where a table has them all: the name in two columns.
    std::vector<std::string> stood_in_by = {};
};

// What a person chose on the mapping page; it overrides detection.
struct Mapping {
    static constexpr int no_header = -1;
    int header_row = 0;                  // last row of the header, as the sheet numbers it; 0: find it
    std::map<std::string, int> columns;  // field to column (0 is A; -1: not in this file)
};

struct TableOptions {
    Limits limits;
    Mapping mapping;
    std::string sheet;               // only the sheet of this name; empty: every sheet that has the header
    int header_within = 40;          // rows searched for a header, from the top of each sheet
    std::vector<std::string> ditto;  // words that mean the same as above: "nt", "như trên"
};

// One body row. Valid during the call. Values in merged cells are filled down; a value
// merged across columns belongs to its first column only.
class TableRow {
 public:
    // An empty cell when the file has no such column or the row nothing in it.
    const Cell& operator[](std::string_view field) const;
    // Of that cell: NFC, single blanks, none at the ends.
    std::string text(std::string_view field) const;

    std::string_view sheet;
    int number = 0;  // of the row, as the sheet numbers it
    bool hidden = false;
    std::string_view section;  // text of the last heading row above ("Đảng bộ Bộ Nội vụ")
    // Where a field stands: "C7"; empty when the file has no such column.
    std::string where(std::string_view field) const;
    // Every cell of the row, mapped or not (for handing rejected rows back).
    std::span<const Cell> cells() const;

 private:
    friend class TableReader;
    const std::vector<Cell>* cells_ = nullptr;
    const std::map<std::string, int, std::less<>>* columns_ = nullptr;
};

struct FoundColumn {
    int column = 0;
    std::string header;                // both rows of a two-row header, joined by a blank; may be empty
    std::string field;                 // empty: not recognised
    std::vector<std::string> samples;  // up to three values
    bool is_joined = false;            // of a header of two rows or three
    std::int64_t values = 0;           // body cells with anything in them
};

// Cells that were not merged and took the value above.
struct FilledDown {
    std::int64_t count = 0;
    std::vector<int> first_rows;  // ten at most
};

// A row of totals ("Tổng cộng", "Cộng", "Tổng số: 640 người", "Total"), for the importer to
// check against its own sums.
struct TotalRow {
    int number = 0;
    std::string text;                           // "Tổng số: 640 người"
    std::optional<std::int64_t> declared;       // 640: the number in that text
    std::map<std::string, std::string> values;  // field to text, where not empty
    std::int64_t rows_before = 0;               // body rows handed over so far
};

struct FoundTable {
    std::string sheet;
    int sheet_number = 0;
    int header_row = 0;                        // last row of the header; 0: no header found, or there is none
    std::vector<FoundColumn> columns;          // every column with a header or a value, left to right
    std::vector<std::string> missing;          // required fields without a column
    std::int64_t rows = 0;                     // body rows handed over
    std::int64_t hidden_rows = 0;              // of these
    std::vector<TotalRow> totals;              // the first 100
    int end_row = 0;                           // where signatures or notes begin; 0: the table ends the sheet
    std::int64_t rows_after_end = 0;           // rows with anything in them from there on
    std::map<std::string, FilledDown> filled;  // by field
};

struct SkippedSheet {
    enum class Why { hidden, no_header, column_missing, other_sheet };
    std::string sheet;
    Why why = Why::no_header;
};

struct TableReport {
    Format format = Format::csv;
    std::vector<FoundTable> tables;
    std::vector<SkippedSheet> skipped;
    std::int64_t rows = 0;
};

// Hands over the body rows of every sheet with the header; blank rows, the row of column
// numbers under the header, repeated headers, section headings, totals and signatures are
// not among them. Hidden sheets are skipped and reported, unless asked for by name. Refusals are those of
// read_sheets, and when no sheet has all required columns:
//   office.no_header       no row looks like the header; {0} the required headers, {1} the
//                          nearest row's number, {2} its words
//   office.column_missing  field; {0} the header expected, {1} the headers found, {2} the
//                          nearest of them ("" when none is near), {3} sheet, {4} row
//   office.no_such_sheet   {0} the name asked for, {1} the names there are
Outcome<TableReport> read_table(const Source& source, std::span<const Column> columns,
                                const TableOptions& options,
                                const std::function<Next(const TableRow&)>& each_row);

// For the mapping page: the headers found in every visible sheet, with the detected field
// and samples, whether or not anything is missing. In a sheet without a recognised header the row
// with the most words above the first that holds numbers or days is offered as one; where there is
// none, the sheet is rows without a header. Reads the top of each sheet only.
Outcome<TableReport> look_at_tables(const Source& source, std::span<const Column> columns,
                                    const TableOptions& options);

}  // namespace tiendo::office
