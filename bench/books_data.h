// The books of one centre's year in any size, made by the same pure functions and the same
// journal that the program uses, so that `tiendo verify` balances on them.
#pragma once
#include <cstdint>
#include <string_view>

#include "platform/db/db.h"

namespace tiendo::bench {

// On which days the cohorts of a line open. A statement costs as much as there are pairs of
// line and day: where the number of learners is to be the only difference between two sizes,
// even the smallest must have all the pairs that the largest has.
enum class Days {
    same_at_every_size,  // 10 days of the year for each line: 120 pairs, from 10,000 participations on
    whole_year,          // any of 250 teaching days: up to 3,000 pairs, as many as there are cohorts
};

struct Shape {
    std::int64_t participations = 0;  // that count to the plan
    Days days = Days::whole_year;
};

inline constexpr int year_of_books = 2017;
inline constexpr int plan_lines = 12;
inline constexpr int learners_in_a_cohort = 80;
// A joint cohort of 120 learners, for a roster page of 100 rows.
inline constexpr std::string_view large_cohort = "LK-01/2017";

// Fills a database that has its schema and nothing else: a centre with 40 units, a plan of 12
// lines, people, cohorts of 80 that open on teaching days, two withdrawals in each, one cohort
// in eight closed with results; and, the same at every size, joint and off-plan cohorts,
// delegations, cohorts still to come and field trips.
void fill(db::Database& database, const Shape& shape);

}  // namespace tiendo::bench
