// Comma-separated values for other programs.
#pragma once
#include <string>
#include <vector>

#include "platform/office/xlsx_writer.h"

namespace tiendo::office {

// What a .csv file begins with: Excel reads UTF-8 right only with this mark.
inline constexpr std::string_view csv_mark = "\xEF\xBB\xBF";

// One line with its CRLF (RFC 4180). Text beginning with = + - @, a tab or a line break
// gets an apostrophe in front, so that no spreadsheet takes it for a formula.
std::string csv_line(const std::vector<ListCell>& cells);

}  // namespace tiendo::office
