// Reports: the progress statement, and the figures it is made of opened into their rows.
//
// A number is never typed and never bare. A statement is computed from the ledger for a plan
// as of a day (when it happened) and as known at a moment (when it was learned).
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/percent.h"
#include "base/value.h"
#include "features/cohorts/cohorts.h"
#include "features/ledger/ledger.h"
#include "features/plan/plan.h"
#include "features/reports/figures.h"

namespace tiendo::reports {

inline constexpr web::Permission see_statements{"statements.see"};

struct Question {
    int year = 0;
    plan::View view;
    PercentStyle style;
};

// Target, actual and their percentage of one unit counted (cohorts, or learners).
struct Progress {
    std::optional<std::int64_t> target;  // none: the plan sets no target; then no percentage either
    std::int64_t actual = 0;
    // What the percentage compares: in a total only the lines that have a target.
    std::int64_t compared = 0;
    std::optional<std::string> percent;  // "87.5", decimal point
};

struct StatementLine {
    plan::LineId line;
    programmes::Programme programme;
    std::string audience;
    Progress cohorts, learners;
    bool dropped = false;  // the version in force no longer has it; what was done for it stays
};

// A cohort that is told by itself, because it counts to no line of the plan.
struct CohortLine {
    cohorts::Cohort cohort;     // as it was described and stood at the moment asked for
    std::int64_t learners = 0;  // started and not withdrawn by the day asked for
};

struct FieldTripLine {
    std::string cohort_code;
    std::string place;
    std::optional<Date> starts_on;
    std::int64_t head_count = 0;
    bool is_to_come = false;  // planned, or made after the day asked for
};

struct Statement {
    Question question;
    organisations::Unit centre;
    std::optional<plan::Version> plan_version;  // in force on the day, as known then
    std::vector<StatementLine> lines;
    Progress total_cohorts, total_learners;
    std::vector<CohortLine> joint, off_plan, delegations;
    std::vector<CohortLine> forecast;                             // not opened by the day: never a result
    std::vector<FieldTripLine> field_trips, field_trips_to_come;  // told, counted nowhere
};

Statement statement(db::Read& tx, const web::Actor& actor, const Question& question);
Value to_value(const Statement& statement);
// The same with what a page shows beside it: "elapsed", how much of the year has gone, and of
// each line and total a "bar" and a "figure", the address of its postings.
Value pace_value(const Statement& statement);

// Postings that the statement as known at its moment does not have yet, though they concern days
// up to its day; 0 for all that is known now.
std::int64_t corrections_since(db::Read& tx, const web::Actor& actor, const Question& question);

// The same as a workbook: the lines and total, then each group apart.
void write_workbook(const Statement& statement, const i18n::Texts& texts, i18n::Language language,
                    const std::string& path);

// What the page of a unit shows of it.
std::string shown_beside_unit(const web::Visit& visit, db::Read& tx, const organisations::Unit& unit);

void register_routes(web::Routes& routes);

}  // namespace tiendo::reports
