// The programmes that the product brings (templates.json), read; private to this feature. Nobody has
// compared them with the regulations yet: "verified by" stays empty until somebody does, and the remarks
// of a version say which of its figures no source gives.
#pragma once
#include <string>
#include <vector>

#include "features/programmes/programmes.h"

namespace tiendo::programmes {

struct Template {
    std::string code, name;
    std::vector<Version> versions;  // numbered from 1, the first in force first
};
const std::vector<Template>& templates();

}  // namespace tiendo::programmes
