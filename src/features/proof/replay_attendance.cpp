#include "features/proof/replay_attendance.h"

namespace tiendo::proof {

void each_mark_step(db::Read& tx, std::int64_t first, std::int64_t last,
                    const std::function<void(const MarkStep&)>& step) {
    tx.each(R"sql(
        select recorded_at, id, cohort, participation, session, held_on, periods, state
        from attendance_events where cohort between :first and :last)sql",
            {{"first", first}, {"last", last}}, [&](const db::Row& row) {
                step({row.instant(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4),
                      row.date(5), row.integer(6), row.view(7).empty()});
            });
}

void MarksReplay::apply(const MarkStep& step) {
    if (step.taken_back)
        marks_[step.participation].erase(step.session);
    else
        marks_[step.participation][step.session] = {step.held_on, step.periods, step.id};
}

void MarksReplay::entries(const cohorts::Cohort& cohort, const participation::InCohort& learner,
                          const ledger::Emit& emit) const {
    const auto of_learner = marks_.find(learner.id.value);
    if (of_learner == marks_.end()) return;
    for (const auto& [session, mark] : of_learner->second) attendance::entries(cohort, learner, mark, emit);
}

std::int64_t stale_marks(db::Read& tx) {
    return tx.integer(R"sql(
        select (select count(*) from attendance a
                where not exists (select 1 from attendance_events e
                                  where e.id = a.event and e.session = a.session
                                    and e.participation = a.participation and e.state = a.state
                                    and e.periods = a.periods and e.held_on = a.held_on)
                   or exists (select 1 from attendance_events l
                              where l.session = a.session and l.participation = a.participation
                                and l.id > a.event))
             + (select count(*) from attendance_events e
                where e.state <> ''
                  and not exists (select 1 from attendance a
                                  where a.session = e.session and a.participation = e.participation)
                  and not exists (select 1 from attendance_events l
                                  where l.session = e.session and l.participation = e.participation
                                    and l.id > e.id)))sql");
}

}  // namespace tiendo::proof
