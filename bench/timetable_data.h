// A year's timetable on the books that are measured.
#pragma once
#include <cstdint>

#include "platform/db/db.h"

namespace tiendo::bench {

// So many sessions for the cohorts that are there, each on half-days of its own from its opening on, in 20
// rooms and with 60 lecturers, which clash now and then; 500 people are on a second roster. Once for a
// database.
void fill_timetable(db::Database& database, std::int64_t sessions);

}  // namespace tiendo::bench
