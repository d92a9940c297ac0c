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

// --- figures that open ------------------------------------------------------------------------

// The people that a unit sent in the year, itself or with all beneath it. If successors are
// followed, what a unit that has ended sent is counted with what it became part of.
struct UnitScope {
    organisations::Unit unit;
    bool beneath = false;
    bool follow_successors = false;
};
// Which figure: of the whole plan, of the lines of a programme, of one line, of one cohort, or of
// one unit.
struct FigureQuestion {
    ledger::Measure measure = ledger::Measure::learners_started;
    int year = 0;
    std::optional<programmes::Programme> programme;
    std::optional<plan::LineId> line = {};
    std::optional<cohorts::Cohort> cohort;
    plan::View view;
    std::optional<UnitScope> unit = {};
};

struct FigureRow {
    ledger::PostingId posting;
    std::int64_t quantity = 0;
    Date effective_on;
    Instant recorded_at;
    std::int64_t plan_line = 0;
    std::optional<ledger::PostingId> reverses;
    std::int64_t cohort = 0;
    std::string cohort_code, programme_name;
    std::string unit_name;  // as it was called on that day
    std::int64_t participation = 0;
    std::string person_name;  // empty unless the actor may see the roster of the person's unit
    std::string source_kind;  // participation, participation_event, cohort_event
    std::int64_t source = 0;
    std::string source_place;  // sheet and row in the document
    std::string document_title, document_number, document_file;
    std::int64_t document = 0;
    std::string recorded_by, reason;
};

// Of a cohort that the actor sees only because his own people are in it, only they count and
// only their rows are opened.
struct Figure {
    std::int64_t quantity = 0;
    std::int64_t postings = 0;  // how many rows it opens into
};
Figure figure(db::Read& tx, const web::Actor& actor, const FigureQuestion& question);

// Where a page of rows begins: after this one. Rows come by line, day and id.
struct FigureCursor {
    std::int64_t plan_line = 0;
    std::optional<Date> effective_on;
    std::int64_t posting = 0;
};
std::vector<FigureRow> figure_rows(db::Read& tx, const web::Actor& actor, const FigureQuestion& question,
                                   const FigureCursor& after, int count);
Value to_value(const FigureRow& row);

// Learners of the question's unit and of each beneath it, as the tree stood that day: {"unit",
// "year", "as_of", "known_at", "follow_successors", "total", "units": [{"id", "code", "name", "kind",
// "depth", "own", "total", "own_figure", "figure"}]}; only units that sent anybody, and the root.
Value unit_counts(db::Read& tx, const web::Actor& actor, const FigureQuestion& question);
// What the page of a unit shows of it.
std::string shown_beside_unit(const web::Visit& visit, db::Read& tx, const organisations::Unit& unit);

void register_routes(web::Routes& routes);

}  // namespace tiendo::reports
