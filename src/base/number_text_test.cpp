#include "base/number_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace tiendo;

TEST_CASE("counts as people write them") {
    struct Vector {
        const char* text;
        std::int64_t value;
    };
    for (const Vector& v : std::initializer_list<Vector>{{"1350", 1350},
                                                         {"1.350", 1350},
                                                         {"1,350", 1350},
                                                         {"1 350", 1350},
                                                         {"1\u00a0350", 1350},
                                                         {"1\u202f350", 1350},
                                                         {"16.212 học viên", 16212},
                                                         {"1.500.050", 1500050},
                                                         {"1,500,050.00", 1500050},
                                                         {"1.500.050,00", 1500050},
                                                         {"1.350,0", 1350},
                                                         {"08", 8},
                                                         {"08 lớp", 8},
                                                         {"05 bài.", 5},
                                                         {"640 hv", 640},
                                                         {"640 người (dự kiến)", 640},
                                                         {"12.0", 12},
                                                         {"12.", 12},
                                                         {"0", 0},
                                                         {"-5", -5},
                                                         {"−5", -5},
                                                         {"-1.350", -1350},
                                                         {"+5", 5},
                                                         {"  7 ", 7},
                                                         {"9223372036854775807", 9'223'372'036'854'775'807},
                                                         {"12.000", 12000}})
        CHECK_MESSAGE(read_count(v.text) == v.value, std::string(v.text));
}

TEST_CASE("what is no count is not made one") {
    for (const char* text : {"",         " ",        "-",        "--5",
                             "- 5x5",    "12.5",     "0.5",      "0.500",
                             "1.3500",   "1.35.000", "1.350.5",  "1.350.00",
                             "1,350,00", "12.345,6", "50%",      "5-6",
                             "5/6",      "2 x 40",   "1e5",      "khoảng 50",
                             "năm 2017", "(5)",      "½",        "9223372036854775808",
                             "1 35",     "1 3500",   "1234 567", "1.350 lượt, 13 lớp",
                             "0x10",     "5+"})
        CHECK_MESSAGE(!read_count(text), std::string(text));
    CHECK_FALSE(read_count(std::string(1'000'000, '9')));
}

TEST_CASE("the one number of a sentence") {
    CHECK(count_within("Tổng số: 640 người") == 640);
    CHECK(count_within("Tổng số 1.350 học viên.") == 1350);
    CHECK(count_within("640") == 640);
    CHECK(count_within("Danh sách có 08 người./.") == 8);
    CHECK_FALSE(count_within("Tổng cộng"));
    CHECK_FALSE(count_within("13 lớp, 994 học viên"));
    CHECK_FALSE(count_within("đạt 73.6%"));
    CHECK_FALSE(count_within(""));
}

TEST_CASE("marks as integers of their last place") {
    CHECK(read_scaled("8,5", 2) == 850);
    CHECK(read_scaled("8.5", 1) == 85);
    CHECK(read_scaled("8.50", 1) == 85);
    CHECK(read_scaled("10", 1) == 100);
    CHECK(read_scaled("-0,5", 1) == -5);
    CHECK(read_scaled("1.350", 3) == 1350);
    for (const char* text : {"8.55", "", ".", "8.", ",5", "8,5đ", "8.5.0", "1 0", "1e1", "9999999999"})
        CHECK_MESSAGE(!read_scaled(text, 1), std::string(text));
}
