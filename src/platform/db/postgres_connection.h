// One connection to PostgreSQL (private; postgres.cpp keeps the pool).
#pragma once
#include <map>
#include <string>
#include <unordered_map>

#include "platform/db/connection.h"

struct pg_conn;
struct pg_result;

namespace tiendo::db {

// Two transactions got in each other's way: the whole of it may be tried again.
struct Collision : Busy {
    using Busy::Busy;
};

struct CloseServer {
    void operator()(pg_conn* server) const;
};
struct ClearResult {
    void operator()(pg_result* result) const;
};
using Result = std::unique_ptr<pg_result, ClearResult>;

class PostgresConnection : public Connection {
 public:
    PostgresConnection(const std::string& address, std::chrono::milliseconds patience);
    ~PostgresConnection() override;

    void rows(std::string_view sql, Params params, Take take, const EachRow& row) override;
    std::int64_t run(std::string_view sql, Params params) override;
    void prepare(std::string_view sql, std::span<const Param::Type> types) override;
    void lock(std::string_view name, std::int64_t number) override;
    std::unique_ptr<BulkWriter> bulk(std::string_view table,
                                     std::span<const std::string_view> columns) override;

    void begin(const char* how);
    void commit();
    // Both are false when the connection is no longer fit for use.
    bool roll_back() noexcept;
    bool end_read() noexcept;  // does not wait for the server's answer

    // Sends what one `copy … from stdin` reads.
    void copy(const std::string& statement, std::string_view rows);

 private:
    struct Values;
    class Stream;
    struct Kept {
        std::string sql;  // with $1, $2
        std::vector<std::string> names;
        std::map<std::string, std::string> prepared;  // name on the server, by the types of its parameters
    };

    Kept& kept(std::string_view sql);
    // The name under which the server knows this statement with parameters of these types.
    const std::string& prepared(Kept& statement, const Values& values, std::string_view sql);
    Result simply(const std::string& sql);  // a statement of our own, not counted
    void make_room();
    [[noreturn]] void fail(const pg_result* result, std::string_view doing);

    std::unique_ptr<pg_conn, CloseServer> server_;
    std::unordered_map<std::string, Kept> statements_;
    std::int64_t prepared_ = 0;
    Stream* streaming_ = nullptr;  // whose rows are still coming
    bool answer_pending_ = false;  // of end_read()
    bool has_temporary_tables_ = false;
};

}  // namespace tiendo::db
