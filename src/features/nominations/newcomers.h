// Newcomers (người chưa có trong sổ): people whom a unit's list names and nobody has in the register yet.
// They are kept with the call, and the office says who they are: somebody new, who is registered and
// nominated, or somebody it knows. docs/decisions/0022 says why. Private to this feature.
//
// Every state of a newcomer is a row (what, when, who, why, by which paper).
#pragma once
#include "features/nominations/nominations.h"

namespace tiendo::nominations {

enum class NewcomerState {
    waiting,     // chờ xét
    registered,  // made a person of the register, and nominated
    recognised,  // somebody whom the register has; that person is nominated
    refused,
    withdrawn,  // taken back by the unit
};
std::string_view to_text(NewcomerState state);
std::optional<NewcomerState> parse_newcomer_state(std::string_view text);

struct Newcomer {
    Id<Newcomer> id;
    CallId call;
    organisations::UnitId unit;
    std::string full_name;
    std::optional<people::Birth> birth;
    std::string sex, national_id, position;
    std::int64_t choice = 1;
    std::string note;
    bool is_late = false;  // sent after the deadline
    NewcomerState state = NewcomerState::waiting;
    Instant received_at;
    std::optional<documents::DocumentId> document;  // with which the unit sent the list
    std::optional<NominationId> nomination;         // that came of it
};
using NewcomerId = Id<Newcomer>;

enum class Keeping { kept, twice, waiting_already };
// Keeps those whom a list names, each of a unit on which the actor may nominate. For each, in order, what
// became of it: somebody is kept once, however often sent. Refused as nominations are.
Outcome<std::vector<Keeping>> keep(db::Write& tx, const web::Actor& actor, const Call& call,
                                   std::span<Newcomer> named, const cohorts::Act& act);

// The call of all that follows is one that the office may change, under its lock. One that is not of the
// call, or out of reach, is web::NotFound.

// Makes people of them and nominates these as they were sent: what came in time stays in time. Refused
// whole when somebody in the register has one of the IDs, and for a unit on which the actor may not change
// people. Answers how many.
Outcome<std::int64_t> register_and_nominate(db::Write& tx, const web::Actor& actor, const Call& call,
                                            std::span<const NewcomerId> which, const cohorts::Act& act);
// It is that person, who is nominated as the newcomer was sent. Refused when the call cannot take the person.
Outcome<Done> recognise(db::Write& tx, const web::Actor& actor, const Call& call, NewcomerId which,
                        const people::Person& person, const cohorts::Act& act);
// A reason is required. Answers how many.
Outcome<std::int64_t> refuse(db::Write& tx, const web::Actor& actor, const Call& call,
                             std::span<const NewcomerId> which, const cohorts::Act& act);

// By the unit, for a reason, while they wait. Answers how many.
Outcome<std::int64_t> withdraw(db::Write& tx, const web::Actor& actor, const Call& call,
                               std::span<const NewcomerId> which, const cohorts::Act& act);

}  // namespace tiendo::nominations
