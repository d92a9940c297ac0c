// Walks through the pages of one feature that leave no form and no list of theirs empty.
#pragma once
#include "year.h"

namespace tiendo::tests {

void visit_assessment(Year& year);
void visit_cohort_life(Year& year);
// The first programme asks for two or three learners.
void set_size(Year& year);
void visit_dossier(Year& year);

}  // namespace tiendo::tests
