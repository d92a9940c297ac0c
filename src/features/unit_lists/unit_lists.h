// Lists of units: the tree as another system keeps it, brought as a workbook.
//
// A file gives each unit by its code, in any order; a parent or a successor may stand further
// down, or be in the books already. What differs from the books is recorded as having happened on
// the day of the import; a file that says nothing new changes nothing. An empty cell says nothing.
#pragma once
#include "features/imports/imports.h"
#include "features/organisations/organisations.h"

namespace tiendo::unit_lists {

// Workbooks in: Mã, Tên đơn vị, Đơn vị cấp trên (code or name), Loại, Ngày thành lập, Ngày giải thể,
// Đơn vị kế thừa, Ghi chú.
imports::Importer importer();

}  // namespace tiendo::unit_lists
