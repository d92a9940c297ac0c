// What of waivers stands in the way of undoing an import.
#include "features/eligibility/eligibility.h"
#include "features/imports/imports.h"

namespace tiendo::eligibility {

void depend_on_imports() {
    imports::depends("people", "undo.people.waived", R"sql(
        select distinct h.full_name from people h join eligibility_waivers w on w.person = h.id
        where h.document = :document order by h.full_name)sql");
    imports::depends("cohorts", "undo.cohorts.waived", R"sql(
        select distinct c.code from cohorts c join eligibility_waivers w on w.cohort = c.id
        where c.document = :document order by c.code)sql");
}

}  // namespace tiendo::eligibility
