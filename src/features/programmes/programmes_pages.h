// What the pages of this feature share; private to it.
#pragma once
#include "features/programmes/presenter.h"
#include "features/programmes/programmes.h"
#include "platform/pages/forms.h"

namespace tiendo::programmes {

inline ProgrammeId programme_of(const web::Visit& visit) { return ProgrammeId{web::id_of(visit, "id")}; }
inline std::string address_of(ProgrammeId id) { return "/programmes/" + to_text(id); }

// The version of that number; none: there is none.
const Version* find_numbered(const std::vector<Version>& versions, std::int64_t number);
// A day on which the version is in force: today if it is, else its first, else its last.
Date day_of(const Version& version, const std::vector<Version>& versions, Date today);

void register_versions(web::Routes& routes);    // looking at one, writing the next
void register_comparison(web::Routes& routes);  // two side by side

}  // namespace tiendo::programmes
