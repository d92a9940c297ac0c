// What the books promise: figures follow events, history stays as it was known, and the
// trial balance holds whatever happens, in any order.
#include "books.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

namespace tiendo::tests {
namespace {

const Date attendance_day = day("2017-12-31");

// Some learners of some session of the cohort, marked as chance will have it; or a session more.
void mark_attendance(Books& books, const cohorts::Cohort& cohort, std::mt19937& random, Date day,
                     const cohorts::Act& act) {
    books.write([&](db::Write& tx) -> Outcome<Done> {
        const auto book = attendance::require_for_marking(tx, books.actor, cohort.id);
        if (book.sessions.empty() || random() % 4 == 0) {
            timetable::schedule(tx, books.actor, cohort,
                                {.id = {},
                                 .cohort = cohort.id,
                                 .held_on = day,
                                 .starts_minute = 480,
                                 .ends_minute = 720,
                                 .periods = 5,
                                 .topic = "",
                                 .note = ""},
                                act);
            return Done{};
        }
        const timetable::Session& session = book.sessions[random() % book.sessions.size()];
        if (random() % 5 == 0) {
            tx.run(R"sql(update timetable_sessions set held_on = :day where id = :id)sql",
                   {{"day", day}, {"id", session.id}});
            attendance::follow_session(tx, books.actor, session.id, act);
            return Done{};
        }
        std::vector<attendance::Said> said;
        for (const attendance::Learner& learner : book.learners) {
            attendance::Said one;
            one.session = session.id;
            one.participation = learner.participation;
            if (random() % 6 != 0) one.state = static_cast<attendance::State>(random() % 4);
            if (one.state == attendance::State::late) one.periods = static_cast<std::int64_t>(random() % 5);
            if (!attendance::hindrance(book, one, attendance_day)) said.push_back(one);
        }
        attendance::record(tx, books.actor, book, said, attendance::Way::page, attendance_day, act);
        return Done{};
    });
}

TEST_CASE("learners count from the opening until they withdraw") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
        const auto an = books.enrol(cohort, "an", 3);
        books.enrol(cohort, "binh", 3);
        CHECK(books.statement("2017-12-31").total_learners.actual == 0);  // not yet opened

        books.write([&](db::Write& tx) {
            return cohorts::open(tx, books.actor, cohort, day("2017-03-06"), day("2017-04-01"),
                                 {minute(4), "", {}});
        });
        CHECK(books.statement("2017-03-05").total_learners.actual == 0);
        CHECK(books.statement("2017-03-06").total_learners.actual == 2);
        CHECK(books.statement("2017-03-06").total_cohorts.actual == 1);

        books.write([&](db::Write& tx) {
            return participation::withdraw(tx, books.actor, books.learner(an), day("2017-03-08"),
                                           {minute(5), "chuyển", {}});
        });
        CHECK(books.statement("2017-03-07").total_learners.actual == 2);
        CHECK(books.statement("2017-03-08").total_learners.actual == 1);
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("a corrected opening moves its learners, and yesterday's knowledge stays") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
        books.enrol(cohort, "an", 3);
        books.write([&](db::Write& tx) {
            return cohorts::open(tx, books.actor, cohort, day("2017-03-06"), day("2017-12-31"),
                                 {minute(4), "", {}});
        });
        const std::string before = written(books.statement("2017-03-10"));

        books.write([&](db::Write& tx) {
            return cohorts::open(tx, books.actor, books.again(cohort), day("2017-04-06"), day("2017-12-31"),
                                 {minute(9), "gõ nhầm tháng", {}});
        });
        CHECK(books.statement("2017-03-10").total_learners.actual == 0);
        CHECK(books.statement("2017-04-06").total_learners.actual == 1);
        CHECK(written(books.statement("2017-03-10", minute(8))) == before);
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("a cancelled cohort counts until the day, a reinstated one as if nothing had been") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
        books.enrol(cohort, "an", 3);
        books.write([&](db::Write& tx) {
            return cohorts::open(tx, books.actor, cohort, day("2017-03-06"), day("2017-12-31"),
                                 {minute(4), "", {}});
        });
        books.write([&](db::Write& tx) {
            return cohorts::cancel(tx, books.actor, books.again(cohort), day("2017-05-01"),
                                   {minute(5), "ít người", {}});
        });
        CHECK(books.statement("2017-04-30").total_cohorts.actual == 1);
        CHECK(books.statement("2017-05-01").total_cohorts.actual == 0);
        CHECK(books.statement("2017-05-01").total_learners.actual == 0);
        books.write([&](db::Write& tx) {
            return cohorts::reinstate(tx, books.actor, books.again(cohort), {minute(6), "nhầm lớp", {}});
        });
        CHECK(books.statement("2017-05-01").total_learners.actual == 1);
        CHECK(books.statement("2017-05-01", minute(5)).total_learners.actual == 0);
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("cancelling without a reason is refused and leaves nothing") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
        const auto outcome = books.write([&](db::Write& tx) {
            return cohorts::cancel(tx, books.actor, cohort, day("2017-05-01"), {minute(5), "", {}});
        });
        REQUIRE(outcome.refused());
        CHECK(outcome.refusals().front().message == "cohort.reason_required");
        CHECK(!books.again(cohort).facts.cancelled_on);
    });
}

TEST_CASE("an amended plan gives new targets from its day, and the old ones before") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        books.plan(10, 800, "2017-06-01", 5);
        CHECK(books.statement("2017-05-31").total_cohorts.target == 8);
        CHECK(books.statement("2017-06-01").total_cohorts.target == 10);
        CHECK(books.statement("2017-06-01", minute(4)).total_cohorts.target == 8);
    });
}

TEST_CASE("a joint cohort counts to the plan only when it is told to") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto joint = books.cohort("J", cohorts::Role::co_organised, false, 2);
        books.enrol(joint, "an", 3);
        books.write([&](db::Write& tx) {
            return cohorts::open(tx, books.actor, joint, day("2017-03-06"), day("2017-12-31"),
                                 {minute(4), "", {}});
        });
        const auto apart = books.statement("2017-06-16");
        CHECK(apart.total_cohorts.actual == 0);
        REQUIRE(apart.joint.size() == 1);
        CHECK(apart.joint.front().learners == 1);

        books.write([&](db::Write& tx) {
            return cohorts::count_toward(
                tx, books.actor, books.again(joint),
                plan::lines_for(tx, books.centre, 2017, joint.programme.id).front().id, {minute(9), "", {}});
        });
        const auto counted = books.statement("2017-06-16");
        CHECK(counted.total_cohorts.actual == 1);
        CHECK(counted.total_learners.actual == 1);
        CHECK(counted.joint.empty());
        CHECK(written(books.statement("2017-06-16", minute(8))) == written(apart));
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("a certificate counts from its issue until it is revoked, and moves with its cohort") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
        const auto an = books.enrol(cohort, "an", 3);
        const std::string code = books.certify(books.learner(an), day("2017-03-10"), 4);
        const auto counted = [&](const char* until) {
            return books.write([&](db::Write& tx) {
                return tx.integer(
                    "select coalesce(cast(sum(quantity) as bigint), 0) from postings "
                    "where measure = 'certificates_issued' and effective_on <= :day",
                    {{"day", day(until)}});
            });
        };
        CHECK(counted("2017-03-09") == 0);
        CHECK(counted("2017-03-10") == 1);
        CHECK(books.verify().balanced());
        books.write([&](db::Write& tx) {
            return certificates::revoke(tx, books.actor, code, "fraud", day("2017-05-01"), day("2017-06-01"),
                                        {minute(5), "gian lận", {}});
        });
        CHECK(counted("2017-04-30") == 1);
        CHECK(counted("2017-05-01") == 0);
        books.write([&](db::Write& tx) {
            return cohorts::count_toward(tx, books.actor, books.again(cohort), std::nullopt,
                                         {minute(6), "", {}});
        });
        CHECK(counted("2017-04-30") == 1);
        CHECK(books.verify().balanced());
    });
}

TEST_CASE("verify finds a day total, a posting and a fact that somebody altered") {
    for (const char* harm :
         {"update day_totals set quantity = quantity + 1", "update day_totals set postings = postings + 1",
          "update postings set quantity = quantity + 1", "update cohorts set opened_on = '2017-01-02'",
          "update certificates set revoked_on = '2017-06-01'",
          "update audit_trail set detail = '{}' where sequence = 2",
          "update attendance set periods = periods - 1", "delete from attendance",
          "update attendance_events set periods = periods - 1"}) {
        db::for_each_database(migrations, [&](db::Database& database) {
            Books books(database);
            books.plan(8, 640, "2017-01-01", 1);
            const auto cohort = books.cohort("A", cohorts::Role::organiser, true, 2);
            books.write([&](db::Write& tx) {
                return cohorts::open(tx, books.actor, cohort, day("2017-03-06"), day("2017-12-31"),
                                     {minute(4), "", {}});
            });
            books.certify(books.learner(books.enrol(cohort, "an", 5)), day("2017-03-10"), 6);
            std::mt19937 random(3);
            for (int i = 7; i < 17; ++i)
                mark_attendance(books, books.again(cohort), random, day("2017-03-07"),
                                {minute(i), "thử", {}});
            REQUIRE(books.verify().balanced());
            books.write([&](db::Write& tx) { tx.run(harm); });
            CHECK_MESSAGE(!books.verify().balanced(), harm);
        });
    }
}

// Random events, and after each the balance and every statement remembered so far.
TEST_CASE("whatever happens in whatever order, the books balance and what was known stays") {
    db::for_each_database(migrations, [](db::Database& database) {
        Books books(database);
        books.plan(8, 640, "2017-01-01", 1);
        std::mt19937 random(20170616);
        std::vector<cohorts::Cohort> cohorts;
        std::vector<participation::ParticipationId> learners;
        std::map<participation::ParticipationId, std::string> certificates;  // that stand
        std::vector<std::pair<int, std::string>> remembered;                 // minute, statement
        const auto some_day = [&] { return day("2017-02-01") + static_cast<int>(random() % 120); };
        int at = 2;
        for (int step = 0; step < 250; ++step) {
            ++at;
            const cohorts::Act act{minute(at), "thử", {}};
            if (cohorts.empty() || random() % 8 == 0) {
                const auto role = random() % 3 == 0 ? cohorts::Role::co_organised : cohorts::Role::organiser;
                cohorts.push_back(
                    books.cohort(("C" + std::to_string(step)).c_str(), role, random() % 2 == 0, at));
                continue;
            }
            const auto cohort = books.again(cohorts[random() % cohorts.size()]);
            const auto id =
                learners.empty() ? std::nullopt : std::optional(learners[random() % learners.size()]);
            switch (random() % 17) {
                case 0:
                case 1: learners.push_back(books.enrol(cohort, "n" + std::to_string(step), at)); break;
                case 2:
                    books.write([&](db::Write& tx) {
                        return cohorts::open(tx, books.actor, cohort, some_day(), day("2017-12-31"), act);
                    });
                    break;
                case 3:
                    books.write([&](db::Write& tx) {
                        return cohorts::close(tx, books.actor, cohort, some_day(), day("2017-12-31"), act);
                    });
                    break;
                case 4:
                    books.write([&](db::Write& tx) {
                        return cohorts::cancel(tx, books.actor, cohort, some_day(), act);
                    });
                    break;
                case 5:
                    books.write(
                        [&](db::Write& tx) { return cohorts::reinstate(tx, books.actor, cohort, act); });
                    break;
                case 6:
                    books.write([&](db::Write& tx) {
                        const auto line =
                            plan::lines_for(tx, books.centre, 2017, cohort.programme.id).front().id;
                        return cohorts::count_toward(
                            tx, books.actor, cohort,
                            cohort.facts.plan_line ? std::nullopt : std::optional(line), act);
                    });
                    break;
                case 7:
                    if (id)
                        books.write([&](db::Write& tx) {
                            return participation::withdraw(tx, books.actor, books.learner(*id), some_day(),
                                                           act);
                        });
                    break;
                case 8:
                case 9:
                case 10: {
                    // Where somebody learns, and some cohorts over and over.
                    if (!id) break;
                    const auto taught =
                        books.cohort_of(learners[random() % std::min<std::size_t>(learners.size(), 6)]);
                    mark_attendance(books, taught, random, some_day(), act);
                    break;
                }
                case 11: {
                    const auto into = books.again(cohorts[random() % cohorts.size()]);
                    books.write([&](db::Write& tx) {
                        return cohorts::merge(tx, books.actor, cohort, into, some_day(), day("2017-12-31"),
                                              act);
                    });
                    break;
                }
                case 12:
                    books.write([&](db::Write& tx) {
                        return cohorts::postpone(tx, books.actor, cohort,
                                                 {day("2017-07-01") + static_cast<int>(random() % 90)},
                                                 day("2017-06-30"), act);
                    });
                    break;
                case 13:
                    books.write([&](db::Write& tx) -> Outcome<Done> {
                        if (random() % 2 == 0)
                            return cohorts::file(tx, books.actor, cohort, some_day(), {day("2017-12-31")},
                                                 act);
                        return cohorts::decide(tx, books.actor, cohort,
                                               {.paper = {.id = {},
                                                          .kind = "",
                                                          .title = "",
                                                          .number = "1-QĐ",
                                                          .dated_on = some_day()},
                                                .signatory = "Hà",
                                                .signatory_title = ""},
                                               day("2017-12-31"), act);
                    });
                    break;
                case 14:
                    if (id && !certificates.contains(*id))
                        certificates[*id] = books.certify(books.learner(*id), some_day(), at);
                    break;
                case 15:
                    if (id && certificates.contains(*id)) {
                        const auto revoked = books.write([&](db::Write& tx) {
                            return certificates::revoke(tx, books.actor, certificates[*id], "issuer_error",
                                                        day("2017-12-01"), day("2017-12-31"), act);
                        });
                        CHECK(revoked);
                        certificates.erase(*id);
                    }
                    break;
                default:
                    if (id)
                        books.write([&](db::Write& tx) {
                            return random() % 2 == 0
                                       ? participation::readmit(tx, books.actor, books.learner(*id), act)
                                       : participation::conclude(tx, books.actor, books.learner(*id),
                                                                 "completed", act);
                        });
            }
            if (step % 10 == 0) remembered.emplace_back(at, written(books.statement("2017-04-15")));
        }
        const auto proof = books.verify();
        CHECK(proof.balanced());
        CHECK(std::any_of(proof.balances.begin(), proof.balances.end(), [](const proof::Balance& balance) {
            return balance.measure == ledger::Measure::periods_attended && balance.postings > 0;
        }));
        for (const auto& [moment, statement] : remembered)
            CHECK_MESSAGE((written(books.statement("2017-04-15", minute(moment))) == statement),
                          "as known at minute " << moment);
    });
}

}  // namespace
}  // namespace tiendo::tests
