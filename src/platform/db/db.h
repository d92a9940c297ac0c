// One thin layer over SQLite and PostgreSQL: named parameters, typed cells, one portable
// dialect. SQL is a raw string R"sql(...)sql" in the function that runs it; a test prepares
// every one of them on both databases.
//
//   const auto names = tx.all<std::string>(R"sql(select name from programmes where year = :year)sql",
//                                          {{"year", 2017}}, [](const db::Row& row) { return row.text(0); });
#pragma once
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
class Param {
 public:
    using Held = std::variant<std::nullptr_t, std::int64_t, bool, std::string_view, Blob, Date>;
    Param(std::nullptr_t) : held(nullptr) {}
    Param(std::same_as<bool> auto truth) : held(truth) {}
    Param(std::integral auto number) requires(!std::same_as<decltype(number), bool>) : held(static_cast<std::int64_t>(number)) {}
    Param(std::string_view text) : held(text) {}
    Param(const std::string& text) : held(std::string_view(text)) {}
    Param(const char* text) : held(std::string_view(text)) {}
    Param(Blob blob) : held(blob) {}
    Param(Date date) : held(date) {}
    Param(Instant moment) : held(moment.ms) {}
    template <class Tag>
    Param(Id<Tag> id) : held(id.value) {}
    template <class T>
    Param(const std::optional<T>& maybe) : held(nullptr) {
        if (maybe) held = Param(*maybe).held;
    }
    Held held;
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
    virtual std::int64_t integer(int column) const = 0;        // integers and booleans; 0 for null
    virtual std::string_view view(int column) const = 0;       // text and blobs; empty for null
    std::string text(int column) const { return std::string(view(column)); }
    bool truth(int column) const { return integer(column) != 0; }
    Date date(int column) const;                               // throws when null
    std::optional<Date> maybe_date(int column) const;
    Instant instant(int column) const { return Instant{integer(column)}; }
    std::optional<std::int64_t> maybe_integer(int column) const;
    std::optional<std::string> maybe_text(int column) const;
    template <class IdType>
    IdType id(int column) const { return IdType{integer(column)}; }
    template <class IdType>
    std::optional<IdType> maybe_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional<IdType>(IdType{integer(column)});
    }
};
using EachRow = std::function<void(const Row&)>;

class Connection;  // one per thread at a time; sqlite.cpp, postgres.cpp

// --- transactions -----------------------------------------------------------------------

// A transaction that changes nothing. All its queries see one moment of the database.
class Read {
 public:
    explicit Read(Connection& connection) : connection_(connection) {}
    Read(const Read&) = delete;

    void each(std::string_view sql, ParamList params, const EachRow& row) { each(sql, Params(params.begin(), params.size()), row); }
    void each(std::string_view sql, Params params, const EachRow& row);

    // map(const Row&) -> T for each row
    template <class T, class Map>
    std::vector<T> all(std::string_view sql, ParamList params, Map map) {
        std::vector<T> rows;
        each(sql, params, [&](const Row& row) { rows.push_back(map(row)); });
        return rows;
    }
    // The first row, if there is one.
    template <class T, class Map>
    std::optional<T> find(std::string_view sql, ParamList params, Map map) {
        std::optional<T> found;
        each(sql, params, [&](const Row& row) {
            if (!found) found = map(row);
        });
        return found;
    }
    // The first column of the first row; 0 when there is none.
    std::int64_t integer(std::string_view sql, ParamList params = {});

 protected:
    Connection& connection_;
};

// A transaction that changes rows: committed when the function given to
// Database::write returns, undone when it throws or answers a refusal.
class Write : public Read {
 public:
    using Read::Read;
    // Rows changed.
    std::int64_t run(std::string_view sql, ParamList params = {});
    // Many rows into one table, in as few round trips as the database allows (a prepared
    // loop; COPY). Values in the order of `columns`. Nothing else may run on this
    // transaction between add() and flush(); the destructor does not flush.
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
    Bulk bulk(std::string_view table, std::initializer_list<std::string_view> columns) { return Bulk(connection_, table, columns); }
};

// --- databases --------------------------------------------------------------------------

struct Failure : std::runtime_error {  // the database refused or is gone; message for the log, never for a page
    using std::runtime_error::runtime_error;
};
struct Busy : Failure { using Failure::Failure; };        // locked too long, or serialisation failed after retries
struct Unreachable : Failure { using Failure::Failure; }; // gone, disk full, read-only
struct Conflict : Failure { using Failure::Failure; };    // a unique or foreign key was violated

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
    template <class F>
    auto write(F f) -> std::invoke_result_t<F, Write&>;

 protected:
    // run(connection) between begin and commit; run answers whether to commit.
    virtual void in_read(const std::function<void(Read&)>& run) = 0;
    virtual void in_write(const std::function<bool(Write&)>& run) = 0;
};

// "postgresql://…" opens PostgreSQL, anything else is the path of a SQLite file (made when
// absent). Connections are pooled; safe to use from many threads.
std::unique_ptr<Database> open(const std::string& address);

// Applies the migrations (0001_….sql …, in name order) that this database has not seen,
// each in a transaction of its own. A migration that was changed after it had been applied
// is a Failure. Answers how many were applied.
int migrate(Database& database, const std::vector<EmbeddedFile>& migrations);

// Statements run by this thread since it started: a page asserts that their number does
// not grow with its rows.
std::int64_t statements_run();
// Nanoseconds this thread has spent inside the database; benchmarks set SQL apart from the rest.
std::int64_t nanoseconds_in_database();

// --- templates --------------------------------------------------------------------------

namespace detail {
template <class T>
bool wants_commit(const T&) { return true; }
template <class T>
bool wants_commit(const Outcome<T>& outcome) { return !outcome.refused(); }
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
