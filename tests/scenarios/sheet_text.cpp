#include "sheet_text.h"

#include "platform/office/sheet.h"

namespace scenario {

std::string sheet_text(const std::string& workbook) {
    using namespace tiendo;
    std::string text;
    const auto read = office::read_sheets(
        office::memory(workbook), {}, [](const office::SheetInfo&) { return office::Next::row; },
        [&](const office::SheetRow& row) {
            for (const office::Cell& cell : row.cells)
                text += (&cell == &row.cells[0] ? "" : " | ") + cell.text;
            text += "\n";
            return office::Next::row;
        });
    return read ? text : workbook;
}

}  // namespace scenario
