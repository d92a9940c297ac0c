// The rows of duplicates; private to this feature.
#pragma once
#include <vector>

#include "features/duplicates/duplicates.h"
#include "features/duplicates/keys.h"

namespace tiendo::duplicates {

// Everybody who is somebody (not merged), one by one; memory stays flat.
void each_person(db::Read& tx,
                 const std::function<void(const people::Person&, std::string_view search)>& each);
std::int64_t count_of_people(db::Read& tx);
// One record as it stands, merged or not.
people::Person record_of(db::Read& tx, people::PersonId id);

// Compares the candidates and records those that count: a new pair, or what is found of a known
// one now. `seen_by` is the id of the sweep. Answers what was recorded.
std::vector<Pair> record_alike(db::Write& tx, const std::vector<Candidate>& candidates, std::int64_t seen_by,
                               Instant at);
// Open pairs that this sweep has not seen, and those of records that have gone.
void drop_unseen(db::Write& tx, std::int64_t seen_by);
void drop_open_pairs_of(db::Write& tx, people::PersonId gone);

std::int64_t count_of_open(db::Read& tx);
void decide(db::Write& tx, const web::Actor& actor, const Pair& pair, State state, const Act& act);

// Where the two of a pair took part, the latest first; of units within the actor's reach.
struct Attended {
    people::PersonId person;
    std::string code, programme;
    std::optional<Date> began_on, withdrawn_on;
};
std::vector<Attended> attended_by(db::Read& tx, const web::Actor& actor, const Pair& pair);

void insert_sweep(db::Write& tx, const web::Actor& actor, const Sweep& sweep);
void update_sweep(db::Write& tx, const Sweep& sweep);
// The newest; none when the register was never swept.
std::optional<Sweep> last_sweep(db::Read& tx);
std::optional<Sweep> find_sweep(db::Read& tx, SweepId id);

}  // namespace tiendo::duplicates
