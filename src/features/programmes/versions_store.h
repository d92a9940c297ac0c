// The queries about versions; private to this feature.
#pragma once
#include <map>

#include "features/programmes/programmes.h"

namespace tiendo::programmes {

// Of every programme, the first written first.
std::map<ProgrammeId, std::vector<Version>> all_versions(db::Read& tx);
// The version with its topics and its scheme; what it says was judged before.
VersionId insert_version(db::Write& tx, const web::Actor& actor, const Version& version, Instant at);

// What a programme was called until it was renamed, the latest first.
struct FormerName {
    std::string name, reason;
    Instant recorded_at;
    std::string recorded_by;
};
std::vector<FormerName> former_names(db::Read& tx, ProgrammeId programme);

}  // namespace tiendo::programmes
