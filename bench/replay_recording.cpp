// Stands between platform/db and the C libraries: each function is called instead of the
// library's own (__real_…), which it calls in its turn.
#include <libpq-fe.h>
#include <sqlite3.h>

#include <map>
#include <utility>

#include "replay.h"

namespace tiendo::bench {
namespace {

std::vector<Call>* recording = nullptr;

// Of SQLite, what each statement was bound to since it was last stepped through.
std::map<sqlite3_stmt*, Call> bound;
// Of PostgreSQL, what was prepared under each name.
std::map<std::pair<PGconn*, std::string>, Call> prepared;

template <class Value>
void note(sqlite3_stmt* statement, int at, Value value) {
    if (!recording) return;
    auto& values = bound[statement].values;
    values.resize(std::max(values.size(), static_cast<std::size_t>(at)), nullptr);
    values[static_cast<std::size_t>(at) - 1] = std::move(value);
}

void note(PGconn* server, const char* name, int count, const char* const* values, const int* lengths) {
    if (!recording) return;
    Call call = prepared[{server, name}];
    for (int i = 0; i < count; ++i) {
        if (values[i])
            call.values.emplace_back(std::string(values[i], static_cast<std::size_t>(lengths[i])));
        else
            call.values.emplace_back(nullptr);
    }
    recording->push_back(std::move(call));
}

}  // namespace

std::vector<Call> recorded(const std::function<void()>& work) {
    std::vector<Call> calls;
    bound.clear();
    recording = &calls;
    work();
    recording = nullptr;
    return calls;
}

}  // namespace tiendo::bench

using tiendo::bench::bound;
using tiendo::bench::Call;
using tiendo::bench::note;
using tiendo::bench::prepared;
using tiendo::bench::recording;

extern "C" {

int __real_sqlite3_bind_int64(sqlite3_stmt*, int, sqlite3_int64);
int __real_sqlite3_bind_text64(sqlite3_stmt*, int, const char*, sqlite3_uint64, void (*)(void*),
                               unsigned char);
int __real_sqlite3_bind_blob64(sqlite3_stmt*, int, const void*, sqlite3_uint64, void (*)(void*));
int __real_sqlite3_step(sqlite3_stmt*);
PGresult* __real_PQprepare(PGconn*, const char*, const char*, int, const Oid*);
int __real_PQsendQueryPrepared(PGconn*, const char*, int, const char* const*, const int*, const int*, int);

int __wrap_sqlite3_bind_int64(sqlite3_stmt* statement, int at, sqlite3_int64 value) {
    note(statement, at, std::int64_t{value});
    return __real_sqlite3_bind_int64(statement, at, value);
}

int __wrap_sqlite3_bind_text64(sqlite3_stmt* statement, int at, const char* text, sqlite3_uint64 size,
                               void (*done)(void*), unsigned char encoding) {
    note(statement, at, std::string(text, size));
    return __real_sqlite3_bind_text64(statement, at, text, size, done, encoding);
}

int __wrap_sqlite3_bind_blob64(sqlite3_stmt* statement, int at, const void* bytes, sqlite3_uint64 size,
                               void (*done)(void*)) {
    note(statement, at, Call::Blob{std::string(static_cast<const char*>(bytes), size)});
    return __real_sqlite3_bind_blob64(statement, at, bytes, size, done);
}

int __wrap_sqlite3_step(sqlite3_stmt* statement) {
    if (recording && !sqlite3_stmt_busy(statement)) {
        Call call = std::exchange(bound[statement], {});
        call.sql = sqlite3_sql(statement);
        call.values.resize(static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)), nullptr);
        recording->push_back(std::move(call));
    }
    return __real_sqlite3_step(statement);
}

PGresult* __wrap_PQprepare(PGconn* server, const char* name, const char* sql, int count, const Oid* types) {
    prepared[{server, name}] =
        Call{.sql = sql, .values = {}, .types = std::vector<unsigned>(types, types + count)};
    return __real_PQprepare(server, name, sql, count, types);
}

int __wrap_PQsendQueryPrepared(PGconn* server, const char* name, int count, const char* const* values,
                               const int* lengths, const int* formats, int result_format) {
    note(server, name, count, values, lengths);
    return __real_PQsendQueryPrepared(server, name, count, values, lengths, formats, result_format);
}
}
