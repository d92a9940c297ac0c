// A register of any size: invented people with the names, as often as Vietnamese have them.
#pragma once
#include <cstdint>

#include "platform/db/db.h"

namespace tiendo::bench {

// Fills a database whose register is empty: 400 units beneath the centre (founded when there is none)
// and so many people, the same each time for the same seed. "Lò Thị Pành" with the ID 014085000001 is one of
// them.
void fill_register(db::Database& database, std::int64_t people, std::uint32_t seed = 2017);

}  // namespace tiendo::bench
