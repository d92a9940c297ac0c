// People's workbooks as rows of cells: .xlsx, .ods and .csv, told apart by their bytes and
// not by their names, read in one pass with memory that does not grow with the rows.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/date_text.h"
#include "base/outcome.h"
#include "platform/office/legacy_font.h"

namespace tiendo::office {

// Where the bytes are. Memory must stay valid during the call.
struct Source {
    std::string path;  // used unless empty; a path that cannot be opened is an exception
    std::string_view bytes;
};
inline Source file(std::string path) { return {std::move(path), {}}; }
inline Source memory(std::string_view bytes) { return {{}, bytes}; }

// What one cell holds. `text` is never empty but for an empty cell, so whoever does not
// care for kinds takes the text.
struct Cell {
    enum class Kind { empty, text, number, date, boolean, error };
    // A cell under a merged range carries the value of the range's first cell.
    enum class Covered { no, from_left, from_above };

    Kind kind = Kind::empty;
    Covered covered = Covered::no;
    bool from_formula = false;      // the value is the one the program stored when it last calculated
    bool from_legacy_font = false;  // was TCVN3 or VNI, told by its font; `text` is Unicode
    // text     as stored, not cleaned
    // number   plain decimal with a point, at most 15 significant digits, no exponent up to
    //          10^20: "1350", "0.875"; with leading zeros where the sheet shows them
    // date     2017-06-16, and 2017-06-16 08:06 with an hour; an hour alone is text "08:06"
    // boolean  "true" or "false"
    // error    #N/A, #DIV/0! ...; "=A1+B1" for a formula nobody has calculated yet
    std::string text;
    std::optional<std::int64_t> integer;  // of a number without fraction
    // Of a date; of a whole number the day it would be as a serial of this workbook (which
    // may count from 1900 or from 1904).
    std::optional<Date> date;
    Precision precision = Precision::day;  // month where the sheet shows 03/1985, year where 1985
    std::optional<int> minute_of_day;      // of a date with an hour, or an hour alone

    bool empty() const { return kind == Kind::empty; }
};

// A cell of a date column: a date, text that read_date understands, a year (a whole number
// from 1900 to 2100) or else a serial day number (1 to 2958465, the last day of 9999). A
// number from 1900 to 2100 is never a serial: those are the days of 1905. What Excel made
// of text it took for a number is read as the text: 3.1985, 15031985, 1031985.
std::optional<DateGuess> date_of(const Cell& cell);
// A cell of a count column: a whole number, or text that read_count understands.
std::optional<std::int64_t> count_of(const Cell& cell);

struct SheetInfo {
    int number = 0;    // 1 for the first of the workbook
    std::string name;  // empty for .csv
    bool hidden = false;
};

// Valid during the call that brings it; the next row reuses it.
struct SheetRow {
    int number = 0;           // as the program shows it, from 1
    bool hidden = false;      // by hand or by a filter
    std::vector<Cell> cells;  // from column A; ends at the last cell that is not empty
};

// What to do next: go on, leave this sheet, or leave the workbook.
enum class Next { row, sheet, stop };

// Called once a sheet; Next::sheet skips its rows. Hidden sheets are offered too.
using OnSheet = std::function<Next(const SheetInfo&)>;
// Called for each row with anything in it.
using OnRow = std::function<Next(const SheetRow&)>;

struct Limits {
    std::int64_t file_bytes = 200'000'000;
    std::int64_t unpacked_bytes = 1'500'000'000;   // of all parts read
    std::int64_t shared_text_bytes = 400'000'000;  // the table of shared strings, held in memory
    int unpacked_ratio = 250;                      // unpacked to packed, once past 16 MB
    int columns = 1'000;                           // cells beyond are refused when not empty
    std::int64_t cells = 50'000'000;
    int cell_bytes = 1'000'000;
    int merged_ranges = 200'000;
    LegacyText legacy = LegacyText::by_font;
};

enum class Format { xlsx, ods, csv };
struct Opened {
    Format format = Format::csv;
    int sheets = 0;
};

// Reads the sheets in the order of the workbook. Rows already handed over when a refusal
// comes (a file broken in the middle) must be dropped by the caller. Refusals, each with
// a text in locales/*/office.toml:
//   office.empty             no bytes at all
//   office.not_workbook      neither .xlsx, .ods nor text
//   office.other_document    {0} what it is instead (PDF, Word ...)
//   office.old_format        .xls, .xlsb, a web page or XML named .xls: save as .xlsx; {0} which
//   office.encrypted         needs a password
//   office.too_large         {0} found, {1} allowed (MB)
//   office.unpacks_too_large a zip bomb, or a workbook beyond the limits; {0} allowed (MB)
//   office.truncated         the zip's end is missing: an upload or copy that stopped
//   office.damaged           {0} the part inside, {1} what is wrong with it
//   office.forbidden_xml     {0} the part that declares a document type or entities
//   office.no_sheets
//   office.too_wide          {0} sheet, {1} cell, {2} columns allowed
//   office.too_many_cells    {0} allowed
//   office.too_many_merged   {0} allowed
//   office.cell_too_long     {0} sheet, {1} cell
//   office.csv_encoding      {0} line: not UTF-8, not UTF-16 with a mark
//   office.csv_quote         {0} line where a quoted cell begins that never ends
Outcome<Opened> read_sheets(const Source& source, const Limits& limits, const OnSheet& on_sheet,
                            const OnRow& on_row);

// "C7": column 2, row 7.
std::string cell_name(int column, int row);

}  // namespace tiendo::office
