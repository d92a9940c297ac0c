// What SQLite and PostgreSQL each provide below db.h. Private to platform/db.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace tiendo::db {

class BulkWriter {
 public:
    virtual ~BulkWriter() = default;
    virtual void add(std::span<const Param> values) = 0;
    virtual void flush() = 0;
};

// One connection, used by one thread at a time, inside a transaction.
class Connection {
 public:
    virtual ~Connection() = default;
    virtual void rows(std::string_view sql, Params params, Take take, const EachRow& row) = 0;
    virtual std::int64_t run(std::string_view sql, Params params) = 0;  // rows changed
    // Throws when the database cannot prepare it with parameters of these types, in the order
    // in which the SQL first names them.
    virtual void prepare(std::string_view sql, std::span<const Param::Type> types) = 0;
    virtual void lock(std::string_view name, std::int64_t number) = 0;
    virtual std::unique_ptr<BulkWriter> bulk(std::string_view table,
                                             std::span<const std::string_view> columns) = 0;

    // Why the transaction can no longer be committed; empty while it can.
    std::string spoiled;
};

// Throws unless every parameter is named once by the SQL (`names`) and by the caller;
// answers the caller's parameter for a name.
const Param& param_of(std::string_view name, Params params, std::string_view sql);
void require_all_named(std::size_t names, Params params, std::string_view sql);

// Counts one statement, and its time inside the database until destroyed or paused.
// Of stopwatches inside one another only the outermost counts.
class Stopwatch {
 public:
    enum class Of { statement, transaction };
    explicit Stopwatch(Of of);
    ~Stopwatch() { pause(); }
    Stopwatch(const Stopwatch&) = delete;
    void pause();
    void resume();

 private:
    bool counting_ = false;
    std::chrono::steady_clock::time_point since_;
};

// A write inside a write of the same database would wait for itself.
class OneWriteAtATime {
 public:
    explicit OneWriteAtATime(const Database& database);
    ~OneWriteAtATime();
    OneWriteAtATime(const OneWriteAtATime&) = delete;
};

std::unique_ptr<Database> open_sqlite(const std::string& path, std::chrono::milliseconds patience);
std::unique_ptr<Database> open_postgres(const std::string& address, std::chrono::milliseconds patience);

// 64-bit FNV-1a: tells a changed migration and names an advisory lock; no protection
// against somebody who wants a collision.
std::uint64_t digest_of(std::string_view text);

}  // namespace tiendo::db
