// Programmes (chương trình): what is taught. A plan promises cohorts of them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "platform/db/db.h"

namespace tiendo::programmes {

struct Programme {
    Id<Programme> id;
    std::string code;  // new-members; used in commands and addresses
    std::string name;  // Bồi dưỡng lý luận chính trị cho đảng viên mới
};
using ProgrammeId = Id<Programme>;

// By code, else by name as people write it (case, marks and blanks aside).
std::optional<Programme> find_programme(db::Read& tx, std::string_view code_or_name);

std::optional<Programme> find_programme(db::Read& tx, ProgrammeId id);
// All of them, by name.
std::vector<Programme> programmes(db::Read& tx);
// The code or the name most like what was written; empty when none is close.
std::string nearest_programme(db::Read& tx, std::string_view written);

// All names, to offer the nearest when one is not found.
std::vector<std::string> programme_names(db::Read& tx);

// The programme of that name, made when nobody has named it before. Without a code the name
// gives it one ("Bồi dưỡng đảng viên mới": boi-duong-dang-vien-moi).
Programme find_or_make_programme(db::Write& tx, std::string_view name, std::string_view code, Instant at);

}  // namespace tiendo::programmes
