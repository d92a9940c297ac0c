#include "place.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <stdexcept>

namespace fs = std::filesystem;

namespace scenario {
namespace {

void run_sql(const std::string& address, const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(address.c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()),
                                                                PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
}

std::string fresh_name() {
    std::random_device source;
    return "scenario_" + std::to_string(getpid()) + "_" + std::to_string(source());
}

// Called as "tiendo" it adds the scenario's clock, which every command takes.
const char* const caller = R"(#!/bin/sh
exec "$TIENDO_PROGRAM" "$@" ${TIENDO_SCENARIO_NOW:+--now "$TIENDO_SCENARIO_NOW"}
)";

}  // namespace

Place::Place(const fs::path& tiendo, const std::string& postgresql) : tiendo_(fs::absolute(tiendo)) {
    if (!fs::is_regular_file(tiendo_)) throw std::runtime_error("there is no program " + tiendo_.string());
    auto folder = (fs::temp_directory_path() / "tiendo-scenario-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("cannot make a folder " + folder);
    folder_ = folder;
    files_ = folder_ / "files";
    fs::create_directories(files_);
    fs::create_directories(folder_ / "data");
    fs::create_directories(folder_ / "bin");
    std::ofstream(folder_ / "bin" / "tiendo") << caller;
    fs::permissions(folder_ / "bin" / "tiendo", fs::perms::owner_all);
    if (postgresql.empty()) return;
    const auto schema = fresh_name();
    run_sql(postgresql, "create schema " + schema);
    drop_schema_ = [postgresql, schema] {
        // The server would list every table that goes with it.
        run_sql(postgresql, "set client_min_messages = warning; drop schema " + schema + " cascade");
    };
    database_ = postgresql + (postgresql.find('?') == postgresql.npos ? "?" : "&") +
                "options=-csearch_path%3D" + schema;
}

Place::~Place() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    try {
        if (drop_schema_) drop_schema_();
    } catch (const std::exception&) {  // the server went before us, and the schema with it
    }
}

Environment Place::environment(const std::string& now) const {
    const char* path = std::getenv("PATH");
    Environment environment = {
        {"PATH", (folder_ / "bin").string() + ":" + (path ? path : "/usr/bin:/bin")},
        {"TIENDO_PROGRAM", tiendo_.string()},
        {"TIENDO_DATA", (folder_ / "data").string()},
        {"LC_ALL", "C.UTF-8"},
    };
    if (!database_.empty()) environment["TIENDO_DATABASE"] = database_;
    if (!now.empty()) environment["TIENDO_SCENARIO_NOW"] = now;
    return environment;
}

}  // namespace scenario
