// Style as a test: what review should not have to say. Every message names the right
// replacement; docs/patterns.md and docs/traps.md give the reasons at length.
#pragma once
#include <vector>

#include "source.h"

namespace house {

std::vector<Finding> check_tidy(const SourceFile& file);
std::vector<Finding> check_tidy(const std::vector<SourceFile>& files);

}  // namespace house
