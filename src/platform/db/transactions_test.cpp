// What is committed, what is undone, and who waits for whom.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <future>
#include <thread>

#include "platform/db/test_tables.h"

using namespace tiendo;
using namespace std::chrono_literals;
using db::add_thing, db::for_each_with_tables, db::things_in;

TEST_CASE("a value commits; a refusal, an exception and a failure undo") {
    for_each_with_tables([](db::Database& database) {
        CHECK(database.write([](db::Write& tx) {
            add_thing(tx, 1, "a");
            return 5;
        }) == 5);
        CHECK(database.write([](db::Write& tx) -> Outcome<Done> {
            add_thing(tx, 2, "b");
            return Done{};
        }));
        CHECK(things_in(database) == 2);

        const auto refused = database.write([](db::Write& tx) -> Outcome<Done> {
            add_thing(tx, 3, "c");
            return Refusal{"name", "thing.unwanted", {}};
        });
        CHECK(refused.refused());
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            add_thing(tx, 4, "d");
            throw std::out_of_range("enough");
        }),
                        std::out_of_range);
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            add_thing(tx, 5, "e");
            tx.run(R"sql(insert into nowhere (id) values (1))sql");
        }),
                        db::Failure);
        CHECK(things_in(database) == 2);
    });
}

TEST_CASE("after a failure nothing more runs and nothing is kept, even when it is caught") {
    for_each_with_tables([](db::Database& database) {
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            add_thing(tx, 1, "a");
            CHECK_THROWS_AS(add_thing(tx, 1, "again"), db::Conflict);
            CHECK_THROWS_AS(add_thing(tx, 2, "b"), std::logic_error);
        }),
                        std::logic_error);
        CHECK(things_in(database) == 0);
        // The connection is as good as new.
        database.write([](db::Write& tx) { add_thing(tx, 1, "a"); });
        CHECK(things_in(database) == 1);
    });
}

TEST_CASE("keys and checks that are violated are conflicts") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) { add_thing(tx, 1, "a"); });
        CHECK_THROWS_AS(database.write([](db::Write& tx) { add_thing(tx, 1, "a"); }), db::Conflict);
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            tx.run(R"sql(insert into things (id, name, parent) values (2, 'b', 77))sql");
        }),
                        db::Conflict);
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            tx.run(R"sql(insert into things (id, name) values (3, :name))sql", {{"name", nullptr}});
        }),
                        db::Conflict);
        CHECK_THROWS_AS(database.write([](db::Write& tx) { add_thing(tx, 4, std::string_view("a\0b", 3)); }),
                        db::Failure);
        CHECK(things_in(database) == 1);
    });
}

TEST_CASE("rows changed") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) {
            for (int id = 1; id <= 5; ++id) add_thing(tx, id, "a");
            CHECK(tx.run(R"sql(update things set name = 'b' where id > 2)sql") == 3);
            CHECK(tx.run(R"sql(update things set name = 'b' where id > 20)sql") == 0);
            CHECK(tx.run(R"sql(create index things_by_name on things (name))sql") == 0);
            CHECK(tx.run(R"sql(delete from things where id <= 2)sql") == 2);
            std::vector<std::int64_t> returned =
                tx.all<std::int64_t>(R"sql(update things set truth = :yes where id >= 4 returning id)sql",
                                     {{"yes", true}}, [](const db::Row& row) { return row.integer(0); });
            CHECK(returned == std::vector<std::int64_t>{4, 5});
        });
        CHECK(database.read([](db::Read& tx) {
            return tx.integer(R"sql(select count(*) from things where truth)sql");
        }) == 2);
    });
}

TEST_CASE("a read sees one moment, and changes nothing") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) { add_thing(tx, 1, "a"); });
        database.read([&](db::Read& tx) {
            CHECK(tx.integer(R"sql(select count(*) from things)sql") == 1);
            database.write([](db::Write& other) { add_thing(other, 2, "b"); });
            CHECK(tx.integer(R"sql(select count(*) from things)sql") == 1);
            CHECK(things_in(database) == 2);
        });
        CHECK(things_in(database) == 2);
        CHECK_THROWS_AS(database.read([](db::Read& tx) {
            tx.each(R"sql(delete from things)sql", {}, [](const db::Row&) {});
        }),
                        db::Failure);
        CHECK(things_in(database) == 2);
    });
}

TEST_CASE("a write inside a write of the same database is a mistake") {
    for_each_with_tables([](db::Database& database) {
        CHECK_THROWS_AS(database.write([&](db::Write&) { database.write([](db::Write&) {}); }),
                        std::logic_error);
        database.write([](db::Write& tx) { add_thing(tx, 1, "a"); });
        CHECK(things_in(database) == 1);
    });
}

TEST_CASE("a temporary table lives as long as its transaction") {
    for_each_with_tables([](db::Database& database) {
        for (int times = 0; times < 3; ++times) {
            const bool committed = times != 1;
            database.write([&](db::Write& tx) -> Outcome<Done> {
                tx.run(R"sql(create temporary table seen (id bigint primary key, name text))sql");
                tx.run(R"sql(insert into seen (id, name) values (:id, 'x'))sql", {{"id", times}});
                CHECK(tx.integer(R"sql(select sum(id) from seen)sql") == times);
                if (committed) return Done{};
                return Refusal{"", "thing.unwanted", {}};
            });
        }
        CHECK_THROWS_AS(
            database.write([](db::Write& tx) { tx.integer(R"sql(select sum(id) from seen)sql"); }),
            db::Failure);
    });
}

TEST_CASE("eight threads add to the same totals") {
    for_each_with_tables([](db::Database& database) {
        constexpr int threads = 8, times = 40;
        std::atomic<int> failed = 0;
        std::vector<std::thread> running;
        for (int t = 0; t < threads; ++t)
            running.emplace_back([&] {
                for (int i = 0; i < times; ++i) try {
                        database.write([&](db::Write& tx) {
                            for (int unit = 0; unit < 2; ++unit)
                                tx.run(R"sql(insert into totals (unit, day, total) values (:unit, :day, 1)
                                             on conflict (unit, day) do update
                                             set total = totals.total + excluded.total)sql",
                                       {{"unit", unit}, {"day", Date{17000}}});
                        });
                    } catch (const std::exception&) {
                        ++failed;
                    }
            });
        for (auto& thread : running) thread.join();
        CHECK(failed == 0);
        CHECK(database.read([](db::Read& tx) {
            return tx.integer(R"sql(select min(total) from totals)sql");
        }) == threads * times);
    });
}

TEST_CASE("who reads, decides and writes takes a lock") {
    for_each_with_tables([](db::Database& database) {
        constexpr int threads = 6, seats = 3;
        std::atomic<int> admitted = 0;
        std::vector<std::thread> running;
        for (int t = 0; t < threads; ++t)
            running.emplace_back([&, t] {
                admitted += database.write([&](db::Write& tx) {
                    tx.lock("thing", 7);
                    if (tx.integer(R"sql(select count(*) from things)sql") >= seats) return 0;
                    std::this_thread::sleep_for(5ms);
                    add_thing(tx, t, "seat");
                    return 1;
                });
            });
        for (auto& thread : running) thread.join();
        CHECK(admitted == seats);
        CHECK(things_in(database) == seats);
    });
}

TEST_CASE("whoever waits too long for a lock is told that it is busy") {
    for (auto& made : db::test_databases()) {
        CAPTURE(made.name);
        db::make_tables(*made.database);
        const auto hasty = db::open(made.address, 100ms);
        made.database->write([&](db::Write& tx) {
            tx.lock("thing", 1);
            add_thing(tx, 1, "a");
            const auto began = std::chrono::steady_clock::now();
            CHECK_THROWS_AS(hasty->write([](db::Write& other) {
                other.lock("thing", 1);
                add_thing(other, 2, "b");
            }),
                            db::Busy);
            CHECK(std::chrono::steady_clock::now() - began < 3s);
        });
        hasty->write([](db::Write& tx) { add_thing(tx, 2, "b"); });
        CHECK(things_in(*made.database) == 2);
    }
}

TEST_CASE("threads of one process wait their turn, and not for ever") {
    auto made = db::test_sqlite();
    const auto database = db::open(made.address, 100ms);
    db::make_tables(*database);
    database->write([&](db::Write& tx) {
        add_thing(tx, 1, "a");
        auto waiting = std::async(std::launch::async, [&] {
            CHECK_THROWS_AS(database->write([](db::Write& other) { add_thing(other, 2, "b"); }), db::Busy);
        });
        waiting.get();
    });
    database->write([](db::Write& tx) { add_thing(tx, 2, "b"); });
    CHECK(things_in(*database) == 2);
}

TEST_CASE("a SQLite file belongs to its owner alone") {
    auto made = db::test_sqlite();
    db::make_tables(*made.database);
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        struct stat file {};
        REQUIRE(stat((made.address + suffix).c_str(), &file) == 0);
        CHECK((file.st_mode & 0777) == 0600);
    }
}

TEST_CASE("a full disk is told, keeps nothing, and is got over") {
    auto made = db::test_sqlite();
    db::make_tables(*made.database);
    // No file may grow beyond a megabyte: what a full disk looks like from inside.
    struct rlimit before {};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1 << 20, before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const std::string name(100'000, 'x');
    CHECK_THROWS_AS(made.database->write([&](db::Write& tx) {
        for (int id = 1; id <= 1000; ++id) add_thing(tx, id, name);
    }),
                    db::Unreachable);
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, signal_before);
    CHECK(things_in(*made.database) == 0);
    made.database->write([&](db::Write& tx) { add_thing(tx, 1, name); });
    CHECK(things_in(*made.database) == 1);
}

TEST_CASE("an address that leads nowhere is known at once") {
    CHECK_THROWS_AS(db::open("/no/such/folder/test.db"), db::Unreachable);
    CHECK_THROWS_AS(db::open("postgresql://tiendo@127.0.0.1:1/nothing"), db::Unreachable);
    auto made = db::test_sqlite();
    const auto path = made.address + ".txt";
    FILE* file = fopen(path.c_str(), "w");
    REQUIRE(file);
    for (int i = 0; i < 1000; ++i) fputs("this is no database\n", file);
    fclose(file);
    CHECK_THROWS_AS(db::open(path), db::Unreachable);
}

TEST_CASE("a server that ends a connection is met by a new one") {
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (!server || !*server) return;
    for (auto& made : db::test_databases()) {
        if (made.database->kind() != db::Kind::postgresql) continue;
        auto& database = *made.database;
        db::make_tables(database);
        const auto other = db::open(server);
        const auto pid = [](db::Read& tx) { return tx.integer(R"sql(select pg_backend_pid())sql"); };
        const auto end = [&](std::int64_t victim) {
            other->write([&](db::Write& tx) {
                tx.integer(R"sql(select pg_terminate_backend(cast(:pid as integer), 5000))sql",
                           {{"pid", victim}});
            });
        };
        // In the middle of a transaction: this one is lost, the next is not.
        CHECK_THROWS_AS(database.write([&](db::Write& tx) {
            add_thing(tx, 1, "lost");
            end(pid(tx));
            add_thing(tx, 2, "never sent");
        }),
                        db::Unreachable);
        CHECK(things_in(database) == 0);
        // While idle: nobody notices.
        end(database.read(pid));
        database.write([](db::Write& tx) { add_thing(tx, 1, "a"); });
        CHECK(things_in(database) == 1);
    }
}

TEST_CASE("writers that collide try again") {
    for (auto& made : db::test_databases()) {
        if (made.database->kind() != db::Kind::postgresql) continue;
        auto& database = *made.database;
        db::make_tables(database);
        database.write([](db::Write& tx) {
            add_thing(tx, 1, "a");
            add_thing(tx, 2, "b");
        });
        std::atomic<int> arrived = 0, attempts = 0;
        const auto cross = [&](std::int64_t first, std::int64_t second) {
            database.write([&](db::Write& tx) {
                ++attempts;
                const auto update = R"sql(update things set name = name || '+' where id = :id)sql";
                tx.run(update, {{"id", first}});
                ++arrived;
                while (arrived < 2) std::this_thread::sleep_for(1ms);  // both hold one and want the other
                tx.run(update, {{"id", second}});
            });
        };
        std::thread other(cross, 2, 1);
        cross(1, 2);
        other.join();
        CHECK(attempts == 3);
        CHECK(database.read([](db::Read& tx) {
            return tx.integer(R"sql(select count(*) from things where name like '%++')sql");
        }) == 2);
    }
}
