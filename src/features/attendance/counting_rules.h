// How attendance is counted, as the house says from a day on. Private to this feature.
//
// Who checks in late is judged by the rule of the day of the session; what leave counts as goes by the day
// on which the cohort opened, so that a cohort is counted by one rule from its first day to its last.
#pragma once
#include "features/attendance/attendance.h"
#include "features/attendance/threshold.h"

namespace tiendo::attendance {

struct DatedRule {
    std::optional<Date> valid_from;  // none: since ever
    CountingRule counting;
    std::string basis, verified_by;
};
// The latest first.
std::vector<DatedRule> all_rules(db::Read& tx);
// In force on that day.
CountingRule rule_on(db::Read& tx, Date day);
// Of the day by whose rules the cohort goes.
CountingRule rule_of(db::Read& tx, const cohorts::Cohort& cohort);
// The day on which the cohort opened, else is to open.
std::optional<Date> opening_of(const cohorts::Cohort& cohort);

bool may_change_rules(db::Read& tx, const web::Actor& actor);
// The rules are the centre's: web::Forbidden for who may not mark attendance there. A rule whose day lies
// ahead is corrected by another of that day. Refused for a day up to today that has a rule, and where leave
// would count otherwise in a cohort that is closed or whose results are recognised.
Outcome<Done> record_rule(db::Write& tx, const web::Actor& actor, const DatedRule& rule, Date today,
                          Instant at);

}  // namespace tiendo::attendance
