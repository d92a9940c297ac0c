// What pages and JSON say of needs; private to this feature.
#pragma once
#include "base/value.h"
#include "features/needs/needs.h"

namespace tiendo::needs {

// {"id", "title", "year", "opens_on", "closes_on", "state", "whole", "asked", "answered"}
Value to_value(const Seen& seen, Date today);
// The same with "note", "programmes": sums with the units behind them, and "units" that were asked.
Value portrait(db::Read& tx, const web::Actor& actor, const Seen& seen, Date today);
// {"campaign", "unit", "needs": [{"code", "name", "learners", "half", "note"}], "answers"}: the needs
// that hold, by programme; learners null where the unit has not answered.
Value answer_value(db::Read& tx, const Seen& seen, const Asked& asked, Date today);
// {"campaign", "size", "lines": [{"code", "name", "learners", "units", "cohorts", "lines"}]}: what
// the officer is offered; cohorts null when no size is known, lines: how many the plan has.
Value draft_value(db::Read& tx, const web::Actor& actor, const Seen& seen, std::optional<std::int64_t> size,
                  Date today);

}  // namespace tiendo::needs
