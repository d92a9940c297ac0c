// The handlers of assessment; private to this feature.
#pragma once
#include "features/assessment/assessment_presenter.h"
#include "platform/pages/reader.h"

namespace tiendo::assessment {

inline cohorts::CohortId cohort_of(const web::Visit& visit) {
    return cohorts::CohortId{web::id_of(visit, "id")};
}
inline std::string address_of(const web::Visit& visit) {
    return "/cohorts/" + to_text(cohort_of(visit)) + "/assessment";
}
// A mark as it was sent; none when nothing was said, with a refusal when it is no mark.
std::optional<Mark> mark_sent(pages::Reader& sent, const std::string& name);

void register_aims(web::Routes& routes);
void register_marking(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::assessment
