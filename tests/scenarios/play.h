// Plays a scenario, step by step, and stops at the first that does not hold.
#pragma once
#include "place.h"
#include "scenario.h"

namespace scenario {

// Throws Failure with the line and what differed.
void play(const Scenario& scenario, const Place& place);

}  // namespace scenario
