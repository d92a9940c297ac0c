// What may happen to a cohort besides opening and cancelling: decided, postponed, merged, filed.
#include "features/cohorts/happening.h"

namespace tiendo::cohorts {
namespace {

std::vector<MergerFollower>& followers() {
    static std::vector<MergerFollower> all;
    return all;
}

std::optional<Refusal> no_longer(const Cohort& cohort) {
    if (!cohort.facts.cancelled_on) return std::nullopt;
    return Refusal{"", "cohort.already_cancelled", {to_text(*cohort.facts.cancelled_on)}};
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
    return text;
}

Refusals faults_of(const OpeningDecision& decision, Date today) {
    Refusals refusals;
    if (decision.paper.number.empty()) refusals.push_back({"number", "form.required", {}});
    if (!decision.paper.dated_on)
        refusals.push_back({"dated_on", "form.required", {}});
    else if (*decision.paper.dated_on > today)
        refusals.push_back(
            {"dated_on", "cohort.decision_ahead", {to_text(*decision.paper.dated_on), to_text(today)}});
    if (decision.signatory.empty()) refusals.push_back({"signatory", "form.required", {}});
    return refusals;
}

Refusals faults_of_merger(const Cohort& cohort, const Cohort& into, Date merged_on, Date today) {
    Refusals refusals;
    if (into.id == cohort.id) refusals.push_back({"into", "cohort.merge_into_itself", {cohort.code}});
    if (!(into.programme.id == cohort.programme.id))
        refusals.push_back({"into", "cohort.merge_programme", {into.programme.name, cohort.programme.name}});
    if (into.facts.cancelled_on || into.facts.closed_on)
        refusals.push_back({"into", "cohort.merge_is_over", {into.code}});
    if (cohort.facts.closed_on) refusals.push_back({"", "cohort.merge_is_over", {cohort.code}});
    if (merged_on > today)
        refusals.push_back({"merged_on", "cohort.merge_in_future", {to_text(merged_on), to_text(today)}});
    if (cohort.facts.opened_on && merged_on < *cohort.facts.opened_on)
        refusals.push_back({"merged_on",
                            "cohort.merge_before_opening",
                            {to_text(merged_on), to_text(*cohort.facts.opened_on)}});
    return refusals;
}

// What is missing of the dossier, unless a reason says why that is all right.
std::optional<Refusal> lack(db::Read& tx, const Cohort& cohort, Due due, const Asking& asking,
                            const Act& act) {
    if (!act.reason.empty()) return std::nullopt;
    const auto missing = missing_evidence(tx, cohort, due, asking);
    if (missing.empty()) return std::nullopt;
    return Refusal{"reason", "cohort.evidence_missing", {std::to_string(missing.size()), joined(missing)}};
}

}  // namespace

Outcome<Done> decide(db::Write& tx, const web::Actor& actor, const Cohort& cohort,
                     const OpeningDecision& decision, Date today, const Act& act) {
    if (auto over = no_longer(cohort)) return *over;
    Refusals refusals = faults_of(decision, today);
    if (cohort.facts.decided_on && act.reason.empty())
        refusals.push_back({"reason", "cohort.reason_required", {}});
    if (!refusals.empty()) return refusals;
    documents::Document paper = decision.paper;
    paper.kind = "decision";
    if (paper.title.empty()) paper.title = paper.number;
    const auto document = documents::record(tx, actor, paper, act.at);
    Facts facts = cohort.facts;
    facts.decided_on = paper.dated_on;
    facts.postponed_on.reset();
    happen(tx, actor, cohort,
           {.kind = "decided",
            .effective_on = paper.dated_on,
            .signatory = decision.signatory,
            .signatory_title = decision.signatory_title},
           facts, {act.at, act.reason, {document, act.source.place}});
    audit_event(tx, actor, cohort, cohort.facts.decided_on ? "cohort.correct_decision" : "cohort.decide", act,
                Value::object({{"number", paper.number}, {"dated_on", paper.dated_on}}));
    return Done{};
}

Outcome<Done> go_ahead(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Size& size,
                       Date today, const Act& act) {
    if (auto over = no_longer(cohort)) return *over;
    const std::string_view verdict = size.verdict();
    if (act.reason.empty() && verdict == "too_few")
        return Refusal{
            "reason", "cohort.too_few", {std::to_string(size.people), std::to_string(*size.minimum)}};
    if (act.reason.empty() && verdict == "too_many")
        return Refusal{
            "reason", "cohort.too_many", {std::to_string(size.people), std::to_string(*size.maximum)}};
    happen(tx, actor, cohort, {.kind = "went_ahead", .effective_on = today}, cohort.facts, act);
    audit_event(tx, actor, cohort, "cohort.go_ahead", act,
                Value::object({{"people", size.people}, {"verdict", verdict}}));
    return Done{};
}

Outcome<Done> postpone(db::Write& tx, const web::Actor& actor, const Cohort& cohort, PlannedDate until,
                       Date today, const Act& act) {
    if (auto over = no_longer(cohort)) return *over;
    if (cohort.facts.opened_on)
        return Refusal{"", "cohort.postpone_opened", {cohort.code, to_text(*cohort.facts.opened_on)}};
    Refusals refusals;
    if (act.reason.empty()) refusals.push_back({"reason", "cohort.reason_required", {}});
    const Date earliest =
        until.precision == Precision::month ? *Date::of(today.year(), today.month(), 1) : today;
    if (until.date < earliest)
        refusals.push_back({"postponed_until", "cohort.postpone_to_past", {to_text(until), to_text(today)}});
    if (!refusals.empty()) return refusals;
    Facts facts = cohort.facts;
    facts.postponed_on = today;
    happen(tx, actor, cohort, {.kind = "postponed", .effective_on = today, .planned_opens_on = until}, facts,
           act);
    Cohort planned = cohort;
    planned.planned_opens_on = until;
    if (planned.planned_closes_on && *planned.planned_closes_on < until.date)
        planned.planned_closes_on.reset();
    update_description(tx, planned);
    insert_description(tx, actor, planned, act.at);
    const auto before = cohort.planned_opens_on;
    audit_event(tx, actor, cohort, "cohort.postpone", act,
                Value::object({{"until", to_text(until)}, {"before", before ? to_text(*before) : ""}}));
    return Done{};
}

Outcome<Done> merge(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Cohort& into,
                    Date merged_on, Date today, const Act& act) {
    if (auto over = no_longer(cohort)) return *over;
    // The other one must still be as it was when this was decided.
    tx.lock("cohort", into.id.value);
    if (!(require_for_books(tx, into.id).facts == into.facts)) throw db::Conflict("cohort changed meanwhile");
    Refusals refusals = faults_of_merger(cohort, into, merged_on, today);
    if (act.reason.empty()) refusals.push_back({"reason", "cohort.reason_required", {}});
    if (!refusals.empty()) return refusals;
    Facts facts = cohort.facts;
    facts.cancelled_on = merged_on;
    facts.merged_into = into.id;
    const std::int64_t event = happen(
        tx, actor, cohort, {.kind = "merged", .effective_on = merged_on, .merged_into = into.id}, facts, act);
    for (const MergerFollower& one : followers())
        one.follow(tx, actor, {cohort, into, merged_on, event, act.at}, act);
    audit_event(tx, actor, cohort, "cohort.merge", act,
                Value::object({{"into", into.code}, {"merged_on", merged_on}}));
    return Done{};
}

void follow_mergers(MergerFollower follower) { followers().push_back(std::move(follower)); }

void undo_merger(db::Write& tx, const web::Actor& actor, const Cohort& cohort, const Act& act) {
    tx.lock("cohort", cohort.facts.merged_into->value);
    const MergerRow row = last_merger(tx, cohort.id);
    const Cohort into = require_for_books(tx, *cohort.facts.merged_into);
    for (const MergerFollower& one : followers())
        one.undo(tx, actor, {cohort, into, *cohort.facts.cancelled_on, row.event, row.at}, act);
}

Outcome<Done> open_with_evidence(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date opened_on,
                                 const Asking& asking, const Act& act) {
    Cohort opened = cohort;  // the dossier is asked for what that day asks for
    opened.facts.opened_on = opened_on;
    if (auto missing = lack(tx, opened, Due::opening, asking, act)) return *missing;
    return open(tx, actor, cohort, opened_on, asking.today, act);
}

Outcome<Done> close_with_evidence(db::Write& tx, const web::Actor& actor, const Cohort& cohort,
                                  Date closed_on, const Asking& asking, const Act& act) {
    if (auto missing = lack(tx, cohort, Due::closing, asking, act); missing && cohort.facts.opened_on)
        return *missing;
    return close(tx, actor, cohort, closed_on, asking.today, act);
}

Outcome<Done> file(db::Write& tx, const web::Actor& actor, const Cohort& cohort, Date filed_on,
                   const Asking& asking, const Act& act) {
    if (auto over = no_longer(cohort)) return *over;
    if (!cohort.facts.closed_on) return Refusal{"", "cohort.file_before_closing", {cohort.code}};
    Refusals refusals;
    if (filed_on < *cohort.facts.closed_on)
        refusals.push_back({"filed_on",
                            "cohort.filed_before_closed",
                            {to_text(filed_on), to_text(*cohort.facts.closed_on)}});
    if (filed_on > asking.today)
        refusals.push_back(
            {"filed_on", "cohort.filed_in_future", {to_text(filed_on), to_text(asking.today)}});
    if (auto missing = lack(tx, cohort, Due::filing, asking, act)) refusals.push_back(*missing);
    if (!refusals.empty()) return refusals;
    Facts facts = cohort.facts;
    facts.filed_on = filed_on;
    happen(tx, actor, cohort, {.kind = "filed", .effective_on = filed_on}, facts, act);
    audit_event(tx, actor, cohort, "cohort.file", act,
                Value::object({{"filed_on", filed_on}, {"before", cohort.facts.filed_on}}));
    return Done{};
}

}  // namespace tiendo::cohorts
