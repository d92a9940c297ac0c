// Working days of the house.
#include "features/teaching/house_days.h"

#include <doctest/doctest.h>

namespace tiendo::teaching {
namespace {

Date day(const char* text) { return *parse_date(text); }

TEST_CASE("working days pass over week-ends and over the holidays of the house") {
    const std::vector<Holiday> holidays{{{}, day("2017-01-26"), day("2017-02-01"), "Tết Nguyên đán"},
                                        {{}, day("2017-04-06"), day("2017-04-06"), "Giỗ Tổ"},
                                        {{}, day("2017-04-29"), day("2017-05-02"), "30/4 – 1/5, nghỉ bù"},
                                        {{}, day("2017-05-01"), day("2017-05-01"), "ghi hai lần"}};
    struct Case {
        const char* from;
        std::int64_t count;
        const char* to;
    };
    for (const Case& one : {Case{"2017-06-16", 5, "2017-06-23"},  // Friday to Friday
                            Case{"2017-06-17", 5, "2017-06-23"},  // from a Saturday
                            Case{"2017-06-19", 5, "2017-06-26"}, Case{"2017-06-19", 0, "2017-06-19"},
                            Case{"2017-04-05", 1, "2017-04-07"},  // one day off
                            Case{"2017-04-06", 1, "2017-04-07"},  // from a holiday
                            Case{"2017-04-28", 1, "2017-05-03"},  // a week-end and what follows it
                            Case{"2017-04-26", 5, "2017-05-05"}, Case{"2017-01-25", 1, "2017-02-02"},
                            Case{"2017-01-20", 10, "2017-02-10"}})
        CHECK_MESSAGE(after_working_days(day(one.from), one.count, holidays) == day(one.to), one.from, " + ",
                      one.count);
    CHECK(after_working_days(day("2017-04-28"), 1, {}) == day("2017-05-01"));
}

}  // namespace
}  // namespace tiendo::teaching
