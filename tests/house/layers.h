// Who may include whom: base < platform < features < app, and beside that only what a
// part's line in CMake declares.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "source.h"

namespace house {

// Part ("base", "platform_db", "feature_plan") -> the parts its CMake line names.
using Parts = std::map<std::string, std::set<std::string>>;

// One line per part, as cmake/House.cmake collects them: "platform_http: base platform_db".
Parts parse_parts(std::string_view lines);

// The part a file below src/ belongs to ("app" for src/app); empty for anything else.
std::string part_of(std::string_view path);

// Undeclared uses, upward uses, private headers of another feature, includes that exist
// nowhere, circles of declared uses, heavy headers away from home.
std::vector<Finding> check_layers(const std::vector<SourceFile>& files, const Parts& parts);

}  // namespace house
