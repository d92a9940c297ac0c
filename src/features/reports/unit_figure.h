// A figure of a unit: the postings of the people it sent; private to this feature.
#pragma once
#include "features/reports/reports.h"

namespace tiendo::reports {

// Of a row as figure.cpp reads it.
FigureRow figure_row_of(const db::Row& row);

// The question has a unit. Only what the actor may see of rosters counts.
Figure figure_of_unit(db::Read& tx, const web::Actor& actor, const FigureQuestion& question);
std::vector<FigureRow> figure_rows_of_unit(db::Read& tx, const web::Actor& actor,
                                           const FigureQuestion& question, const FigureCursor& after,
                                           int count);

}  // namespace tiendo::reports
