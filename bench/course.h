// A cohort of the made books, its roster, and the rows that tell of them; private to books_data.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "features/cohorts/cohorts.h"
#include "features/documents/documents.h"
#include "features/participation/participation.h"
#include "platform/db/db.h"

namespace tiendo::bench {

struct Learner {
    participation::InCohort now;  // facts grow while the year goes on
    people::PersonId person;
    std::int64_t withdrawal = 0;  // id of that event; 0: stayed
};

// A cohort with its roster, as they stand in the end.
struct Course {
    cohorts::Cohort cohort;
    std::optional<Date> opens_on;  // none: still to come
    bool closes = false;
    int learners = 0;
    std::vector<Learner> roster;
    std::int64_t counting = 0, opening = 0, closing = 0;  // ids of those events
};

// Who recorded all this, and from which document.
struct Behind {
    std::int64_t account = 0;
    documents::DocumentId workbook;
};

// Everything that happens to cohorts which open on that day, each kind of event recorded at a
// moment of its own, and the postings it amounts to. Ids and rosters are there, facts are none.
void record_courses(db::Write& tx, const Behind& behind, Date day, std::vector<Course> courses);

Instant moment(Date day, int hour);                           // on the clock of Vietnam
std::string numbered(const char* form, std::int64_t number);  // "L-%06lld"

}  // namespace tiendo::bench
