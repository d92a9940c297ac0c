// The handlers of the timetable; private to this feature.
#pragma once
#include "features/timetable/timetable_presenter.h"

namespace tiendo::timetable {

inline cohorts::CohortId cohort_of(const web::Visit& visit) {
    return cohorts::CohortId{web::id_of(visit, "id")};
}

// The timetable that a page looks at: its grid, links to other days and views, clashes. `scope` is fetched
// through the actor already.
Value timetable_value(const web::Visit& visit, db::Read& tx, const Scope& scope, const Look& look,
                      bool can_change);
// The look that the query asks for; `view` unless it says another.
Look look_asked(const web::Visit& visit, std::string_view view, Date on, std::optional<Days> whole = {});
http::Response workbook(const web::Visit& visit, const std::string& name,
                        const std::vector<Listed>& sessions);

// What a change leads back to; says so when a clash was let stand with it.
http::Response back_after_change(const web::Visit& visit, db::Read& tx, const std::string& where,
                                 std::optional<SessionId> session);

void register_cohort_pages(web::Routes& routes);
void register_session_pages(web::Routes& routes);
void register_layout_pages(web::Routes& routes);
void register_clash_pages(web::Routes& routes);
void register_load_pages(web::Routes& routes);

}  // namespace tiendo::timetable
