#include "platform/db/db.h"

#include <doctest/doctest.h>

#include <limits>

#include "platform/db/test_tables.h"

using namespace tiendo;
using db::for_each_with_tables;

TEST_CASE("what goes in comes out") {
    for_each_with_tables([](db::Database& database) {
        const std::string bytes("\0\x01\xff\0 \\x", 7);
        const auto insert = R"sql(insert into things (id, name, day, truth, bytes, parent)
                                  values (:id, :name, :day, :truth, :bytes, :parent))sql";
        const Date day = *Date::of(2017, 6, 16);
        database.write([&](db::Write& tx) {
            CHECK(tx.run(insert, {{"id", INT64_MAX},
                                  {"name", "Đỗ Thị Lập"},
                                  {"day", day},
                                  {"truth", true},
                                  {"bytes", db::Blob{bytes}},
                                  {"parent", nullptr}}) == 1);
            CHECK(tx.run(insert, {{"id", INT64_MIN},
                                  {"name", ""},
                                  {"day", std::optional<Date>()},
                                  {"truth", false},
                                  {"bytes", db::Blob{}},
                                  {"parent", INT64_MAX}}) == 1);
            CHECK(tx.run(insert, {{"id", 9007199254740993},
                                  {"name", "it's :no \"parameter\""},
                                  {"day", *Date::of(1, 1, 1)},
                                  {"truth", false},
                                  {"bytes", nullptr},
                                  {"parent", std::optional<std::int64_t>()}}) == 1);
        });
        database.read([&](db::Read& tx) {
            const auto select =
                R"sql(select id, name, day, truth, bytes, parent from things where id = :id)sql";
            int seen = 0;
            tx.each(select, {{"id", INT64_MAX}}, [&](const db::Row& row) {
                ++seen;
                CHECK(row.integer(0) == INT64_MAX);
                CHECK(row.text(1) == "Đỗ Thị Lập");
                CHECK(row.date(2) == day);
                CHECK(row.truth(3));
                CHECK(row.view(4) == bytes);
                CHECK(row.is_null(5));
                CHECK_FALSE(row.maybe_integer(5));
            });
            tx.each(select, {{"id", INT64_MIN}}, [&](const db::Row& row) {
                ++seen;
                CHECK(row.integer(0) == INT64_MIN);
                CHECK(row.maybe_text(1) == "");
                CHECK_FALSE(row.maybe_date(2));
                CHECK_THROWS_AS(row.date(2), std::logic_error);
                CHECK_FALSE(row.truth(3));
                CHECK_FALSE(row.is_null(4));
                CHECK(row.view(4).empty());
                CHECK(row.integer(5) == INT64_MAX);
                CHECK_THROWS_AS(row.integer(1), std::logic_error);
                CHECK_THROWS_AS(row.integer(6), std::logic_error);
            });
            tx.each(select, {{"id", 9007199254740993}}, [&](const db::Row& row) {
                ++seen;
                CHECK(row.integer(0) == 9007199254740993);
                CHECK(row.text(1) == "it's :no \"parameter\"");
                CHECK(row.date(2) == *Date::of(1, 1, 1));
                CHECK(row.is_null(4));
            });
            CHECK(seen == 3);
        });
    });
}

TEST_CASE("an absent filter has a type on both databases") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) {
            db::add_thing(tx, 1, "a");
            db::add_thing(tx, 2, "b");
        });
        const auto found = [&](std::optional<std::int64_t> id, std::optional<std::string> name) {
            return database.read([&](db::Read& tx) {
                return tx.integer(R"sql(select count(*) from things where (:id is null or id = :id)
                                        and (:name is null or name = :name))sql",
                                  {{"id", id}, {"name", name}});
            });
        };
        CHECK(found({}, {}) == 2);
        CHECK(found(2, {}) == 1);
        CHECK(found({}, "a") == 1);
        CHECK(found(2, "a") == 0);
    });
}

TEST_CASE("a parameter too many, too few or twice") {
    for_each_with_tables([](db::Database& database) {
        database.read([](db::Read& tx) {
            CHECK_THROWS_AS(tx.integer(R"sql(select :a + :b)sql", {{"a", 1}}), std::logic_error);
            CHECK_THROWS_AS(tx.integer(R"sql(select :a + 1)sql", {{"a", 1}, {"b", 1}}), std::logic_error);
            CHECK_THROWS_AS(tx.integer(R"sql(select 1)sql", {{"a", 1}}), std::logic_error);
            // None of these has reached the database: the transaction goes on.
            CHECK(tx.integer(R"sql(select :a + :a * :b)sql", {{"a", 2}, {"b", 10}}) == 22);
        });
    });
}

TEST_CASE("text sorts by its bytes, and like minds case") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) {
            int id = 0;
            for (const char* name : {"đ", "b", "B", "a b", "a-b", "ab"}) db::add_thing(tx, ++id, name);
        });
        database.read([](db::Read& tx) {
            const auto text = [](const db::Row& row) { return row.text(0); };
            CHECK(tx.all<std::string>(R"sql(select name from things order by name)sql", {}, text) ==
                  std::vector<std::string>{"B", "a b", "a-b", "ab", "b", "đ"});
            CHECK(tx.integer(R"sql(select count(*) from things where name like :p)sql", {{"p", "b%"}}) == 1);
            CHECK(tx.integer(R"sql(select sum(id) from things)sql") == 21);
            CHECK(tx.integer(R"sql(select sum(id) from things where id > 100)sql") == 0);
        });
    });
}

TEST_CASE("the first row is enough") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) {
            for (int id = 1; id <= 3; ++id) db::add_thing(tx, id, "thing");
        });
        database.read([](db::Read& tx) {
            int mapped = 0;
            const auto first =
                tx.find<std::int64_t>(R"sql(select id from things order by id)sql", {},
                                      [&](const db::Row& row) { return ++mapped, row.integer(0); });
            CHECK(first == 1);
            CHECK(mapped == 1);
            CHECK_FALSE(tx.find<std::int64_t>(R"sql(select id from things where id = 7)sql", {},
                                              [](const db::Row& row) { return row.integer(0); }));
            CHECK(tx.integer(R"sql(select count(*) from things)sql") == 3);
        });
    });
}

TEST_CASE("statements inside the callback of another one") {
    for_each_with_tables([](db::Database& database) {
        constexpr int things = 300;
        database.write([&](db::Write& tx) {
            for (int id = 1; id <= things; ++id) db::add_thing(tx, id, "thing");
        });
        database.write([&](db::Write& tx) {
            const auto select = R"sql(select id from things where id <= :most order by id)sql";
            std::int64_t outer = 0, inner = 0;
            auto bulk = tx.bulk("totals", {"unit", "day", "total"});
            tx.each(select, {{"most", things}}, [&](const db::Row& row) {
                CHECK(row.integer(0) == ++outer);
                // The same statement again, and one that writes elsewhere.
                tx.each(select, {{"most", 2}}, [&](const db::Row& other) { inner += other.integer(0); });
                bulk.add({row.integer(0), Date{17000}, row.integer(0)});
                tx.run(R"sql(insert into totals (unit, day, total) values (:unit, :day, 1))sql",
                       {{"unit", row.integer(0)}, {"day", Date{17001}}});
            });
            bulk.flush();
            CHECK(outer == things);
            CHECK(inner == 3 * things);
            CHECK(tx.integer(R"sql(select sum(total) from totals)sql") == things * (things + 1) / 2 + things);
        });
    });
}

TEST_CASE("leaving a callback early leaves the transaction whole") {
    for_each_with_tables([](db::Database& database) {
        database.write([](db::Write& tx) {
            for (int id = 1; id <= 1000; ++id) db::add_thing(tx, id, "thing");
            struct Enough {};
            const auto leave = [](const db::Row&) { throw Enough(); };
            CHECK_THROWS_AS(tx.each(R"sql(select id from things)sql", {}, leave), Enough);
            CHECK(tx.integer(R"sql(select count(*) from things)sql") == 1000);
            CHECK_THROWS_AS(tx.each(R"sql(select id from things)sql", {}, leave), Enough);
        });
    });
}

TEST_CASE("many rows at once") {
    for_each_with_tables([](db::Database& database) {
        constexpr int rows = 100'000;
        const std::string difficult = "tab\t backslash\\ \\N line\n return\r quote' Nguyễn";
        database.write([&](db::Write& tx) {
            auto bulk = tx.bulk("things", {"id", "name", "day", "truth", "bytes"});
            for (int id = 1; id <= rows; ++id)
                bulk.add({id, difficult, Date{id % 20000}, id % 2 == 0, db::Blob{difficult}});
            bulk.add({0, "\\N", nullptr, false, nullptr});
            bulk.flush();
        });
        database.read([&](db::Read& tx) {
            CHECK(tx.integer(R"sql(select count(*) from things)sql") == rows + 1);
            CHECK(tx.integer(R"sql(select count(*) from things where truth)sql") == rows / 2);
            CHECK(tx.integer(R"sql(select count(*) from things where name = :name and bytes = :bytes)sql",
                             {{"name", difficult}, {"bytes", db::Blob{difficult}}}) == rows);
            tx.each(R"sql(select name, day, bytes from things where id = 0)sql", {}, [](const db::Row& row) {
                CHECK(row.text(0) == "\\N");
                CHECK(row.is_null(1));
                CHECK(row.is_null(2));
            });
            // Row by row in order, to the last.
            std::int64_t expected = 0;
            bool in_order = true;
            tx.each(R"sql(select id, day from things order by id)sql", {}, [&](const db::Row& row) {
                in_order = in_order && row.integer(0) == expected &&
                           (expected == 0 || row.date(1).days == expected % 20000);
                ++expected;
            });
            CHECK(in_order);
            CHECK(expected == rows + 1);
        });
    });
}

TEST_CASE("bulk rows: a wrong number of values, a violated key, a forgotten flush") {
    for_each_with_tables([](db::Database& database) {
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            tx.bulk("things", {"id", "name"}).add({1});
        }),
                        std::logic_error);
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            auto bulk = tx.bulk("things", {"id", "name"});
            bulk.add({1, "a"});
            bulk.add({1, "b"});
            bulk.flush();
        }),
                        db::Conflict);
        CHECK_THROWS_AS(database.write([](db::Write& tx) {
            tx.bulk("things", {"id", "name"}).add({1, "a"});
        }),
                        std::logic_error);
        CHECK(db::things_in(database) == 0);
    });
}

TEST_CASE("what a thread asked of its databases is counted") {
    for_each_with_tables([](db::Database& database) {
        const auto statements = db::statements_run();
        const auto nanoseconds = db::nanoseconds_in_database();
        database.read([](db::Read& tx) {
            tx.integer(R"sql(select count(*) from things)sql");
            tx.integer(R"sql(select count(*) from totals)sql");
        });
        CHECK(db::statements_run() - statements == 2);
        CHECK(db::nanoseconds_in_database() > nanoseconds);
    });
}
