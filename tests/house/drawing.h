// docs/features.svg: the parts and who uses whom, drawn from the lines the build enforces.
#pragma once
#include <string>

#include "layers.h"

namespace house {

// A drawing of app, features, platform and base, the user above the used. A use that
// follows from another (plan uses cohorts, cohorts uses people: plan uses people) is left
// out, so that what remains can be read; so are the two rules without exception: features
// see the whole platform, and everything sees base.
std::string draw(const Parts& parts);

}  // namespace house
