#include "features/attendance/threshold.h"

#include <doctest/doctest.h>

namespace tiendo::attendance {

TEST_CASE("exactly the minimum is enough, one period less is not") {
    CHECK(is_enough(16, 0, 20, 80, Leave::missed));
    CHECK(!is_enough(15, 0, 20, 80, Leave::missed));
    CHECK(is_enough(5, 0, 6, 83, Leave::missed));  // 83.3 %
    CHECK(!is_enough(5, 0, 6, 84, Leave::missed));
}

TEST_CASE("without a rule, or before any session was held, everybody attended enough") {
    CHECK(is_enough(0, 0, 20, 0, Leave::missed));
    CHECK(is_enough(0, 0, 0, 80, Leave::missed));
}

TEST_CASE("leave counts as the rule says") {
    CHECK(!is_enough(15, 5, 20, 80, Leave::missed));
    CHECK(is_enough(15, 5, 20, 80, Leave::attended));
    CHECK(is_enough(15, 5, 20, 80, Leave::left_out));  // 15 of 15
    CHECK(!is_enough(11, 5, 20, 80, Leave::left_out));
    CHECK(is_enough(0, 20, 20, 80, Leave::left_out));  // nothing was held for him
}

TEST_CASE("who comes late has missed the periods that are over") {
    CHECK(periods_missed(-10) == 0);
    CHECK(periods_missed(44) == 0);
    CHECK(periods_missed(45) == 1);
    CHECK(periods_missed(100) == 2);
}

TEST_CASE("the words of the rule") {
    for (const Leave leave : {Leave::missed, Leave::attended, Leave::left_out})
        CHECK(parse_leave(to_text(leave)) == leave);
    CHECK(!parse_leave("perhaps"));
}

}  // namespace tiendo::attendance
