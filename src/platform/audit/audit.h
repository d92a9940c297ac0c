// The audit trail: who did what to which object, when. Append-only; each row holds the
// digest of the one before, so that a row removed or altered breaks the chain.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/value.h"
#include "platform/db/db.h"
#include "platform/web/actor.h"

namespace tiendo::audit {

struct Act {
    std::string_view action;       // "cohort.cancel"
    std::string_view object_kind;  // "cohort"
    std::int64_t object = 0;
    Value detail;  // what was said: dates, reason, before and after
};
// One row, in the transaction of the act itself.
void record(db::Write& tx, const web::Actor& actor, Instant at, const Act& act);
// One row each, in their order, with as many statements as for one.
void record(db::Write& tx, const web::Actor& actor, Instant at, std::span<const Act> acts);

// A row that was altered, removed, put between, or cut off at the end. Whoever can rewrite the
// whole trail together with its head is found out by comparing with a digest kept elsewhere:
// each page of the trail shows them.
struct ChainCheck {
    std::int64_t rows = 0;
    // Sequence of the first row that does not follow, or is missing at the end; 0: the chain holds.
    std::int64_t first_broken = 0;
};
ChainCheck check_chain(db::Read& tx);

}  // namespace tiendo::audit
