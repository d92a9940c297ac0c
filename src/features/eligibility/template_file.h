// The rules that the product brings for its programmes (templates.json), read; private to this feature.
// Nobody has compared them with the regulations yet: "verified by" stays empty until somebody does.
// docs/decisions says what was chosen where the sources are silent.
#pragma once
#include <string>
#include <vector>

#include "features/eligibility/eligibility.h"

namespace tiendo::eligibility {

struct Template {
    std::string code;  // of the programme among those that the product brings
    std::vector<Rule> rules;
};
const std::vector<Template>& templates();

}  // namespace tiendo::eligibility
