#include <doctest/doctest.h>

#include <thread>

#include "platform/db/dialect.h"
#include "platform/db/testing.h"

using namespace tiendo;

namespace {

constexpr std::string_view first = R"sql(
-- a comment; with a semicolon, and "it's" quotes
create table units (id bigint primary key, name text not null default 'a;b', day date,
                    truth boolean not null default false, key bytea, at bigint not null);
create index units_by_name on units (name);  /* another; one */
create table members (unit bigint not null references units (id), person bigint not null,
                      primary key (unit, person));
create view named as select u.id as unit, u.name as name, m.person as person
    from units u join members m on m.unit = u.id;
insert into units (id, name, at) values (1, 'it''s; "one"', 5);
;
)sql";
constexpr std::string_view second =
    R"sql(alter table units add column note text; update units set note = 'x')sql";

std::int64_t count(db::Database& database, std::string_view table) {
    return database.read(
        [&](db::Read& tx) { return tx.integer("select count(*) from " + std::string(table)); });
}

}  // namespace

TEST_CASE("migrations are applied once, in the order of their names") {
    db::for_each_database([](db::Database& database) {
        CHECK(db::migrate(database, {{"0002_notes.sql", second}, {"0001_units.sql", first}}) == 2);
        CHECK(db::migrate(database, {{"0002_notes.sql", second}, {"0001_units.sql", first}}) == 0);
        CHECK(db::migrate(database,
                          {{"0001_units.sql", first}, {"0002_notes.sql", second}, {"0003.sql", ";"}}) == 1);
        CHECK(count(database, "units where note = 'x' and name = 'it''s; \"one\"'") == 1);
        CHECK(count(database, "migrations") == 3);
    });
}

TEST_CASE("a migration that was changed afterwards is a failure") {
    db::for_each_database([](db::Database& database) {
        db::migrate(database, {{"0001_units.sql", first}});
        const auto changed = std::string(first) + " ";
        CHECK_THROWS_AS(db::migrate(database, {{"0001_units.sql", changed}}), db::Failure);
    });
}

TEST_CASE("a migration that fails leaves nothing behind") {
    db::for_each_database([](db::Database& database) {
        const std::string_view wrong =
            "create table half (id bigint primary key); create table half (id bigint)";
        CHECK_THROWS_WITH_AS(db::migrate(database, {{"0001_units.sql", first}, {"0002_half.sql", wrong}}),
                             doctest::Contains("0002_half.sql"), db::Failure);
        CHECK(count(database, "migrations") == 1);
        CHECK_THROWS_AS(count(database, "half"), db::Failure);
        CHECK(db::migrate(database, {{"0002_half.sql", "create table half (id bigint primary key)"}}) == 1);
        CHECK(count(database, "half") == 0);
    });
}

TEST_CASE("two processes migrate one database at once") {
    for (auto& made : db::test_databases()) {
        CAPTURE(made.name);
        std::atomic<int> applied = 0, failed = 0;
        std::vector<std::thread> running;
        for (int i = 0; i < 4; ++i)
            running.emplace_back([&] {
                try {
                    const auto own = db::open(made.address);
                    applied += db::migrate(*own, {{"0001_units.sql", first}, {"0002_notes.sql", second}});
                } catch (const std::exception& error) {
                    MESSAGE(error.what());
                    ++failed;
                }
            });
        for (auto& thread : running) thread.join();
        CHECK(failed == 0);
        CHECK(applied == 2);
        CHECK(count(*made.database, "units") == 1);
    }
}

TEST_CASE("a file is split between statements only") {
    const auto found = db::statements_of("-- a;b\n select ';', \"x;y\" ; /* ; */ ;; select 2 -- end;\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0] == "select ';', \"x;y\" ");
    CHECK(found[1] == "select 2 -- end;\n");
    CHECK(db::statements_of(" -- nothing\n;").empty());
}

TEST_CASE("names become numbers outside of quotes, comments and casts") {
    const auto result =
        db::numbered("select :b, ':no', \":no\", :a::text, ':it''s :no' -- :no\n /* :no */ where x=:b");
    CHECK(result.sql == "select $1, ':no', \":no\", $2::text, ':it''s :no' -- :no\n /* :no */ where x=$1");
    CHECK(result.names == std::vector<std::string>{"b", "a"});
}

TEST_CASE("table definitions are adapted, and nothing else") {
    using db::adapted, db::Kind;
    const auto* table = "create table t (id bigint primary key, text text not null, at bigint)";
    CHECK(adapted(Kind::sqlite, table) ==
          "create table t (id integer primary key, text text not null, at bigint)");
    CHECK(adapted(Kind::postgresql, table) ==
          "create table t (id bigint primary key, text text collate \"C\" not null, at bigint)");
    const auto* pair = "-- pairs\nCREATE TABLE t (a bigint, b text, primary key (a, b))";
    CHECK(adapted(Kind::sqlite, pair) == std::string(pair) + "\nwithout rowid");
    CHECK(adapted(Kind::postgresql, "alter table t add column n text") ==
          "alter table t add column n text collate \"C\"");
    const auto* query = "select id bigint, text text from t";
    CHECK(adapted(Kind::postgresql, query) == query);
    CHECK(adapted(Kind::sqlite, query) == query);
}
