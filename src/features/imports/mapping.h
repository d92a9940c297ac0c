// Which column of a file means what, said by hand; private to this feature.
#pragma once
#include "features/imports/imports_store.h"

namespace tiendo::imports {

// The page's and the API's: sample tests/views/imports/mapping.json, without what only a page has.
// Refused when the file cannot be read (any more).
Outcome<Value> mapping_value(const web::Visit& visit, const Desk& desk, const Import& import,
                             const Importer& importer);

// What was sent. Another header row than the one shown shows that one's columns first; else the
// columns are kept and a new check begins.
enum class Mapped { look_again, checking };
Outcome<Mapped> map_columns(const web::Visit& visit, const Desk& desk, const Import& import,
                            const Importer& importer);

}  // namespace tiendo::imports
