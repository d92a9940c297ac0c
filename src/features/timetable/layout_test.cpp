#include "features/timetable/layout.h"

#include <doctest/doctest.h>

namespace tiendo::timetable {
namespace {

using programmes::Activity;
using programmes::Topic;

// 2017-06-12 was a Monday.
Date june(int day) { return *Date::of(2017, 6, day); }

Topic topic(const char* title, std::int64_t lecture, std::int64_t discussion = 0, std::int64_t test = 0) {
    return {{}, title, {lecture, discussion, 0, 0, test}};
}

Plan weekdays_from(Date day) {
    Plan plan;
    plan.starts_on = day;
    plan.weekdays = 0b0011111;
    plan.half_days = {{"morning", {}, 450, 690, 5}, {"afternoon", {}, 810, 1050, 5}};
    plan.activities.set();
    return plan;
}

// "12 07:30 5 lecture A" for each session.
std::string told(const Layout& layout) {
    std::string text;
    for (const Laid& one : layout.sessions)
        text += (text.empty() ? "" : "; ") + std::to_string(one.held_on.day()) + " " +
                teaching::time_text(one.starts_minute) + " " + std::to_string(one.periods) + " " +
                std::string(programmes::to_text(one.activity)) + " " + one.topic;
    return text;
}

TEST_CASE("half-days are filled in order, and a topic goes on in the next") {
    const std::vector<Topic> topics{topic("A", 7), topic("B", 3, 2)};
    CHECK(told(lay_out(topics, weekdays_from(june(12)))) ==
          "12 07:30 5 lecture A; 12 13:30 2 lecture A; 12 15:06 3 lecture B; 13 07:30 2 discussion B");
}

TEST_CASE("weekends, holidays and other days are passed over") {
    struct Case {
        const char* what;
        int starts_on;
        std::bitset<7> weekdays;
        std::vector<Blocked> blocked;
        const char* expected;
    };
    const std::vector<Topic> topics{topic("A", 10)};
    const std::vector<Case> cases{
        {"a weekend", 17, 0b0011111, {}, "19 07:30 5 lecture A; 19 13:30 5 lecture A"},
        {"only Tuesdays", 12, 0b0000010, {}, "13 07:30 5 lecture A; 13 13:30 5 lecture A"},
        {"a holiday of two days",
         12,
         0b0011111,
         {{june(12), june(13)}},
         "14 07:30 5 lecture A; 14 13:30 5 lecture A"},
        {"a lecturer away on a morning",
         12,
         0b0011111,
         {{june(12), june(12), 450, 690}},
         "12 13:30 5 lecture A; 13 07:30 5 lecture A"},
        {"a room taken in the middle of an afternoon",
         12,
         0b0011111,
         {{june(12), june(12), 900, 930}},
         "12 07:30 5 lecture A; 13 07:30 5 lecture A"},
        {"what ends where the half-day begins blocks nothing",
         12,
         0b0011111,
         {{june(12), june(12), 400, 450}},
         "12 07:30 5 lecture A; 12 13:30 5 lecture A"},
    };
    for (const Case& one : cases) {
        Plan plan = weekdays_from(june(one.starts_on));
        plan.weekdays = one.weekdays;
        plan.blocked = one.blocked;
        CHECK_MESSAGE(told(lay_out(topics, plan)) == one.expected, one.what);
    }
}

TEST_CASE("a test that fits into one half-day is not cut; a longer one is") {
    CHECK(told(lay_out(std::vector{topic("A", 3, 0, 4)}, weekdays_from(june(12)))) ==
          "12 07:30 3 lecture A; 12 13:30 4 test A");
    CHECK(told(lay_out(std::vector{topic("A", 3, 0, 7)}, weekdays_from(june(12)))) ==
          "12 07:30 3 lecture A; 12 13:30 5 test A; 13 07:30 2 test A");
}

TEST_CASE("fewer periods a half-day, and activities that are not put down") {
    Plan plan = weekdays_from(june(12));
    plan.periods_per_half_day = 4;
    plan.activities.reset(static_cast<std::size_t>(Activity::discussion));
    CHECK(told(lay_out(std::vector{topic("A", 6, 9)}, plan)) == "12 07:30 4 lecture A; 12 13:30 2 lecture A");
}

TEST_CASE("every period is put down once or told to be left") {
    const std::vector<Topic> topics{topic("A", 17, 6, 3), topic("B", 1, 0, 5), topic("C", 0, 23, 0)};
    std::int64_t all = 0;
    for (const Topic& one : topics) all += one.total();
    for (int longest = 0; longest < 12; ++longest) {
        Plan plan = weekdays_from(june(12));
        plan.longest_days = longest;
        const Layout layout = lay_out(topics, plan);
        std::int64_t sum = layout.periods_left;
        for (std::size_t i = 0; i < layout.sessions.size(); ++i) {
            sum += layout.sessions[i].periods;
            CHECK(layout.sessions[i].starts_minute < layout.sessions[i].ends_minute);
            if (i > 0)
                CHECK(std::pair(layout.sessions[i - 1].held_on, layout.sessions[i - 1].ends_minute) <=
                      std::pair(layout.sessions[i].held_on, layout.sessions[i].starts_minute));
        }
        CHECK(sum == all);
        CHECK((layout.periods_left == 0) == (longest >= 8));
    }
}

TEST_CASE("without a half-day or a weekday nothing is put down") {
    Plan plan = weekdays_from(june(12));
    plan.half_days.clear();
    CHECK(lay_out(std::vector{topic("A", 4)}, plan).periods_left == 4);
    plan = weekdays_from(june(12));
    plan.weekdays.reset();
    CHECK(lay_out(std::vector{topic("A", 4)}, plan).sessions.empty());
}

}  // namespace
}  // namespace tiendo::timetable
