// Laying out (xếp lịch): the topics of a programme onto real half-days. A pure function; part of the
// timetable, private to it.
#pragma once
#include <bitset>
#include <span>
#include <vector>

#include "features/timetable/timetable.h"

namespace tiendo::timetable {

// When nothing can be put down: each of these days (both included), between these minutes.
struct Blocked {
    Date first, last;
    std::int64_t starts_minute = 0, ends_minute = teaching::whole_day;
};

struct Plan {
    Date starts_on;
    std::bitset<7> weekdays;                                // bit 0: Mondays
    std::vector<teaching::HalfDay> half_days;               // in the order of the day
    std::int64_t periods_per_half_day = 0;                  // fewer than a half-day has; 0: as many as it has
    std::bitset<programmes::activities.size()> activities;  // which of them are put down at all
    std::vector<Blocked> blocked;
    int longest_days = 2 * 366;  // it looks no further
};

// A stretch of one topic in one half-day.
struct Laid {
    Date held_on;
    std::int64_t starts_minute = 0, ends_minute = 0, periods = 0;
    programmes::Activity activity = programmes::Activity::lecture;
    std::string topic;
    bool operator==(const Laid&) const = default;
};

struct Layout {
    std::vector<Laid> sessions;
    std::int64_t periods_left = 0;  // for which there was no half-day
};

// Topic by topic, lecture before discussion, field trip, self-study and test, each half-day filled before the
// next is begun; what does not fit goes on in the next. A test that fits into one half-day is not cut. A
// half-day that is blocked in part is passed over whole.
Layout lay_out(std::span<const programmes::Topic> topics, const Plan& plan);

}  // namespace tiendo::timetable
