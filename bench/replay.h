// The bare limit of a query: the very calls that the program makes into the C library of its
// database, recorded while it makes them and made again without anything above.
//
// The recording stands between the program and the library (the linker's --wrap, see
// CMakeLists.txt), so the texts and values are the program's own and cannot grow old.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace tiendo::bench {

struct Call {
    std::string sql;
    // SQLite: null, an integer, a text, a blob; PostgreSQL: null, or bytes in the binary form of the type.
    struct Blob {
        std::string bytes;
    };
    std::vector<std::variant<std::nullptr_t, std::int64_t, std::string, Blob>> values;
    std::vector<unsigned> types;  // PostgreSQL
};

// The calls made while `work` runs, on this thread.
std::vector<Call> recorded(const std::function<void()>& work);

// Makes the calls again in one read transaction, statements prepared once, and reads every
// cell of every row. Answers how many rows there were.
class Replay {
 public:
    virtual ~Replay() = default;
    virtual std::int64_t run() = 0;
    // How the database means to answer each call, line by line.
    virtual std::vector<std::string> plan_of(const Call& call) = 0;
};
std::unique_ptr<Replay> sqlite_replay(const std::string& file, std::vector<Call> calls);
std::unique_ptr<Replay> postgresql_replay(const std::string& address, std::vector<Call> calls);

}  // namespace tiendo::bench
