// The queries of this feature; private to it.
#pragma once
#include "features/attendance/attendance.h"

namespace tiendo::attendance {

// Of a cohort that has been fetched; of one session only, when given: web::NotFound when it has none such.
Book book_of(db::Read& tx, cohorts::Cohort cohort, std::optional<SessionId> only);
std::vector<Learner> learners_of(db::Read& tx, cohorts::CohortId cohort);
// Fills in what stands; of one session only, when given.
void read_marks(db::Read& tx, cohorts::CohortId cohort, std::optional<SessionId> only,
                std::vector<Learner>& learners);

// What is new of one learner in one session, on the day on which it counts.
struct NewMark {
    SessionId session;
    ParticipationId participation;
    Date held_on;
    std::optional<State> state;  // none: taken back
    std::int64_t periods = 0;
    std::optional<documents::DocumentId> excuse;
    std::string client_id, place;
    Instant marked_at;
};
// The events, and where they lead to; the id of the first.
std::int64_t write_marks(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
                         std::span<const NewMark> marks, Way way, const cohorts::Act& act);

// What a cohort's marks amount to, with whose they are; of one learner or on one day only, when given.
struct CountedMark {
    participation::InCohort learner;
    Counted mark;
};
std::vector<CountedMark> counted_marks(db::Read& tx, cohorts::CohortId cohort,
                                       std::optional<ParticipationId> only, std::optional<Date> day);
// Posts what the marks of those days amount to now.
void settle_marks(db::Write& tx, const cohorts::Cohort& cohort, std::span<const Date> days,
                  std::int64_t source, Instant at);

struct Waiver {
    ParticipationId participation;
    std::string reason, recorded_by;
    Instant recorded_at;
};
// Those in force.
std::vector<Waiver> waivers_of(db::Read& tx, cohorts::CohortId cohort);

// One row of the history of a session.
struct Event {
    std::string full_name;
    std::optional<State> state;
    std::int64_t periods = 0;
    std::string way, reason, recorded_by, excuse;
    Instant marked_at, recorded_at;
};
// The latest first, at most so many.
std::vector<Event> history_of(db::Read& tx, SessionId session, int most);

}  // namespace tiendo::attendance
