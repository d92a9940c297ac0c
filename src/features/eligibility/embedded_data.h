// The data files of this feature that travel inside the program; private to it.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/embedded.h"

extern "C" const tiendo::EmbeddedEntry embedded_eligibility[];

namespace tiendo::eligibility {

inline std::string_view embedded_data(std::string_view name) {
    for (const EmbeddedFile& file : files_of(embedded_eligibility))
        if (file.name == name) return file.bytes;
    throw std::logic_error("no embedded file " + std::string(name));
}

}  // namespace tiendo::eligibility
