// Duplicates: two records of the register that look like one person, why, and what was decided.
//
// A pair is found by a sweep over the whole register, or when a workbook brings somebody new;
// it is scored by what speaks for it and against it. Only a person decides: not the same, or
// the same, and then one record follows the other until that is taken back. How it works, and
// how well: docs/algorithms/duplicates.md.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "base/value.h"
#include "features/duplicates/reasons.h"
#include "features/people/people.h"
#include "platform/db/db.h"
#include "platform/jobs/jobs.h"
#include "platform/web/web.h"

namespace tiendo::duplicates {

inline constexpr web::Permission see_duplicates{"duplicates.see"};
inline constexpr web::Permission change_duplicates{"duplicates.change"};

// --- two records compared ---------------------------------------------------------------------

// Pairs from here on are shown; from there on a merge is proposed (never done by itself).
inline constexpr int shown_from = 50, likely_from = 70, proposed_from = 85;

struct Pair {
    people::PersonId first, second;  // first < second
    int score = 0;                   // 0 to 100
    std::vector<Reason> reasons;     // the heaviest first, those against last
};

// None when nothing but a name (and a unit) speaks for it, or the score is below shown_from.
std::optional<Pair> compare(const people::Person& one, const people::Person& other);

// --- pairs found --------------------------------------------------------------------------------

enum class State { open, dismissed, merged };
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);

struct Side {
    people::Person person;
    std::string unit_name;
    std::int64_t participations = 0;
};
struct Found {
    Id<Found> id;
    Pair pair;
    Side first, second;
    State state = State::open;
    Instant found_at;
    std::string decided_by, reason;  // empty while it is open
    std::optional<Instant> decided_at;
};
using FoundId = Id<Found>;

// Of people within the actor's reach, the best first. `after` is the last one seen.
struct Cursor {
    int score = 0;
    FoundId id;
};
struct Listing {
    std::vector<Found> rows;
    std::int64_t total = 0;
};
Listing pairs(db::Read& tx, const web::Actor& actor, State state, int minimum,
              const std::optional<Cursor>& after, int count);
Found require(db::Read& tx, const web::Actor& actor, FoundId id);  // throws web::NotFound
// {"id","score","likelihood","reasons":["same_card",…],"people":[{"id","full_name","birth_date",
// "national_id","unit",…},{…}],"state",…}; numbers masked unless somebody was just shown them.
Value to_value(const Found& found, people::Sensitive sensitive = people::Sensitive::masked);

// --- the sweep ----------------------------------------------------------------------------------

struct Sweep {
    Id<Sweep> id;
    std::string state;                       // running, finished, failed
    std::int64_t steps = 0, steps_done = 0;  // people read so far, of all passes together
    std::int64_t people = 0, pairs = 0;      // looked at; open in the end
    Instant begun_at;
    std::optional<Instant> finished_at;
    std::string begun_by, incident;
};
using SweepId = Id<Sweep>;

// The whole register, in memory that does not grow with it. Pairs that are found no more leave
// the list; a dismissed one stays dismissed until one of its people changes.
Sweep sweep(db::Database& database, const web::Actor& actor, const Clock& clock,
            const std::function<void(std::int64_t done, std::int64_t steps)>& progress);

// People added in this transaction, with this id or a later one, at this moment: how many look
// like somebody else. Their pairs are recorded. For imports, which ask while they record.
std::int64_t note_newcomers(db::Write& tx, people::PersonId first, Instant at);

// --- decisions ----------------------------------------------------------------------------------

struct Act {
    Instant at;
    std::string reason;  // required
};
struct Merge;
using MergeId = Id<Merge>;

Outcome<Done> dismiss(db::Write& tx, const web::Actor& actor, FoundId id, const Act& act);

// From now on `gone` leads to `kept`: facts and whatever follows people move over, what `kept`
// lacks is filled in. Refused when both learn in one cohort, or one of them is merged already.
Outcome<MergeId> merge(db::Write& tx, const web::Actor& actor, people::PersonId kept, people::PersonId gone,
                       const Act& act);
// Both records as they were, apart from what was changed since. Refused when it was undone, when
// the record that was kept has gone itself, or its ID belongs to somebody else by now.
Outcome<Done> undo(db::Write& tx, const web::Actor& actor, MergeId id, const Act& act);
// The merge that stands between the people of a pair.
std::optional<MergeId> standing_merge(db::Read& tx, const Pair& pair);

// Tells imports which of these rows depend on people whom a workbook brought.
void depend_on_imports();

// --- on the web -----------------------------------------------------------------------------------

// The thread that sweeps. One for a server; the database outlives it.
struct Desk {
    std::shared_ptr<jobs::Pool> jobs;
};
Desk open_desk(db::Database& database, jobs::Settings settings);

void register_routes(web::Routes& routes, const Desk& desk);

}  // namespace tiendo::duplicates
