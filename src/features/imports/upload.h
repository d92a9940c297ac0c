// A workbook coming in; private to this feature.
#pragma once
#include "features/imports/imports_store.h"

namespace tiendo::imports {

// The most bytes of a workbook; what is around it in the form is little.
inline constexpr std::uint64_t largest_file = 200'000'000;

// Keeps the file of the form and begins its check, or leaves it waiting for its columns to be
// mapped when they cannot all be recognised. A file that is no workbook is refused and not kept.
Outcome<ImportId> receive(const web::Visit& visit, const Desk& desk);

// The tables of a file as the importer recognises them. Refusals have the field "file".
Outcome<office::TableReport> look(const Importer& importer, const i18n::Texts& texts, const std::string& path,
                                  const office::Mapping& mapping,
                                  office::LegacyText legacy = office::LegacyText::by_font);
// Whether one of them has all that is required.
bool is_complete(const Importer& importer, const office::TableReport& found);
// Required fields for which the table has neither a column nor what may stand in for it.
std::vector<std::string> missing_fields(const Importer& importer, const office::FoundTable& table);

}  // namespace tiendo::imports
