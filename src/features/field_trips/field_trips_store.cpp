#include "features/field_trips/field_trips_store.h"

namespace tiendo::field_trips {
namespace {

State parse_state(std::string_view text) {
    return text == "planned" ? State::planned : text == "withdrawn" ? State::withdrawn : State::took_place;
}

// state, place, starts_on, ends_on, head_count, note, number, dated_on, cost_planned, cost_spent
Said said_of(const db::Row& row, int first) {
    return {.state = parse_state(row.view(first)),
            .place = row.text(first + 1),
            .starts_on = row.maybe_date(first + 2),
            .ends_on = row.maybe_date(first + 3),
            .head_count = row.integer(first + 4),
            .note = row.text(first + 5),
            .decision_number = row.text(first + 6),
            .decision_dated_on = row.maybe_date(first + 7),
            .cost_planned = row.maybe_integer(first + 8),
            .cost_spent = row.maybe_integer(first + 9)};
}

Trip trip_of(const db::Row& row) {
    return {.id = row.id<TripId>(0),
            .cohort = row.id<cohorts::CohortId>(1),
            .cohort_code = row.text(2),
            .said = said_of(row, 5),
            .document = row.maybe_id<documents::DocumentId>(3),
            .on_roster = row.integer(4)};
}

}  // namespace

std::vector<Trip> trips_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Trip>(R"sql(
        select e.trip, c.id, c.code, e.document,
               (select count(*) from participations p
                where p.cohort = e.cohort and (p.withdrawn_on is null or p.withdrawn_on > e.starts_on)),
               e.state, e.place, e.starts_on, e.ends_on, e.head_count, e.note, coalesce(d.number, ''), d.dated_on,
               e.cost_planned, e.cost_spent
        from field_trip_events e
        join cohorts c on c.id = e.cohort
        left join documents d on d.id = e.document
        where e.cohort = :cohort and e.state <> 'withdrawn'
          and e.id = (select max(x.id) from field_trip_events x where x.trip = e.trip)
        order by e.starts_on nulls last, e.trip)sql",
                        {{"cohort", cohort}}, trip_of);
}

std::vector<Trip> trips_of_year(db::Read& tx, const web::Actor& actor, int year, Offset offset) {
    const Date first = Date::of(year, 1, 1).value(), after = Date::of(year + 1, 1, 1).value();
    const auto midnight = [&](Date day) {
        return Instant{(std::int64_t{day.days} * 24 * 60 - offset.minutes) * 60'000};
    };
    return tx.all<Trip>(R"sql(
        select e.trip, c.id, c.code, e.document,
               (select count(*) from participations p
                where p.cohort = e.cohort and (p.withdrawn_on is null or p.withdrawn_on > e.starts_on)),
               e.state, e.place, e.starts_on, e.ends_on, e.head_count, e.note, coalesce(d.number, ''), d.dated_on,
               e.cost_planned, e.cost_spent
        from field_trip_events e
        join cohorts c on c.id = e.cohort
        join field_trips t on t.id = e.trip
        left join documents d on d.id = e.document
        where e.state <> 'withdrawn'
          and (e.starts_on between :first and :last
               or (e.starts_on is null and t.recorded_at >= :from_moment and t.recorded_at < :until_moment))
          and e.id = (select max(x.id) from field_trip_events x where x.trip = e.trip)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit)
        order by e.starts_on nulls last, e.trip)sql",
                        {{"first", first},
                         {"last", after + -1},
                         {"from_moment", midnight(first)},
                         {"until_moment", midnight(after)},
                         {"actor", actor.account},
                         {"permission", cohorts::see_cohorts.name}},
                        trip_of);
}

std::optional<Trip> find_trip(db::Read& tx, cohorts::CohortId cohort, TripId id) {
    for (Trip& trip : trips_of(tx, cohort))
        if (trip.id == id) return std::move(trip);
    return std::nullopt;
}

std::vector<Event> history_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Event>(R"sql(
        select e.trip, e.recorded_at, a.display_name, e.reason,
               e.state, e.place, e.starts_on, e.ends_on, e.head_count, e.note, coalesce(d.number, ''), d.dated_on,
               e.cost_planned, e.cost_spent
        from field_trip_events e
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        where e.cohort = :cohort order by e.id)sql",
                         {{"cohort", cohort}}, [](const db::Row& row) {
                             return Event{.trip = row.id<TripId>(0),
                                          .said = said_of(row, 4),
                                          .recorded_at = row.instant(1),
                                          .recorded_by = row.text(2),
                                          .reason = row.text(3)};
                         });
}

void insert_trip(db::Write& tx, const web::Actor& actor, const Trip& trip, Instant at) {
    tx.run(R"sql(
        insert into field_trips (id, cohort, recorded_at, recorded_by) values (:id, :cohort, :at, :actor))sql",
           {{"id", trip.id}, {"cohort", trip.cohort}, {"at", at}, {"actor", actor.account}});
}

void insert_event(db::Write& tx, const web::Actor& actor, const Trip& trip, const cohorts::Act& act) {
    const Said& said = trip.said;
    tx.run(R"sql(
        insert into field_trip_events (id, trip, cohort, state, place, starts_on, ends_on, head_count, note,
                                       document, cost_planned, cost_spent, recorded_at, recorded_by, reason)
        values (:id, :trip, :cohort, :state, :place, :starts_on, :ends_on, :head_count, :note, :document,
                :cost_planned, :cost_spent, :at, :actor, :reason))sql",
           {{"id", next_id()},
            {"trip", trip.id},
            {"cohort", trip.cohort},
            {"state", to_text(said.state)},
            {"place", said.place},
            {"starts_on", said.starts_on},
            {"ends_on", said.ends_on},
            {"head_count", said.head_count},
            {"note", said.note},
            {"document", trip.document},
            {"cost_planned", said.cost_planned},
            {"cost_spent", said.cost_spent},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
}

}  // namespace tiendo::field_trips
