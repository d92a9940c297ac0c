#include "features/attendance/import_undo.h"

#include <map>
#include <set>

#include "features/assessment/assessment.h"
#include "features/attendance/attendance_store.h"

namespace tiendo::attendance {
namespace {

std::optional<Refusal> marked_since(db::Read& tx, documents::DocumentId document) {
    std::int64_t count = 0;
    std::string names;
    tx.each(R"sql(
        select distinct h.full_name, e.session, e.participation
        from attendance_events e
        join participations p on p.id = e.participation
        join people h on h.id = p.person
        where e.document = :document
          and exists (select 1 from attendance_events l
                      where l.session = e.session and l.participation = e.participation and l.id > e.id)
        order by h.full_name)sql",
            {{"document", document}}, [&](const db::Row& row) {
                constexpr std::int64_t told = 5;
                if (++count <= told) names += (names.empty() ? "" : ", ") + row.text(0);
            });
    if (count == 0) return std::nullopt;
    return Refusal{"", "attendance.undo_later", {std::to_string(count), names}};
}

}  // namespace

Outcome<Done> undo_import(db::Write& tx, const imports::Undoing& undoing) {
    const auto cohorts = tx.all<cohorts::CohortId>(
        R"sql(select distinct cohort from attendance_events where document = :document order by cohort)sql",
        {{"document", undoing.document}}, [](const db::Row& row) { return row.id<cohorts::CohortId>(0); });
    for (const cohorts::CohortId cohort : cohorts) tx.lock("cohort", cohort.value);
    if (auto refusal = marked_since(tx, undoing.document)) return *std::move(refusal);
    std::map<cohorts::CohortId, std::vector<NewMark>> before;
    std::map<cohorts::CohortId, std::set<Date>> days;
    tx.each(R"sql(
        select e.cohort, e.session, e.participation, e.held_on, b.held_on, coalesce(b.state, ''),
               coalesce(b.periods, 0), b.excuse
        from attendance_events e
        left join attendance_events b
          on b.id = (select max(l.id) from attendance_events l
                     where l.session = e.session and l.participation = e.participation and l.id < e.id)
        where e.document = :document order by e.id)sql",
            {{"document", undoing.document}}, [&](const db::Row& row) {
                const auto cohort = row.id<cohorts::CohortId>(0);
                const Date held_on = row.maybe_date(4).value_or(row.date(3));
                before[cohort].push_back({.session = row.id<SessionId>(1),
                                          .participation = row.id<ParticipationId>(2),
                                          .held_on = held_on,
                                          .state = parse_state(row.view(5)),
                                          .periods = row.integer(6),
                                          .excuse = row.maybe_id<documents::DocumentId>(7),
                                          .client_id = {},
                                          .place = {},
                                          .marked_at = undoing.at});
                days[cohort].insert({held_on, row.date(3)});
            });
    const cohorts::Act act{undoing.at, undoing.reason, {}};
    for (const auto& [id, marks] : before) {
        const cohorts::Cohort cohort = cohorts::require_for_books(tx, id);
        const std::int64_t first = write_marks(tx, undoing.actor, id, marks, Way::workbook, act);
        const std::vector<Date> touched(days[id].begin(), days[id].end());
        settle_marks(tx, cohort, touched, first, act.at);
        assessment::reconsider(tx, undoing.actor, cohort, act);
    }
    return Done{};
}

}  // namespace tiendo::attendance
