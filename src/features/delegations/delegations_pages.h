// The handlers of delegations; private to this feature.
#pragma once
#include "features/delegations/delegations_presenter.h"
#include "platform/pages/reader.h"

namespace tiendo::delegations {

inline cohorts::CohortId cohort_of(const web::Visit& visit) {
    return cohorts::CohortId{web::id_of(visit, "id")};
}
inline std::string address_of(const web::Visit& visit) {
    return "/cohorts/" + to_text(cohort_of(visit)) + "/delegation";
}
inline bool may_change(const web::Visit& visit, db::Read& tx, const Delegation& delegation) {
    return visit.actor.may(change_delegations) &&
           organisations::may(tx, visit.actor, change_delegations, delegation.cohort.organiser_unit);
}
http::Response delegation_json(const web::Visit& visit);

void register_members(web::Routes& routes, const files::Store& store);
void register_year(web::Routes& routes);

}  // namespace tiendo::delegations
