// The limit: the same rows through the C library of the database, prepared before the clock runs.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "platform/db/db.h"

namespace tiendo::bench {

struct Bytes {
    std::string bytes;
};
using RawValue = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

struct RawTable {
    std::string name;
    std::vector<std::string> columns;
    std::vector<RawValue> values;  // row after row
    std::size_t rows() const { return values.size() / columns.size(); }
};

// people, participations and postings as an import has left them, with the documents and units
// they name: all that was recorded at that moment.
std::vector<RawTable> rows_of_import(db::Database& database, Instant recorded_at);

// One transaction, one prepared statement a table; the settings of a writer of ours.
void insert_into_sqlite(const std::string& file, const std::vector<RawTable>& tables);
// One transaction, one COPY a table.
void copy_into_postgresql(const std::string& address, const std::vector<RawTable>& tables);
// The centre, its programmes and cohorts from one test schema to another of the same server.
void copy_cohorts(const std::string& from_address, const std::string& to_address);
// The register, likewise.
void copy_register(const std::string& from_address, const std::string& to_address);

}  // namespace tiendo::bench
