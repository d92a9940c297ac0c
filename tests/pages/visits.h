// Walks through the pages of one feature that leave no form and no list of theirs empty.
#pragma once
#include "year.h"

namespace tiendo::tests {

void visit_assessment(Year& year);
void visit_surveys(Year& year);
void visit_delegations(Year& year);
void visit_field_trips(Year& year);
std::string visit_attendance(Year& year);  // the address of the book it leaves
void visit_programmes(Year& year);
void visit_timetable(Year& year);
void visit_cohort_life(Year& year);
// The first programme asks for two or three learners.
void set_size(Year& year);
void visit_dossier(Year& year);
void visit_house_lists(Year& year);
void visit_certificates(Year& year);

}  // namespace tiendo::tests
