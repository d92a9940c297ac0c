// What is worth knowing of the columns of a file that was read; private to this feature.
#pragma once
#include "features/imports/imports.h"

namespace tiendo::imports {

// Columns that hold values which nobody read, since their headings say nothing to the importer, and
// cells that took the value above them.
void note_columns(Report& report, const Importer& importer, const Job& job, const office::TableReport& read);

}  // namespace tiendo::imports
