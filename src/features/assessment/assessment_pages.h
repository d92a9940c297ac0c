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
using programmes::mark_sent;

void register_aims(web::Routes& routes);
void register_marking(web::Routes& routes, const files::Store& store);

}  // namespace tiendo::assessment
