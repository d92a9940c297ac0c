// Who comes first when places are given; private to this feature. docs/decisions/0009 says why.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "features/nominations/nominations.h"

namespace tiendo::nominations {

using Seats = std::map<organisations::UnitId, std::int64_t>;

// Those of a unit that has not yet as many people admitted as it was asked for come first, then the
// better choice, then the earlier one. Each who is placed counts for the next.
std::vector<NominationId> in_order(std::span<const Nomination> waiting, const Seats& quotas, Seats admitted);

}  // namespace tiendo::nominations
