#include "base/date_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace tiendo;

namespace {

// "1985-03-15", with "?" when ambiguous, "us" when the month came first, the hour, and
// "month" or "year" when no more was written.
std::string reading(std::string_view text) {
    const auto guess = read_date(text);
    if (!guess) return "none";
    std::string result = to_text(guess->date);
    if (guess->precision != Precision::day) result += " " + std::string(to_text(guess->precision));
    if (guess->ambiguous) result += " ?";
    if (guess->month_first) result += " us";
    if (guess->minute_of_day) result += " @" + std::to_string(*guess->minute_of_day);
    return result;
}

std::string range(std::string_view text) {
    const auto found = read_date_range(text);
    return found ? to_text(found->first) + ".." + to_text(found->last) : "none";
}

}  // namespace

TEST_CASE("dates of tables") {
    CHECK(reading("15/03/1985") == "1985-03-15");
    CHECK(reading("15/3/85") == "1985-03-15");
    CHECK(reading("15.3.1985") == "1985-03-15");
    CHECK(reading("15-3-1985") == "1985-03-15");
    CHECK(reading(" 15 / 03 / 1985. ") == "1985-03-15");
    CHECK(reading("15–3–1985") == "1985-03-15");
    CHECK(reading("15 03 1985") == "1985-03-15");
    CHECK(reading("15031985") == "1985-03-15");
    CHECK(reading("19850315") == "1985-03-15");
    CHECK(reading("1985-03-15") == "1985-03-15");
    CHECK(reading("1985/3/15") == "1985-03-15");
    CHECK(reading("15/03/1985 00:00:00") == "1985-03-15 @0");
    CHECK(reading("15/03/1985 12:00:00 AM") == "1985-03-15 @0");
    CHECK(reading("15/03/1985 12:30 CH") == "1985-03-15 @750");
    CHECK(reading("1985-03-15T00:00:00") == "1985-03-15 @0");
    CHECK(reading("1985-03-15T08:06:00.000Z") == "1985-03-15 @486");
    CHECK(reading("1985-03-15T08:06:00+07:00") == "1985-03-15 @486");
    CHECK(reading("29/2/2016") == "2016-02-29");
}

TEST_CASE("day before month, and it is said when that is a guess") {
    CHECK(reading("3/4/1985") == "1985-04-03 ?");
    CHECK(reading("4/4/1985") == "1985-04-04");
    CHECK(reading("13/4/1985") == "1985-04-13");
    CHECK(reading("4/13/1985") == "1985-04-13 us");
    CHECK(reading("1985-04-03") == "1985-04-03");
    CHECK(reading("ngày 3 tháng 4 năm 1985") == "1985-04-03");
}

TEST_CASE("two-digit years are of 1950 to 2049") {
    CHECK(reading("1/2/49") == "2049-02-01 ?");
    CHECK(reading("1/2/50") == "1950-02-01 ?");
    CHECK(reading("1/1/00") == "2000-01-01");
}

TEST_CASE("month and year precision") {
    CHECK(reading("3/1985") == "1985-03-01 month");
    CHECK(reading("03-1985") == "1985-03-01 month");
    CHECK(reading("03.1985") == "1985-03-01 month");
    CHECK(reading("1985-03") == "1985-03-01 month");
    CHECK(reading("3/85") == "1985-03-01 month");
    CHECK(reading("tháng 7-2017") == "2017-07-01 month");
    CHECK(reading("tháng 7 năm 2017") == "2017-07-01 month");
    CHECK(reading("Tháng 07/2017") == "2017-07-01 month");
    CHECK(reading("T7/2017") == "2017-07-01 month");
    CHECK(reading("thg7 2017") == "2017-07-01 month");
    CHECK(reading("1985") == "1985-01-01 year");
    CHECK(reading("năm 1985") == "1985-01-01 year");
    CHECK(reading("sinh năm 1985") == "1985-01-01 year");
    CHECK(reading("00/00/1985") == "1985-01-01 year");
    CHECK(reading("00/3/1985") == "1985-03-01 month");
    CHECK(reading("--/--/1985") == "1985-01-01 year");
    CHECK(reading("…/…/1985") == "1985-01-01 year");
    CHECK(reading("../3/1985") == "1985-03-01 month");
}

TEST_CASE("dates of documents and the press") {
    CHECK(reading("ngày 03 tháng 4 năm 2018") == "2018-04-03");
    CHECK(reading("Ngày 20 tháng 02 năm 2018") == "2018-02-20");
    CHECK(reading("nga\u0300y 03 tha\u0301ng 4 na\u0306m 2018") == "2018-04-03");
    CHECK(reading("NGÀY 03 THÁNG 4 NĂM 2018") == "2018-04-03");
    CHECK(reading("3 thang 4, 2018") == "2018-04-03");
    CHECK(reading("ngày 16-6-2017") == "2017-06-16");
    CHECK(reading("8:6' 17/6/2017") == "2017-06-17 @486");
    CHECK(reading("8:6’ 17/6/2017") == "2017-06-17 @486");
    CHECK(reading("8h30 ngày 17/6/2017") == "2017-06-17 @510");
    CHECK(reading("8h 17/6/2017") == "2017-06-17 @480");
    CHECK(reading("17/6/2017 lúc 8 giờ 30 phút") == "2017-06-17 @510");
    CHECK(reading("Thứ sáu, 16/6/2017") == "2017-06-16");
    CHECK(reading("Thứ năm, ngày 15 tháng 6 năm 2017") == "2017-06-15");
    CHECK(reading("Thứ 6, 16/6/2017") == "2017-06-16");
    CHECK(reading("Chủ nhật 18/6/2017") == "2017-06-18");
}

TEST_CASE("English dates") {
    CHECK(reading("15-Mar-85") == "1985-03-15");
    CHECK(reading("15 March 1985") == "1985-03-15");
    CHECK(reading("March 15, 1985") == "1985-03-15");
    CHECK(reading("Mar 15th, 1985") == "1985-03-15");
    CHECK(reading("Mar-1985") == "1985-03-01 month");
    CHECK(reading("Friday, June 16, 2017") == "2017-06-16");
}

TEST_CASE("what is no date is not made one") {
    for (const char* text : {"",
                             " ",
                             "30/2/1985",
                             "29/2/2017",
                             "31/4/2017",
                             "32/1/2017",
                             "0/13/1985",
                             "15/0/1985",
                             "13/13/1985",
                             "1/2/3",
                             "1/2/198",
                             "1/2/19855",
                             "5-6",
                             "1.350",
                             "12,5",
                             "1350.5",
                             "Nguyễn Văn An",
                             "K28B-16",
                             "120-KL/ĐUK",
                             "001085001234",
                             "0912345678",
                             "99999999",
                             "00000000",
                             "1799",
                             "2201",
                             "3-5/2017",
                             "25:00 17/6/2017",
                             "8:61' 17/6/2017",
                             "17/6/2017 13:00 PM",
                             "tháng 13-2017",
                             "ngày 31 tháng 6 năm 2017",
                             "16/6/2017 abc",
                             "85-03-15",
                             "15/257/2017",
                             "-1985",
                             "1985-",
                             "năm",
                             "tháng",
                             "///",
                             "…",
                             "1985-15-03",
                             "x",
                             "4 đến 16-3-2017",
                             "15/03/1985 16/03/1985"})
        CHECK_MESSAGE(reading(text) == "none", std::string(text));
    CHECK(reading(std::string(100'000, '1')) == "none");
}

TEST_CASE("every day reads in every way of writing it") {
    for (Date day = *Date::of(1950, 1, 1); day.year() < 2050; day = day + 3) {
        const std::string y = std::to_string(day.year()), m = std::to_string(day.month()),
                          d = std::to_string(day.day());
        const std::string yy = y.substr(2);
        for (const std::string& text : {d + "/" + m + "/" + y, d + "." + m + "." + yy, d + "-" + m + "-" + y,
                                        to_text(day), "ngày " + d + " tháng " + m + " năm " + y})
            REQUIRE_MESSAGE(read_date(text)->date == day, std::string(text));
    }
}

TEST_CASE("ranges of days") {
    CHECK(range("4 đến 16-3-2017") == "2017-03-04..2017-03-16");
    CHECK(*read_date_range("4 đến 16-3-2017") == DateRange{*Date::of(2017, 3, 4), *Date::of(2017, 3, 16)});
    CHECK(range("4-16/3/2017") == "2017-03-04..2017-03-16");
    CHECK(range("4–16/3/2017") == "2017-03-04..2017-03-16");
    CHECK(range("từ 28/2 đến 4/3/2017") == "2017-02-28..2017-03-04");
    CHECK(range("Từ ngày 4 đến ngày 16 tháng 3 năm 2017") == "2017-03-04..2017-03-16");
    CHECK(range("10/7/2017 - 14/7/2017") == "2017-07-10..2017-07-14");
    CHECK(range("28/12/2016-3/1/2017") == "2016-12-28..2017-01-03");
    CHECK(range("16-6-2017") == "2017-06-16..2017-06-16");
    CHECK(range("tháng 7-2017") == "2017-07-01..2017-07-31");
    CHECK(range("tháng 3-5/2017") == "2017-03-01..2017-05-31");
    CHECK(range("2017") == "2017-01-01..2017-12-31");
    CHECK(range("4-16 March 2017") == "2017-03-04..2017-03-16");
    for (const char* text :
         {"16 đến 4-3-2017", "30-31/2/2017", "đến 4/3/2017", "4 đến", "4 đến 5", "", "-", "2016 - 5/2017"})
        CHECK_MESSAGE(range(text) == "none", std::string(text));
}

TEST_CASE("precisions have names") {
    for (const Precision precision : {Precision::day, Precision::month, Precision::year})
        CHECK(parse_precision(to_text(precision)) == precision);
    CHECK_FALSE(parse_precision("hour"));
}
