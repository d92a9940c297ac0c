// The ledger rebuilt from the event rows alone; private to this feature.
#pragma once
#include <map>
#include <tuple>

#include "features/proof/proof.h"

namespace tiendo::proof {

// account x measure x day x moment of recording
using TotalsByMoment = std::map<std::tuple<std::int64_t, ledger::Measure, Date, Instant>, std::int64_t>;

struct Replay {
    TotalsByMoment totals;
    std::int64_t stale_facts = 0;
};
Replay replay(db::Read& tx);
// What certificates add to it.
void replay_certificates(db::Read& tx, Replay& replay);

}  // namespace tiendo::proof
