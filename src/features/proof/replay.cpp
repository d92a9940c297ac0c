#include "features/proof/replay.h"

#include <algorithm>
#include <set>

#include "features/cohorts/cohorts.h"
#include "features/participation/participation.h"
#include "features/proof/replay_attendance.h"

namespace tiendo::proof {
namespace {

// One event row of a cohort or of a participation in it.
struct Step {
    Instant recorded_at;
    std::int64_t id = 0;
    std::int64_t participation = 0;  // 0: of the cohort itself
    std::string kind;
    std::optional<Date> effective_on;
    std::optional<plan::LineId> plan_line;
    std::string result;
    organisations::UnitId unit;
    participation::Facts facts = {};    // with which the learner came
    std::optional<MarkStep> mark = {};  // said of his attendance
    std::optional<cohorts::CohortId> merged_into = {};
};

struct CohortRows {
    cohorts::Cohort cohort;  // its identity; facts as its columns have them
    std::vector<Step> steps;
    std::map<std::int64_t, participation::Facts> kept;  // as the participations' columns have them
};

// What a set of learners and their cohort amount to, by account, measure and day.
using Sums = std::map<std::tuple<std::int64_t, ledger::Measure, Date>, std::int64_t>;

class CohortReplay {
 public:
    CohortReplay(CohortRows& rows, Replay& replay) : rows_(rows), replay_(replay), cohort_(rows.cohort) {
        cohort_.facts = {};
    }

    void run() {
        auto& steps = rows_.steps;
        std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
            return std::tie(a.recorded_at, a.id) < std::tie(b.recorded_at, b.id);
        });
        // A transaction records all its rows at one moment: what it posted is the difference
        // between what all rows up to it amount to and what those before it did.
        for (std::size_t first = 0, next; first < steps.size(); first = next) {
            next = first;
            bool of_cohort = false;
            std::set<std::int64_t> touched;
            while (next < steps.size() && steps[next].recorded_at == steps[first].recorded_at) {
                of_cohort = of_cohort || steps[next].participation == 0;
                touched.insert(steps[next++].participation);
            }
            Sums sums;
            add(sums, of_cohort, touched, -1);
            for (std::size_t i = first; i < next; ++i) apply(steps[i]);
            add(sums, of_cohort, touched, +1);
            for (const auto& [key, quantity] : sums)
                if (quantity != 0)
                    replay_.totals[{std::get<0>(key), std::get<1>(key), std::get<2>(key),
                                    steps[first].recorded_at}] += quantity;
        }
        if (!(cohort_.facts == rows_.cohort.facts)) ++replay_.stale_facts;
        for (const auto& [id, learner] : learners_)
            if (!(learner.facts == rows_.kept[id])) ++replay_.stale_facts;
    }

 private:
    void apply_to_cohort(const Step& step) {
        cohorts::Facts& facts = cohort_.facts;
        if (step.kind == "opened") {
            facts.opened_on = step.effective_on;
            facts.postponed_on.reset();
        } else if (step.kind == "closed") {
            facts.closed_on = step.effective_on;
        } else if (step.kind == "cancelled") {
            facts.cancelled_on = step.effective_on;
        } else if (step.kind == "merged") {
            facts.cancelled_on = step.effective_on;
            facts.merged_into = step.merged_into;
        } else if (step.kind == "reinstated") {
            facts.cancelled_on.reset();
            facts.merged_into.reset();
        } else if (step.kind == "counted") {
            facts.plan_line = step.plan_line;
        } else if (step.kind == "decided") {
            facts.decided_on = step.effective_on;
            facts.postponed_on.reset();
        } else if (step.kind == "postponed") {
            facts.postponed_on = step.effective_on;
        } else if (step.kind == "filed") {
            facts.filed_on = step.effective_on;
        }
    }

    void apply(const Step& step) {
        if (step.participation == 0) {
            apply_to_cohort(step);
            return;
        }
        if (step.mark) return marks_.apply(*step.mark);
        participation::InCohort& learner = learners_[step.participation];
        if (step.kind == "enrolled")
            learner = {participation::ParticipationId{step.participation}, step.unit, step.facts};
        else if (step.kind == "started")
            learner.facts.started_on = step.effective_on;
        else if (step.kind == "withdrawn")
            learner.facts.withdrawn_on = step.effective_on;
        else if (step.kind == "readmitted")
            learner.facts.withdrawn_on.reset();
        else if (step.kind == "undone")
            learners_.erase(step.participation);
        else if (step.kind == "concluded")
            learner.facts.result = step.result;
    }

    // A change of the cohort may move everybody in it; otherwise only those touched moved.
    void add(Sums& sums, bool everybody, const std::set<std::int64_t>& touched, std::int64_t sign) const {
        const ledger::Emit emit = [&](const ledger::Entry& entry, std::int64_t) {
            sums[{entry.account(), entry.measure, entry.effective_on}] += sign * entry.quantity;
        };
        if (everybody) {
            cohorts::entries(cohort_, emit);
            for (const auto& [id, learner] : learners_) add_learner(learner, emit);
        } else {
            for (const std::int64_t id : touched)
                if (const auto learner = learners_.find(id); learner != learners_.end())
                    add_learner(learner->second, emit);
        }
    }

    void add_learner(const participation::InCohort& learner, const ledger::Emit& emit) const {
        participation::entries(cohort_, learner, emit);
        marks_.entries(cohort_, learner, emit);
    }

    CohortRows& rows_;
    Replay& replay_;
    cohorts::Cohort cohort_;
    std::map<std::int64_t, participation::InCohort> learners_;
    MarksReplay marks_;
};

// The rows of a run of cohorts, fetched together.
std::map<std::int64_t, CohortRows> rows_after(db::Read& tx, std::int64_t after, int count) {
    std::map<std::int64_t, CohortRows> cohorts;
    tx.each(R"sql(
        select id, organiser_unit, programme, opened_on, closed_on, cancelled_on, plan_line, decided_on,
               postponed_on, merged_into, filed_on
        from cohorts where id > :after order by id limit :count)sql",
            {{"after", after}, {"count", count}}, [&](const db::Row& row) {
                cohorts::Cohort& cohort = cohorts[row.integer(0)].cohort;
                cohort.id = row.id<cohorts::CohortId>(0);
                cohort.organiser_unit = row.id<organisations::UnitId>(1);
                cohort.programme.id = row.id<programmes::ProgrammeId>(2);
                cohort.facts = {.opened_on = row.maybe_date(3),
                                .closed_on = row.maybe_date(4),
                                .cancelled_on = row.maybe_date(5),
                                .plan_line = row.maybe_id<plan::LineId>(6),
                                .decided_on = row.maybe_date(7),
                                .postponed_on = row.maybe_date(8),
                                .merged_into = row.maybe_id<cohorts::CohortId>(9),
                                .filed_on = row.maybe_date(10)};
            });
    if (cohorts.empty()) return cohorts;
    const std::int64_t first = cohorts.begin()->first, last = cohorts.rbegin()->first;
    tx.each(R"sql(
        select cohort, recorded_at, id, kind, effective_on, plan_line, merged_into
        from cohort_events where cohort between :first and :last)sql",
            {{"first", first}, {"last", last}}, [&](const db::Row& row) {
                cohorts[row.integer(0)].steps.push_back({.recorded_at = row.instant(1),
                                                         .id = row.integer(2),
                                                         .participation = 0,
                                                         .kind = row.text(3),
                                                         .effective_on = row.maybe_date(4),
                                                         .plan_line = row.maybe_id<plan::LineId>(5),
                                                         .result = {},
                                                         .unit = {},
                                                         .merged_into = row.maybe_id<cohorts::CohortId>(6)});
            });
    tx.each(R"sql(
        select cohort, recorded_at, id, unit, started_on, withdrawn_on, result
        from participations where cohort between :first and :last)sql",
            {{"first", first}, {"last", last}}, [&](const db::Row& row) {
                CohortRows& rows = cohorts[row.integer(0)];
                rows.steps.push_back({.recorded_at = row.instant(1),
                                      .id = row.integer(2),
                                      .participation = row.integer(2),
                                      .kind = "enrolled",
                                      .effective_on = {},
                                      .plan_line = {},
                                      .result = {},
                                      .unit = row.id<organisations::UnitId>(3)});
                rows.kept[row.integer(2)] = {row.maybe_date(4), row.maybe_date(5), row.text(6)};
            });
    // What an undone import had made is known from the moment it came until it was taken back.
    tx.each(R"sql(
        select cohort, recorded_at, id, unit, started_on, withdrawn_on, result, undone_at
        from undone_participations where cohort between :first and :last)sql",
            {{"first", first}, {"last", last}}, [&](const db::Row& row) {
                Step step{.recorded_at = row.instant(1),
                          .id = row.integer(2),
                          .participation = row.integer(2),
                          .kind = "enrolled",
                          .effective_on = {},
                          .plan_line = {},
                          .result = {},
                          .unit = row.id<organisations::UnitId>(3),
                          .facts = {row.maybe_date(4), row.maybe_date(5), row.text(6)}};
                auto& steps = cohorts[row.integer(0)].steps;
                steps.push_back(step);
                step.recorded_at = row.instant(7);
                step.kind = "undone";
                steps.push_back(std::move(step));
            });
    tx.each(R"sql(
        select cohort, recorded_at, id, participation, kind, effective_on, result
        from participation_events where cohort between :first and :last)sql",
            {{"first", first}, {"last", last}}, [&](const db::Row& row) {
                cohorts[row.integer(0)].steps.push_back({.recorded_at = row.instant(1),
                                                         .id = row.integer(2),
                                                         .participation = row.integer(3),
                                                         .kind = row.text(4),
                                                         .effective_on = row.maybe_date(5),
                                                         .plan_line = {},
                                                         .result = row.text(6),
                                                         .unit = {}});
            });
    each_mark_step(tx, first, last, [&](const MarkStep& mark) {
        cohorts[mark.cohort].steps.push_back({.recorded_at = mark.recorded_at,
                                              .id = mark.id,
                                              .participation = mark.participation,
                                              .kind = "marked",
                                              .effective_on = mark.held_on,
                                              .plan_line = {},
                                              .result = {},
                                              .unit = {},
                                              .mark = mark});
    });
    return cohorts;
}

}  // namespace

Replay replay(db::Read& tx) {
    Replay result;
    result.stale_facts = stale_marks(tx);
    constexpr int cohorts_together = 64;  // few enough to hold, many enough to ask for seldom
    for (std::int64_t after = 0;;) {
        auto cohorts = rows_after(tx, after, cohorts_together);
        if (cohorts.empty()) break;
        after = cohorts.rbegin()->first;
        for (auto& [id, rows] : cohorts) CohortReplay(rows, result).run();
    }
    replay_certificates(tx, result);
    return result;
}

}  // namespace tiendo::proof
