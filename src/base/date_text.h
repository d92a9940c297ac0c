// Days as people write them, on paper, in the press and in cells of text.
#pragma once
#include <optional>
#include <string_view>

#include "base/date.h"

namespace tiendo {

// How much of a date was written. Its missing parts are 1: month precision means the
// first of that month, year precision the first of January.
enum class Precision { day, month, year };
std::string_view to_text(Precision precision);  // "day", "month", "year"
std::optional<Precision> parse_precision(std::string_view text);

struct DateGuess {
    Date date;
    Precision precision = Precision::day;
    bool ambiguous = false;            // day and month could change places (3/4/1985) and give another day
    bool month_first = false;          // only month/day makes a day of it (3/15/1985): a file of US dates
    std::optional<int> minute_of_day;  // when an hour was written with it
    bool operator==(const DateGuess&) const = default;
};

// 15/03/1985  5/3/85  15.3.1985  15-3-1985  1985-03-15  19850315  15031985  15-Mar-85
// ngày 03 tháng 4 năm 2018   tháng 7-2017   7/2017   tháng 7 năm 2017   1985   năm 1985
// 00/00/1985 (as rosters write an unknown day)   8:6' 17/6/2017   17/06/2017 08:06:00
// Day before month, unless only the other order makes a day. Two-digit years: 00-49 are
// 20xx, 50-99 are 19xx. None when it is no date, or no day of the calendar (30/2/1985),
// or outside 1800-2200.
std::optional<DateGuess> read_date(std::string_view text);

// First and last day, both included.
struct DateRange {
    Date first, last;
    bool operator==(const DateRange&) const = default;
};

// "4 đến 16-3-2017"  "4-16/3/2017"  "từ 28/2 đến 4/3/2017"  "10/7/2017 - 14/7/2017"; one
// day alone is a range of one, "tháng 7-2017" the whole month. None when it ends before
// it begins.
std::optional<DateRange> read_date_range(std::string_view text);

}  // namespace tiendo
