#include "replay.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <stdexcept>

namespace tiendo::bench {
namespace {

// What the cells were read for: without it the compiler could leave reading out.
volatile std::size_t kept;

class SqliteReplay : public Replay {
 public:
    SqliteReplay(const std::string& file, std::vector<Call> calls) : calls_(std::move(calls)) {
        sqlite3* handle = nullptr;
        const int code =
            sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        handle_.reset(handle);
        require(code);
        // As the program opens it: both read from the same kind of cache.
        for (const char* setting :
             {"pragma foreign_keys = on", "pragma case_sensitive_like = on", "pragma cache_size = -16384",
              "pragma mmap_size = 2147418112", "pragma query_only = on"})
            require(sqlite3_exec(handle, setting, nullptr, nullptr, nullptr));
        begin_ = prepared("begin deferred");
        rollback_ = prepared("rollback");
        for (const Call& call : calls_) statements_.push_back(prepared(call.sql));
    }

    std::int64_t run() override {
        std::int64_t rows = 0;
        step_through(begin_.get());
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            sqlite3_stmt* statement = statements_[i].get();
            bind(statement, calls_[i]);
            rows += step_through(statement);
        }
        step_through(rollback_.get());
        return rows;
    }

    std::vector<std::string> plan_of(const Call& call) override {
        const Statement statement = prepared("explain query plan " + call.sql);
        bind(statement.get(), call);
        std::vector<std::string> lines;
        while (sqlite3_step(statement.get()) == SQLITE_ROW)
            lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 3)));
        return lines;
    }

 private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    void require(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_.get()));
    }

    Statement prepared(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        require(sqlite3_prepare_v3(handle_.get(), sql.c_str(), static_cast<int>(sql.size() + 1),
                                   SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        return Statement(statement);
    }

    static void bind(sqlite3_stmt* statement, const Call& call) {
        for (int at = 1; at <= static_cast<int>(call.values.size()); ++at) {
            const auto& value = call.values[static_cast<std::size_t>(at) - 1];
            if (const auto* number = std::get_if<std::int64_t>(&value))
                sqlite3_bind_int64(statement, at, *number);
            else if (const auto* text = std::get_if<std::string>(&value))
                sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
            else if (const auto* blob = std::get_if<Call::Blob>(&value))
                sqlite3_bind_blob64(statement, at, blob->bytes.data(), blob->bytes.size(), SQLITE_STATIC);
            else
                sqlite3_bind_null(statement, at);
        }
    }

    std::int64_t step_through(sqlite3_stmt* statement) {
        std::int64_t rows = 0;
        const int columns = sqlite3_column_count(statement);
        int code;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            ++rows;
            for (int column = 0; column < columns; ++column) switch (sqlite3_column_type(statement, column)) {
                    case SQLITE_INTEGER:
                        kept = static_cast<std::size_t>(sqlite3_column_int64(statement, column));
                        break;
                    case SQLITE_NULL: break;
                    default:
                        kept = reinterpret_cast<std::size_t>(sqlite3_column_text(statement, column));
                        kept = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
                }
        }
        if (code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(handle_.get()));
        sqlite3_reset(statement);
        return rows;
    }

    std::unique_ptr<sqlite3, Close> handle_;
    const std::vector<Call> calls_;
    Statement begin_, rollback_;
    std::vector<Statement> statements_;
};

class PostgresReplay : public Replay {
 public:
    PostgresReplay(const std::string& address, std::vector<Call> calls)
        : server_(PQconnectdb(address.c_str())), calls_(std::move(calls)) {
        if (PQstatus(server_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(server_.get()));
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            const Call& call = calls_[i];
            require(PQprepare(server_.get(), name_of(i).c_str(), call.sql.c_str(),
                              static_cast<int>(call.types.size()), call.types.data()));
        }
    }

    std::int64_t run() override {
        std::int64_t rows = 0;
        require(PQexec(server_.get(), "begin isolation level repeatable read, read only"));
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            const Values values(calls_[i]);
            const Result result = require(
                PQexecPrepared(server_.get(), name_of(i).c_str(), static_cast<int>(values.pointers.size()),
                               values.pointers.data(), values.lengths.data(), values.formats.data(), 0));
            const int found = PQntuples(result.get()), columns = PQnfields(result.get());
            for (int row = 0; row < found; ++row)
                for (int column = 0; column < columns; ++column) {
                    kept = reinterpret_cast<std::size_t>(PQgetvalue(result.get(), row, column));
                    kept = static_cast<std::size_t>(PQgetlength(result.get(), row, column));
                }
            rows += found;
        }
        require(PQexec(server_.get(), "commit"));
        return rows;
    }

    std::vector<std::string> plan_of(const Call& call) override {
        const Values values(call);
        const std::string sql = "explain (costs off) " + call.sql;
        const Result result = require(PQexecParams(
            server_.get(), sql.c_str(), static_cast<int>(values.pointers.size()), call.types.data(),
            values.pointers.data(), values.lengths.data(), values.formats.data(), 0));
        std::vector<std::string> lines;
        for (int row = 0; row < PQntuples(result.get()); ++row)
            lines.emplace_back(PQgetvalue(result.get(), row, 0));
        return lines;
    }

 private:
    struct Finish {
        void operator()(PGconn* server) const { PQfinish(server); }
    };
    struct Clear {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Result = std::unique_ptr<PGresult, Clear>;

    struct Values {
        explicit Values(const Call& call) {
            for (const auto& value : call.values) {
                const auto* bytes = std::get_if<std::string>(&value);
                pointers.push_back(bytes ? bytes->data() : nullptr);
                lengths.push_back(bytes ? static_cast<int>(bytes->size()) : 0);
                formats.push_back(1);
            }
        }
        std::vector<const char*> pointers;
        std::vector<int> lengths, formats;
    };

    static std::string name_of(std::size_t i) { return "s" + std::to_string(i); }

    Result require(PGresult* given) const {
        Result result(given);
        const auto status = PQresultStatus(given);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(PQerrorMessage(server_.get()));
        return result;
    }

    std::unique_ptr<PGconn, Finish> server_;
    const std::vector<Call> calls_;
};

}  // namespace

std::unique_ptr<Replay> sqlite_replay(const std::string& file, std::vector<Call> calls) {
    return std::make_unique<SqliteReplay>(file, std::move(calls));
}
std::unique_ptr<Replay> postgresql_replay(const std::string& address, std::vector<Call> calls) {
    return std::make_unique<PostgresReplay>(address, std::move(calls));
}

}  // namespace tiendo::bench
