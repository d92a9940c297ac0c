// What decisions, postponements and mergers of cohorts do to the books, and what they leave alone.
#include <doctest/doctest.h>

#include <array>

#include "books.h"

namespace tiendo::tests {
namespace {

cohorts::Cohort opened(Books& books, const char* code, const char* on, int at) {
    const auto cohort = books.cohort(code, cohorts::Role::organiser, true, at);
    books.write([&](db::Write& tx) {
        return cohorts::open(tx, books.actor, cohort, day(on), day("2017-12-31"), {minute(at), "", {}});
    });
    return books.again(cohort);
}

TEST_CASE("a merged cohort counts until the day, and its learners count on in the other one") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto from = opened(books, "A", "2017-03-06", 2), into = opened(books, "B", "2017-03-13", 3);
        books.enrol(from, "an", 4);
        const auto gone = books.enrol(from, "binh", 4);
        books.enrol(into, "chi", 4);
        books.write([&](db::Write& tx) {
            return participation::withdraw(tx, books.actor, books.learner(gone), day("2017-03-08"),
                                           {minute(5), "chuyển", {}});
        });
        const std::string before = written(books.statement("2017-03-31"));
        const auto merge = [&](const char* on, const char* reason, int at) {
            return books.write([&](db::Write& tx) {
                return cohorts::merge(tx, books.actor, books.again(from), books.again(into), day(on),
                                      day("2017-06-16"), {minute(at), reason, {}});
            });
        };
        CHECK(merge("2017-03-20", "", 6).refusals().front().field == "reason");
        CHECK(merge("2017-03-05", "ít người", 6).refusals().front().message == "cohort.merge_before_opening");
        REQUIRE(merge("2017-03-20", "ít người", 6));
        CHECK(books.again(from).facts.merged_into == into.id);
        CHECK(books.statement("2017-03-19").total_learners.actual == 2);
        CHECK(books.statement("2017-03-20").total_learners.actual == 2);  // an now learns in B
        CHECK(books.statement("2017-03-19").total_cohorts.actual == 2);
        CHECK(books.statement("2017-03-20").total_cohorts.actual == 1);
        CHECK(written(books.statement("2017-03-31", minute(5))) == before);
        CHECK(books.verify().balanced());
        CHECK(merge("2017-03-21", "lần nữa", 7).refusals().front().message == "cohort.already_cancelled");

        books.write([&](db::Write& tx) {
            return cohorts::reinstate(tx, books.actor, books.again(from), {minute(8), "ghép nhầm", {}});
        });
        CHECK(!books.again(from).facts.merged_into);
        CHECK(written(books.statement("2017-03-31")) == before);
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("a merger brings back who had left the other cohort, and taken back leaves them as they were") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto from = opened(books, "A", "2017-03-06", 2), into = opened(books, "B", "2017-03-06", 3);
        const auto learner = books.learner(books.enrol(from, "an", 4));
        const auto left = books.write([&](db::Write& tx) {
            return participation::enrol(tx, books.actor, into,
                                        std::array{participation::Enrolment{.person = learner.person.id,
                                                                            .unit = books.centre,
                                                                            .position = "",
                                                                            .started_on = std::nullopt}},
                                        {minute(5), "", {}})
                .front();
        });
        books.write([&](db::Write& tx) {
            return participation::withdraw(tx, books.actor, books.learner(left), day("2017-03-07"),
                                           {minute(6), "sang lớp A", {}});
        });
        const std::string before = written(books.statement("2017-03-31"));
        books.write([&](db::Write& tx) {
            return cohorts::merge(tx, books.actor, books.again(from), books.again(into), day("2017-03-20"),
                                  day("2017-06-16"), {minute(7), "ít người", {}});
        });
        CHECK(!books.learner(left).facts.withdrawn_on);
        CHECK(books.statement("2017-03-31").total_learners.actual == 1);
        CHECK(books.verify().balanced());
        books.write([&](db::Write& tx) {
            return cohorts::reinstate(tx, books.actor, books.again(from), {minute(8), "ghép nhầm", {}});
        });
        CHECK(books.learner(left).facts.withdrawn_on == day("2017-03-07"));
        CHECK(written(books.statement("2017-03-31")) == before);
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("decided, postponed and filed are rows that verify retraces, and no figure moves by them") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
        const cohorts::OpeningDecision decision{
            .paper = {.id = {}, .kind = "", .title = "", .number = "12-QĐ", .dated_on = day("2017-03-01")},
            .signatory = "Đỗ Việt Hà",
            .signatory_title = "Giám đốc"};
        const auto decide = [&](const cohorts::Cohort& seen, int at, const char* reason) {
            return books.write([&](db::Write& tx) {
                return cohorts::decide(tx, books.actor, seen, decision, day("2017-03-02"),
                                       {minute(at), reason, {}});
            });
        };
        REQUIRE(decide(cohort, 3, ""));
        // Whoever decided on what the cohort was before is told, and overwrites nothing.
        CHECK_THROWS_AS(decide(cohort, 4, "lần hai"), db::Conflict);
        CHECK(decide(books.again(cohort), 4, "").refused());  // a second one says why
        CHECK(books.verify().balanced());
        const auto postpone = [&](const char* until) {
            return books.write([&](db::Write& tx) {
                return cohorts::postpone(tx, books.actor, books.again(cohort), *cohorts::parse_planned(until),
                                         day("2017-03-03"), {minute(5), "ít người", {}});
            });
        };
        CHECK(postpone("2017-02").refused());
        REQUIRE(postpone("2017-09"));
        CHECK(cohorts::state_on(books.again(cohort), day("2017-03-03")) == "postponed");
        CHECK(to_text(*books.again(cohort).planned_opens_on) == "2017-09");
        books.write([&](db::Write& tx) {
            return cohorts::open(tx, books.actor, books.again(cohort), day("2017-09-04"), day("2017-12-31"),
                                 {minute(6), "", {}});
        });
        CHECK(cohorts::state_on(books.again(cohort), day("2017-09-04")) == "running");
        const auto file = [&](const char* on) {
            return books.write([&](db::Write& tx) {
                return cohorts::file(tx, books.actor, books.again(cohort), day(on), {day("2017-12-31")},
                                     {minute(8), "", {}});
            });
        };
        CHECK(file("2017-10-01").refusals().front().message == "cohort.file_before_closing");
        books.write([&](db::Write& tx) {
            return cohorts::close(tx, books.actor, books.again(cohort), day("2017-09-08"), day("2017-12-31"),
                                  {minute(7), "", {}});
        });
        const std::string before = written(books.statement("2017-12-31"));
        CHECK(file("2017-09-07").refused());
        REQUIRE(file("2017-10-01"));
        CHECK(cohorts::state_on(books.again(cohort), day("2017-10-01")) == "filed");
        CHECK(written(books.statement("2017-12-31")) == before);
        CHECK(books.verify().balanced());
    });
}

}  // namespace
}  // namespace tiendo::tests
