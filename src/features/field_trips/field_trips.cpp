#include "features/field_trips/field_trips.h"

#include "features/field_trips/field_trips_store.h"
#include "platform/audit/audit.h"

namespace tiendo::field_trips {
namespace {

Refusals refusals_of(const Said& said, Date today) {
    Refusals refusals;
    if (said.place.empty()) refusals.push_back({"place", "form.required", {}});
    if (said.state == State::planned && !said.starts_on)
        refusals.push_back({"starts_on", "field_trip.no_planned_day", {}});
    if (said.state == State::took_place && said.starts_on && *said.starts_on > today)
        refusals.push_back({"starts_on", "field_trip.in_future", {to_text(*said.starts_on), to_text(today)}});
    if (said.ends_on && !said.starts_on) refusals.push_back({"starts_on", "form.required", {}});
    if (said.ends_on && said.starts_on && *said.ends_on < *said.starts_on)
        refusals.push_back(
            {"ends_on", "field_trip.ends_before_start", {to_text(*said.ends_on), to_text(*said.starts_on)}});
    if (said.state == State::took_place && said.ends_on && *said.ends_on > today)
        refusals.push_back({"ends_on", "field_trip.in_future", {to_text(*said.ends_on), to_text(today)}});
    if (said.decision_number.empty() && said.decision_dated_on)
        refusals.push_back({"decision_number", "form.required", {}});
    return refusals;
}

// The paper behind what is said: the one before, if it is the same paper.
std::optional<documents::DocumentId> decision(db::Write& tx, const web::Actor& actor, const Said& said,
                                              const std::optional<Trip>& before, Instant at) {
    if (said.decision_number.empty()) return std::nullopt;
    if (before && before->said.decision_number == said.decision_number &&
        before->said.decision_dated_on == said.decision_dated_on)
        return before->document;
    return documents::record(tx, actor,
                             {.kind = "decision",
                              .title = said.decision_number,
                              .number = said.decision_number,
                              .dated_on = said.decision_dated_on},
                             at);
}

void audit_trip(db::Write& tx, const web::Actor& actor, std::string_view action, const Trip& trip,
                const cohorts::Act& act) {
    Value detail = Value::object({{"trip", trip.id},
                                  {"state", to_text(trip.said.state)},
                                  {"place", trip.said.place},
                                  {"starts_on", trip.said.starts_on},
                                  {"head_count", trip.said.head_count}});
    if (!act.reason.empty()) detail.set("reason", act.reason);
    audit::record(tx, actor, act.at, {action, "cohort", trip.cohort.value, std::move(detail)});
}

}  // namespace

std::string_view to_text(State state) {
    return state == State::planned ? "planned" : state == State::withdrawn ? "withdrawn" : "took_place";
}

bool exceeds_roster(const Trip& trip) { return trip.said.head_count > trip.on_roster; }

int days_of(const Said& said) {
    if (!said.starts_on) return 0;
    return said.ends_on.value_or(*said.starts_on) - *said.starts_on + 1;
}

Outcome<TripId> record(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const Said& said, Date today, const cohorts::Act& act) {
    if (auto refusals = refusals_of(said, today); !refusals.empty()) return refusals;
    Trip trip{.id = new_id<TripId>(), .cohort = cohort.id, .cohort_code = cohort.code, .said = said};
    trip.document = decision(tx, actor, said, std::nullopt, act.at);
    insert_trip(tx, actor, trip, act.at);
    insert_event(tx, actor, trip, act);
    audit_trip(tx, actor, said.state == State::planned ? "field_trip.plan" : "field_trip.record", trip, act);
    return trip.id;
}

Outcome<Done> correct(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, TripId id,
                      const Said& said, Date today, const cohorts::Act& act) {
    const auto before = find_trip(tx, cohort.id, id);
    if (!before) throw web::NotFound{};
    auto refusals = refusals_of(said, today);
    const bool takes_place = before->said.state == State::planned && said.state == State::took_place;
    if (act.reason.empty() && !takes_place) refusals.push_back({"reason", "form.required", {}});
    if (!refusals.empty()) return refusals;
    Trip trip = *before;
    trip.said = said;
    trip.document = decision(tx, actor, said, before, act.at);
    insert_event(tx, actor, trip, act);
    audit_trip(tx, actor, "field_trip.correct", trip, act);
    return Done{};
}

Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, TripId id,
                       const cohorts::Act& act) {
    auto trip = find_trip(tx, cohort.id, id);
    if (!trip) throw web::NotFound{};
    if (act.reason.empty()) return Refusal{"reason", "form.required", {}};
    trip->said.state = State::withdrawn;
    insert_event(tx, actor, *trip, act);
    audit_trip(tx, actor, "field_trip.withdraw", *trip, act);
    return Done{};
}

}  // namespace tiendo::field_trips
