// The rows of delegations; private to this feature.
#pragma once
#include "base/value.h"
#include "features/delegations/delegations.h"

namespace tiendo::delegations {

// What the row of that cohort adds to it; with what the cohort itself says when there is none.
Delegation delegation_of(db::Read& tx, cohorts::Cohort cohort);
void write_delegation(db::Write& tx, const Delegation& delegation);

std::vector<Leg> legs_of(db::Read& tx, cohorts::CohortId cohort);
void insert_leg(db::Write& tx, cohorts::CohortId cohort, const Leg& leg);
void delete_leg(db::Write& tx, cohorts::CohortId cohort, std::int64_t leg);

// By item: responsible, done_on, document_number and note.
struct Settled {
    std::string code;
    PaperworkItem item;
};
std::vector<Settled> paperwork_of(db::Read& tx, cohorts::CohortId cohort);
void write_paperwork(db::Write& tx, cohorts::CohortId cohort, const Settled& settled,
                     std::optional<documents::DocumentId> document);

std::vector<Member> members_of(db::Read& tx, const Delegation& delegation);
// All of them anew, in as many statements for a hundred as for one.
void write_members(db::Write& tx, cohorts::CohortId cohort, std::span<const Member> members);

std::vector<Cost> costs_of(db::Read& tx, cohorts::CohortId cohort);
void write_cost(db::Write& tx, cohorts::CohortId cohort, const Cost& cost);

std::vector<Event> events_of(db::Read& tx, cohorts::CohortId cohort);
// `said` has a member "what" that the history shows.
void insert_event(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, std::string_view kind,
                  const Value& said, const cohorts::Act& act);

void insert_rule(db::Write& tx, const web::Actor& actor, const Rule& rule, Instant at);

// The delegations of a year, the earliest first.
struct Listed {
    cohorts::CohortId id;
    std::string code, countries;  // or the place, when no country was told
    std::optional<Date> departs_on, returns_on;
    std::optional<cohorts::PlannedDate> planned_opens_on;
    std::optional<Date> opened_on, cancelled_on;
    std::optional<std::int64_t> expected;
    std::int64_t members = 0, reports_received = 0;
    std::optional<std::int64_t> cost_planned, cost_spent;
};
std::vector<Listed> delegations_of_year(db::Read& tx, const web::Actor& actor, int year);
// What is done of the checklists of these, by cohort: (cohort, item) with the day.
struct Settlement {
    cohorts::CohortId cohort;
    std::string code;
    std::optional<Date> done_on;
};
std::vector<Settlement> paperwork_of_year(db::Read& tx, const web::Actor& actor, int year);

}  // namespace tiendo::delegations
