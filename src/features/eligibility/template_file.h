// The programmes and rules that the product brings (templates.json), read; private to this feature.
// Nobody has compared them with the regulations yet: "verified by" stays empty until somebody does.
// docs/decisions says what was chosen where the sources are silent.
#pragma once
#include <string>
#include <vector>

#include "features/eligibility/eligibility.h"

namespace tiendo::eligibility {

struct Template {
    std::string code, name;  // of the programme
    std::vector<Rule> rules;
};
const std::vector<Template>& templates();

}  // namespace tiendo::eligibility
