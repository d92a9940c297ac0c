#include "platform/jobs/jobs.h"

#include <doctest/doctest.h>

#include <future>
#include <thread>

#include "platform/db/testing.h"

using namespace tiendo;
using namespace std::chrono_literals;

namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";

// A moment that a test moves on.
struct Watch {
    std::atomic<std::int64_t> ms = 1'000'000;
    Clock clock() {
        return [this] { return Instant{ms}; };
    }
};

std::int64_t jobs_left(db::Database& database) {
    return database.read([](db::Read& tx) { return tx.integer(R"sql(select count(*) from jobs)sql"); });
}

void add(db::Database& database, std::int64_t subject, std::string_view kind = "count") {
    database.write([&](db::Write& tx) { jobs::add(tx, kind, subject, Instant{1}); });
}

bool soon(const std::function<bool()>& holds) {
    for (int i = 0; i < 500; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

jobs::Work counting(std::function<void(jobs::Run&)> run) {
    return {"count", std::move(run), [](db::Write&, std::int64_t, const std::string&) {}};
}

}  // namespace

TEST_CASE("a job runs after its transaction is committed, and never without that") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::vector<std::int64_t> ran;
        jobs::Pool pool(database, {counting([&](jobs::Run& run) { ran.push_back(run.subject()); })},
                        {.threads = 0});
        CHECK_FALSE(pool.run_one());
        database.write([](db::Write& tx) -> Outcome<Done> {
            jobs::add(tx, "count", 1, Instant{1});
            return Refusal{"", "no", {}};
        });
        CHECK_FALSE(pool.run_one());
        add(database, 2);
        add(database, 3);
        CHECK(pool.run_one());
        CHECK(pool.run_one());
        CHECK_FALSE(pool.run_one());
        CHECK(ran == std::vector<std::int64_t>{2, 3});
        CHECK(jobs_left(database) == 0);
    });
}

TEST_CASE("a job whose kind nobody here knows waits for a program that does") {
    db::for_each_database(migrations, [](db::Database& database) {
        jobs::Pool pool(database, {counting([](jobs::Run&) {})}, {.threads = 0});
        add(database, 1, "of another version");
        add(database, 2);
        CHECK(pool.run_one());
        CHECK_FALSE(pool.run_one());
        CHECK(jobs_left(database) == 1);
    });
}

TEST_CASE("threads take up what waits, and what is added later") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::atomic<int> ran = 0;
        add(database, 1);
        jobs::Pool pool(database, {counting([&](jobs::Run&) { ++ran; })});
        CHECK(soon([&] { return ran == 1; }));
        add(database, 2);
        pool.wake();
        CHECK(soon([&] { return ran == 2 && jobs_left(database) == 0; }));
    });
}

TEST_CASE("of one line there is one job at a time, and the others wait their turn") {
    db::for_each_database(migrations, [](db::Database& database) {
        Watch watch;
        std::promise<void> may_go_on;
        std::shared_future<void> gone_on = may_go_on.get_future().share();
        std::atomic<int> begun = 0, at_once = 0, most_at_once = 0;
        const auto work = [&](jobs::Run&) {
            ++begun;
            most_at_once = std::max(most_at_once.load(), ++at_once);
            gone_on.wait();
            --at_once;
        };
        const auto told = [](db::Write&, std::int64_t, const std::string&) {};
        const std::vector<jobs::Work> works{{"check", work, told, "imports"},
                                            {"record", work, told, "imports"}};
        jobs::Pool one(database, works, {.threads = 2, .look_every = 10ms, .clock = watch.clock()});
        add(database, 7, "check");
        CHECK(soon([&] { return begun == 1; }));
        add(database, 8, "record");
        add(database, 9, "check");
        one.wake();
        jobs::Pool other(database, works, {.threads = 1, .look_every = 10ms, .clock = watch.clock()});
        std::this_thread::sleep_for(200ms);
        CHECK(begun == 1);
        database.read([&](db::Read& tx) {
            CHECK_FALSE(one.glimpse(tx, 7).is_waiting);
            CHECK_FALSE(other.glimpse(tx, 7).is_waiting);
            CHECK(one.glimpse(tx, 8).is_waiting);
            CHECK(one.glimpse(tx, 9).is_waiting);
        });
        may_go_on.set_value();
        CHECK(soon([&] { return jobs_left(database) == 0; }));
        CHECK(begun == 3);
        CHECK(most_at_once == 1);
    });
}

TEST_CASE("a job that fails is told of with an incident number, and is over") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::vector<std::string> incidents;
        const jobs::Work work{"count", [](jobs::Run&) { throw std::runtime_error("disk full"); },
                              [&](db::Write&, std::int64_t subject, const std::string& incident) {
                                  CHECK(subject == 7);
                                  incidents.push_back(incident);
                              }};
        jobs::Pool pool(database, {work}, {.threads = 0});
        add(database, 7);
        CHECK(pool.run_one());
        CHECK(incidents.size() == 1);
        CHECK(incidents.front().size() == 8);
        CHECK(jobs_left(database) == 0);
    });
}

TEST_CASE("a failure that the database cannot be told of is known here, and told later") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::atomic<bool> database_is_gone = true;
        std::atomic<int> told = 0;
        const jobs::Work work{"count", [](jobs::Run&) { throw db::Unreachable("gone"); },
                              [&](db::Write&, std::int64_t, const std::string&) {
                                  if (database_is_gone) throw db::Unreachable("still gone");
                                  ++told;
                              }};
        add(database, 7);
        jobs::Pool pool(database, {work}, {.threads = 1, .lease = 150ms});
        const auto incident = [&] {
            return database.read([&](db::Read& tx) { return pool.glimpse(tx, 7).incident; });
        };
        CHECK(soon([&] { return !incident().empty(); }));
        CHECK(jobs_left(database) == 1);
        database_is_gone = false;
        CHECK(soon([&] { return jobs_left(database) == 0 && incident().empty(); }));
        CHECK(told == 1);
    });
}

TEST_CASE("a job that finds the database locked is put off, and not held against it") {
    db::for_each_database(migrations, [](db::Database& database) {
        Watch watch;
        int attempts = 0;
        jobs::Pool pool(database, {counting([&](jobs::Run& run) {
                            CHECK(run.attempt() == 1);
                            if (++attempts < 5) throw db::Busy("locked");
                        })},
                        {.threads = 0, .clock = watch.clock()});
        add(database, 1);
        for (int i = 0; i < 5; ++i) {
            CHECK(pool.run_one());
            if (i < 4) CHECK_FALSE(pool.run_one());  // not at once
            watch.ms += 1'001;
        }
        CHECK(attempts == 5);
        CHECK(jobs_left(database) == 0);
    });
}

TEST_CASE("after a restart a job that was running begins anew") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::atomic<int> begun = 0;
        add(database, 1);
        {
            jobs::Pool pool(database, {counting([&](jobs::Run& run) {
                                ++begun;
                                for (;;) {
                                    run.progress(1);
                                    std::this_thread::sleep_for(1ms);
                                }
                            })});
            CHECK(soon([&] { return begun == 1; }));
        }
        CHECK(jobs_left(database) == 1);
        jobs::Pool pool(database, {counting([&](jobs::Run& run) {
                            CHECK(run.attempt() == 1);
                            ++begun;
                        })});
        CHECK(soon([&] { return begun == 2 && jobs_left(database) == 0; }));
    });
}

TEST_CASE("the job of a process that died is begun anew when its lease has ended") {
    db::for_each_database(migrations, [](db::Database& database) {
        Watch watch;
        struct Killed {};  // no exception of ours: what follows of that process is nothing
        std::vector<int> attempts;
        const auto dying = [&] {
            jobs::Pool pool(database, {counting([&](jobs::Run& run) {
                                attempts.push_back(run.attempt());
                                throw Killed{};
                            })},
                            {.threads = 0, .clock = watch.clock()});
            CHECK_THROWS_AS(pool.run_one(), Killed);
        };
        add(database, 1);
        dying();
        std::string incident;
        const jobs::Work work{
            "count", [&](jobs::Run& run) { attempts.push_back(run.attempt()); },
            [&](db::Write&, std::int64_t, const std::string& number) { incident = number; }};
        jobs::Pool other(database, {work}, {.threads = 0, .clock = watch.clock()});
        watch.ms += 9'000;
        CHECK_FALSE(other.run_one());
        watch.ms += 1'001;
        CHECK(other.run_one());
        CHECK(attempts == std::vector<int>{1, 2});
        CHECK(incident.empty());

        // What takes the program down three times is not tried a fourth time.
        add(database, 2);
        for (int i = 0; i < 3; ++i) {
            dying();
            watch.ms += 10'001;
        }
        attempts.clear();
        CHECK(other.run_one());
        CHECK(attempts.empty());
        CHECK(incident.size() == 8);
        CHECK(jobs_left(database) == 0);
    });
}

TEST_CASE("two processes on one database never run one job twice") {
    for (auto& made : db::test_databases()) {
        db::migrate(*made.database, db::migration_files(migrations).files);
        const auto other = db::open(made.address);
        constexpr int many = 60;
        std::array<std::atomic<int>, many> runs{};
        const auto work = counting([&](jobs::Run& run) {
            ++runs[static_cast<std::size_t>(run.subject())];
            std::this_thread::sleep_for(1ms);
        });
        for (int i = 0; i < many; ++i) add(*made.database, i);
        {
            jobs::Pool here(*made.database, {work}, {.threads = 2});
            jobs::Pool there(*other, {work}, {.threads = 2});
            CHECK(soon([&] { return jobs_left(*made.database) == 0; }));
        }
        for (const auto& count : runs) CHECK(count == 1);
    }
}

TEST_CASE("a lease is renewed as long as its process lives") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::atomic<bool> go_on = true;
        std::atomic<int> begun = 0;
        const auto work = counting([&](jobs::Run& run) {
            ++begun;
            while (go_on) {
                run.progress(41'000);
                std::this_thread::sleep_for(1ms);
            }
        });
        add(database, 1);
        jobs::Pool here(database, {work}, {.threads = 1, .lease = 200ms, .look_every = 10ms});
        CHECK(soon([&] { return begun == 1; }));
        jobs::Pool there(database, {work}, {.threads = 1, .lease = 200ms, .look_every = 10ms});
        std::this_thread::sleep_for(1s);
        CHECK(begun == 1);
        // How far it is can be seen from both.
        database.read([&](db::Read& tx) {
            CHECK(here.glimpse(tx, 1).units == 41'000);
            CHECK(there.glimpse(tx, 1).units == 41'000);
        });
        go_on = false;
        CHECK(soon([&] { return jobs_left(database) == 0; }));
        CHECK(begun == 1);
    });
}

TEST_CASE("who has lost a job cannot finish it, and what he wrote with it is undone") {
    db::for_each_database(migrations, [](db::Database& database) {
        Watch watch;
        const auto note = [](db::Write& tx, std::int64_t id) { jobs::add(tx, "written", id, Instant{1}); };
        const auto written = [&] {
            return database.read([](db::Read& tx) {
                return tx.all<std::int64_t>(R"sql(select subject from jobs where kind = 'written')sql", {},
                                            [](const db::Row& row) { return row.integer(0); });
            });
        };
        jobs::Pool quick(database, {counting([&](jobs::Run& run) {
                             database.write([&](db::Write& tx) {
                                 note(tx, 2);
                                 run.finish(tx);
                             });
                         })},
                         {.threads = 0, .clock = watch.clock()});
        jobs::Pool slow(database, {counting([&](jobs::Run& run) {
                            watch.ms += 10'001;  // it fell asleep
                            CHECK(quick.run_one());
                            database.write([&](db::Write& tx) {
                                note(tx, 1);
                                run.finish(tx);
                            });
                            FAIL_CHECK("it went on");
                        })},
                        {.threads = 0, .clock = watch.clock()});
        add(database, 5);
        CHECK(slow.run_one());
        CHECK(written() == std::vector<std::int64_t>{2});
    });
}

TEST_CASE("a job nobody wants any more stops at its next progress, here or elsewhere") {
    db::for_each_database(migrations, [](db::Database& database) {
        std::atomic<int> begun = 0, stopped = 0;
        const auto work = counting([&](jobs::Run& run) {
            ++begun;
            try {
                for (;;) {
                    run.progress(1);
                    std::this_thread::sleep_for(1ms);
                }
            } catch (const jobs::Stopped&) {
                ++stopped;
                throw;
            }
        });
        jobs::Pool pool(database, {work}, {.threads = 1, .lease = 150ms});
        add(database, 1);
        pool.wake();
        CHECK(soon([&] { return begun == 1; }));
        database.write([](db::Write& tx) { jobs::drop(tx, 1); });  // as another process does it
        CHECK(soon([&] { return stopped == 1; }));
        add(database, 2);
        pool.wake();
        CHECK(soon([&] { return begun == 2; }));
        pool.stop(2);
        database.write([](db::Write& tx) { jobs::drop(tx, 2); });
        CHECK(soon([&] { return stopped == 2; }));
        CHECK(begun == 2);
        CHECK(jobs_left(database) == 0);
    });
}
