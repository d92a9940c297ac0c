// One connection to a SQLite file (private; sqlite.cpp keeps the writer and the readers).
#pragma once
#include <string>
#include <unordered_map>

#include "platform/db/connection.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tiendo::db {

class SqliteConnection : public Connection {
 public:
    enum class May { read, write };
    SqliteConnection(const std::string& path, std::chrono::milliseconds patience, May may);
    ~SqliteConnection() override;

    void rows(std::string_view sql, Params params, Take take, const EachRow& row) override;
    std::int64_t run(std::string_view sql, Params params) override;
    void prepare(std::string_view sql, std::span<const Param::Type>) override { prepared(sql); }
    void lock(std::string_view, std::int64_t) override {}  // whoever writes holds the one lock there is
    std::unique_ptr<BulkWriter> bulk(std::string_view table,
                                     std::span<const std::string_view> columns) override;

    void begin(const char* how);
    void commit();
    bool roll_back() noexcept;  // false when the connection is no longer fit for use

    // Statistics for the query planner, as far as tables have changed since the last time.
    void learn_about_tables() noexcept;

 private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Statement {
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
        std::vector<std::string> names;  // of the parameters, in the order of their numbers
        bool in_use = false;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    class Use;
    class Bulk;

    Statement prepared(std::string_view sql);
    // The kept statement of that text, prepared when new; none when it is in use or not worth keeping.
    Statement* kept(std::string_view sql);
    bool step(sqlite3_stmt* statement);  // whether there is a row
    void simply(const char* sql);        // a statement of our own, which is not counted
    void drop_temporary_tables();

    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
    bool has_temporary_tables_ = false;
};

}  // namespace tiendo::db
