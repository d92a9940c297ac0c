// Two records that turn out to be one person's: what follows, and what comes back. Part of people.h.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/outcome.h"
#include "features/people/facts.h"
#include "platform/web/web.h"

namespace tiendo::people {

// That two records are one person, or were taken for one by mistake: who says so, when and why.
struct Merging {
    PersonId from, to;
    const web::Actor& actor;
    Instant at;
    std::string_view reason;
};

// Another feature's rows about people, which follow them when two records turn out to be one
// person, and come back when that is undone.
struct Follower {
    std::string_view name;
    // Moves what can be moved from one record to the other and answers the ids moved.
    std::function<std::vector<std::int64_t>(db::Write&, PersonId from, PersonId to)> follow;
    std::function<void(db::Write&, PersonId from, PersonId to, std::span<const std::int64_t> moved)> undo;
    // Why the one cannot become the other, asked before anything moves.
    std::function<Refusals(db::Read&, PersonId from, PersonId to)> hindrances = {};
    // What becomes of two rows where there can be one only: joined when everything has moved, and
    // parted again before anything moves back.
    std::function<void(db::Write&, const Merging&)> join = {}, part = {};
};
void follow_merges(Follower follower);
const std::vector<Follower>& followers();
void follow_merges_with_own_rows();  // facts, and records merged earlier
// Writes birth, sex, ID, card, position and whom the record leads to, for a merge and its undoing.
void set_identity(db::Write& tx, const Person& person);

}  // namespace tiendo::people
