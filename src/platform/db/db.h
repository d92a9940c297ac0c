// One thin layer over SQLite and PostgreSQL: named parameters, typed cells, one portable
// dialect. SQL is a raw string R"sql(...)sql" in the function that runs it; a test prepares
// every one of them on both databases.
//
//   const auto names = tx.all<std::string>(R"sql(select name from programmes where year = :year)sql",
//                                          {{"year", 2017}}, [](const db::Row& row) { return row.text(0); });
//
// The portable dialect, where the two differ: keys and moments are `bigint`, days `date`, truths
// `boolean`, bytes `bytea`; bind each as what it is (a Date to a date, never its text). Say
// `nulls first` or `nulls last` when a sorted column may be null, `escape '\'` when a pattern has
// one; `like` minds case and text sorts by its bytes on both. An `insert ... select ... on
// conflict` needs a `where`. No arithmetic on days, no rounding, no fractions in SQL.
#pragma once
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/embedded.h"
#include "base/id.h"
#include "base/outcome.h"

namespace tiendo::db {

// --- what goes in -----------------------------------------------------------------------

struct Blob {
    std::string_view bytes;
};

// A parameter's value. Text must outlive the call; nothing is copied until it is sent.
// A missing optional keeps its type, so that `:unit is null or unit = :unit` has one on
// PostgreSQL; a bare nullptr takes the type of the column it meets.
class Param {
 public:
    enum class Type : std::uint8_t { any, integer, truth, text, blob, date };
    using Held = std::variant<std::nullptr_t, std::int64_t, bool, std::string_view, Blob, Date>;
    Param(std::nullptr_t) : held(nullptr), type(Type::any) {}
    Param(std::same_as<bool> auto truth) : held(truth), type(Type::truth) {}
    Param(std::integral auto number) requires(!std::same_as<decltype(number), bool>)
        : held(static_cast<std::int64_t>(number)), type(Type::integer) {}
    Param(std::string_view text) : held(text), type(Type::text) {}
    Param(const std::string& text) : held(std::string_view(text)), type(Type::text) {}
    Param(const char* text) : held(std::string_view(text)), type(Type::text) {}
    Param(Blob blob) : held(blob), type(Type::blob) {}
    Param(Date date) : held(date), type(Type::date) {}
    Param(Instant moment) : held(moment.ms), type(Type::integer) {}
    template <class Tag>
    Param(Id<Tag> id) : held(id.value), type(Type::integer) {}
    template <class T>
    Param(const std::optional<T>& maybe) : held(nullptr), type(Param(T{}).type) {
        if (maybe) held = Param(*maybe).held;
    }
    Held held;
    Type type;
};

struct Named {
    std::string_view name;
    Param value;
};
using Params = std::span<const Named>;
using ParamList = std::initializer_list<Named>;

// --- what comes out ---------------------------------------------------------------------

// One row, valid until the next is read. Columns count from 0.
class Row {
 public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;   // integers and booleans; 0 for null
    virtual std::string_view view(int column) const = 0;  // text and blobs; empty for null
    std::string text(int column) const { return std::string(view(column)); }
    bool truth(int column) const { return integer(column) != 0; }
    Date date(int column) const;  // throws when null
    std::optional<Date> maybe_date(int column) const;
    Instant instant(int column) const { return Instant{integer(column)}; }
    std::optional<std::int64_t> maybe_integer(int column) const;
    std::optional<std::string> maybe_text(int column) const;
    template <class IdType>
    IdType id(int column) const {
        return IdType{integer(column)};
    }
    template <class IdType>
    std::optional<IdType> maybe_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional<IdType>(IdType{integer(column)});
    }
};
using EachRow = std::function<void(const Row&)>;

class Connection;  // one per thread at a time; connection.h

// --- transactions -----------------------------------------------------------------------

// How much of a result is wanted: its first row, all of it at once, or row by row.
enum class Take { first, whole, streamed };

class Write;

// A transaction that changes nothing. All its queries see one moment of the database.
//
// A statement may run inside the callback of another one, as long as it does not change the
// tables the outer one reads; on PostgreSQL the rest of the outer result is then held in memory.
//
// A parameter that the SQL does not name, or names and does not get, is a std::logic_error.
// After a Failure the transaction is over: whoever catches it inside can run nothing more,
// and it is undone.
class Read {
 public:
    explicit Read(Connection& connection) : connection_(connection) {}
    Read(const Read&) = delete;

    // Row by row: memory stays flat over a million of them.
    void each(std::string_view sql, ParamList params, const EachRow& row) {
        rows(sql, span(params), Take::streamed, row);
    }
    void each(std::string_view sql, Params params, const EachRow& row) {
        rows(sql, params, Take::streamed, row);
    }

    // map(const Row&) -> T for each row
    template <class T, class Map>
    std::vector<T> all(std::string_view sql, Params params, Map map) {
        std::vector<T> found;
        rows(sql, params, Take::whole, [&](const Row& row) { found.push_back(map(row)); });
        return found;
    }
    template <class T, class Map>
    std::vector<T> all(std::string_view sql, ParamList params, Map map) {
        return all<T>(sql, span(params), std::move(map));
    }
    // The first row, if there is one.
    template <class T, class Map>
    std::optional<T> find(std::string_view sql, Params params, Map map) {
        std::optional<T> found;
        rows(sql, params, Take::first, [&](const Row& row) { found.emplace(map(row)); });
        return found;
    }
    template <class T, class Map>
    std::optional<T> find(std::string_view sql, ParamList params, Map map) {
        return find<T>(sql, span(params), std::move(map));
    }
    // The first column of the first row; 0 when there is none.
    std::int64_t integer(std::string_view sql, ParamList params = {}) { return integer(sql, span(params)); }
    std::int64_t integer(std::string_view sql, Params params);

 protected:
    friend std::optional<std::string> complaint_about(Write& tx, std::string_view sql);  // testing.h
    static Params span(ParamList params) { return Params(params.begin(), params.size()); }
    void rows(std::string_view sql, Params params, Take take, const EachRow& row);
    Connection& connection_;
};

// A transaction that changes rows: committed when the function given to
// Database::write returns, undone when it throws or answers a refusal.
//
// SQLite has one writer at a time. On PostgreSQL others write at the same moment, and each
// statement sees what was committed when it began: a rule that reads, decides and then writes
// (one seat left, the last link of a chain) first takes lock(). Whoever changes several shared
// rows, such as totals, changes them in the order of their keys: two that take them in opposite
// orders collide, which costs a second and another attempt.
//
// A temporary table lives until the end of the transaction that made it.
class Write : public Read {
 public:
    using Read::Read;
    // Rows changed.
    std::int64_t run(std::string_view sql, ParamList params = {}) { return run(sql, span(params)); }
    std::int64_t run(std::string_view sql, Params params);
    // Until this transaction ends nobody else gets past the lock of that name and number.
    void lock(std::string_view name, std::int64_t number = 0);

    // Many rows into one table, in as few round trips as the database allows (a prepared
    // loop; COPY). Values in the order of `columns`. A row is in the table for certain only
    // after flush(); rows added and never flushed spoil the transaction: its commit is a
    // std::logic_error.
    class Bulk {
     public:
        Bulk(Connection& connection, std::string_view table, std::initializer_list<std::string_view> columns);
        ~Bulk();
        Bulk(Bulk&&) noexcept;
        void add(std::initializer_list<Param> values);
        void flush();

     private:
        struct State;
        std::unique_ptr<State> state_;
    };
    Bulk bulk(std::string_view table, std::initializer_list<std::string_view> columns) {
        return Bulk(connection_, table, columns);
    }
};

// --- databases --------------------------------------------------------------------------

// The database refused or is gone; the message is for the log, never for a page.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// Locked too long, or transactions that collided in every attempt.
struct Busy : Failure {
    using Failure::Failure;
};
// Gone, disk full, read-only.
struct Unreachable : Failure {
    using Failure::Failure;
};
// A unique or foreign key, a check or a "not null" was violated.
struct Conflict : Failure {
    using Failure::Failure;
};

enum class Kind { sqlite, postgresql };

class Database {
 public:
    virtual ~Database() = default;
    virtual Kind kind() const = 0;

    // Runs f(Read&) on one snapshot and returns what it returns.
    template <class F>
    auto read(F f) -> std::invoke_result_t<F, Read&>;
    // Runs f(Write&); commits, unless f throws or returns a refused Outcome. On a
    // serialisation failure f runs again, so it must have no effect outside the database.
    // A write inside a write of the same database is a std::logic_error. Unreachable out of
    // a PostgreSQL write may mean that the commit arrived and its answer did not.
    template <class F>
    auto write(F f) -> std::invoke_result_t<F, Write&>;

 protected:
    // run(connection) between begin and commit; run answers whether to commit.
    virtual void in_read(const std::function<void(Read&)>& run) = 0;
    virtual void in_write(const std::function<bool(Write&)>& run) = 0;
};

// "postgresql://…" opens PostgreSQL, anything else is the path of a SQLite file (made when
// absent). Connections are pooled; safe to use from many threads. Who waits longer than
// `patience` for a lock or a connection gets Busy.
std::unique_ptr<Database> open(const std::string& address,
                               std::chrono::milliseconds patience = std::chrono::seconds(5));

// Applies the migrations (0001_….sql …, in name order) that this database has not seen,
// each in a transaction of its own. A migration that was changed after it had been applied
// is a Failure. Answers how many were applied.
int migrate(Database& database, const std::vector<EmbeddedFile>& migrations);

// Statements run by this thread since it started: a page asserts that their number does
// not grow with its rows.
std::int64_t statements_run();
// Nanoseconds this thread has spent inside the database; benchmarks set SQL apart from the
// rest. The callback of each() is not counted, the mapping of all() and find() is.
std::int64_t nanoseconds_in_database();

// --- templates --------------------------------------------------------------------------

namespace detail {
template <class T>
bool wants_commit(const T&) {
    return true;
}
template <class T>
bool wants_commit(const Outcome<T>& outcome) {
    return !outcome.refused();
}
}  // namespace detail

template <class F>
auto Database::read(F f) -> std::invoke_result_t<F, Read&> {
    using Result = std::invoke_result_t<F, Read&>;
    if constexpr (std::is_void_v<Result>) {
        in_read([&](Read& tx) { f(tx); });
    } else {
        std::optional<Result> result;
        in_read([&](Read& tx) { result.emplace(f(tx)); });
        return std::move(*result);
    }
}

template <class F>
auto Database::write(F f) -> std::invoke_result_t<F, Write&> {
    using Result = std::invoke_result_t<F, Write&>;
    if constexpr (std::is_void_v<Result>) {
        in_write([&](Write& tx) {
            f(tx);
            return true;
        });
    } else {
        std::optional<Result> result;
        in_write([&](Write& tx) {
            result.emplace(f(tx));
            return detail::wants_commit(*result);
        });
        return std::move(*result);
    }
}

}  // namespace tiendo::db
