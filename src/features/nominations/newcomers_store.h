// The rows of newcomers, and what readers see of them; private to this feature.
#pragma once
#include <map>

#include "features/nominations/newcomers.h"

namespace tiendo::nominations {

// Of the call and of units on which the actor has the permission, in the order in which they were sent.
std::vector<Newcomer> newcomers_of(db::Read& tx, const web::Actor& actor, CallId call,
                                   web::Permission permission);

void insert_newcomers(db::Write& tx, const web::Actor& actor, std::span<const Newcomer> fresh,
                      const cohorts::Act& act);
// One event each, and the state it leads to.
void move(db::Write& tx, const web::Actor& actor, std::span<const NewcomerId> which, NewcomerState state,
          const cohorts::Act& act);
// What came of each: the nomination of that person in the same call.
struct Became {
    NewcomerId newcomer;
    people::PersonId person;
};
void set_nominations(db::Write& tx, std::span<const Became> who);

// Who cannot be registered, and whose the ID is: of the register, or of another among these.
struct Holder {
    NewcomerId newcomer;
    std::string full_name;  // empty: out of the actor's reach
};
std::vector<Holder> holders_of_ids(db::Read& tx, const web::Actor& actor, std::span<const NewcomerId> which);
// Those of a unit on which the actor may not change people, or not nominate.
std::vector<NewcomerId> out_of_reach(db::Read& tx, const web::Actor& actor,
                                     std::span<const NewcomerId> which);

// Those who wait follow into the call of a cohort that took the other in, except whom that one has already;
// and back, when it was a mistake.
void hand_over_newcomers(db::Write& tx, const web::Actor& actor, const Call& from, const Call& to,
                         const cohorts::Act& act);
void give_newcomers_back(db::Write& tx, CallId from, CallId to, Instant moved_at);

// --- what readers see -------------------------------------------------------------------------

constexpr int newcomers_shown = 200;

struct ListedNewcomer {
    Newcomer newcomer;
    std::string unit_name, document_title;
    std::string reason, decided_by;  // of its last event
    Instant decided_at;
    bool may_see_nomination = false;
};
// Of units within reach: those who wait first, as they were sent; so many as are shown.
std::vector<ListedNewcomer> listed_newcomers(db::Read& tx, const web::Actor& actor, CallId call);
struct NewcomerCount {
    std::int64_t all = 0, waiting = 0;
};
NewcomerCount count_newcomers(db::Read& tx, const web::Actor& actor, CallId call);

// Somebody in the register whom a newcomer may be, within the actor's reach.
struct Likely {
    people::Person person;
    std::string unit_name;
    bool same_id = false, same_birth = false;
};
// Of those who wait among these: by ID, then by name; the nearest first, some of each.
std::map<NewcomerId, std::vector<Likely>> likely_people(db::Read& tx, const web::Actor& actor,
                                                        std::span<const NewcomerId> which);

}  // namespace tiendo::nominations
