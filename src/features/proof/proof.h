// The trial balance: postings = day totals = what the event rows amount to when replayed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "features/ledger/ledger.h"
#include "platform/audit/audit.h"
#include "platform/db/db.h"

namespace tiendo::proof {

// One measure counted three ways.
struct Balance {
    ledger::Measure measure;
    std::int64_t postings = 0, day_totals = 0, rebuilt = 0;
};

// One account, measure, day (and moment of recording) on which they disagree.
struct Difference {
    std::int64_t account = 0;
    ledger::Measure measure;
    Date effective_on;
    std::string what;  // day_totals, day_totals_postings (their number), rebuilt
    std::int64_t postings = 0, other = 0;
};

struct Proof {
    std::vector<Balance> balances;        // every measure that has postings
    std::vector<Difference> differences;  // the first 100
    std::int64_t differing = 0;
    std::int64_t stale_facts =
        0;  // cohorts, participations and marks whose columns are not where their events led
    audit::ChainCheck trail;
    bool balanced() const { return differing == 0 && stale_facts == 0 && trail.first_broken == 0; }
};

// Reads everything and writes nothing. Memory grows with the days and lines of the ledger,
// not with its postings.
Proof verify(db::Read& tx);
Value to_value(const Proof& proof);

}  // namespace tiendo::proof
