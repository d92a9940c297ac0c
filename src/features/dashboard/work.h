// What waits for somebody, and what comes next; private to this feature.
#pragma once
#include <vector>

#include "features/dashboard/entries.h"
#include "platform/web/web.h"

namespace tiendo::dashboard {

// Only lists with rows, for who may do something about them: calls that ask a unit for people, and
// nominations about which it was asked again; cohorts whose planned opening has
// come without an opening recorded, running ones past their planned closing, opened ones without an
// opening decision, closed ones with learners who have no result, joint cohorts of the year that count
// to no line, cohorts with contradicting marks of attendance, delegations that owe reports, issues of
// certificates whose papers could not be drawn, certificates somebody waits for and those whose ground is
// gone, imports that wait for a decision, changes of the timetable that concern them and are not read.
std::vector<EntryList> work_lists(db::Read& tx, const web::Actor& actor, Date today, Instant now);

// The next cohorts planned to open: {"id", "code", "programme", "place", "opens_on" (a day or a
// month), "expected_learners"}.
Value next_openings(db::Read& tx, const web::Actor& actor, Date today);

}  // namespace tiendo::dashboard
