// Tables that the tests of this folder speak to.
#pragma once
#include <doctest/doctest.h>

#include "platform/db/testing.h"

namespace tiendo::db {

inline void make_tables(Database& database) {
    database.write([](Write& tx) {
        tx.run(R"sql(create table things (id bigint primary key, name text not null, day date,
                                          truth boolean not null default false, bytes bytea,
                                          parent bigint references things (id)))sql");
        tx.run(R"sql(create table totals (unit bigint not null, day date not null, total bigint not null,
                                          primary key (unit, day)))sql");
    });
}

inline void for_each_with_tables(const std::function<void(Database&)>& test) {
    for_each_database([&](Database& database) {
        const bool on_sqlite = database.kind() == Kind::sqlite;
        CAPTURE(on_sqlite);
        make_tables(database);
        test(database);
    });
}

inline void add_thing(Write& tx, std::int64_t id, std::string_view name) {
    tx.run(R"sql(insert into things (id, name) values (:id, :name))sql", {{"id", id}, {"name", name}});
}

inline std::int64_t things_in(Database& database) {
    return database.read([](Read& tx) { return tx.integer(R"sql(select count(*) from things)sql"); });
}

}  // namespace tiendo::db
