#include "platform/db/connection.h"
namespace tiendo::db {
std::unique_ptr<Database> open_postgres(const std::string&) { throw Failure("PostgreSQL is not there yet"); }
}  // namespace tiendo::db
