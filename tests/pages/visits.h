// Walks through the pages of one feature that leave no form and no list of theirs empty.
#pragma once
#include "year.h"

namespace tiendo::tests {

void visit_assessment(Year& year);
void visit_certificates(Year& year);

}  // namespace tiendo::tests
