// Columns chosen by hand once, for the next file with the same headings from the same unit; private
// to this feature.
#pragma once
#include "features/imports/imports_store.h"

namespace tiendo::imports {

struct Remembered {
    std::string headings;
    office::Mapping mapping;
    std::string file_name;
};

// "ho va ten|ngay sinh|": by which a layout is known again.
std::string headings_of(const office::FoundTable& table);

// What was chosen for files of that kind from the sender (0: from nobody in particular), the newest
// first.
std::vector<Remembered> remembered(db::Read& tx, std::int64_t sender, std::string_view kind);
void remember(db::Write& tx, const web::Actor& actor, const Import& import, const std::string& headings,
              Instant at);

// The columns chosen before for a file that looks like this one; none when nobody ever chose.
std::optional<Remembered> known_again(const std::vector<Remembered>& all, const Importer& importer,
                                      const i18n::Texts& texts, const std::string& path);

}  // namespace tiendo::imports
