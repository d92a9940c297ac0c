// Taking back what a workbook of attendance recorded; private to this feature.
#pragma once
#include "features/attendance/attendance.h"

namespace tiendo::attendance {

// What stood before stands again, each as a row of its own. Refused when somebody has marked one of these
// since: attendance.undo_later ({0} marks, {1} the first names).
Outcome<Done> undo_import(db::Write& tx, const imports::Undoing& undoing);

}  // namespace tiendo::attendance
