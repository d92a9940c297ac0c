#include <algorithm>
#include <cstdio>

#include "platform/db/connection.h"
#include "platform/db/db.h"
#include "platform/db/dialect.h"

namespace tiendo::db {
namespace {

std::string hexadecimal(std::uint64_t digest) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest));
    return text;
}

// Whether it had to be applied. Another process may be at the same list at this moment:
// the lock lets one of us through, the other then finds the row.
bool apply(Write& tx, const EmbeddedFile& migration) {
    tx.lock("migrations");
    const auto digest = hexadecimal(digest_of(migration.bytes));
    const auto applied =
        tx.find<std::string>(R"sql(select digest from migrations where name = :name)sql",
                             {{"name", migration.name}}, [](const Row& row) { return row.text(0); });
    if (applied && *applied != digest)
        throw Failure("the migration " + std::string(migration.name) +
                      " was changed after it had been applied; undo the change and add a new migration");
    if (applied) return false;

    for (const auto& statement : statements_of(migration.bytes)) {
        try {
            tx.run(statement);
        } catch (const Unreachable&) {
            throw;
        } catch (const Busy&) {
            throw;
        } catch (const Failure& failure) {
            throw Failure("the migration " + std::string(migration.name) + " failed: " + failure.what());
        }
    }
    tx.run(R"sql(insert into migrations (name, digest, applied_at) values (:name, :digest, :applied_at))sql",
           {{"name", migration.name}, {"digest", digest}, {"applied_at", system_now()}});
    return true;
}

}  // namespace

int migrate(Database& database, const std::vector<EmbeddedFile>& migrations) {
    auto in_order = migrations;
    std::sort(in_order.begin(), in_order.end(),
              [](const EmbeddedFile& a, const EmbeddedFile& b) { return a.name < b.name; });
    database.write([](Write& tx) {
        tx.lock("migrations");
        tx.run(R"sql(create table if not exists migrations (
                       name text primary key, digest text not null, applied_at bigint not null))sql");
    });
    int applied = 0;
    for (const auto& migration : in_order)
        applied += database.write([&](Write& tx) { return apply(tx, migration); });
    return applied;
}

}  // namespace tiendo::db
