// Every statement of the program is prepared on both databases, against the tables that the
// migrations make. R"sql(...)sql" holds one whole statement; a piece of one is a plain string.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "platform/db/testing.h"

using namespace tiendo;

namespace {

struct Statement {
    std::string place;  // file:line
    std::string sql;
};

const std::string opening = "R\"sql(", closing = ")sql\"";

std::vector<Statement> statements_in(const std::string& name, const std::string& text) {
    std::vector<Statement> found;
    for (auto at = text.find(opening); at != text.npos; at = text.find(opening, at + 1)) {
        const auto line_start = text.rfind('\n', at) + 1;
        const auto comment = text.find("//", line_start);
        if (comment < at) continue;
        const auto begin = at + opening.size();
        const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
        found.push_back(
            {name + ":" + std::to_string(line), text.substr(begin, text.find(closing, at) - begin)});
    }
    return found;
}

bool ends_with_any(const std::string& name, std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](const char* ending) { return name.ends_with(ending); });
}

std::vector<Statement> statements_below(const std::filesystem::path& folder) {
    std::vector<Statement> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto name = entry.path().string();
        // Tests speak to tables of their own.
        if (!name.ends_with(".cpp") || ends_with_any(name, {"_test.cpp", "_fuzz.cpp"})) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        for (auto& statement : statements_in(name, text)) found.push_back(std::move(statement));
    }
    // What makes a temporary table comes before what speaks to it.
    const auto makes_table = [](const Statement& statement) {
        return statement.sql.find("create temp") != std::string::npos;
    };
    std::stable_partition(found.begin(), found.end(), makes_table);
    return found;
}

}  // namespace

TEST_CASE("every statement is understood by every database") {
    const auto statements = statements_below(TIENDO_SOURCE_DIR "/src");
    REQUIRE_FALSE(statements.empty());
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        const char* name = database.kind() == db::Kind::sqlite ? "SQLite" : "PostgreSQL";
        database.write([&](db::Write& tx) {
            for (const auto& statement : statements)
                if (const auto complaint = db::complaint_about(tx, statement.sql))
                    ADD_FAIL_AT(statement.place.c_str(), 0,
                                name << " does not understand it: " << *complaint);
        });
    });
}

TEST_CASE("a statement that is not understood is found") {
    db::for_each_database([](db::Database& database) {
        database.write([](db::Write& tx) {
            CHECK_FALSE(
                db::complaint_about(tx, "create temporary table seen (unit bigint, day date, name text)"));
            CHECK_FALSE(db::complaint_about(tx, "select unit from seen where day = :day and name = :name"));
            CHECK_FALSE(db::complaint_about(tx, "select unit from seen where :name is null or name = :name"));
            CHECK_FALSE(db::complaint_about(
                tx, "with w as (select :unit as unit) select 1 from w join seen on seen.unit = w.unit"));
            CHECK(db::complaint_about(tx, "select units from seen where day = :day"));
            CHECK(db::complaint_about(tx, "select unit from sene"));
            CHECK(db::complaint_about(tx, "where unit = :unit"));
        });
    });
    const auto found = statements_in("a.cpp", "x\n// " + opening + "no" + closing + "\n run(" + opening +
                                                  "a" + closing + ", " + opening + "b" + closing + ")");
    REQUIRE(found.size() == 2);
    CHECK(found[0].place == "a.cpp:3");
    CHECK(found[0].sql == "a");
    CHECK(found[1].sql == "b");
}
