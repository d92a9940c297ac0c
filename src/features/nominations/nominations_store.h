// The rows of nominations; private to this feature.
#pragma once
#include <map>
#include <set>

#include "features/nominations/nominations.h"

namespace tiendo::nominations {

Call require_for_books(db::Read& tx, CallId id);
void write_call(db::Write& tx, const web::Actor& actor, const Call& call, bool is_new, Instant at);
void set_locked(db::Write& tx, CallId call, std::optional<Instant> at);
void insert_call_event(db::Write& tx, const web::Actor& actor, const Call& call, std::string_view kind,
                       const cohorts::Act& act);

// A row that begins with: id, call, person, full name, unit, asked unit, position, choice, state,
// finding, note, received at, participation.
Nomination nomination_of(const db::Row& row);
// Of the whole call, whoever asks; in the order in which they were received.
std::vector<Nomination> nominations_of(db::Read& tx, CallId call);
// The nomination as it stands now; the caller holds the lock and has fetched it through the actor.
Nomination again(db::Read& tx, NominationId id);

// Somebody who is offered, with what the call knows of him already.
struct Nominee {
    people::PersonId person;
    std::string full_name, position;
    organisations::UnitId unit;
    std::optional<organisations::UnitId> asked_unit;
    bool may = false;  // the actor may nominate people of the unit
    bool on_roster = false;
    std::optional<Nomination> before;  // id and state only
};
// None for a person that is not there, or was merged into another.
std::vector<Nominee> nominees(db::Write& tx, const web::Actor& actor, const Call& call,
                              std::span<const people::PersonId> people);

// The choices that people have said already for other cohorts of the programme that have not opened,
// each with the cohort's code.
using Ranks = std::map<std::int64_t, std::string>;
std::map<people::PersonId, Ranks> ranked_elsewhere(db::Read& tx, const Call& call,
                                                   std::span<const people::PersonId> people);

// Nominations of records that were merged into another: the one who stayed is to be decided on.
std::set<NominationId> of_merged_records(db::Read& tx, CallId call);

void insert_nominations(db::Write& tx, std::span<const Nomination> fresh);
void receive_again(db::Write& tx, const Nomination& nomination);
// That each was received, over_quota or late, with the paper it came by.
struct Arrival {
    NominationId id;
    State state;
    std::optional<documents::DocumentId> document;
};
void insert_arrivals(db::Write& tx, const web::Actor& actor, std::span<const Arrival> arrivals,
                     const cohorts::Act& act);

struct EventOf {
    NominationId nomination;
    std::int64_t event;
};
// One event each, and the state (and the finding, when one is given) it leads to.
struct Step {
    std::string_view kind;
    State state;
    std::string finding = {};
};
std::vector<EventOf> move(db::Write& tx, const web::Actor& actor, std::span<const NominationId> which,
                          const Step& step, const cohorts::Act& act);
// What was found when the office decided, with the event; whoever has none is left out.
void keep_grounds(db::Write& tx, std::span<const EventOf> events,
                  const std::map<NominationId, std::string_view>& grounds);
void set_substitute(db::Write& tx, NominationId nomination, NominationId by);
void set_participations(db::Write& tx, CallId call);
void clear_participation(db::Write& tx, NominationId nomination);
// Of its events, the newest first.
std::vector<std::string> kinds_of(db::Read& tx, NominationId nomination);
// The state to which an event leads; none when it leads to no other one.
std::optional<State> state_after(std::string_view kind);
std::vector<EventOf> insert_events(db::Write& tx, const web::Actor& actor,
                                   std::span<const NominationId> which, std::string_view kind,
                                   std::string_view finding, const cohorts::Act& act);

// People admitted, and those on the roster whom nobody nominated.
std::int64_t places_taken(db::Read& tx, const Call& call);

// A cohort in the way of a nomination: of the same days, or of the same programme with a place.
struct Hindrance {
    std::string kind;  // same_days, placed
    std::string cohort;
};
std::map<NominationId, Hindrance> hindrances(db::Read& tx, const Call& call);
// Live nominations of the same people to other cohorts of the programme that they want less; a place on a
// locked roster stays.
struct WantedLess {
    NominationId id;
    CallId call;
    bool has_place = false;
};
std::vector<WantedLess> wanted_less(db::Read& tx, const Call& call, std::span<const NominationId> admitted);

// Nominations of these learners: of who went away those admitted, of who came back the others.
std::vector<NominationId> nominations_of(db::Read& tx, const Call& call,
                                         const participation::RosterChange& change);

// Of those admitted who is not on the roster, and of the others who still is. Whoever left it comes back
// only when admitted after that; otherwise the place is given up.
struct Difference {
    std::vector<Nomination> to_enrol;
    std::vector<participation::ParticipationId> to_readmit, to_withdraw;
    std::vector<NominationId> left;
};
Difference difference_to_roster(db::Read& tx, const Call& call);

}  // namespace tiendo::nominations
