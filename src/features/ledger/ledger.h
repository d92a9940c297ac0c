// The ledger: what happened, kept the way an accountant keeps money.
//
// A figure is a sum of postings, nothing else. Postings are append-only: a correction
// reverses and posts anew. Day totals (account x measure x day) are written in the same
// transaction, so that a statement costs as much as it has lines and days, however many
// learners stand behind them. The prose is docs/algorithms/ledger.md.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/db.h"

namespace tiendo::organisations {
struct Unit;
}
namespace tiendo::plan {
struct Line;
}
namespace tiendo::programmes {
struct Programme;
}
namespace tiendo::cohorts {
struct Cohort;
}
namespace tiendo::participation {
struct Participation;
}

namespace tiendo::ledger {

// What is counted, and the unit it is counted in.
enum class Measure {
    cohorts_opened,       // cohorts
    cohorts_closed,       // cohorts
    learners_started,     // person-times (lượt người), less those who withdrew
    learners_completed,   // person-times
    periods_attended,     // periods of 45 minutes
    certificates_issued,  // certificates
};
std::string_view to_text(Measure measure);
std::optional<Measure> parse_measure(std::string_view text);

struct Posting;
using PostingId = Id<Posting>;

// What one posting says, without its place in time of knowledge.
struct Entry {
    Measure measure;
    std::int64_t quantity;
    Date effective_on;
    std::optional<Id<plan::Line>> plan_line;  // none: counts to no line of a plan
    Id<programmes::Programme> programme;
    Id<cohorts::Cohort> cohort;
    std::optional<Id<participation::Participation>> participation;
    std::optional<Id<organisations::Unit>> person_unit;
    Id<organisations::Unit> organiser_unit;
    auto operator<=>(const Entry&) const = default;

    // Where the day totals keep it: the plan line it counts to, else the cohort itself.
    std::int64_t account() const { return plan_line ? plan_line->value : cohort.value; }
    Entry reversed() const {
        Entry entry = *this;
        entry.quantity = -quantity;
        return entry;
    }
};

struct Posting {
    PostingId id;
    Entry entry;
    Instant recorded_at;
    std::int64_t source;  // id of the event row behind it
    std::optional<PostingId> reverses;
};

// Writes postings and their day totals within one transaction. Everything it was given is
// in the database after close(), and nothing without it.
class Journal {
 public:
    Journal(db::Write& tx, Instant recorded_at) : tx_(tx), recorded_at_(recorded_at) {}
    Journal(const Journal&) = delete;
    void post(const Entry& entry, std::int64_t source) { write(entry, source, std::nullopt); }
    void reverse(const Posting& posting, std::int64_t source) {
        write(posting.entry.reversed(), source, posting.id);
    }
    void close();

 private:
    void write(const Entry& entry, std::int64_t source, std::optional<PostingId> reverses);
    void flush_postings();

    db::Write& tx_;
    Instant recorded_at_;
    std::vector<Posting> waiting_;
    struct Total {
        std::int64_t quantity = 0, postings = 0;
    };
    std::map<std::tuple<std::int64_t, Measure, Date>, Total> totals_;
};

// A feature whose rows amount to entries says so here. `emit(entry, source)` is called for
// every entry that the rows of the cohort amount to now; of one participation only, when given.
using Emit = std::function<void(const Entry&, std::int64_t source)>;
struct Bookkeeper {
    std::string_view name;
    std::function<void(db::Read&, Id<cohorts::Cohort>, std::optional<Id<participation::Participation>>,
                       const Emit&)>
        entries;
};
// Called once per feature when the program starts.
void keep_books(Bookkeeper bookkeeper);

// Makes the ledger say what the rows of a cohort (or of one participation in it) now amount
// to: postings that no longer hold are reversed, entries that are missing are posted. To be
// called in the transaction of every event. `source` is the event row that made the change.
void settle(db::Write& tx, Instant recorded_at, std::int64_t source, Id<cohorts::Cohort> cohort,
            std::optional<Id<participation::Participation>> participation = std::nullopt);

// The same for one measure of a cohort on one day, for whoever keeps that measure alone and knows that
// nothing else has moved: `wanted` is all that its rows amount to there. A session is marked many times
// a year, and must not read the postings of that year each time.
struct Wanted {
    Entry entry;
    std::int64_t source;
};
struct DayOfCohort {
    Id<cohorts::Cohort> cohort;
    std::optional<Id<plan::Line>> plan_line;  // to which the cohort counts
    Measure measure;
    Date day;
};
void settle_day(db::Write& tx, Instant recorded_at, std::int64_t source, const DayOfCohort& where,
                std::vector<Wanted> wanted);

}  // namespace tiendo::ledger
