// Figures that open into their rows: which figure, how much it is, and the postings behind it. Part of
// reports.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "features/cohorts/cohorts.h"
#include "features/ledger/ledger.h"
#include "features/plan/plan.h"

namespace tiendo::reports {

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

}  // namespace tiendo::reports
