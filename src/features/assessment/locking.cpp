// The decision that recognises the results, and what it does to the learners.
#include "features/assessment/assessment_store.h"
#include "platform/audit/audit.h"

namespace tiendo::assessment {
namespace {

std::string names_of(std::span<const Graded> learners) {
    constexpr std::size_t named = 5;
    std::string names;
    for (std::size_t i = 0; i < learners.size() && i < named; ++i)
        names += (i == 0 ? "" : ", ") + learners[i].full_name;
    if (learners.size() > named) names += " …";
    return names;
}

void conclude(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
              std::span<const Graded> learners, const cohorts::Act& act) {
    std::vector<participation::Conclusion> conclusions;
    for (const Graded& one : learners)
        conclusions.push_back({one.participation, one.result.passed ? "completed" : "not_completed"});
    participation::conclude(tx, actor, assessment.cohort.id, conclusions, act);
}

std::vector<Graded> without_total(std::span<const Graded> learners) {
    std::vector<Graded> found;
    for (const Graded& one : learners)
        if (!one.result.total || !one.result.band) found.push_back(one);
    return found;
}

Outcome<Done> judge(const Assessment& assessment, const Decision& decision, Date today,
                    std::span<const Graded> learners) {
    const std::string& code = assessment.cohort.code;
    if (assessment.locked_on) return Refusal{"", "assessment.locked", {code, to_text(*assessment.locked_on)}};
    if (assessment.scheme.components.empty()) return Refusal{"", "assessment.not_set_up", {code}};
    if (learners.empty()) return Refusal{"", "assessment.nobody", {code}};
    Refusals refusals;
    if (decision.number.empty()) refusals.push_back({"number", "form.required", {}});
    if (decision.dated_on > today)
        refusals.push_back(
            {"dated_on", "assessment.decision_ahead", {to_text(decision.dated_on), to_text(today)}});
    if (const auto opened_on = assessment.cohort.facts.opened_on;
        !opened_on || decision.dated_on < *opened_on)
        refusals.push_back({"dated_on",
                            "assessment.decision_before_opening",
                            {to_text(decision.dated_on), opened_on ? to_text(*opened_on) : "–"}});
    if (const auto missing = without_total(learners); !missing.empty())
        refusals.push_back(
            {"", "assessment.marks_missing", {std::to_string(missing.size()), names_of(missing)}});
    if (!refusals.empty()) return refusals;
    return Done{};
}

}  // namespace

Outcome<Done> lock(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                   const Decision& decision, Date today, const cohorts::Act& act) {
    const auto learners = graded(tx, assessment);
    if (auto judged = judge(assessment, decision, today, learners); !judged) return judged;
    const auto document = documents::record(tx, actor,
                                            {.kind = "decision",
                                             .title = decision.number,
                                             .number = decision.number,
                                             .dated_on = decision.dated_on},
                                            act.at);
    const Value said = Value::object({{"number", decision.number}, {"learners", learners.size()}});
    const std::int64_t event = insert_event(
        tx, actor, assessment.cohort.id,
        {.kind = "locked", .said = said, .effective_on = decision.dated_on, .document = document}, act);
    write_results(tx, assessment, learners, event);
    conclude(tx, actor, assessment, learners, {act.at, act.reason, {document, {}}});
    audit::record(tx, actor, act.at, {"assessment.lock", "cohort", assessment.cohort.id.value, said});
    return Done{};
}

Outcome<Done> unlock(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                     const cohorts::Act& act) {
    if (!assessment.locked_on) return Refusal{"", "assessment.not_locked", {assessment.cohort.code}};
    if (act.reason.empty()) return Refusal{"reason", "form.required", {}};
    std::vector<participation::Conclusion> conclusions;
    for (const Graded& one : graded(tx, assessment)) conclusions.push_back({one.participation, ""});
    insert_event(tx, actor, assessment.cohort.id, {.kind = "unlocked", .said = Value::object()}, act);
    remove_results(tx, assessment.cohort.id);
    participation::conclude(tx, actor, assessment.cohort.id, conclusions, act);
    audit::record(
        tx, actor, act.at,
        {"assessment.unlock", "cohort", assessment.cohort.id.value, Value::object({{"reason", act.reason}})});
    return Done{};
}

void conclude_again(db::Write& tx, const web::Actor& actor, const Assessment& assessment,
                    const cohorts::Act& act) {
    const auto learners = graded(tx, assessment);
    std::vector<Graded> whole;
    for (const Graded& one : learners)
        if (one.result.total && one.result.band) whole.push_back(one);
    const std::int64_t event =
        insert_event(tx, actor, assessment.cohort.id,
                     {.kind = "corrected", .said = Value::object({{"learners", whole.size()}})}, act);
    remove_results(tx, assessment.cohort.id);
    write_results(tx, assessment, whole, event);
    conclude(tx, actor, assessment, learners, act);
}

}  // namespace tiendo::assessment
