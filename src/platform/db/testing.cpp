#include "platform/db/testing.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/db/connection.h"
#include "platform/db/dialect.h"

namespace tiendo::db {
namespace {

TestDatabase test_postgresql(const std::string& server) {
    // Ids differ between processes that test side by side.
    const auto schema = "test_" + std::to_string(next_id());
    TestDatabase made;
    made.name = "postgresql";
    made.address =
        server + (server.find('?') == server.npos ? '?' : '&') + "options=-csearch_path%3D" + schema;
    open(server)->write([&](Write& tx) { tx.run("create schema " + schema); });
    made.database = open(made.address);
    made.remove = [server, schema] {
        open(server)->write([&](Write& tx) { tx.run("drop schema " + schema + " cascade"); });
    };
    return made;
}

using Types = std::vector<Param::Type>;

std::optional<std::string> complaint_with(Connection& connection, std::string_view sql, const Types& types) {
    connection.run("savepoint before_trial", {});
    try {
        if (defines(sql) && !drops(sql)) {
            connection.run(sql, {});
        } else {
            connection.prepare(sql, types);
        }
    } catch (const std::exception& error) {
        connection.run("rollback to savepoint before_trial", {});
        return error.what();
    }
    return std::nullopt;
}

// The type to try after this one.
bool advance(Param::Type& type) {
    if (type == Param::Type::date) return false;
    type = static_cast<Param::Type>(static_cast<int>(type) + 1);
    return true;
}

// PostgreSQL finds out most types by itself; a parameter that it complains about by its
// number ("$2") is given one type after another.
bool some_types_suit(Connection& connection, std::string_view sql, Types types, std::string complaint) {
    std::size_t guessed = types.size();
    for (;;) {
        const auto dollar = complaint.rfind('$');
        if (dollar != complaint.npos) {
            const auto number = std::strtoul(complaint.c_str() + dollar + 1, nullptr, 10);
            if (number >= 1 && number <= types.size()) guessed = number - 1;
        }
        if (guessed == types.size() || !advance(types[guessed])) return false;
        const auto next = complaint_with(connection, sql, types);
        if (!next) return true;
        complaint = *next;
    }
}

}  // namespace

TestDatabase::~TestDatabase() {
    database.reset();
    // A server that a test has stopped cannot be tidied.
    try {
        if (remove) remove();
    } catch (const std::exception&) {
    }
}

TestDatabase test_sqlite() {
    auto folder = (std::filesystem::temp_directory_path() / "tiendo-test-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder " + folder);
    TestDatabase made;
    made.name = "sqlite";
    made.address = folder + "/test.db";
    made.database = open(made.address);
    made.remove = [folder] { std::filesystem::remove_all(folder); };
    return made;
}

std::vector<TestDatabase> test_databases() {
    std::vector<TestDatabase> made;
    made.push_back(test_sqlite());
    if (const char* server = std::getenv("TIENDO_TEST_POSTGRESQL"); server && *server)
        made.push_back(test_postgresql(server));
    return made;
}

void for_each_database(const std::function<void(Database&)>& test) {
    for (auto& made : test_databases()) test(*made.database);
}

void for_each_database(const std::string& migrations, const std::function<void(Database&)>& test) {
    const auto found = migration_files(migrations);
    for_each_database([&](Database& database) {
        migrate(database, found.files);
        test(database);
    });
}

std::optional<std::string> complaint_about(Write& tx, std::string_view sql) {
    auto& connection = tx.connection_;
    const auto names = numbered(sql).names.size();
    const auto first = complaint_with(connection, sql, Types(names));
    if (!first || names == 0) return first;
    const Types integers(names, Param::Type::integer);
    const auto second = complaint_with(connection, sql, integers);
    if (!second || some_types_suit(connection, sql, Types(names), *first) ||
        some_types_suit(connection, sql, integers, *second))
        return std::nullopt;
    return first;
}

MigrationFiles migration_files(const std::string& folder) {
    MigrationFiles found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".sql") continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const auto& name = *found.kept.emplace_back(new std::string(entry.path().filename().string()));
        const auto& bytes = *found.kept.emplace_back(
            new std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()));
        found.files.push_back({name, bytes});
    }
    return found;
}

}  // namespace tiendo::db
