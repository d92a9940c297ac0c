// GET /cohorts/:id/field-trips: the trips of a cohort, planned and made.
#include <algorithm>

#include "features/field_trips/field_trips_store.h"
#include "platform/pages/forms.h"
#include "platform/pages/reader.h"

namespace tiendo::field_trips {
namespace {

cohorts::CohortId cohort_of(const web::Visit& visit) { return cohorts::CohortId{web::id_of(visit, "id")}; }
std::string address_of(const web::Visit& visit) {
    return "/cohorts/" + to_text(cohort_of(visit)) + "/field-trips";
}

// Trips are seen on the cohort's unit, not by a unit whose people are in the cohort.
cohorts::Cohort require_cohort(db::Read& tx, const web::Actor& actor, cohorts::CohortId id) {
    cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, cohorts::see_cohorts, cohort.organiser_unit)) throw web::NotFound{};
    return cohort;
}

Value to_value(const Event& event) {
    return Value::object({{"trip", event.trip},
                          {"state", to_text(event.said.state)},
                          {"place", event.said.place},
                          {"starts_on", event.said.starts_on},
                          {"head_count", event.said.head_count},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by},
                          {"reason", event.reason}});
}

Value with_state(const std::vector<Trip>& trips, State state) {
    Value list = Value::list();
    for (const Trip& trip : trips)
        if (trip.said.state == state) list.push(to_value(trip));
    return list;
}

Value trips_value(db::Read& tx, const cohorts::Cohort& cohort) {
    const auto trips = trips_of(tx, cohort.id);
    auto events = history_of(tx, cohort.id);
    std::reverse(events.begin(), events.end());
    return Value::object({{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
                          {"programme", cohort.programme.name},
                          {"took_place", with_state(trips, State::took_place)},
                          {"planned", with_state(trips, State::planned)},
                          {"events", list_of(events, [](const Event& event) { return to_value(event); })}});
}

// The fields of one trip: as they stand, or as they were just sent.
Value trip_form(const pages::Forms& forms, const std::string& name, const Said& said) {
    const Value state = forms.field(name, "state", to_text(said.state))["value"];
    return forms.form(name)
        .set("is_planned", state == Value("planned"))
        .set("place", forms.field(name, "place", said.place))
        .set("starts_on", forms.field(name, "starts_on", said.starts_on))
        .set("ends_on", forms.field(name, "ends_on", said.ends_on))
        .set("head_count",
             forms.field(name, "head_count", said.place.empty() ? Value() : Value(said.head_count)))
        .set("decision_number", forms.field(name, "decision_number", said.decision_number))
        .set("decision_dated_on", forms.field(name, "decision_dated_on", said.decision_dated_on))
        .set("cost_planned", forms.field(name, "cost_planned", said.cost_planned))
        .set("cost_spent", forms.field(name, "cost_spent", said.cost_spent))
        .set("note", forms.field(name, "note", said.note));
}

// ?trip= opens one of them for correction.
Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const std::optional<TripId>& chosen, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool can_change =
        visit.actor.may(cohorts::change_cohorts) &&
        organisations::may(tx, visit.actor, cohorts::change_cohorts, cohort.organiser_unit);
    Value value = trips_value(tx, cohort);
    const bool has_planned = !value["planned"].list_items()->empty();
    const bool has_any = has_planned || !value["took_place"].list_items()->empty();
    const bool has_events = !value["events"].list_items()->empty();
    Value correction, withdrawal;
    if (const auto trip = chosen ? find_trip(tx, cohort.id, *chosen) : std::nullopt; trip && can_change) {
        correction = trip_form(forms, "correction", trip->said).set("id", trip->id).set("prefix", "");
        withdrawal = forms.form("withdrawal").set("id", trip->id);
    }
    Value recording;
    if (!cohort.facts.cancelled_on)
        recording = trip_form(forms, "field-trips", {}).set("prefix", correction.is_null() ? "" : "new-");
    return std::move(value)
        .set("title", visit.text("field_trip.title", {cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, cohort, "field-trips"))
        .set("can_change", can_change)
        .set("can_see_documents", visit.actor.may(documents::see_documents))
        .set("has_any", has_any)
        .set("has_planned", has_planned)
        .set("made", Value::object({{"trips", value["took_place"]}}))
        .set("planned_ones", Value::object({{"trips", value["planned"]}}))
        .set("has_history", has_events)
        .set("export", nullptr)
        .set("print_url", address_of(visit) + "?print=1")
        .set("recording", std::move(recording))
        .set("correction", std::move(correction))
        .set("withdrawal", std::move(withdrawal));
}

std::optional<TripId> trip_asked(const web::Visit& visit) {
    const std::string asked(visit.request.asked("trip"));
    return asked.empty() ? std::nullopt : std::optional(TripId{parse_id(asked)});
}

http::Response trips_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        return visit.page("field_trips/field_trips", page_value(visit, tx, cohort, trip_asked(visit), {}));
    });
}

http::Response trips_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.json(trips_value(tx, require_cohort(tx, visit.actor, cohort_of(visit))));
    });
}

// --- what is done -----------------------------------------------------------------------------

Said said_in(pages::Reader& sent) {
    const auto state = sent.choice("state", {"planned", "took_place"});
    return {.state = state == "planned" ? State::planned : State::took_place,
            .place = sent.required_text("place"),
            .starts_on = sent.day("starts_on"),
            .ends_on = sent.day("ends_on"),
            .head_count = sent.required_count("head_count").value_or(0),
            .note = sent.text("note"),
            .decision_number = sent.text("decision_number"),
            .decision_dated_on = sent.day("decision_dated_on"),
            .cost_planned = sent.count("cost_planned"),
            .cost_spent = sent.count("cost_spent")};
}

// What a verb is told: the cohort, and what was sent about a trip of it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const cohorts::Cohort& cohort;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> recording(const Told& told) {
    const Said said = said_in(told.sent);
    if (told.sent.refused()) return told.sent.refusals();
    const auto trip = record(told.tx, told.visit.actor, told.cohort, said, told.visit.today(), told.act);
    if (!trip) return trip.refusals();
    return Done{};
}

Outcome<Done> correction(const Told& told) {
    const TripId trip{web::id_of(told.visit, "trip")};
    const Said said = said_in(told.sent);
    if (told.sent.refused()) return told.sent.refusals();
    return correct(told.tx, told.visit.actor, told.cohort, trip, said, told.visit.today(), told.act);
}

Outcome<Done> withdrawal(const Told& told) {
    const TripId trip{web::id_of(told.visit, "trip")};
    return withdraw(told.tx, told.visit.actor, told.cohort, trip, told.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const auto cohort = cohorts::require_for_change(tx, visit.actor, cohort_of(visit));
        return verb({tx, visit, cohort, sent, cohorts::Act{visit.now, sent.text("reason"), {}}});
    });
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        if (outcome) return visit.redirect(address_of(visit), "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            const auto cohort = require_cohort(tx, visit.actor, cohort_of(visit));
            std::optional<TripId> chosen;
            if (form != "field-trips") chosen = TripId{web::id_of(visit, "trip")};
            return visit.refused("field_trips/field_trips",
                                 page_value(visit, tx, cohort, chosen, {form, outcome.refusals()}),
                                 outcome.refusals());
        });
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? trips_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

Value to_value(const Trip& trip) {
    const Said& said = trip.said;
    const int days = days_of(said);
    return Value::object({{"id", trip.id},
                          {"cohort_id", trip.cohort},
                          {"cohort", trip.cohort_code},
                          {"state", to_text(said.state)},
                          {"place", said.place},
                          {"starts_on", said.starts_on},
                          {"ends_on", said.ends_on == said.starts_on ? Value() : Value(said.ends_on)},
                          {"days", days > 0 ? Value(days) : Value()},
                          {"head_count", said.head_count},
                          {"on_roster", trip.on_roster},
                          {"exceeds_roster", exceeds_roster(trip)},
                          {"decision_number", said.decision_number},
                          {"decision_dated_on", said.decision_dated_on},
                          {"document", trip.document},
                          {"cost_planned", said.cost_planned},
                          {"cost_spent", said.cost_spent},
                          {"note", said.note}});
}

Value shown_with_cohort(db::Read& tx, const cohorts::Cohort& cohort) {
    Value list = Value::list();
    for (const Trip& trip : trips_of(tx, cohort.id))
        if (trip.said.state == State::took_place)
            list.push(Value::object({{"place", trip.said.place},
                                     {"took_place_on", trip.said.starts_on},
                                     {"head_count", trip.said.head_count},
                                     {"note", trip.said.note}}));
    return list;
}

void register_routes(web::Routes& routes) {
    using cohorts::change_cohorts;
    routes.get("/cohorts/:id/field-trips", cohorts::see_cohorts, trips_page);
    routes.post("/cohorts/:id/field-trips", change_cohorts, by_form("field-trips", recording));
    routes.post("/cohorts/:id/field-trips/:trip/correction", change_cohorts,
                by_form("correction", correction));
    routes.post("/cohorts/:id/field-trips/:trip/withdrawal", change_cohorts,
                by_form("withdrawal", withdrawal));
    routes.get("/api/v1/cohorts/:id/field-trips", cohorts::see_cohorts, trips_json);
    routes.post("/api/v1/cohorts/:id/field-trips", change_cohorts, by_json(recording));
    routes.post("/api/v1/cohorts/:id/field-trips/:trip/correction", change_cohorts, by_json(correction));
    routes.post("/api/v1/cohorts/:id/field-trips/:trip/withdrawal", change_cohorts, by_json(withdrawal));
}

}  // namespace tiendo::field_trips
