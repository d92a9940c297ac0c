// Workbooks as units send them, cell by cell: what no well-behaved writer of lists would make.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace tiendo::tests {

// One sheet. A cell is text; "#36085001234" is a number, "@31121" a date by its serial, "!#N/A" an
// error, "tcvn3:NguyÔn" and "vni:Nguyeãn" text in such a font; "" is no cell at all.
struct MadeSheet {
    std::string name = "Danh sách";
    std::vector<std::vector<std::string>> rows;  // from row 1; an empty one is left out
    std::vector<std::string> merged = {};        // "A4:A6"
    std::set<int> hidden_rows = {};              // numbers
    bool hidden = false;
};

void write_sheets(const std::string& path, const std::vector<MadeSheet>& sheets);

}  // namespace tiendo::tests
