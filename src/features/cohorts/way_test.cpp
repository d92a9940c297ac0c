#include <doctest/doctest.h>

#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {
namespace {

Date day(const char* text) { return *parse_date(text); }

Cohort cohort_with(Facts facts) {
    Cohort cohort;
    cohort.facts = facts;
    return cohort;
}

State state_of(Facts facts, const Progress& progress = {}, const char* on = "2017-12-31") {
    return state_on(cohort_with(facts), progress, day(on));
}

TEST_CASE("a state is the furthest that was reached by the day") {
    Facts facts;
    CHECK(state_of(facts) == State::proposed);
    facts.decided_on = day("2017-02-01");
    CHECK(state_of(facts) == State::decided);
    CHECK(state_of(facts, {}, "2017-01-31") == State::proposed);
    Progress progress{.called_on = day("2017-02-02")};
    CHECK(state_of(facts, progress) == State::convening);
    progress.locked_on = day("2017-02-20");
    CHECK(state_of(facts, progress) == State::roster_locked);
    CHECK(state_of(facts, progress, "2017-02-19") == State::convening);
    facts.opened_on = day("2017-03-06");
    CHECK(state_of(facts, progress) == State::running);
    progress.assessed_on = day("2017-03-09");
    CHECK(state_of(facts, progress) == State::assessed);
    facts.closed_on = day("2017-03-10");
    CHECK(state_of(facts, progress) == State::closed);
    facts.filed_on = day("2017-04-10");
    CHECK(state_of(facts, progress) == State::filed);
    CHECK(state_of(facts, progress, "2017-03-08") == State::running);
}

TEST_CASE("the exits: cancelled, merged, and postponed until something happens again") {
    Facts facts;
    facts.postponed_on = day("2017-03-01");
    CHECK(state_of(facts) == State::postponed);
    CHECK(state_of(facts, {}, "2017-02-28") == State::proposed);
    CHECK(state_of(facts, {.called_on = day("2017-02-01")}) == State::postponed);
    CHECK(state_of(facts, {.called_on = day("2017-03-02")}) == State::convening);
    facts.cancelled_on = day("2017-04-01");
    CHECK(state_of(facts) == State::cancelled);
    facts.merged_into = CohortId{7};
    CHECK(state_of(facts) == State::merged);
    CHECK(state_of(facts, {}, "2017-03-31") == State::postponed);
}

TEST_CASE("the way shows what was passed over without being recorded") {
    Facts facts;
    facts.opened_on = day("2017-03-06");
    const auto way = way_of(cohort_with(facts), {}, day("2017-03-07"));
    REQUIRE(way.size() == 8);
    CHECK(way[0].reached);
    CHECK(!way[1].reached);  // no decision
    CHECK(way[4].reached_on == day("2017-03-06"));
    CHECK(way[4].current);
    CHECK(!way[6].reached);
}

TEST_CASE("a size is judged by both its limits") {
    const auto verdict = [](std::optional<std::int64_t> minimum, std::optional<std::int64_t> maximum,
                            std::int64_t people) {
        return Size{.minimum = minimum, .target = {}, .maximum = maximum, .people = people}.verdict();
    };
    CHECK(verdict(30, 80, 29) == "too_few");
    CHECK(verdict(30, 80, 30) == "enough");
    CHECK(verdict(30, 80, 80) == "enough");
    CHECK(verdict(30, 80, 81) == "too_many");
    CHECK(verdict({}, 80, 0) == "enough");
    CHECK(verdict({}, {}, 0) == "no_rule");
}

TEST_CASE("a planned opening is a day or a month, and no year") {
    CHECK(to_text(*parse_planned("10/7/2017")) == "2017-07-10");
    CHECK(to_text(*parse_planned("tháng 7-2017")) == "2017-07");
    CHECK(to_text(*parse_planned("2017-07")) == "2017-07");
    CHECK(!parse_planned("2017"));
    CHECK(!parse_planned("mùa thu"));
}

TEST_CASE("every state is what it is written as") {
    for (int i = 0; i <= static_cast<int>(State::cancelled); ++i)
        CHECK(parse_state(to_text(static_cast<State>(i))) == static_cast<State>(i));
    CHECK(!parse_state("king"));
}

}  // namespace
}  // namespace tiendo::cohorts
