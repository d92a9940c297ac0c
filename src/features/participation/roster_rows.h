// The rows of a roster under import, laid in a temporary table; private to this feature.
#pragma once
#include <unordered_map>

#include "features/participation/participation.h"

namespace tiendo::participation {

struct RosterRow {
    std::string sheet;
    int sheet_row = 0;
    cohorts::CohortId cohort;
    std::string full_name;
    std::optional<people::Birth> birth;
    std::string sex;
    std::string national_id;  // empty when the file gives none
    organisations::UnitId unit;
    std::string position;
    std::optional<Date> started_on, withdrawn_on;
    std::string result;
    std::string note;
};
using CohortsByCode = std::unordered_map<std::string, std::optional<cohorts::Cohort>>;

void clear_the_table(db::Write& tx);
void drop_the_table(db::Write& tx);
// Rows get numbers from `first_row` on.
void lay_down(db::Write& tx, const std::vector<RosterRow>& rows, std::int64_t first_row);

// Gives every row its person: by national ID, else by name, birth date and unit together,
// never by name alone; rows that nobody is known for get a person to be made, the same for
// rows that name the same one.
void recognise_people(db::Write& tx);
void reject_people_with_other_names(db::Write& tx, imports::Report& report);
void reject_learners_named_twice(db::Write& tx, imports::Report& report);
void add_people(db::Write& tx, Instant at);

// New participations with their postings; events for what a row says anew of one that exists.
void record_rows(db::Write& tx, const imports::Job& job, const CohortsByCode& cohorts,
                 imports::Report& report);

}  // namespace tiendo::participation
