#include "features/cohorts/cohorts_presenter.h"

#include <algorithm>

#include "platform/pages/address.h"

namespace tiendo::cohorts {
namespace {

FieldTripsView& field_trips_view() {
    static FieldTripsView view = nullptr;
    return view;
}

Value to_value(const Event& event) {
    return Value::object({{"id", std::to_string(event.id)},
                          {"kind", event.kind},
                          {"effective_on", event.effective_on},
                          {"plan_line", event.plan_line_name},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by},
                          {"reason", event.reason},
                          {"source_place", event.source_place}});
}

}  // namespace

void show_field_trips(FieldTripsView view) { field_trips_view() = view; }

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

Value to_value(const Listed& listed, Date today) {
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
                          {"state", state_on(cohort, today)},
                          {"planned_opens_on", planned ? Value(to_text(*planned)) : Value()},
                          {"planned_closes_on", cohort.planned_closes_on},
                          {"opened_on", facts.opened_on},
                          {"closed_on", facts.closed_on},
                          {"cancelled_on", facts.cancelled_on},
                          {"expected_learners", cohort.expected_learners},
                          {"learners", facts.opened_on ? Value(listed.learners) : Value()},
                          {"plan_line", facts.plan_line}});
}

Portrait portrait(db::Read& tx, const web::Actor& actor, const Cohort& cohort, Date today) {
    Portrait seen{.listed = {cohort, learners_on(tx, actor, cohort.id, today)}};
    if (const auto unit = organisations::find_unit(tx, cohort.organiser_unit))
        seen.organiser_unit = unit->name;
    if (cohort.facts.plan_line) seen.plan_line = plan::find_line(tx, *cohort.facts.plan_line);
    seen.whole = organisations::may(tx, actor, see_cohorts, cohort.organiser_unit);
    if (!seen.whole) {
        seen.listed.cohort.basis.clear();
        seen.listed.cohort.note.clear();
        return seen;
    }
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
    return to_value(portrait.listed, today)
        .set("organiser_unit", portrait.organiser_unit)
        .set("basis", cohort.basis)
        .set("note", cohort.note)
        .set("plan_line", std::move(line))
        .set("field_trips", portrait.field_trips)
        .set("events", list_of(portrait.events, [](const Event& event) { return to_value(event); }));
}

}  // namespace tiendo::cohorts
