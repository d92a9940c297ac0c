// What learners attended, replayed from its event rows; private to this feature.
#pragma once
#include <map>
#include <string>

#include "features/attendance/attendance.h"
#include "platform/db/db.h"

namespace tiendo::proof {

// What one row of attendance_events said of one learner in one session.
struct MarkStep {
    Instant recorded_at;
    std::int64_t id = 0, cohort = 0, participation = 0, session = 0;
    Date held_on;
    std::int64_t periods = 0;
    bool taken_back = false;
};
// Those of the cohorts from `first` to `last`.
void each_mark_step(db::Read& tx, std::int64_t first, std::int64_t last,
                    const std::function<void(const MarkStep&)>& step);

// Where the rows of one cohort have led to so far.
class MarksReplay {
 public:
    void apply(const MarkStep& step);
    void entries(const cohorts::Cohort& cohort, const participation::InCohort& learner,
                 const ledger::Emit& emit) const;

 private:
    // of a learner, by session
    std::map<std::int64_t, std::map<std::int64_t, attendance::Counted>> marks_;
};

// Marks in the table `attendance` that are not where their events led, and those that are missing there.
std::int64_t stale_marks(db::Read& tx);

}  // namespace tiendo::proof
