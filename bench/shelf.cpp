#include "shelf.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "measure.h"
#include "platform/db/testing.h"

namespace tiendo::bench {
namespace {

namespace fs = std::filesystem;

std::string name_of(const Shape& shape) {
    return "books_" + std::to_string(shape.participations) +
           (shape.days == Days::whole_year ? "_year" : "_equal");
}

std::string shown(const Shape& shape) {
    return grouped(shape.participations) + (shape.days == Days::whole_year ? " (all days)" : " (equal days)");
}

double filled(db::Database& database, const Shape& shape) {
    return seconds_of([&] {
        db::migrate(database, db::migration_files(TIENDO_SOURCE_DIR "/db/migrations").files);
        fill(database, shape);
    });
}

// Statements that may not run in a transaction: create database, vacuum.
class Server {
 public:
    explicit Server(const std::string& address) : server_(PQconnectdb(address.c_str()), PQfinish) {
        if (PQstatus(server_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(server_.get()));
    }
    std::string run(const std::string& sql) {
        const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(server_.get(), sql.c_str()),
                                                                    PQclear);
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(PQerrorMessage(server_.get()));
        return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
    }

 private:
    std::unique_ptr<PGconn, void (*)(PGconn*)> server_;
};

}  // namespace

const std::string& folder() {
    static const std::string path = [] {
        if (const char* given = std::getenv("TIENDO_BENCH_FOLDER"); given && *given)
            return std::string(given);
        std::string made = (fs::temp_directory_path() / "tiendo-bench-XXXXXX").string();
        if (!mkdtemp(made.data())) throw std::runtime_error("no temporary folder " + made);
        static const struct Remove {
            std::string path;
            ~Remove() { fs::remove_all(path); }
        } remove{made};
        return made;
    }();
    return path;
}

bool quick() {
    const char* given = std::getenv("TIENDO_BENCH_QUICK");
    return given && *given;
}

std::string data_folder(const Shape& shape) {
    const std::string path = folder() + "/" + name_of(shape);
    if (fs::exists(path)) return path;
    const std::string unfinished = path + ".part";
    fs::remove_all(unfinished);
    fs::create_directories(unfinished);
    say("filling SQLite with " + shown(shape) + " participations …");
    const double seconds = filled(*db::open(unfinished + "/tiendo.sqlite"), shape);
    fs::rename(unfinished, path);
    const auto bytes = static_cast<std::int64_t>(fs::file_size(path + "/tiendo.sqlite"));
    say("… took " + std::to_string(static_cast<int>(seconds)) + " s, " + megabytes(bytes));
    return path;
}

std::optional<std::string> postgresql_books(const Shape& shape) {
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (!server || !*server) return std::nullopt;
    const std::string name = name_of(shape);
    const std::string given = server;  // postgresql://tiendo@127.0.0.1:23456/postgres
    const std::string address = given.substr(0, given.rfind('/') + 1) + name;
    Server root(given);
    if (root.run("select count(*) from pg_database where datname = '" + name + "'") == "1") return address;
    root.run("create database " + name + "_part");
    say("filling PostgreSQL with " + shown(shape) + " participations …");
    const double seconds = filled(*db::open(address + "_part"), shape);
    Server(address + "_part").run("vacuum analyze");  // what autovacuum would have done by tomorrow
    root.run("alter database " + name + "_part rename to " + name);
    say("… took " + std::to_string(static_cast<int>(seconds)) + " s");
    return address;
}

}  // namespace tiendo::bench
