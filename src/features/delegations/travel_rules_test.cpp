#include "features/delegations/travel_rules.h"

#include <doctest/doctest.h>

#include <array>

namespace tiendo::delegations {
namespace {

std::optional<Date> day(std::string_view text) { return parse_date(text); }  // "" is none
Date on(std::string_view text) { return parse_date(text).value(); }

Rule rule(const char* code, std::optional<std::int64_t> amount, const char* from = "") {
    return {.kind = "report",
            .code = code,
            .name_vi = code,
            .name_en = code,
            .amount = amount,
            .valid_from = day(from),
            .basis = "",
            .verified_by = ""};
}

TEST_CASE("both the day of departure and the day of return count") {
    CHECK(days_between(on("2017-03-04"), on("2017-03-16")) == 13);
    CHECK(days_between(on("2017-03-04"), on("2017-03-04")) == 1);
    CHECK(days_between(on("2016-02-28"), on("2016-03-01")) == 3);  // a leap year
    CHECK(days_between(on("2017-12-30"), on("2018-01-02")) == 4);
}

TEST_CASE("so many months later is the same day, or the last of a shorter month") {
    struct Case {
        const char* from;
        std::int64_t months;
        const char* to;
    };
    for (const auto& [from, months, to] :
         {Case{"2017-03-16", 6, "2017-09-16"}, Case{"2017-08-31", 6, "2018-02-28"},
          Case{"2015-08-31", 6, "2016-02-29"}, Case{"2017-12-31", 1, "2018-01-31"},
          Case{"2017-01-31", 1, "2017-02-28"}, Case{"2017-06-15", 0, "2017-06-15"},
          Case{"2017-06-15", 24, "2019-06-15"}, Case{"2017-11-30", 3, "2018-02-28"}})
        CHECK_MESSAGE(to_text(months_after(on(from), months)) == to, from);
}

TEST_CASE("a passport must last so many months beyond the return, to the day") {
    struct Case {
        bool has_number;
        const char *expires_on, *returns_on;
        std::optional<std::int64_t> months;
        Passport expected;
    };
    for (const Case& one : {Case{true, "2017-09-16", "2017-03-16", 6, Passport::good},
                            Case{true, "2017-09-15", "2017-03-16", 6, Passport::expires_early},
                            Case{true, "2017-03-16", "2017-03-16", 0, Passport::good},
                            Case{true, "2018-02-27", "2017-08-31", 6, Passport::expires_early},
                            Case{true, "2018-02-28", "2017-08-31", 6, Passport::good},
                            Case{false, "2020-01-01", "2017-03-16", 6, Passport::missing},
                            Case{true, "", "2017-03-16", 6, Passport::missing},
                            Case{true, "2020-01-01", "", 6, Passport::unjudged},
                            Case{true, "2017-01-01", "2017-03-16", std::nullopt, Passport::unjudged}}) {
        const auto needed = passport_needed_until(day(one.returns_on), one.months);
        CHECK_MESSAGE(judge_passport(one.has_number, day(one.expires_on), needed) == one.expected,
                      one.expires_on << " " << one.returns_on);
    }
}

TEST_CASE("a report is due 15 days after the return and at the latest after 30") {
    const std::array rules{rule("report", 15), rule("report_last", 30)};
    const Deadlines deadlines = report_deadlines(day("2017-03-16"), rules);
    CHECK(deadlines.due_on == day("2017-03-31"));
    CHECK(deadlines.last_due_on == day("2017-04-15"));
    struct Case {
        bool has_returned;
        const char *received_on, *today;
        Report expected;
    };
    for (const Case& one :
         {Case{true, "", "2017-03-17", Report::awaited}, Case{true, "", "2017-03-31", Report::awaited},
          Case{true, "", "2017-04-01", Report::late}, Case{true, "", "2017-04-15", Report::late},
          Case{true, "", "2017-04-16", Report::overdue},
          Case{true, "2017-03-31", "2017-06-16", Report::received},
          Case{true, "2017-04-01", "2017-06-16", Report::received_late},
          Case{false, "", "2017-06-16", Report::expected}})
        CHECK_MESSAGE(
            judge_report(one.has_returned, deadlines, day(one.received_on), on(one.today)) == one.expected,
            one.received_on << " " << one.today);
    CHECK(judge_report(true, {}, std::nullopt, on("2017-06-16")) == Report::expected);
}

TEST_CASE("a rule holds from its day until the next of its code, and may end") {
    const std::array rules{rule("report", 15), rule("report", 20, "2018-01-01"), rule("report_last", 30),
                           rule("report_last", std::nullopt, "2019-01-01")};
    const auto amount = [&](const char* when, const char* code) {
        return amount_of(in_force(rules, on(when)), code);
    };
    CHECK(amount("2017-12-31", "report") == 15);
    CHECK(amount("2018-01-01", "report") == 20);
    CHECK(amount("2018-12-31", "report_last") == 30);
    CHECK(!amount("2019-01-01", "report_last"));
    CHECK(!amount("2017-01-01", "visa"));
    CHECK(report_deadlines(day("2019-02-01"), in_force(rules, on("2019-02-01"))).last_due_on == std::nullopt);
    CHECK(report_deadlines(std::nullopt, rules).due_on == std::nullopt);
}

TEST_CASE("paperwork is overdue the day after it was due") {
    CHECK(paperwork_state(std::nullopt, day("2017-06-15"), on("2017-06-15")) == "open");
    CHECK(paperwork_state(std::nullopt, day("2017-06-15"), on("2017-06-16")) == "overdue");
    CHECK(paperwork_state(std::nullopt, std::nullopt, on("2017-06-16")) == "open");
    CHECK(paperwork_state(day("2017-06-20"), day("2017-06-15"), on("2017-06-21")) == "done");
}

}  // namespace
}  // namespace tiendo::delegations
