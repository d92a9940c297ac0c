#include "platform/db/db.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "platform/db/testing.h"

using namespace tiendo;

namespace {

void make_table(db::Database& database) {
    database.write([](db::Write& tx) {
        tx.run(R"sql(create table things (id bigint primary key, name text not null, day date,
                                          truth boolean not null default false, bytes bytea, parent bigint
                                          references things (id)))sql");
        tx.run(R"sql(create table totals (unit bigint not null, day date not null, total bigint not null,
                                          primary key (unit, day)))sql");
    });
}

void add(db::Write& tx, std::int64_t id, std::string_view name) {
    tx.run(R"sql(insert into things (id, name) values (:id, :name))sql", {{"id", id}, {"name", name}});
}

std::int64_t count(db::Database& database) {
    return database.read([](db::Read& tx) { return tx.integer(R"sql(select count(*) from things)sql"); });
}

void for_each_with_table(const std::function<void(db::Database&)>& test) {
    db::for_each_database([&](db::Database& database) {
        CAPTURE(static_cast<int>(database.kind()));
        make_table(database);
        test(database);
    });
}

}  // namespace

TEST_CASE("what goes in comes out") {
    for_each_with_table([](db::Database& database) {
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
