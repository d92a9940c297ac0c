#include "platform/db/postgres_connection.h"

#include <endian.h>
#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstring>
#include <deque>

#include "platform/db/dialect.h"

namespace tiendo::db {
namespace {

constexpr std::size_t kept_statements = 500;

// The server's numbers of the types we send and tell apart (pg_type.dat); they never change.
constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_text = 25, oid_date = 1082;

Oid oid_of(Param::Type type) {
    switch (type) {
        case Param::Type::integer: return oid_int8;
        case Param::Type::truth: return oid_bool;
        case Param::Type::text: return oid_text;
        case Param::Type::blob: return oid_bytea;
        case Param::Type::date: return oid_date;
        case Param::Type::any: break;
    }
    return 0;  // the server finds it out
}

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

class PostgresRow : public Row {
 public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

    bool is_null(int column) const override {
        require(column);
        return PQgetisnull(result_, row_, column) != 0;
    }

    std::int64_t integer(int column) const override {
        if (is_null(column)) return 0;
        const auto text = view(column);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size())
            throw std::logic_error("column " + std::to_string(column) + " holds \"" + std::string(text) +
                                   "\", an integer was expected");
        return number;
    }

    std::string_view view(int column) const override {
        if (is_null(column)) return {};
        const std::string_view text(PQgetvalue(result_, row_, column),
                                    static_cast<std::size_t>(PQgetlength(result_, row_, column)));
        const Oid type = PQftype(result_, column);
        if (type == oid_bool) return text == "t" ? "1" : "0";  // as SQLite has it
        return type == oid_bytea ? decoded(column, text) : text;
    }

 private:
    void require(int column) const {
        if (column < 0 || column >= PQnfields(result_))
            throw std::logic_error("no column " + std::to_string(column) + " among " +
                                   std::to_string(PQnfields(result_)));
    }

    // \x00ff… to bytes, which live as long as the row.
    std::string_view decoded(int column, std::string_view text) const {
        const auto [found, is_new] = bytes_.try_emplace(column);
        if (is_new)
            for (std::size_t i = 2; i + 1 < text.size(); i += 2)
                found->second += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
        return found->second;
    }

    const PGresult* result_;
    int row_;
    mutable std::map<int, std::string> bytes_;
};

}  // namespace

void CloseServer::operator()(pg_conn* server) const { PQfinish(server); }
void ClearResult::operator()(pg_result* result) const { PQclear(result); }

// --- what goes in -----------------------------------------------------------------------

// Parameters as libpq wants them, in the binary form of their types: nothing to quote,
// nothing to end with a zero.
struct PostgresConnection::Values {
    Values(const std::vector<std::string>& names, Params params, std::string_view sql)
        : numbers(names.size()), formats(names.size(), 1) {
        require_all_named(names.size(), params, sql);
        for (std::size_t i = 0; i < names.size(); ++i) add(param_of(names[i], params, sql), numbers[i]);
    }

    void add(const Param& param, std::int64_t& number) {
        types.push_back(oid_of(param.type));
        signature += static_cast<char>('0' + static_cast<int>(param.type));
        if (const auto* integer = std::get_if<std::int64_t>(&param.held)) {
            number = static_cast<std::int64_t>(htobe64(static_cast<std::uint64_t>(*integer)));
            put(&number, sizeof number);
        } else if (const auto* truth = std::get_if<bool>(&param.held)) {
            const char byte = *truth ? 1 : 0;
            std::memcpy(&number, &byte, 1);
            put(&number, 1);
        } else if (const auto* text = std::get_if<std::string_view>(&param.held)) {
            put(text->data(), text->size());
        } else if (const auto* blob = std::get_if<Blob>(&param.held)) {
            put(blob->bytes.data(), blob->bytes.size());
        } else if (const auto* date = std::get_if<Date>(&param.held)) {
            // PostgreSQL counts days from 2000-01-01.
            const auto days = htobe32(static_cast<std::uint32_t>(date->days - Date::of(2000, 1, 1)->days));
            std::memcpy(&number, &days, sizeof days);
            put(&number, sizeof days);
        } else {
            pointers.push_back(nullptr);
            lengths.push_back(0);
        }
    }

    void put(const void* bytes, std::size_t size) {
        pointers.push_back(bytes ? static_cast<const char*>(bytes) : "");  // a null pointer would be a null
        lengths.push_back(static_cast<int>(size));
    }

    int count() const { return static_cast<int>(pointers.size()); }

    std::vector<std::int64_t> numbers;
    std::vector<int> formats;
    std::vector<Oid> types;
    std::vector<const char*> pointers;
    std::vector<int> lengths;
    std::string signature;
};

// --- what comes out ---------------------------------------------------------------------

// The results of one statement: one with all rows, or one for each row as it arrives.
class PostgresConnection::Stream {
 public:
    explicit Stream(PostgresConnection& connection) : connection_(connection) {
        connection_.streaming_ = this;
    }
    ~Stream() {
        while (!done_) receive();
        if (connection_.streaming_ == this) connection_.streaming_ = nullptr;
    }
    Stream(const Stream&) = delete;

    // None after the last.
    Result next() {
        if (!gathered_.empty()) {
            auto result = std::move(gathered_.front());
            gathered_.pop_front();
            return result;
        }
        return done_ ? nullptr : receive();
    }

    // Takes in what is still to come, so that the connection can be used for something else.
    void gather() {
        while (!done_)
            if (auto result = receive()) gathered_.push_back(std::move(result));
        connection_.streaming_ = nullptr;
    }

 private:
    Result receive() {
        Result result(PQgetResult(connection_.server_.get()));
        done_ = !result;
        return result;
    }

    PostgresConnection& connection_;
    std::deque<Result> gathered_;
    bool done_ = false;
};

void PostgresConnection::make_room() {
    if (streaming_) streaming_->gather();
}

// --- errors -----------------------------------------------------------------------------

void PostgresConnection::fail(const pg_result* result, std::string_view doing) {
    const char* code = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string state = code ? code : "";
    const char* said = result ? PQresultErrorMessage(result) : "";
    if (!*said) said = PQerrorMessage(server_.get());
    const auto message = std::string(doing) + ": " + (state.empty() ? "" : state + " ") + said;

    if (state == "40001" || state == "40P01") throw Collision(message);
    if (state.starts_with("23")) throw Conflict(message);
    // lock_not_available, query_canceled, too_many_connections
    if (state == "55P03" || state == "57014" || state == "53300") throw Busy(message);
    // insufficient resources (disk full), shutdown, system errors, damaged data
    const char* standby = PQparameterStatus(server_.get(), "in_hot_standby");
    const bool cannot_write = state == "25006" && standby && std::string_view(standby) == "on";
    const bool is_ill = state.starts_with("53") || state.starts_with("57P") || state.starts_with("58") ||
                        state.starts_with("08") || state.starts_with("XX");
    if (is_ill || cannot_write || PQstatus(server_.get()) != CONNECTION_OK) throw Unreachable(message);
    throw Failure(message);
}

// --- statements -------------------------------------------------------------------------

PostgresConnection::PostgresConnection(const std::string& address, std::chrono::milliseconds patience) {
    // What stands before the address it may override; what stands behind it holds.
    const char* names[] = {"connect_timeout",
                           "tcp_user_timeout",
                           "keepalives_idle",
                           "fallback_application_name",
                           "dbname",
                           "client_encoding",
                           nullptr};
    const char* values[] = {"2", "5000", "10", "tiendo", address.c_str(), "UTF8", nullptr};
    server_.reset(PQconnectdbParams(names, values, 1));
    auto* server = server_.get();
    if (PQstatus(server) != CONNECTION_OK)
        throw Unreachable(std::string("connecting to PostgreSQL: ") + PQerrorMessage(server));
    if (PQserverVersion(server) < 150000)
        throw Failure("PostgreSQL 15 or newer is needed, found " +
                      std::to_string(PQserverVersion(server) / 10000));
    PQsetNoticeProcessor(
        server, [](void*, const char*) {}, nullptr);
    simply("set lock_timeout = " + std::to_string(patience.count()));
    // An acknowledged write is on a disk, whatever the server's default says.
    simply(
        "set datestyle = iso; set timezone = utc; set bytea_output = hex;"
        "set standard_conforming_strings = on; set client_min_messages = warning;"
        "select set_config('synchronous_commit', 'on', false)"
        " where current_setting('synchronous_commit') = 'off'");
}

PostgresConnection::~PostgresConnection() = default;

Result PostgresConnection::simply(const std::string& sql) {
    make_room();
    Result result(PQexec(server_.get(), sql.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get(), sql);
    return result;
}

PostgresConnection::Kept& PostgresConnection::kept(std::string_view sql) {
    std::string key(sql);
    const auto found = statements_.find(key);
    if (found != statements_.end()) return found->second;
    if (statements_.size() >= kept_statements) {
        simply("deallocate all");
        statements_.clear();
    }
    auto [text, names] = numbered(adapted(Kind::postgresql, sql));
    return statements_.emplace(std::move(key), Kept{std::move(text), std::move(names), {}}).first->second;
}

const std::string& PostgresConnection::prepared(Kept& statement, const Values& values, std::string_view sql) {
    const auto found = statement.prepared.find(values.signature);
    if (found != statement.prepared.end()) return found->second;
    const auto name = "s" + std::to_string(++prepared_);
    const Result result(
        PQprepare(server_.get(), name.c_str(), statement.sql.c_str(), values.count(), values.types.data()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.get(), sql);
    return statement.prepared.emplace(values.signature, name).first->second;
}

void PostgresConnection::rows(std::string_view sql, Params params, Take take, const EachRow& each) {
    Stopwatch watch(Stopwatch::Of::statement);
    make_room();
    auto& statement = kept(sql);
    const Values values(statement.names, params, sql);
    const auto& name = prepared(statement, values, sql);
    if (!PQsendQueryPrepared(server_.get(), name.c_str(), values.count(), values.pointers.data(),
                             values.lengths.data(), values.formats.data(), 0))
        fail(nullptr, sql);
    if (take == Take::streamed) PQsetSingleRowMode(server_.get());

    Stream stream(*this);
    while (const auto result = stream.next()) {
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_SINGLE_TUPLE && status != PGRES_COMMAND_OK)
            fail(result.get(), sql);
        for (int i = 0; i < PQntuples(result.get()); ++i) {
            if (take == Take::streamed) watch.pause();
            each(PostgresRow(result.get(), i));
            if (take == Take::first) return;
            if (take == Take::streamed) watch.resume();
        }
    }
}

std::int64_t PostgresConnection::run(std::string_view sql, Params params) {
    const Stopwatch watch(Stopwatch::Of::statement);
    make_room();
    Result result;
    if (defines(sql)) {
        // A definition has no parameters, and is not worth keeping.
        require_all_named(0, params, sql);
        if (creates_temporary_table(sql)) has_temporary_tables_ = true;
        result.reset(PQexecParams(server_.get(), adapted(Kind::postgresql, sql).c_str(), 0, nullptr, nullptr,
                                  nullptr, nullptr, 0));
    } else {
        auto& statement = kept(sql);
        const Values values(statement.names, params, sql);
        const auto& name = prepared(statement, values, sql);
        result.reset(PQexecPrepared(server_.get(), name.c_str(), values.count(), values.pointers.data(),
                                    values.lengths.data(), values.formats.data(), 0));
    }
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(result.get(), sql);
    std::int64_t changed = 0;
    const std::string_view count = PQcmdTuples(result.get());
    if (status == PGRES_COMMAND_OK) std::from_chars(count.data(), count.data() + count.size(), changed);
    return changed;
}

void PostgresConnection::prepare(std::string_view sql, std::span<const Param::Type> types) {
    make_room();
    std::vector<Oid> oids;
    for (const auto type : types) oids.push_back(oid_of(type));
    const auto text = numbered(adapted(Kind::postgresql, sql)).sql;
    const Result result(
        PQprepare(server_.get(), "", text.c_str(), static_cast<int>(oids.size()), oids.data()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(result.get(), sql);
}

void PostgresConnection::lock(std::string_view name, std::int64_t number) {
    const auto key = digest_of(std::string(name) + '/' + std::to_string(number));
    // The schemas of one database are books of their own, and do not wait for each other.
    run("select pg_advisory_xact_lock(:key # hashtextextended(current_schema(), 0))",
        std::array{Named{"key", static_cast<std::int64_t>(key)}});
}

// --- transactions -----------------------------------------------------------------------

void PostgresConnection::begin(const char* how) {
    if (answer_pending_) {
        while (Result(PQgetResult(server_.get()))) {
        }
        answer_pending_ = false;
    }
    spoiled.clear();
    has_temporary_tables_ = false;
    simply(how);
}

void PostgresConnection::commit() {
    if (!spoiled.empty()) throw std::logic_error(spoiled);
    const auto result = simply("commit");
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        throw Failure("the server undid the transaction instead of committing it");
    if (has_temporary_tables_) simply("discard temp");
}

bool PostgresConnection::roll_back() noexcept {
    if (PQstatus(server_.get()) != CONNECTION_OK) return false;
    if (PQtransactionStatus(server_.get()) == PQTRANS_IDLE) return true;
    const Result result(PQexec(server_.get(), "rollback"));
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK;
}

bool PostgresConnection::end_read() noexcept {
    answer_pending_ = PQsendQuery(server_.get(), "commit") == 1;
    return answer_pending_;
}

}  // namespace tiendo::db
