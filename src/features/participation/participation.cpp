#include "features/participation/participation.h"

#include <algorithm>

#include "features/participation/participation_store.h"
#include "platform/audit/audit.h"

namespace tiendo::participation {
namespace {

void happen(db::Write& tx, const web::Actor& actor, const Participation& participation, const NewEvent& event,
            const Facts& facts, const cohorts::Act& act) {
    // Settling reads the facts of the cohort too; whoever changes those waits, or we do.
    tx.lock("cohort", participation.cohort.value);
    const auto now = learners_in(tx, participation.cohort, participation.id);
    if (now.size() != 1 || !(now.front().facts == participation.facts))
        throw db::Conflict("participation changed meanwhile");
    const std::int64_t row = insert_event(tx, actor, participation, event, act);
    update_facts(tx, participation.id, facts);
    ledger::settle(tx, act.at, row, participation.cohort, participation.id);
    Value detail = Value::object({{"cohort", participation.cohort}, {"effective_on", event.effective_on}});
    if (!event.result.empty()) detail.set("result", event.result);
    if (!act.reason.empty()) detail.set("reason", act.reason);
    audit::record(
        tx, actor, act.at,
        {"participation." + std::string(event.kind), "participation", participation.id.value, detail});
}

}  // namespace

Participation require_for_change(db::Write& tx, const web::Actor& actor, ParticipationId id) {
    const Participation participation = require(tx, actor, id);
    const cohorts::Cohort cohort = cohorts::require(tx, actor, participation.cohort);
    if (!organisations::may(tx, actor, change_rosters, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", cohort.id.value);
    return require(tx, actor, id);
}

Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Participation& participation,
                       Date withdrawn_on, const cohorts::Act& act) {
    if (act.reason.empty()) return Refusal{"reason", "participation.reason_required", {}};
    if (participation.facts.started_on && withdrawn_on < *participation.facts.started_on)
        return Refusal{"withdrawn_on",
                       "participation.withdrawal_before_start",
                       {to_text(withdrawn_on), to_text(*participation.facts.started_on)}};
    if (participation.facts.withdrawn_on == withdrawn_on) return Done{};
    Facts facts = participation.facts;
    facts.withdrawn_on = withdrawn_on;
    happen(tx, actor, participation, {.kind = "withdrawn", .effective_on = withdrawn_on}, facts, act);
    tell_change(tx, actor, {participation.cohort, Went::away, std::span(&participation.id, 1)}, act);
    return Done{};
}

Outcome<Done> readmit(db::Write& tx, const web::Actor& actor, const Participation& participation,
                      const cohorts::Act& act) {
    if (!participation.facts.withdrawn_on) return Refusal{"", "participation.not_withdrawn", {}};
    if (act.reason.empty()) return Refusal{"reason", "participation.reason_required", {}};
    Facts facts = participation.facts;
    facts.withdrawn_on.reset();
    happen(tx, actor, participation, {.kind = "readmitted"}, facts, act);
    tell_change(tx, actor, {participation.cohort, Went::back, std::span(&participation.id, 1)}, act);
    return Done{};
}

Outcome<Done> correct_start(db::Write& tx, const web::Actor& actor, const Participation& participation,
                            Date started_on, const cohorts::Act& act) {
    if (participation.facts.withdrawn_on && *participation.facts.withdrawn_on < started_on)
        return Refusal{"started_on",
                       "participation.withdrawal_before_start",
                       {to_text(*participation.facts.withdrawn_on), to_text(started_on)}};
    if (participation.facts.started_on == started_on) return Done{};
    if (act.reason.empty() && is_locked(tx, participation.cohort))
        return Refusal{"reason", "participation.locked_reason", {}};
    Facts facts = participation.facts;
    facts.started_on = started_on;
    happen(tx, actor, participation, {.kind = "started", .effective_on = started_on}, facts, act);
    return Done{};
}

Outcome<Done> conclude(db::Write& tx, const web::Actor& actor, const Participation& participation,
                       std::string_view result, const cohorts::Act& act) {
    if (participation.facts.result == result) return Done{};
    if (result == "completed" && act.reason.empty())
        for (const HeldBack& one : held_back(tx, cohorts::require_for_books(tx, participation.cohort)))
            if (one.participation == participation.id)
                return Refusal{"reason", one.why.message, one.why.arguments};
    Facts facts = participation.facts;
    facts.result = result;
    happen(tx, actor, participation, {.kind = "concluded", .result = std::string(result)}, facts, act);
    return Done{};
}

void describe(db::Write& tx, const web::Actor& actor, const Participation& participation,
              const Description& description, const cohorts::Act& act) {
    update_description(tx, participation.id, description);
    // The unit is a side of every posting: those that name the old one are reversed.
    ledger::settle(tx, act.at, participation.id.value, participation.cohort, participation.id);
    audit::record(tx, actor, act.at,
                  {"participation.describe", "participation", participation.id.value,
                   Value::object({{"unit", description.unit},
                                  {"unit_before", participation.unit},
                                  {"position", description.position}})});
}

void entries(const cohorts::Cohort& cohort, const InCohort& learner, const ledger::Emit& emit) {
    const cohorts::Facts& of_cohort = cohort.facts;
    if (!of_cohort.opened_on) return;  // nobody has started in a cohort that has not opened
    const Date started_on = learner.facts.started_on.value_or(*of_cohort.opened_on);
    ledger::Entry entry{.measure = ledger::Measure::learners_started,
                        .quantity = 1,
                        .effective_on = started_on,
                        .plan_line = of_cohort.plan_line,
                        .programme = cohort.programme.id,
                        .cohort = cohort.id,
                        .participation = learner.id,
                        .person_unit = learner.unit,
                        .organiser_unit = cohort.organiser_unit};
    emit(entry, learner.id.value);

    std::optional<Date> left_on = learner.facts.withdrawn_on;
    if (of_cohort.cancelled_on)
        left_on = left_on ? std::min(*left_on, *of_cohort.cancelled_on) : *of_cohort.cancelled_on;
    if (left_on) {
        entry.quantity = -1;
        entry.effective_on = std::max(*left_on, started_on);
        emit(entry, 0);
    } else if (learner.facts.result == "completed" && of_cohort.closed_on) {
        entry.measure = ledger::Measure::learners_completed;
        entry.effective_on = *of_cohort.closed_on;
        emit(entry, 0);
    }
}

ledger::Bookkeeper bookkeeper() {
    return {"participation", [](db::Read& tx, cohorts::CohortId cohort_id,
                                std::optional<ParticipationId> only, const ledger::Emit& emit) {
                const cohorts::Cohort cohort = cohorts::require_for_books(tx, cohort_id);
                for (const InCohort& learner : learners_in(tx, cohort_id, only))
                    entries(cohort, learner, emit);
            }};
}

}  // namespace tiendo::participation
