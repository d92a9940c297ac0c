// What a reader of a workbook has before him.
#pragma once
#include <string>
#include <string_view>

namespace scenario {

// The cells of all sheets, a row a line, with " | " between; what cannot be read stays bytes.
std::string sheet_text(const std::string& workbook);

}  // namespace scenario
