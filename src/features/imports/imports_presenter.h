// What pages and JSON say of imports; private to this feature.
#pragma once
#include "features/imports/imports_store.h"

namespace tiendo::imports {

// The first heading of a column in the reader's language.
std::string heading(const i18n::Texts& texts, i18n::Language language, std::string_view kind,
                    const std::string& field);

// {"sheet", "row", "column", "field", "found", "problem", "message", "expected", "nearest"}
Value to_value(const Rejection& rejection, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language);

// What fields others than those permitted may not read whole, written so that it cannot be told.
Rejection masked_for(const web::Actor& actor, const Importer& importer, Rejection rejection);
// Whether the actor may have a file of that kind as it was received.
bool may_read_whole(const web::Actor& actor, const Importer& importer);

// The importers whose workbooks the actor may bring.
std::vector<const Importer*> importers_of(db::Read& tx, const web::Actor& actor);

// One row of the list.
Value row_value(const Import& import, std::int64_t rows_read, bool may_map);

// Whether its good rows may be recorded while the rejected ones wait for another file.
bool may_leave_rejected(const Import& import, const Importer& importer);

// An import with all that goes with it at one moment.
struct Shown {
    Import import;
    const Importer* importer = nullptr;  // none: this program no longer has one
    std::vector<Rejection> rejections;   // the first of them, masked
    std::vector<ProblemGroup> groups;    // likewise
    jobs::Pool::Glimpse glimpse;
    bool may_change = false, may_read_whole = false;
};
// The page's and the API's: sample tests/views/imports/import.json, without what only a page has.
Value to_value(const Shown& shown, const i18n::Texts& texts, i18n::Language language);

// Upload, mapping, dry run, outcome: where a page of the import stands.
enum class Step { upload, mapping, dry_run, outcome };
Step step_of(State state);
Value steps_value(Step current);

}  // namespace tiendo::imports
