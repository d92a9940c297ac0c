// What the pages and the API of imports do alike; private to this feature.
#pragma once
#include "features/imports/imports_presenter.h"

namespace tiendo::imports {

// The import of the path, with its importer. Throws NotFound unless the actor may see it.
struct Found {
    Import import;
    const Importer* importer = nullptr;
};
Found found_to_see(const web::Visit& visit);
// The same for whoever may change it: absent to those who may not bring such workbooks.
Found found_to_change(const web::Visit& visit);

Shown shown_now(const web::Visit& visit, const Desk& desk);
// {"imports": [...], "paging": ...}
Value list_value(const web::Visit& visit, const Desk& desk);

// The verbs; each makes sure of the permission.
// The whole file; or, when somebody decides so, its good rows alone.
enum class Rows { all, good };
Outcome<Done> record(const web::Visit& visit, const Desk& desk, Rows rows);
void check_again(const web::Visit& visit, const Desk& desk);
void discard(const web::Visit& visit, const Desk& desk);
// Takes back what was recorded, for the `reason` sent.
Outcome<Done> undo(const web::Visit& visit, const Desk& desk);
// Reads the file again with text from before Unicode read as `legacy` says.
Outcome<Done> read_legacy_as(const web::Visit& visit, const Desk& desk);
// Takes IDs that contradict their rows: somebody has compared them with the cards.
Outcome<Done> confirm_ids(const web::Visit& visit, const Desk& desk);
// Units almost called like others are new all the same.
Outcome<Done> confirm_new_units(const web::Visit& visit, const Desk& desk);
http::Response rejected(const web::Visit& visit, const Desk& desk);
http::Response file(const web::Visit& visit, const Desk& desk);

void register_api(web::Routes& routes, const Desk& desk);

}  // namespace tiendo::imports
