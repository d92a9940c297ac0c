#include "features/participation/roster_presenter.h"

#include <algorithm>

namespace tiendo::participation {
namespace {

Value document_value(const Event& event, const web::Actor& actor) {
    if (!event.document) return {};
    const bool may_open = actor.may(documents::see_documents);
    return Value::object({{"id", *event.document},
                          {"title", event.document_title},
                          {"url", may_open ? Value("/documents/" + to_text(*event.document)) : Value()}});
}

Value to_value(const Event& event, const web::Actor& actor) {
    return Value::object({{"id", std::to_string(event.id)},
                          {"kind", event.kind},
                          {"effective_on", event.effective_on},
                          {"result", event.result},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by},
                          {"reason", event.reason},
                          {"source_place", event.source_place},
                          {"document", document_value(event, actor)}});
}

}  // namespace

std::string_view state_of(const Participation& participation, const cohorts::Cohort& cohort, Date today) {
    const Facts& facts = participation.facts;
    // Who leaves before the day of coming has left already.
    const bool never_comes =
        facts.withdrawn_on && facts.started_on && *facts.withdrawn_on <= *facts.started_on;
    if (never_comes || (facts.withdrawn_on && *facts.withdrawn_on <= today)) return "withdrawn";
    if (facts.result == "completed") return "completed";
    if (!facts.result.empty()) return "not_completed";
    const auto started_on = facts.started_on ? facts.started_on : cohort.facts.opened_on;
    return cohort.facts.opened_on && *started_on <= today ? "attending" : "enrolled";
}

Value to_value(const Participation& participation, const cohorts::Cohort& cohort, Date today) {
    const people::Person& person = participation.person;
    return Value::object({{"id", participation.id},
                          {"full_name", person.full_name},
                          {"sex", person.sex},
                          {"birth_date", people::birth_text(person)},
                          {"national_id", people::masked(person.national_id)},
                          {"unit", participation.unit_name},
                          {"position", participation.position},
                          {"started_on", participation.facts.started_on},
                          {"withdrawn_on", participation.facts.withdrawn_on},
                          {"result", participation.facts.result},
                          {"state", state_of(participation, cohort, today)},
                          {"note", participation.note}});
}

Value to_value(const Participation& participation, const cohorts::Cohort& cohort,
               const std::vector<Event>& events, const web::Actor& actor, Date today) {
    std::vector<Event> newest_first(events.rbegin(), events.rend());
    return to_value(participation, cohort, today)
        .set("cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}}))
        .set("source_place", participation.source_place)
        .set("document", events.empty() ? Value() : document_value(events.front(), actor))
        .set("events", list_of(newest_first, [&](const Event& event) { return to_value(event, actor); }));
}

}  // namespace tiendo::participation
