// Rejections by how they are repaired; private to this feature.
#pragma once
#include <span>

#include "features/imports/imports_store.h"

namespace tiendo::imports {

// In the order in which the kinds first appear, each with the first rows of it.
std::vector<ProblemGroup> grouped(std::span<const Rejection> rejections, std::size_t first_of_each);

// {"problem", "field", "column", "title", "expected", "count", "shown", "more", "rejections": [...]}
Value to_value(const ProblemGroup& group, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language);

}  // namespace tiendo::imports
