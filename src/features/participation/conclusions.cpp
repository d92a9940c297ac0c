// The results of a whole cohort, recorded in one act.
#include <map>

#include "features/participation/participation_store.h"
#include "platform/audit/audit.h"

namespace tiendo::participation {
namespace {

using HoldBack = std::function<std::vector<HeldBack>(db::Read&, const cohorts::Cohort&)>;
HoldBack& who_is_held_back() {
    static HoldBack held_back;
    return held_back;
}

}  // namespace

void hold_back_by(HoldBack held_back) { who_is_held_back() = std::move(held_back); }

std::vector<HeldBack> held_back(db::Read& tx, const cohorts::Cohort& cohort) {
    return who_is_held_back() ? who_is_held_back()(tx, cohort) : std::vector<HeldBack>();
}

void conclude(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
              std::span<const Conclusion> conclusions, const cohorts::Act& act) {
    tx.lock("cohort", cohort.value);
    std::map<ParticipationId, std::string> stands;
    for (const InCohort& learner : learners_in(tx, cohort, std::nullopt))
        stands[learner.id] = learner.facts.result;
    const std::int64_t before = next_id();
    std::int64_t last = before;
    auto events =
        tx.bulk("participation_events", {"id", "participation", "cohort", "kind", "effective_on", "result",
                                         "recorded_at", "recorded_by", "reason", "document", "source_place"});
    for (const Conclusion& one : conclusions) {
        if (stands.at(one.participation) == one.result) continue;
        last = next_id();
        events.add({last, one.participation, cohort, "concluded", std::optional<Date>(), one.result, act.at,
                    actor.account, act.reason, act.source.document, act.source.place});
    }
    events.flush();
    if (last == before) return;
    tx.run(R"sql(
        update participations set result = (
            select e.result from participation_events e
            where e.cohort = participations.cohort and e.participation = participations.id and e.id > :before
              and e.kind = 'concluded')
        where cohort = :cohort
          and id in (select e.participation from participation_events e
                     where e.cohort = :cohort and e.id > :before and e.kind = 'concluded'))sql",
           {{"cohort", cohort}, {"before", before}});
    ledger::settle(tx, act.at, last, cohort);
    audit::record(tx, actor, act.at,
                  {"roster.conclude", "cohort", cohort.value,
                   Value::object({{"learners", conclusions.size()}, {"reason", act.reason}})});
}

}  // namespace tiendo::participation
