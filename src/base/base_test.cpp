// Dates, moments, percentages, ids, values. Vietnamese text has text_test.cpp.
#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "base/date.h"
#include "base/embedded.h"
#include "base/id.h"
#include "base/outcome.h"
#include "base/percent.h"
#include "base/value.h"

using namespace tiendo;

TEST_CASE("a date is a day of the calendar or nothing") {
    CHECK(Date::of(1970, 1, 1)->days == 0);
    CHECK(Date::of(2017, 6, 16)->days == 17333);
    CHECK(Date::of(1600, 2, 29)->day() == 29);
    CHECK_FALSE(Date::of(2017, 2, 29));
    CHECK_FALSE(Date::of(1900, 2, 29));
    CHECK_FALSE(Date::of(2017, 0, 1));
    CHECK_FALSE(Date::of(2017, 13, 1));
    CHECK_FALSE(Date::of(2017, 257, 1));  // 257 is 1 in a byte
    CHECK_FALSE(Date::of(2017, 1, 257));
    CHECK_FALSE(Date::of(2017, 1, 0));
    CHECK_FALSE(Date::of(0, 1, 1));
    CHECK_FALSE(Date::of(10000, 1, 1));
    CHECK_FALSE(Date::of(67553, 1, 1));  // 2017 in 16 bits
    const Date meeting = *Date::of(2017, 6, 16);
    CHECK(meeting.year() == 2017);
    CHECK(meeting.month() == 6);
    CHECK(meeting.day() == 16);
    CHECK(to_text(meeting + 1) == "2017-06-17");
    CHECK(*Date::of(2017, 3, 16) - *Date::of(2017, 3, 4) == 12);
}

TEST_CASE("every day reads back as it was written") {
    for (Date day = *Date::of(1896, 1, 1); day.year() < 2108; day = day + 1) {
        REQUIRE(parse_date(to_text(day)) == day);
        REQUIRE(Date::of(day.year(), day.month(), day.day()) == day);
    }
    CHECK(to_text(*Date::of(1, 1, 1)) == "0001-01-01");
    CHECK(to_text(*Date::of(9999, 12, 31)) == "9999-12-31");
}

TEST_CASE("parse_date takes the one form and no other") {
    for (const char* text :
         {"2017-6-16", "2017/06/16", "16-06-2017", "2017-06-16 ", " 2017-06-16", "2017-06-1a", "2017-06--1",
          "2017-02-30", "+017-06-16", "-017-06-16", "", "2017-06-161"})
        CHECK_FALSE_MESSAGE(parse_date(text), std::string(text));
}

TEST_CASE("months end where they end") {
    CHECK(to_text(last_day_of_month(2017, 2)) == "2017-02-28");
    CHECK(to_text(last_day_of_month(2016, 2)) == "2016-02-29");
    CHECK(to_text(last_day_of_month(2017, 12)) == "2017-12-31");
}

TEST_CASE("a moment carries its offset") {
    CHECK(parse_instant("2017-06-20T01:00:00Z")->ms == 1'497'920'400'000);
    CHECK(parse_instant("2017-06-20T08:00:00+07:00") == parse_instant("2017-06-20T01:00:00Z"));
    CHECK(parse_instant("2017-06-19T20:30:00-04:30") == parse_instant("2017-06-20T01:00:00Z"));
    CHECK(parse_instant("2017-06-20 01:00:00.5Z")->ms == 1'497'920'400'500);
    CHECK(parse_instant("2017-06-20T01:00:00.123456789Z")->ms == 1'497'920'400'123);
    for (const char* text :
         {"2017-06-20T01:00:00", "2017-06-20T24:00:00Z", "2017-06-20T01:60:00Z", "2017-06-20T01:00:60Z",
          "2017-06-20", "2017-06-31T01:00:00Z", "2017-06-20T01:00:00+15:00", "2017-06-20T01:00:00+0700",
          "2017-06-20T01-00-00Z", "2017-06-20T01:00:00.Z", "2017-06-20T01:00:00Zz"})
        CHECK_FALSE_MESSAGE(parse_instant(text), std::string(text));
}

TEST_CASE("a moment reads back as it was written") {
    for (const std::int64_t ms :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'497'920'400'000}, std::int64_t{-86'400'000},
          std::int64_t{253'402'300'799'999}, std::int64_t{999}})
        CHECK(parse_instant(to_text(Instant{ms})) == Instant{ms});
    CHECK(to_text(Instant{1'497'920'400'000}) == "2017-06-20T01:00:00Z");
    CHECK(to_text(Instant{1'497'920'400'007}) == "2017-06-20T01:00:00.007Z");
    CHECK(to_text(Instant{-1}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("the day of a moment is the day in the centre") {
    const Instant evening = *parse_instant("2017-06-16T17:30:00Z");
    CHECK(to_text(day_of(evening, Offset{})) == "2017-06-17");
    CHECK(to_text(day_of(evening, Offset{0})) == "2017-06-16");
    CHECK(to_text(day_of(Instant{-1}, Offset{0})) == "1969-12-31");
    CHECK(to_text(day_of(Instant{0}, Offset{-1})) == "1969-12-31");
    CHECK(local_text(evening, Offset{}) == "2017-06-17 00:30");
}

TEST_CASE("percentages are what the article and its like print") {
    const auto half_up = [](std::int64_t n, std::int64_t d, int decimals = 1) {
        return percent_text(n, d, {Rounding::half_up, decimals}).value_or("none");
    };
    const auto truncated = [](std::int64_t n, std::int64_t d, int decimals = 1) {
        return percent_text(n, d, {Rounding::truncate, decimals}).value_or("none");
    };
    struct Vector {
        std::int64_t numerator, denominator;
        const char *half_up, *truncated;
    };
    for (const Vector& v : std::initializer_list<Vector>{{7, 8, "87.5", "87.5"},
                                                         {5, 8, "62.5", "62.5"},
                                                         {1, 3, "33.3", "33.3"},
                                                         {13, 19, "68.4", "68.4"},
                                                         {14, 19, "73.7", "73.6"},
                                                         {994, 1350, "73.6", "73.6"},
                                                         {25, 94, "26.6", "26.5"},
                                                         {11, 109, "10.1", "10.0"},
                                                         {10, 81, "12.3", "12.3"}}) {
        CHECK(half_up(v.numerator, v.denominator) == v.half_up);
        CHECK(truncated(v.numerator, v.denominator) == v.truncated);
    }
    CHECK(half_up(1, 3, 0) == "33");
    CHECK(truncated(1, 3, 0) == "33");
    CHECK(half_up(97, 124, 2) == "78.23");
    CHECK(truncated(97, 124, 2) == "78.22");
    CHECK(half_up(1, 1000, 1) == "0.1");
    CHECK(half_up(1, 1000, 0) == "0");
    CHECK(half_up(1, 200, 0) == "1");  // exactly one half goes up
    CHECK(half_up(3, 2, 1) == "150.0");
    CHECK(half_up(1, 3, 6) == "33.333333");
}

TEST_CASE("no target is neither 0 % nor 100 %") {
    CHECK_FALSE(percent_text(0, 0));
    CHECK_FALSE(percent_text(13, 0));
    CHECK_FALSE(percent_text(13, -19));
    CHECK(percent_text(0, 8) == "0.0");
}

TEST_CASE("percentages of negative and of huge numbers are exact") {
    CHECK(percent_text(-1, 3) == "-33.3");
    CHECK(percent_text(-1, 100000) == "0.0");  // no minus before nothing
    constexpr std::int64_t most = 9'223'372'036'854'775'807;
    CHECK(percent_text(most, most) == "100.0");
    CHECK(percent_text(most, 1, {Rounding::half_up, 0}) == "922337203685477580700");
    CHECK(percent_text(-most - 1, 1, {Rounding::truncate, 6}) == "-922337203685477580800.000000");
}

TEST_CASE("rounding modes have names") {
    CHECK(parse_rounding(to_text(Rounding::half_up)) == Rounding::half_up);
    CHECK(parse_rounding(to_text(Rounding::truncate)) == Rounding::truncate);
    CHECK_FALSE(parse_rounding("up"));
}

TEST_CASE("ids increase, also when threads race") {
    std::int64_t last = 0;
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t id = next_id();
        REQUIRE(id > last);
        last = id;
    }
    std::vector<std::vector<std::int64_t>> made(4);
    std::vector<std::thread> threads;
    for (auto& ids : made)
        threads.emplace_back([&ids] {
            for (int i = 0; i < 20'000; ++i) ids.push_back(next_id());
        });
    for (auto& thread : threads) thread.join();
    std::set<std::int64_t> all;
    for (const auto& ids : made) {
        CHECK(std::is_sorted(ids.begin(), ids.end()));
        all.insert(ids.begin(), ids.end());
    }
    CHECK(all.size() == 80'000);
}

TEST_CASE("an id is read from its text only") {
    struct Thing;
    const Id<Thing> id = new_id<Id<Thing>>();
    CHECK(parse_id(to_text(id)) == id.value);
    for (const char* text : {"", "0", "-5", "+5", " 5", "5 ", "5x", "9223372036854775808", "1e3"})
        CHECK(parse_id(text) == 0);
    CHECK(parse_id("9223372036854775807") == 9'223'372'036'854'775'807);
    CHECK_FALSE(Id<Thing>{});
}

TEST_CASE("a value keeps its kind and its order") {
    const Value value = Value::object({{"name", "Lớp"}, {"count", 7}, {"open", true}, {"none", nullptr}});
    CHECK(*value["name"].text() == "Lớp");
    CHECK(*value["count"].number() == 7);
    CHECK(*value["open"].truth());
    CHECK(value["open"].number() == nullptr);  // true is no 1
    CHECK(value["count"].truth() == nullptr);
    CHECK(value["none"].is_null());
    CHECK(value["missing"].is_null());
    CHECK(value["name"]["deeper"].is_null());
    CHECK(value.members()->front().first == "name");
    CHECK(value.members()->back().first == "none");
}

TEST_CASE("values are built member by member") {
    Value value;
    value.set("b", 1).set("a", 2).set("b", 3);
    CHECK(value.members()->size() == 2);
    CHECK(value.members()->front().first == "b");
    CHECK(*value["b"].number() == 3);
    const std::optional<int> nothing;
    Value list = Value::list();
    list.push(*Date::of(2017, 6, 16)).push(Instant{0}).push(nothing).push(std::string_view("x"));
    CHECK(*list.list_items()->at(0).text() == "2017-06-16");
    CHECK(*list.list_items()->at(1).text() == "1970-01-01T00:00:00Z");
    CHECK(list.list_items()->at(2).is_null());
    CHECK(list == Value(Value::List{"2017-06-16", "1970-01-01T00:00:00Z", nullptr, "x"}));
    const std::vector<int> rows{1, 2};
    CHECK(list_of(rows, [](int row) { return Value(row * 2); }) == Value(Value::List{2, 4}));
}

TEST_CASE("an outcome is a value or refusals") {
    const Outcome<int> good = 7;
    CHECK(good);
    CHECK_FALSE(good.refused());
    CHECK(*good == 7);
    const Outcome<int> bad = Refusal{"code", "cohort.code_unknown", {"K4"}};
    CHECK(bad.refused());
    CHECK(bad.refusals().size() == 1);
    CHECK_THROWS_AS(*bad, std::bad_optional_access);
}

TEST_CASE("embedded files are found by their table") {
    static const char first[] = "one", second[] = "";
    const EmbeddedEntry entries[] = {
        {"a/b", first, first + 3}, {"c", second, second}, {nullptr, nullptr, nullptr}};
    const auto files = files_of(entries);
    REQUIRE(files.size() == 2);
    CHECK(files[0].name == "a/b");
    CHECK(files[0].bytes == "one");
    CHECK(files[1].bytes.empty());
}
