// What the tests of the timetable do over and over.
#pragma once
#include "features/timetable/timetable.h"
#include "year.h"

namespace tiendo::tests {

std::string timetable_of(const cohorts::Cohort& cohort);
// Each answers the id.
std::string make_room(Year& year, const char* name, const char* seats);
std::string make_lecturer(Year& year, const char* name);

// A session of five periods; the status, and the session's id when it was recorded.
struct Put {
    int status = 0;
    std::string id, body;
};
Put put(Year& year, const cohorts::Cohort& cohort, const std::string& day, const std::string& half_day,
        const std::string& room = "", const std::string& lecturer = "", const std::string& reason = "");

// The kinds of what clashes on a day, in their order; with a "+" what was let stand.
std::vector<std::string> kinds_on(Year& year, const char* day);

// A version of the programme of `propose`, in force since ever, with two topics.
void offer_topics(Year& year);

}  // namespace tiendo::tests
