// Field trips (đi thực tế): where a cohort goes while it studies.
//
// A trip belongs to a cohort. Those who go are counted in the cohort already, or by the school that
// keeps its roster: a trip is no cohort and adds nobody. A planned one is a forecast until it is said to
// have taken place. What is said of a trip is said whole, each time as a row of its own; the last holds.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "base/value.h"
#include "features/cohorts/cohorts.h"

namespace tiendo::field_trips {

enum class State { planned, took_place, withdrawn };
std::string_view to_text(State state);

// Money is in đồng.
struct Said {
    State state = State::took_place;
    std::string place;
    std::optional<Date> starts_on;  // of a trip that took place perhaps nobody knows any more
    std::optional<Date> ends_on;    // none: it began and ended on one day
    std::int64_t head_count = 0;
    std::string note;
    std::string decision_number;  // of the decision that sends the cohort; empty: none
    std::optional<Date> decision_dated_on;
    std::optional<std::int64_t> cost_planned, cost_spent;
};

struct Trip {
    Id<Trip> id;
    cohorts::CohortId cohort;
    std::string cohort_code;
    Said said;
    std::optional<documents::DocumentId> document;
    std::int64_t on_roster = 0;  // learners of the cohort on the day of the trip, of those known here
};
using TripId = Id<Trip>;

// More went than the roster has: told, not refused, for partner schools keep rosters of their own.
bool exceeds_roster(const Trip& trip);
// Both days count; 1 when it began and ended on one day, 0 when no day is known.
int days_of(const Said& said);

// Who sees a cohort of his unit sees its trips; who changes it records them.
std::vector<Trip> trips_of(db::Read& tx, cohorts::CohortId cohort);  // not withdrawn, the earliest first
// Of a year, within the actor's reach; those without a day by the day on which they were recorded.
std::vector<Trip> trips_of_year(db::Read& tx, const web::Actor& actor, int year, Offset offset);

// One row of the history of a cohort's trips.
struct Event {
    TripId trip;
    Said said;
    Instant recorded_at;
    std::string recorded_by, reason;
};
std::vector<Event> history_of(db::Read& tx, cohorts::CohortId cohort);

// --- verbs ---------------------------------------------------------------------------------

// Refuses no place, an end before the beginning, a planned trip without a day, one that took place on a
// day after `today`, a decision of no number.
Outcome<TripId> record(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const Said& said, Date today, const cohorts::Act& act);
// Says anew what a trip is: corrected with a reason, or, without one, a planned trip that took place.
// web::NotFound when the cohort has no such trip.
Outcome<Done> correct(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, TripId trip,
                      const Said& said, Date today, const cohorts::Act& act);
// It was not made, or recorded by mistake. A reason is required.
Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, TripId trip,
                       const cohorts::Act& act);

// --- pages ---------------------------------------------------------------------------------

Value to_value(const Trip& trip);
// For the page and the JSON of a cohort: those that took place.
Value shown_with_cohort(db::Read& tx, const cohorts::Cohort& cohort);

void register_routes(web::Routes& routes);

}  // namespace tiendo::field_trips
