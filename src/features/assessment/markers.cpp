#include "features/assessment/markers.h"

#include <algorithm>

namespace tiendo::assessment {

Markers markers_of(db::Read& tx, cohorts::CohortId cohort, ComponentId component, const Sheet& sheet) {
    Markers markers;
    tx.each(R"sql(
        select e.marker, e.recorded_by
        from participations p
        join mark_events e on e.participation = p.id and e.component = :component
        where p.cohort = :cohort and e.mark is not null and e.marker <> 'agreed'
          and not exists (select 1 from mark_events t
                          where t.participation = e.participation and t.component = e.component
                            and t.attempt = e.attempt and t.marker = e.marker and t.mark is null and t.id > e.id)
        order by e.id)sql",
            {{"cohort", cohort}, {"component", component}}, [&](const db::Row& row) {
                auto& whose = row.view(0) == to_text(Marker::first) ? markers.first : markers.second;
                if (!whose) whose = row.integer(1);
            });
    for (const auto& [participation, attempts] : sheet.attempts)
        for (const Marked& marked : attempts)
            if (marked.first.has_value() != marked.second.has_value()) markers.complete = false;
    return markers;
}

Access access_to(const Component& component, const Markers& markers, Marker sheet, const Asking& asking) {
    if (component.markers == 1) return sheet == Marker::first ? Access::open : Access::closed;
    if (sheet == Marker::agreed) return asking.may_change ? Access::open : Access::closed;
    const bool is_first = sheet == Marker::first;
    const auto& owner = is_first ? markers.first : markers.second;
    const auto& other = is_first ? markers.second : markers.first;
    if (owner == asking.account) return Access::open;
    const bool marks_the_other = other == asking.account;
    if (!owner) return marks_the_other && !asking.may_change ? Access::closed : Access::open;
    if (!asking.may_change || (marks_the_other && !markers.complete)) return Access::closed;
    return Access::with_reason;
}

Asking require_asking(db::Read& tx, const web::Actor& actor, const Assessment& assessment) {
    const Asking asking{actor.account,
                        organisations::may(tx, actor, change_assessment, assessment.cohort.organiser_unit)};
    if (assessment.locked_on && !asking.may_change) throw web::Forbidden{};
    return asking;
}

}  // namespace tiendo::assessment
