// Many rows at once: COPY in its text form, a buffer at a time.
#include <libpq-fe.h>

#include "platform/db/postgres_connection.h"

namespace tiendo::db {
namespace {

constexpr std::size_t copy_buffer_bytes = 1 << 20;

void append_escaped(std::string& rows, std::string_view text) {
    for (const char c : text) switch (c) {
            case '\\': rows += "\\\\"; break;
            case '\n': rows += "\\n"; break;
            case '\r': rows += "\\r"; break;
            case '\t': rows += "\\t"; break;
            default: rows += c;
        }
}

void append_cell(std::string& rows, const Param& param) {
    if (const auto* number = std::get_if<std::int64_t>(&param.held)) {
        rows += std::to_string(*number);
    } else if (const auto* truth = std::get_if<bool>(&param.held)) {
        rows += *truth ? 't' : 'f';
    } else if (const auto* text = std::get_if<std::string_view>(&param.held)) {
        append_escaped(rows, *text);
    } else if (const auto* blob = std::get_if<Blob>(&param.held)) {
        rows += "\\\\x";
        for (const char c : blob->bytes) {
            constexpr char digits[] = "0123456789abcdef";
            rows += digits[static_cast<unsigned char>(c) >> 4];
            rows += digits[static_cast<unsigned char>(c) & 15];
        }
    } else if (const auto* date = std::get_if<Date>(&param.held)) {
        rows += to_text(*date);
    } else {
        rows += "\\N";
    }
}

class PostgresBulk : public BulkWriter {
 public:
    PostgresBulk(PostgresConnection& connection, std::string statement)
        : connection_(connection), statement_(std::move(statement)) {}

    void add(std::span<const Param> values) override {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) rows_ += '\t';
            append_cell(rows_, values[i]);
        }
        rows_ += '\n';
        if (rows_.size() >= copy_buffer_bytes) flush();
    }

    void flush() override {
        if (rows_.empty()) return;
        connection_.copy(statement_, rows_);
        rows_.clear();
    }

 private:
    PostgresConnection& connection_;
    const std::string statement_;
    std::string rows_;
};

}  // namespace

std::unique_ptr<BulkWriter> PostgresConnection::bulk(std::string_view table,
                                                     std::span<const std::string_view> columns) {
    std::string names;
    for (const auto column : columns) names += (names.empty() ? "" : ", ") + std::string(column);
    return std::make_unique<PostgresBulk>(*this,
                                          "copy " + std::string(table) + " (" + names + ") from stdin");
}

void PostgresConnection::copy(const std::string& statement, std::string_view rows) {
    const Stopwatch watch(Stopwatch::Of::statement);
    make_room();
    auto* server = server_.get();
    const Result started(PQexec(server, statement.c_str()));
    if (PQresultStatus(started.get()) != PGRES_COPY_IN) fail(started.get(), statement);
    if (PQputCopyData(server, rows.data(), static_cast<int>(rows.size())) != 1 ||
        PQputCopyEnd(server, nullptr) != 1)
        fail(nullptr, statement);
    Result failed;
    while (Result result{PQgetResult(server)})
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && !failed) failed = std::move(result);
    if (failed) fail(failed.get(), statement);
}

}  // namespace tiendo::db
