// Where the two databases want different text. Everything else is one portable dialect.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace tiendo::db {

// The statements of a file, without the semicolons between them and without blank ones.
std::vector<std::string> statements_of(std::string_view file);

// A statement as this database wants it. Only table definitions change:
//   SQLite      `bigint primary key` becomes `integer primary key`, the row's own address,
//               and a table with a key of several columns is stored in the key's order;
//   PostgreSQL  text columns collate "C", so that text sorts by its bytes as in SQLite.
std::string adapted(Kind kind, std::string_view statement);

// create, alter, drop: run once, so not worth keeping prepared.
bool defines(std::string_view statement);
bool drops(std::string_view statement);
bool creates_temporary_table(std::string_view statement);

// `:name` written as `$1`: what libpq wants. Each name has one number.
struct Numbered {
    std::string sql;
    std::vector<std::string> names;
};
Numbered numbered(std::string_view sql);

}  // namespace tiendo::db
