#include "raw_rows.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace tiendo::bench {
namespace {

struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    void operator()(PGconn* server) const { PQfinish(server); }
    void operator()(PGresult* result) const { PQclear(result); }
};
template <class T>
using Held = std::unique_ptr<T, Close>;

std::string joined(const std::vector<std::string>& words, std::string_view before = "") {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + std::string(before) + word;
    return text;
}

void simply(sqlite3* handle, const char* sql) {
    if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(handle));
}

void bind(sqlite3_stmt* statement, int at, const RawValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        sqlite3_bind_int64(statement, at, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
    } else if (const auto* blob = std::get_if<Bytes>(&value)) {
        sqlite3_bind_blob(statement, at, blob->bytes.data(), static_cast<int>(blob->bytes.size()),
                          SQLITE_STATIC);
    } else {
        sqlite3_bind_null(statement, at);
    }
}

void append_copied(std::string& rows, const RawValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        rows += std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        rows += *text;  // nothing in these rows needs an escape
    } else if (const auto* blob = std::get_if<Bytes>(&value)) {
        rows += "\\\\x";
        for (const char c : blob->bytes) {
            rows += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
            rows += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
        }
    } else {
        rows += "\\N";
    }
}

void run(PGconn* server, const std::string& sql) {
    const Held<PGresult> result(PQexec(server, sql.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_COPY_IN)
        throw std::runtime_error(PQerrorMessage(server));
}

void send(PGconn* server, std::string& rows) {
    if (PQputCopyData(server, rows.data(), static_cast<int>(rows.size())) != 1)
        throw std::runtime_error(PQerrorMessage(server));
    rows.clear();
}

// i: number, t: text or day, b: bytes; capital: may be null.
struct Wanted {
    std::string name, kinds;
    std::vector<std::string> columns;
};
const std::vector<Wanted> wanted_tables{
    {"units", "iItttti", {"id", "parent", "code", "name", "search", "kind", "recorded_at"}},
    {"documents",
     "ittttiii",
     {"id", "kind", "title", "file_digest", "file_name", "file_bytes", "recorded_at", "recorded_by"}},
    {"people",
     "ittbTttTiti",
     {"id", "full_name", "search", "sort_key", "birth_date", "birth_precision", "sex", "national_id", "unit",
      "position", "recorded_at"}},
    {"participations",
     "iiiittTTTiiIt",
     {"id", "cohort", "person", "unit", "position", "note", "started_on", "withdrawn_on", "result",
      "recorded_at", "recorded_by", "document", "source_place"}},
    {"postings",
     "ititiIiiIIiiI",
     {"id", "measure", "quantity", "effective_on", "recorded_at", "plan_line", "programme", "cohort",
      "participation", "person_unit", "organiser_unit", "source", "reverses"}}};

// The schema that a test database's address leads to: "…search_path%3Dtest_123".
std::string schema_of(const std::string& address) {
    const std::string before = "search_path%3D";
    return address.substr(address.rfind(before) + before.size());
}

RawValue value_of(const db::Row& row, int column, char kind) {
    if (row.is_null(column)) return {};
    if (kind == 'i' || kind == 'I') return row.integer(column);
    if (kind == 'b') return Bytes{row.text(column)};
    return row.text(column);
}

}  // namespace

std::vector<RawTable> rows_of_import(db::Database& database, Instant recorded_at) {
    std::vector<RawTable> tables;
    database.read([&](db::Read& tx) {
        for (const Wanted& wanted : wanted_tables) {
            RawTable& table = tables.emplace_back(RawTable{wanted.name, wanted.columns, {}});
            tx.each("select " + joined(wanted.columns) + " from " + wanted.name +
                        " where recorded_at = :at order by id",
                    {{"at", recorded_at}}, [&](const db::Row& row) {
                        for (std::size_t i = 0; i < wanted.columns.size(); ++i)
                            table.values.push_back(value_of(row, static_cast<int>(i), wanted.kinds[i]));
                    });
        }
    });
    return tables;
}

void insert_into_sqlite(const std::string& file, const std::vector<RawTable>& tables) {
    sqlite3* opened = nullptr;
    if (sqlite3_open(file.c_str(), &opened) != SQLITE_OK) throw std::runtime_error("cannot open " + file);
    const Held<sqlite3> handle(opened);
    for (const char* setting :
         {"pragma journal_mode = wal", "pragma synchronous = full", "pragma foreign_keys = on",
          "pragma cache_size = -16384", "pragma mmap_size = 2147418112", "begin immediate"})
        simply(opened, setting);
    for (const RawTable& table : tables) {
        const std::string sql = "insert into " + table.name + " (" + joined(table.columns) + ") values (" +
                                joined(table.columns, ":") + ")";
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v2(opened, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(opened));
        const Held<sqlite3_stmt> statement(prepared);
        const RawValue* value = table.values.data();
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                bind(prepared, static_cast<int>(i + 1), *value++);
            if (sqlite3_step(prepared) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(opened));
            sqlite3_reset(prepared);
        }
    }
    simply(opened, "commit");
}

void copy_into_postgresql(const std::string& address, const std::vector<RawTable>& tables) {
    const Held<PGconn> server(PQconnectdb(address.c_str()));
    if (PQstatus(server.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(server.get()));
    run(server.get(), "begin");
    for (const RawTable& table : tables) {
        run(server.get(), "copy " + table.name + " (" + joined(table.columns) + ") from stdin");
        std::string rows;
        const RawValue* value = table.values.data();
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                if (i > 0) rows += '\t';
                append_copied(rows, *value++);
            }
            rows += '\n';
            if (rows.size() > (1 << 20)) send(server.get(), rows);
        }
        send(server.get(), rows);
        if (PQputCopyEnd(server.get(), nullptr) != 1) throw std::runtime_error(PQerrorMessage(server.get()));
        while (const Held<PGresult> result{PQgetResult(server.get())})
            if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
                throw std::runtime_error(PQerrorMessage(server.get()));
    }
    run(server.get(), "commit");
}

void copy_register(const std::string& from_address, const std::string& to_address) {
    const Held<PGconn> server(PQconnectdb(to_address.c_str()));
    if (PQstatus(server.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(server.get()));
    run(server.get(), "insert into people select * from " + schema_of(from_address) + ".people");
    run(server.get(), "analyze people");
}

void copy_cohorts(const std::string& from_address, const std::string& to_address) {
    const Held<PGconn> server(PQconnectdb(to_address.c_str()));
    if (PQstatus(server.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(server.get()));
    for (const char* table : {"units", "unit_ancestors", "accounts", "role_permissions", "grants",
                              "programmes", "plans", "plan_versions", "plan_lines", "cohorts"})
        run(server.get(),
            std::string("insert into ") + table + " select * from " + schema_of(from_address) + "." + table);
}

}  // namespace tiendo::bench
