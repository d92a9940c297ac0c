// Databases for tests: always a fresh SQLite file; also a fresh schema on PostgreSQL when the
// environment variable TIENDO_TEST_POSTGRESQL holds an address (tests/postgres/with_postgres).
//
//   TEST_CASE("…") {
//       db::for_each_database([](db::Database& database) { … });
//   }
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/db/db.h"

namespace tiendo::db {

// Empty at first, gone with this object.
struct TestDatabase {
    std::string name;     // "sqlite", "postgresql": for a test's messages
    std::string address;  // for a second connection, or a program started by the test
    std::unique_ptr<Database> database;
    std::function<void()> remove;

    TestDatabase() = default;
    TestDatabase(TestDatabase&&) = default;
    ~TestDatabase();
};

TestDatabase test_sqlite();
std::vector<TestDatabase> test_databases();
void for_each_database(const std::function<void(Database&)>& test);
// The same, with every migration of the folder applied (TIENDO_SOURCE_DIR "/db/migrations").
void for_each_database(const std::string& migrations, const std::function<void(Database&)>& test);

// The *.sql files of a folder; the bytes live as long as the answer.
struct MigrationFiles {
    std::vector<std::unique_ptr<std::string>> kept;
    std::vector<EmbeddedFile> files;
};
MigrationFiles migration_files(const std::string& folder);

// Why the database cannot prepare a statement; none when it can. Parameters may have any
// types that suit. A table is made (and never dropped), so that later statements can
// speak of it.
std::optional<std::string> complaint_about(Write& tx, std::string_view sql);

}  // namespace tiendo::db
