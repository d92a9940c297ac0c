// The rows of one sheet of an .xlsx.
#pragma once
#include "platform/office/xlsx_parts.h"

namespace tiendo::office {

struct SheetContext {
    const std::vector<CellStyle>& styles;
    const SharedStrings& strings;
    Epoch epoch;
};
// Next::stop when the receiver of the rows has enough of the workbook.
Next read_xlsx_sheet(Archive& archive, const std::string& part, const SheetContext& context,
                     Delivery& delivery);

}  // namespace tiendo::office
