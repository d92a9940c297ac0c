#include "platform/db/db.h"

#include <algorithm>
#include <exception>

#include "platform/db/connection.h"

namespace tiendo::db {
namespace {

thread_local std::int64_t statements = 0;
thread_local std::int64_t nanoseconds = 0;
thread_local bool watched = false;
thread_local std::vector<const Database*> writing;

// Runs one step of a transaction that nothing has gone wrong in yet, and remembers when
// something does.
template <class Step>
auto in_transaction(Connection& connection, Step step) {
    if (!connection.spoiled.empty()) throw std::logic_error(connection.spoiled);
    try {
        return step();
    } catch (const Failure& failure) {
        connection.spoiled = std::string("the transaction went on after a failure: ") + failure.what();
        throw;
    }
}

}  // namespace

// --- rows -------------------------------------------------------------------------------

Date Row::date(int column) const {
    const auto text = view(column);
    const auto date = parse_date(text);
    if (!date)
        throw std::logic_error("column " + std::to_string(column) + " holds \"" + std::string(text) +
                               "\", a day was expected");
    return *date;
}

std::optional<Date> Row::maybe_date(int column) const {
    return is_null(column) ? std::nullopt : std::optional(date(column));
}

std::optional<std::int64_t> Row::maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Row::maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
}

// --- transactions -----------------------------------------------------------------------

void Read::rows(std::string_view sql, Params params, Take take, const EachRow& row) {
    in_transaction(connection_, [&] { connection_.rows(sql, params, take, row); });
}

std::int64_t Read::integer(std::string_view sql, Params params) {
    std::int64_t number = 0;
    rows(sql, params, Take::first, [&](const Row& row) { number = row.integer(0); });
    return number;
}

std::int64_t Write::run(std::string_view sql, Params params) {
    return in_transaction(connection_, [&] { return connection_.run(sql, params); });
}

void Write::lock(std::string_view name, std::int64_t number) {
    in_transaction(connection_, [&] { connection_.lock(name, number); });
}

struct Write::Bulk::State {
    Connection& connection;
    std::string table;
    std::size_t columns;
    std::unique_ptr<BulkWriter> writer;
    bool unflushed = false;

    // Rows that nobody flushed would be lost in silence.
    ~State() {
        if (unflushed && connection.spoiled.empty())
            connection.spoiled = "rows added to " + table + " in bulk were never flushed";
    }
};

Write::Bulk::Bulk(Connection& connection, std::string_view table,
                  std::initializer_list<std::string_view> columns)
    : state_(new State{connection, std::string(table), columns.size(),
                       connection.bulk(table, std::span(columns.begin(), columns.size()))}) {}
Write::Bulk::~Bulk() = default;
Write::Bulk::Bulk(Bulk&&) noexcept = default;

void Write::Bulk::add(std::initializer_list<Param> values) {
    if (values.size() != state_->columns)
        throw std::logic_error(state_->table + " gets " + std::to_string(values.size()) + " values for " +
                               std::to_string(state_->columns) + " columns");
    state_->unflushed = true;
    in_transaction(state_->connection,
                   [&] { state_->writer->add(std::span(values.begin(), values.size())); });
}

void Write::Bulk::flush() {
    in_transaction(state_->connection, [&] { state_->writer->flush(); });
    state_->unflushed = false;
}

// --- what both databases need -----------------------------------------------------------

std::unique_ptr<Database> open(const std::string& address, std::chrono::milliseconds patience) {
    const bool server = address.starts_with("postgresql://") || address.starts_with("postgres://");
    return server ? open_postgres(address, patience) : open_sqlite(address, patience);
}

const Param& param_of(std::string_view name, Params params, std::string_view sql) {
    for (const auto& param : params)
        if (param.name == name) return param.value;
    throw std::logic_error("no value for :" + std::string(name) + " in " + std::string(sql));
}

void require_all_named(std::size_t names, Params params, std::string_view sql) {
    if (params.size() <= names) return;
    std::string given;
    for (const auto& param : params) given += " :" + std::string(param.name);
    throw std::logic_error(std::to_string(names) + " parameters are named, but given are" + given + " in " +
                           std::string(sql));
}

Stopwatch::Stopwatch(Of of) {
    if (of == Of::statement) ++statements;
    resume();
}

void Stopwatch::resume() {
    if (watched || counting_) return;
    watched = counting_ = true;
    since_ = std::chrono::steady_clock::now();
}

void Stopwatch::pause() {
    if (!counting_) return;
    watched = counting_ = false;
    nanoseconds += std::chrono::nanoseconds(std::chrono::steady_clock::now() - since_).count();
}

OneWriteAtATime::OneWriteAtATime(const Database& database) {
    if (std::find(writing.begin(), writing.end(), &database) != writing.end())
        throw std::logic_error("a write inside a write of the same database");
    writing.push_back(&database);
}

OneWriteAtATime::~OneWriteAtATime() { writing.pop_back(); }

std::int64_t statements_run() { return statements; }
std::int64_t nanoseconds_in_database() { return nanoseconds; }

std::uint64_t digest_of(std::string_view text) {
    std::uint64_t digest = 14695981039346656037u;
    for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return digest;
}

}  // namespace tiendo::db
