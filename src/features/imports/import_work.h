// Checking and recording an import, as jobs; private to this feature.
#pragma once
#include "features/imports/imports_store.h"

namespace tiendo::imports {

inline constexpr std::string_view check_job = "imports.check";
inline constexpr std::string_view record_job = "imports.record";

// The importer of that kind; none when this program has none (any more).
const Importer* find_importer(std::string_view kind);

// Begins a check (a dry run), or the recording of what was checked, in the actor's name. False
// when the import stands where that makes no sense, or somebody was faster: nothing happens then.
bool begin_check(db::Write& tx, const web::Actor& actor, ImportId id, Instant at);
bool begin_recording(db::Write& tx, const web::Actor& actor, ImportId id, Instant at);
bool discard(db::Write& tx, const web::Actor& actor, ImportId id, Instant at);

// Takes back what was recorded, in the transaction given; refused with what depends on it.
Outcome<Done> undo(db::Write& tx, const web::Actor& actor, const Import& import, const std::string& reason,
                   Instant at, Date today);

}  // namespace tiendo::imports
