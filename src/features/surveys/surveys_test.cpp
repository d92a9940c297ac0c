#include <doctest/doctest.h>

#include "features/surveys/surveys_store.h"

namespace tiendo::surveys {

TEST_CASE("the mean of ratings is told in hundredths, half up") {
    struct Case {
        std::array<std::int64_t, best_rating> ratings;
        std::optional<std::int64_t> mean;
    };
    for (const Case& one :
         {Case{{0, 0, 0, 0, 0}, std::nullopt}, Case{{0, 0, 0, 0, 1}, 500}, Case{{1, 0, 0, 0, 1}, 300},
          Case{{0, 0, 0, 2, 1}, 433}, Case{{0, 0, 0, 1, 2}, 467}, Case{{7, 0, 0, 0, 1}, 150},
          Case{{199, 1, 0, 0, 0}, 101}}) {
        Tally tally;
        tally.ratings = one.ratings;
        CHECK(tally.mean() == one.mean);
    }
}

TEST_CASE("units are due to be asked the same day some months after the closing") {
    const auto due = [](int year, int month, int day, std::int64_t months) {
        return to_text(follow_up_due(*Date::of(year, month, day), {.follow_up_months = months}));
    };
    CHECK(due(2017, 2, 17, 6) == "2017-08-17");
    CHECK(due(2017, 8, 31, 6) == "2018-02-28");
    CHECK(due(2019, 8, 31, 6) == "2020-02-29");
    CHECK(due(2017, 12, 1, 0) == "2017-12-01");
    CHECK(months_from(*Date::of(2018, 2, 28), -6) == *Date::of(2017, 8, 28));
    CHECK(months_from(*Date::of(2018, 1, 15), -1) == *Date::of(2017, 12, 15));
}

}  // namespace tiendo::surveys
