// Workbooks made by the tests, part by part, so that they can be wrong in any way.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/office/sheet.h"

namespace tiendo::office {

struct MadePart {
    std::string name, content;
};
std::string zip_of(const std::vector<MadePart>& parts);

// The parts of an .xlsx with one sheet "S"; what is left empty is left out.
struct MadeXlsx {
    std::string rows;                 // inside <sheetData>
    std::string after_rows;           // <mergeCells> ...
    std::string strings;              // inside <sst>
    std::string styles;               // inside <styleSheet>
    std::string workbook_properties;  // attributes of <workbookPr>
    std::vector<MadePart> more;       // further parts, or other content for one of these
    std::string zipped() const;
};

// An .ods with that inside <office:spreadsheet> and <office:automatic-styles>.
std::string ods_of(const std::string& tables, const std::string& styles = "",
                   const std::vector<MadePart>& more = {});
// The same with one table "S" of these rows.
std::string ods_rows(const std::string& rows);

// The rows of all sheets as text, one line each: "3h: An | #12 | @2017-06-16 | !#N/A".
//   # number   @ date (with /month or /year)   ? boolean   ! error   = before it: a formula
//   < covered, value from the left   ^ covered, value from above   ~ was in a legacy font
// Sheets after the first begin with a line "-- name". What is refused reads
// "refused: office.damaged | argument | ...".
std::string shown(const Source& source, const Limits& limits = {});
std::string shown(std::string_view bytes, const Limits& limits = {});
std::string shown(const Cell& cell);

}  // namespace tiendo::office
