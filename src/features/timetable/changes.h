// What has changed in the timetable, for the people whom it concerns. Part of timetable.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "features/cohorts/cohorts.h"
#include "features/people/people.h"
#include "features/teaching/teaching.h"

namespace tiendo::timetable {

// Whose sessions are wanted; nothing said: all.
struct Scope {
    std::optional<cohorts::CohortId> cohort = {};
    std::optional<teaching::RoomId> room = {};
    std::optional<teaching::LecturerId> lecturer = {};
    std::optional<people::PersonId> person = {};  // of the cohorts on whose rosters they are
};

// Sessions that were laid out in one act.
struct LaidOut {
    std::int64_t sessions = 0;
    Date first_on, last_on;
};

// One event of one session, or one lay-out of many, as told to somebody who does not have the timetable
// before him.
struct Change {
    std::int64_t event = 0;
    cohorts::CohortId cohort;
    std::string cohort_code;
    std::string kind;                  // scheduled, laid_out, changed, moved, called_off
    std::vector<std::string> changed;  // as in Event
    Date held_on;
    std::int64_t starts_minute = 0;
    std::optional<Date> was_on;
    std::int64_t was_minute = 0;
    std::string topic, room, lecturers, reason;
    Instant recorded_at;
    std::optional<LaidOut> laid_out = {};  // then topic, room and lecturers are those of one of them
};
Value to_value(const Change& change);
// The same with "changes", what is other than before in the reader's words: for the partial timetable/change.
Value told_value(const web::Visit& visit, const Change& change);

// Those since that moment, the latest first; what was laid out all at once is told once.
// For who holds a secret address, bounded by the scope alone: of a lecturer also the sessions taken from him.
std::vector<Change> changes_of(db::Read& tx, const Scope& scope, Instant since, int count);
// That concern an account: of cohorts whose timetable it may see, or on whose rosters are people whom it may
// see, and made by somebody else.
std::vector<Change> changes_for(db::Read& tx, const web::Actor& actor, Instant since, int count);
std::optional<Change> find_change(db::Read& tx, std::int64_t event);

}  // namespace tiendo::timetable
