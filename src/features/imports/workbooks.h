// Workbooks going out: the list, rejected rows to mend, empty ones to fill in; private to this feature.
#pragma once
#include "features/imports/imports_store.h"

namespace tiendo::imports {

// All imports the actor sees.
http::Response list_workbook(const web::Visit& visit);
// The rows that the last check rejected, as they stand in the file, with the reason in the last
// column: to be mended and brought again.
http::Response rejected_workbook(const web::Visit& visit, const Desk& desk, const Import& import,
                                 const Importer& importer);
// The headings that are recognised, over nothing.
http::Response empty_workbook(const web::Visit& visit, const Importer& importer);
// The file as it was received.
http::Response received_file(const Desk& desk, const Import& import);

}  // namespace tiendo::imports
