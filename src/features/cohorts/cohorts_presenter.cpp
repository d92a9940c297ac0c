#include "features/cohorts/cohorts_presenter.h"

#include <algorithm>

#include "platform/pages/address.h"

namespace tiendo::cohorts {
namespace {

CertificatesView& certificates_view() {
    static CertificatesView view = nullptr;
    return view;
}

FieldTripsView& field_trips_view() {
    static FieldTripsView view = nullptr;
    return view;
}

Value to_value(const Event& event) {
    return Value::object(
        {{"id", std::to_string(event.id)},
         {"kind", event.kind},
         {"effective_on", event.effective_on},
         {"plan_line", event.plan_line_name},
         {"recorded_at", event.recorded_at},
         {"recorded_by", event.recorded_by},
         {"reason", event.reason},
         {"source_place", event.source_place},
         {"document_number", event.kind == "decided" ? event.document_number : ""},
         {"signatory", event.signatory},
         {"merged_into", event.merged_into},
         {"planned_opens_on", event.planned_opens_on ? Value(to_text(*event.planned_opens_on)) : Value()}});
}

// A step that was passed over while a later one was reached is told as such.
Value way_value(const std::vector<Step>& way) {
    Value steps = Value::list();
    for (std::size_t i = 0; i < way.size(); ++i) {
        const bool gone_past = std::any_of(way.begin() + static_cast<std::ptrdiff_t>(i), way.end(),
                                           [](const Step& later) { return later.reached; });
        steps.push(Value::object({{"state", to_text(way[i].state)},
                                  {"reached_on", way[i].reached_on},
                                  {"reached", way[i].reached},
                                  {"skipped", !way[i].reached && gone_past},
                                  {"current", way[i].current}}));
    }
    return steps;
}

Value decision_value(const std::optional<Decided>& decided) {
    if (!decided) return nullptr;
    const OpeningDecision& decision = decided->decision;
    return Value::object({{"number", decision.paper.number},
                          {"dated_on", decision.paper.dated_on},
                          {"signatory", decision.signatory},
                          {"signatory_title", decision.signatory_title},
                          {"document", decision.paper.id},
                          {"recorded_at", decided->recorded_at},
                          {"recorded_by", decided->recorded_by}});
}

Value size_value(const Size& size) {
    return Value::object({{"minimum", size.minimum},
                          {"target", size.target},
                          {"maximum", size.maximum},
                          {"people", size.people},
                          {"verdict", size.verdict()}});
}

}  // namespace

void show_field_trips(FieldTripsView view) { field_trips_view() = view; }
void count_certificates_by(CertificatesView view) { certificates_view() = view; }

Value standing_certificates(db::Read& tx, CohortId cohort) {
    const std::int64_t standing = certificates_view() ? certificates_view()(tx, cohort) : 0;
    return standing > 0 ? Value(standing) : Value();
}

std::string title_of(const plan::Line& line) {
    return line.audience.empty() ? line.programme.name : line.programme.name + " · " + line.audience;
}

std::string figure_of(const Cohort& cohort, Date day) {
    const int year = year_of(cohort);
    return pages::address("/figures", {{"measure", "learners_started"},
                                       {"cohort", cohort.code},
                                       {"year", year == 0 ? "" : std::to_string(year)},
                                       {"as_of", to_text(day)}});
}

Value to_value(const Listed& listed) {
    const Cohort& cohort = listed.cohort;
    const Facts& facts = cohort.facts;
    const auto& planned = cohort.planned_opens_on;
    const int year = year_of(cohort);
    return Value::object({{"id", cohort.id},
                          {"code", cohort.code},
                          {"programme", cohort.programme.name},
                          {"programme_code", cohort.programme.code},
                          {"kind", to_text(cohort.kind)},
                          {"role", to_text(cohort.role)},
                          {"partner", cohort.partner},
                          {"place", cohort.place},
                          {"year", year == 0 ? Value() : Value(year)},
                          {"state", to_text(listed.state)},
                          {"planned_opens_on", planned ? Value(to_text(*planned)) : Value()},
                          {"planned_closes_on", cohort.planned_closes_on},
                          {"opened_on", facts.opened_on},
                          {"closed_on", facts.closed_on},
                          {"cancelled_on", facts.cancelled_on},
                          {"decided_on", facts.decided_on},
                          {"postponed_on", facts.postponed_on},
                          {"filed_on", facts.filed_on},
                          {"expected_learners", cohort.expected_learners},
                          {"learners", facts.opened_on ? Value(listed.learners) : Value()},
                          {"plan_line", facts.plan_line}});
}

Portrait portrait(db::Read& tx, const web::Actor& actor, const Cohort& cohort, Date today) {
    Portrait seen;
    seen.progress = progress_of(tx, cohort.id);
    seen.listed = {cohort, learners_on(tx, actor, cohort.id, today), state_on(cohort, seen.progress, today)};
    if (const auto unit = organisations::find_unit(tx, cohort.organiser_unit))
        seen.organiser_unit = unit->name;
    if (cohort.facts.plan_line) seen.plan_line = plan::find_line(tx, *cohort.facts.plan_line);
    seen.whole = organisations::may(tx, actor, see_cohorts, cohort.organiser_unit);
    if (!seen.whole) {
        seen.listed.cohort.basis.clear();
        seen.listed.cohort.note.clear();
        return seen;
    }
    seen.size = size_of(tx, cohort, seen.progress, today);
    seen.decision = opening_decision(tx, cohort.id);
    if (cohort.facts.merged_into) seen.merged_into = require_for_books(tx, *cohort.facts.merged_into);
    if (cohort.basis_document) seen.basis_paper = documents::find_document(tx, *cohort.basis_document);
    if (field_trips_view()) seen.field_trips = field_trips_view()(tx, cohort);
    seen.events = history(tx, cohort.id);
    std::reverse(seen.events.begin(), seen.events.end());
    return seen;
}

Value to_value(const Portrait& portrait, Date today) {
    const Cohort& cohort = portrait.listed.cohort;
    Value line;
    if (const auto& counted = portrait.plan_line)
        line = Value::object(
            {{"id", counted->line.id}, {"year", counted->year}, {"title", title_of(counted->line)}});
    Value merged_into, basis_paper;
    if (portrait.merged_into)
        merged_into = Value::object({{"id", portrait.merged_into->id}, {"code", portrait.merged_into->code}});
    if (const auto& paper = portrait.basis_paper)
        basis_paper =
            Value::object({{"id", paper->id}, {"number", paper->number}, {"dated_on", paper->dated_on}});
    const bool lacks_decision =
        portrait.whole && cohort.facts.opened_on && !cohort.facts.decided_on && !cohort.facts.cancelled_on;
    return to_value(portrait.listed)
        .set("organiser_unit", portrait.organiser_unit)
        .set("hosted_by", cohort.hosted_by)
        .set("managed_by", cohort.managed_by)
        .set("certified_by", cohort.certified_by)
        .set("way", way_value(way_of(cohort, portrait.progress, today)))
        .set("decision", decision_value(portrait.decision))
        .set("lacks_decision", lacks_decision)
        .set("size", portrait.whole ? size_value(portrait.size) : Value())
        .set("merged_into", std::move(merged_into))
        .set("basis_paper", std::move(basis_paper))
        .set("basis", cohort.basis)
        .set("note", cohort.note)
        .set("plan_line", std::move(line))
        .set("field_trips", portrait.field_trips)
        .set("events", list_of(portrait.events, [](const Event& event) { return to_value(event); }));
}

}  // namespace tiendo::cohorts
