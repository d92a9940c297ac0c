// The handlers of attendance; private to this feature.
#pragma once
#include <memory>

#include "features/attendance/attendance_presenter.h"
#include "platform/auth/throttle.h"
#include "platform/pages/reader.h"

namespace tiendo::attendance {

inline cohorts::CohortId cohort_of(const web::Visit& visit) {
    return cohorts::CohortId{web::id_of(visit, "id")};
}
inline SessionId session_of(const web::Visit& visit) { return SessionId{web::id_of(visit, "session")}; }
inline std::string address_of(const web::Visit& visit) {
    return "/cohorts/" + to_text(cohort_of(visit)) + "/attendance";
}
inline std::string session_address(const web::Visit& visit) {
    return address_of(visit) + "/" + to_text(session_of(visit));
}
inline bool may_mark(const web::Visit& visit, db::Read& tx, const Book& book) {
    return visit.actor.may(mark_attendance) &&
           organisations::may(tx, visit.actor, mark_attendance, book.cohort.organiser_unit);
}

void register_marking(web::Routes& routes);
void register_sign_in_sheets(web::Routes& routes);
void register_check_in(web::Routes& routes, std::shared_ptr<auth::Throttle> throttle);
void register_offline(web::Routes& routes);
void register_counting_rules(web::Routes& routes);

}  // namespace tiendo::attendance
