// The programmes and rules that the product brings (templates.toml), read; private to this feature.
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
