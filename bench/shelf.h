// Where the databases of a run stand. They are filled when first asked for, shared by the
// benchmarks of one bin/bench, and gone with it.
#pragma once
#include <optional>
#include <string>

#include "books_data.h"

namespace tiendo::bench {

// $TIENDO_BENCH_FOLDER; else a temporary folder that goes when this program ends.
const std::string& folder();
// bin/bench --quick: nothing larger than a million, fewer turns.
bool quick();

// The data folder of a SQLite database, as `tiendo --data` takes it.
std::string data_folder(const Shape& shape);
inline std::string sqlite_file(const Shape& shape) { return data_folder(shape) + "/tiendo.sqlite"; }

// The address of a PostgreSQL database of its own; none when TIENDO_TEST_POSTGRESQL names no server.
std::optional<std::string> postgresql_books(const Shape& shape);

}  // namespace tiendo::bench
