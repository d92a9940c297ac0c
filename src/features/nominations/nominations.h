// Nominations (đề cử): a call asks units for people, units nominate, the office admits.
//
// Every state of a nomination is a row (what, when, who, why, by which paper). Places are counted
// anew under a lock whenever somebody is admitted. A locked roster is a row of participations,
// and from then on changes only with a reason.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/nominations/calls.h"
#include "features/nominations/judging.h"
#include "features/organisations/organisations.h"
#include "features/participation/participation.h"
#include "features/people/people.h"

namespace tiendo::nominations {

// --- nominations ------------------------------------------------------------------------------

enum class State {
    received,        // đã nhận
    over_quota,      // beyond what the unit was asked for: waits to be considered
    late,            // sent after the deadline: waits to be considered
    checked,         // the office has looked at it; the finding says what was found
    needs_document,  // asked again
    admitted,
    wait_listed,
    refused,
    withdrawn,
    substituted,  // another came in this person's place
};
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);
// May still lead to a place, or has: all but refused, withdrawn and substituted.
bool is_live(State state);
// The office has not decided by what was found of the person; later it holds what was found then.
bool awaits_decision(State state);

struct Nomination {
    Id<Nomination> id;
    CallId call;
    people::PersonId person;
    std::string full_name;
    organisations::UnitId unit;
    std::optional<organisations::UnitId> asked_unit;
    std::string position;
    std::int64_t choice = 1;  // 1 is the cohort wanted most of those of its programme
    State state = State::received;
    std::string finding;  // eligible, ineligible, unknown; empty: not looked at
    std::string note;
    Instant received_at;
    std::optional<participation::ParticipationId> participation;
};
using NominationId = Id<Nomination>;

// Of a unit within the actor's reach; throws web::NotFound. For change: the call's programme is locked.
Nomination require(db::Read& tx, const web::Actor& actor, NominationId id);

struct Offer {
    std::vector<people::PersonId> people;
    std::int64_t choice = 1;
    std::string note;
};
// What became of one person offered; `message` is empty when it is simply received.
struct Answer {
    people::PersonId person;
    std::string full_name;
    bool taken = false;
    std::string message;  // nomination.over_quota, .late, .already_nominated, .on_roster, .same_days
    std::vector<std::string> arguments;
};
// Each person by itself: those who cannot be taken are told and do not hinder the others. What a unit
// sends after the deadline is late and waits for the office, which itself takes it with a reason.
// web::NotFound for a person of a unit on which the actor may not nominate.
Outcome<std::vector<Answer>> nominate(db::Write& tx, const web::Actor& actor, const Call& call,
                                      const Offer& offer, const cohorts::Act& act);

// The office decides on some: checked, asked_again, admitted, wait_listed, refused. Answers how
// many it moved. Refused whole when one cannot be: no place left, a reason missing, one that is
// on another roster of the same days without a reason, one to be admitted who fails a rule. A reason with a
// document waives what may be waived of it for this cohort.
Outcome<std::int64_t> decide(db::Write& tx, const web::Actor& actor, const Call& call,
                             std::span<const NominationId> which, std::string_view decision, Date today,
                             const cohorts::Act& act);
// Admits in order all who may attend until the places are full; the rest waits. Whoever is not
// eligible stays where he is.
struct Selected {
    std::int64_t admitted = 0, wait_listed = 0, left = 0;
};
Outcome<Selected> select(db::Write& tx, const web::Actor& actor, const Call& call, Date today,
                         const cohorts::Act& act);
// By the unit before the deadline, else by the office; a reason is required. Whoever is first on
// the waiting list moves up, unless the roster is locked.
Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Nomination& nomination, Date today,
                       const cohorts::Act& act);
// The unit has sent what it was asked for.
Outcome<Done> answer(db::Write& tx, const web::Actor& actor, const Nomination& nomination,
                     const cohorts::Act& act);
// Another person comes instead, with the place if there was one. A reason is required.
Outcome<Done> substitute(db::Write& tx, const web::Actor& actor, const Nomination& nomination,
                         people::PersonId by, Date today, const cohorts::Act& act);

// How far the convening of cohorts has come; one without a call is left out.
struct Convening {
    cohorts::CohortId cohort;
    Instant issued_at;
    std::optional<Instant> locked_at;
    std::int64_t admitted = 0;
};
std::vector<Convening> convenings_of(db::Read& tx, std::span<const cohorts::CohortId> asked);
// When a cohort is merged into another, its call says so; if the other one is still being convened,
// whoever is not yet on the roster is nominated there. For cohorts::follow_mergers.
cohorts::MergerFollower merger_follower();

// Whoever left a roster gives up the place; whoever came back to it has it again. For
// participation::tell_changes_to.
void follow_roster(db::Write& tx, const web::Actor& actor, const participation::RosterChange& change,
                   const cohorts::Act& act);

// Tells imports which of these rows depend on what a workbook brought.
void depend_on_imports();
// Nominations follow a person whose records are merged.
people::Follower nominations_follow();
void register_routes(web::Routes& routes);

}  // namespace tiendo::nominations
