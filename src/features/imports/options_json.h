// What was said beside a file, as the text a row of imports keeps; private to this feature.
#pragma once
#include <string>
#include <string_view>

#include "features/imports/imports_store.h"

namespace tiendo::imports {

std::string written(const Options& options);
Options options_of(std::string_view written);

// The columns alone.
std::string written(const office::Mapping& mapping);
office::Mapping mapping_of(std::string_view written);

std::string written(const Outline& outline);
Outline outline_of(std::string_view written);
std::string written(const std::vector<std::string>& arguments);
std::vector<std::string> arguments_of(std::string_view written);

}  // namespace tiendo::imports
