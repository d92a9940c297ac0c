// What pages add to the value of a statement: links to figures, bars, the year's pace; private
// to this feature. The dashboard shows the same lines.
#pragma once
#include <vector>

#include "base/value.h"
#include "features/reports/reports.h"

namespace tiendo::reports {

// How much of the year has gone by a day, in the statement's own rounding:
// {"days", "days_of_year", "share", "thousandths"}.
Value elapsed_value(const Question& question);

// The lists of cohorts told apart, only those with rows: {"name", "cohorts"}.
Value apart_value(const Statement& statement);
// The same of the trips made and of those to come.
Value trips_value(const Statement& statement);

}  // namespace tiendo::reports
