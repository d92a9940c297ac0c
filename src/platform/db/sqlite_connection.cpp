#include "platform/db/sqlite_connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

#include "platform/db/dialect.h"

namespace tiendo::db {
namespace {

constexpr std::size_t kept_statements = 500;

// --- errors -----------------------------------------------------------------------------

[[noreturn]] void fail(sqlite3* handle, int code, std::string_view doing) {
    const auto message = std::string(doing) + ": " + (handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: throw Busy(message);
        case SQLITE_CONSTRAINT: throw Conflict(message);
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT: throw Unreachable(message);
        case SQLITE_READONLY:
            // Our own read transactions are read-only too; that is the program's mistake.
            if (handle && sqlite3_db_readonly(handle, "main") == 0 && code == SQLITE_READONLY)
                throw Failure(message);
            throw Unreachable(message);
        default: throw Failure(message);
    }
}

// --- values -----------------------------------------------------------------------------

void bind(sqlite3_stmt* statement, int at, const Param& param) {
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&param.held)) {
        code = sqlite3_bind_int64(statement, at, *number);
    } else if (const auto* truth = std::get_if<bool>(&param.held)) {
        code = sqlite3_bind_int64(statement, at, *truth ? 1 : 0);
    } else if (const auto* text = std::get_if<std::string_view>(&param.held)) {
        // PostgreSQL cannot store it either.
        if (text->find('\0') != text->npos) throw Failure("text with a zero byte");
        code = sqlite3_bind_text64(statement, at, text->data() ? text->data() : "", text->size(),
                                   SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* blob = std::get_if<Blob>(&param.held)) {
        const auto bytes = blob->bytes;
        code =
            sqlite3_bind_blob64(statement, at, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC);
    } else if (const auto* date = std::get_if<Date>(&param.held)) {
        const auto iso = to_text(*date);
        code = sqlite3_bind_text64(statement, at, iso.data(), iso.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
        code = sqlite3_bind_null(statement, at);
    }
    if (code != SQLITE_OK) fail(sqlite3_db_handle(statement), code, "binding a value");
}

class SqliteRow : public Row {
 public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    bool is_null(int column) const override { return type_of(column) == SQLITE_NULL; }

    std::int64_t integer(int column) const override {
        const int type = type_of(column);
        if (type == SQLITE_INTEGER) return sqlite3_column_int64(statement_, column);
        if (type == SQLITE_NULL) return 0;
        throw std::logic_error("column " + std::to_string(column) + " of " + sqlite3_sql(statement_) +
                               " holds \"" + std::string(view(column)) + "\", an integer was expected");
    }

    std::string_view view(int column) const override {
        const int type = type_of(column);
        if (type == SQLITE_NULL) return {};
        const void* bytes = type == SQLITE_BLOB
                                ? sqlite3_column_blob(statement_, column)
                                : static_cast<const void*>(sqlite3_column_text(statement_, column));
        if (!bytes) return {};
        return {static_cast<const char*>(bytes),
                static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

 private:
    int type_of(int column) const {
        if (column < 0 || column >= sqlite3_column_count(statement_))
            throw std::logic_error("no column " + std::to_string(column) + " in " + sqlite3_sql(statement_));
        return sqlite3_column_type(statement_, column);
    }
    sqlite3_stmt* statement_;
};

// PostgreSQL's name for the order that is the default here.
int compare_bytes(void*, int a_size, const void* a, int b_size, const void* b) {
    const int order = std::memcmp(a, b, static_cast<std::size_t>(std::min(a_size, b_size)));
    return order != 0 ? order : a_size - b_size;
}

}  // namespace

// --- one connection ---------------------------------------------------------------------

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void SqliteConnection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

SqliteConnection::SqliteConnection(const std::string& path, std::chrono::milliseconds patience, May may) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) fail(handle, code, "opening " + path);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
    // FULL: the log is on the disk before a commit is acknowledged. mmap and 16 MiB
    // of cache (negative: in KiB) let large tables be read without copying.
    simply("pragma journal_mode = wal");
    simply("pragma synchronous = full");
    simply("pragma foreign_keys = on");
    simply("pragma case_sensitive_like = on");
    simply("pragma cache_size = -16384");
    simply("pragma mmap_size = 2147418112");
    simply("pragma journal_size_limit = 67108864");
    if (may == May::read) simply("pragma query_only = on");
    sqlite3_create_collation(handle, "C", SQLITE_UTF8, nullptr, compare_bytes);
}

SqliteConnection::~SqliteConnection() = default;

// A statement in use: the kept one, or a second copy when a callback runs the same text.
class SqliteConnection::Use {
 public:
    Use(SqliteConnection& connection, std::string_view sql, Params params)
        : statement_(connection.kept(sql)) {
        if (!statement_) {
            own_ = connection.prepared(sql);
            statement_ = &own_;
        }
        require_all_named(statement_->names.size(), params, sql);
        for (std::size_t i = 0; i < statement_->names.size(); ++i)
            bind(handle(), static_cast<int>(i + 1), param_of(statement_->names[i], params, sql));
        statement_->in_use = true;
    }
    ~Use() {
        sqlite3_reset(handle());
        statement_->in_use = false;
    }
    Use(const Use&) = delete;
    sqlite3_stmt* handle() const { return statement_->handle.get(); }

 private:
    Statement own_;
    Statement* statement_;
};

void SqliteConnection::rows(std::string_view sql, Params params, Take take, const EachRow& each) {
    Stopwatch watch(Stopwatch::Of::statement);
    const Use use(*this, sql, params);
    const SqliteRow row(use.handle());
    while (step(use.handle())) {
        if (take == Take::streamed) watch.pause();
        each(row);
        if (take == Take::first) return;
        if (take == Take::streamed) watch.resume();
    }
}

std::int64_t SqliteConnection::run(std::string_view sql, Params params) {
    const Stopwatch watch(Stopwatch::Of::statement);
    const auto before = sqlite3_total_changes64(handle_.get());
    const Use use(*this, sql, params);
    while (step(use.handle())) {
    }
    if (creates_temporary_table(sql)) has_temporary_tables_ = true;
    return sqlite3_total_changes64(handle_.get()) == before ? 0 : sqlite3_changes64(handle_.get());
}

SqliteConnection::Statement SqliteConnection::prepared(std::string_view sql) {
    const auto text = adapted(Kind::sqlite, sql);
    sqlite3_stmt* handle = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size() + 1),
                                        SQLITE_PREPARE_PERSISTENT, &handle, &rest);
    Statement statement{std::unique_ptr<sqlite3_stmt, Finalize>(handle), {}, false};
    if (code != SQLITE_OK) fail(handle_.get(), code, text);
    if (!handle || !statements_of(rest).empty())
        throw std::logic_error("one statement was expected in " + text);
    for (int at = 1; at <= sqlite3_bind_parameter_count(handle); ++at) {
        const char* name = sqlite3_bind_parameter_name(handle, at);
        if (!name || name[0] != ':') throw std::logic_error("a parameter that is no :name in " + text);
        statement.names.push_back(name + 1);
    }
    return statement;
}

SqliteConnection::Statement* SqliteConnection::kept(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        if (defines(sql)) return nullptr;
        if (statements_.size() >= kept_statements)
            std::erase_if(statements_, [](const auto& entry) { return !entry.second.in_use; });
        found = statements_.emplace(std::string(sql), prepared(sql)).first;
    }
    return found->second.in_use ? nullptr : &found->second;
}

bool SqliteConnection::step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(handle_.get(), code, sqlite3_sql(statement));
    return false;
}

void SqliteConnection::simply(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(handle_.get(), code, sql);
}

// --- transactions -----------------------------------------------------------------------

void SqliteConnection::begin(const char* how) {
    spoiled.clear();
    has_temporary_tables_ = false;
    simply(how);
}

void SqliteConnection::commit() {
    if (!spoiled.empty()) throw std::logic_error(spoiled);
    if (has_temporary_tables_) drop_temporary_tables();
    simply("commit");
}

bool SqliteConnection::roll_back() noexcept {
    if (sqlite3_get_autocommit(handle_.get())) return true;  // some failures undo by themselves
    return sqlite3_exec(handle_.get(), "rollback", nullptr, nullptr, nullptr) == SQLITE_OK;
}

void SqliteConnection::drop_temporary_tables() {
    std::vector<std::string> names;
    const auto listed = prepared("select name from sqlite_temp_master where type = 'table'");
    const SqliteRow row(listed.handle.get());
    while (step(listed.handle.get())) names.push_back(row.text(0));
    sqlite3_reset(listed.handle.get());
    for (const auto& name : names) simply(("drop table temp.\"" + name + "\"").c_str());
}

void SqliteConnection::learn_about_tables() noexcept {
    sqlite3_exec(handle_.get(), "pragma analysis_limit = 400; pragma optimize", nullptr, nullptr, nullptr);
}

// --- many rows --------------------------------------------------------------------------

class SqliteConnection::Bulk : public BulkWriter {
 public:
    Bulk(SqliteConnection& connection, Statement statement)
        : connection_(connection), statement_(std::move(statement)) {}

    void add(std::span<const Param> values) override {
        const Stopwatch watch(Stopwatch::Of::statement);
        auto* handle = statement_.handle.get();
        for (std::size_t i = 0; i < values.size(); ++i) bind(handle, static_cast<int>(i + 1), values[i]);
        struct Reset {
            sqlite3_stmt* statement;
            ~Reset() { sqlite3_reset(statement); }
        } reset{handle};
        connection_.step(handle);
    }
    void flush() override {}

 private:
    SqliteConnection& connection_;
    Statement statement_;
};

std::unique_ptr<BulkWriter> SqliteConnection::bulk(std::string_view table,
                                                   std::span<const std::string_view> columns) {
    std::string names, values;
    for (const auto column : columns) {
        names += (names.empty() ? "" : ", ") + std::string(column);
        values += (values.empty() ? ":" : ", :") + std::string(column);
    }
    return std::make_unique<Bulk>(
        *this, prepared("insert into " + std::string(table) + " (" + names + ") values (" + values + ")"));
}

}  // namespace tiendo::db
