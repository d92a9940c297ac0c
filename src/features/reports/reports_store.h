// The queries behind the statement; private to this feature.
#pragma once
#include <unordered_map>

#include "features/reports/reports.h"

namespace tiendo::reports {

struct Actuals {
    std::int64_t cohorts = 0, learners = 0;
};
// By plan line. Known now it reads day totals, known at a past moment the postings.
std::unordered_map<std::int64_t, Actuals> actuals_by_line(db::Read& tx, plan::PlanId plan,
                                                          const plan::View& view);

// Opened in the year by the day and counting to no line.
std::vector<CohortLine> uncounted_cohorts(db::Read& tx, const web::Actor& actor, const Question& question);
// Planned or opening in the year, not opened by the day, not cancelled.
std::vector<CohortLine> cohorts_to_come(db::Read& tx, const web::Actor& actor, const Question& question);
std::vector<FieldTripLine> field_trips(db::Read& tx, const web::Actor& actor, const Question& question);

}  // namespace tiendo::reports
