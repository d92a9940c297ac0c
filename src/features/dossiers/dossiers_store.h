// The queries of dossiers; private to this feature.
#pragma once
#include "base/value.h"
#include "features/dossiers/dossiers.h"

namespace tiendo::dossiers {

struct NewEvent {
    std::string_view kind;
    std::string item = {};  // of the checklist
    Value said = Value::object();
    std::optional<documents::DocumentId> document = {};
};
// The row and its trail.
std::int64_t insert_event(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                          const NewEvent& event, const cohorts::Act& act);

std::string_view to_text(cohorts::Due due);
cohorts::Due parse_due(std::string_view text);
void insert_listed(db::Write& tx, HouseList list, const Listed& one, std::int64_t position);
void update_listed(db::Write& tx, HouseList list, const Listed& one);

// What was last said of each item that something was said of.
std::vector<Checked> said_of_items(db::Read& tx, cohorts::CohortId cohort);

void insert_seat(db::Write& tx, cohorts::CohortId cohort, const Seat& seat);
void delete_seat(db::Write& tx, cohorts::CohortId cohort, std::int64_t seat);
void write_groups(db::Write& tx, cohorts::CohortId cohort, std::span<const Grouped> learners);
void insert_cost(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, const CostLine& line,
                 std::optional<documents::DocumentId> document, Instant at);
void delete_cost(db::Write& tx, cohorts::CohortId cohort, std::int64_t line);

// One row of the history, the newest first.
struct Event {
    std::string kind;
    Name item;  // empty unless of the checklist
    Value said;
    std::string document_number;
    Instant recorded_at;
    std::string recorded_by, reason;
};
std::vector<Event> history_of(db::Read& tx, cohorts::CohortId cohort);

}  // namespace tiendo::dossiers
