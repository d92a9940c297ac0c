// The queries of the timetable; private to this feature.
#pragma once
#include "features/timetable/timetable.h"

namespace tiendo::timetable {

void insert_sessions(db::Write& tx, const web::Actor& actor, std::span<const Session> sessions, Instant at);
// Rooms and lecturers as well.
void update_session(db::Write& tx, const Session& session, Instant at);
void mark_called_off(db::Write& tx, const Session& session, Instant at);

// What an event says besides what the session is from then on.
struct Happened {
    std::string kind, changed;
    std::optional<Date> was_on = {};
    std::optional<std::int64_t> was_minute = {};
    std::optional<teaching::RoomId> was_room = {};
    std::vector<Taught> were_lecturers = {};
};
// One for each session; answers the last one's id, which stands for all and concerns all their lecturers.
std::int64_t insert_events(db::Write& tx, const web::Actor& actor, std::span<const Session> sessions,
                           const Happened& happened, const cohorts::Act& act);

// How many sessions there are on each of the days that have any, within reach.
struct DayCount {
    Date day;
    std::int64_t sessions = 0;
};
std::vector<DayCount> day_counts(db::Read& tx, const web::Actor& actor, const Scope& scope, Date first,
                                 Date last);

// Periods of one lecturer in one month, and what they are paid.
struct Load {
    teaching::LecturerId lecturer;
    std::string name;
    Date held_on;
    std::string cohort_code, topic;
    std::int64_t periods = 0;
};
// Each session of each lecturer within reach on these days, by lecturer and day.
std::vector<Load> loads(db::Read& tx, const web::Actor& actor, std::optional<teaching::LecturerId> lecturer,
                        Date first, Date last);

}  // namespace tiendo::timetable
