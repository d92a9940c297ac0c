// What of assessment stands in the way of undoing an import of cohorts.
#include "features/assessment/assessment.h"
#include "features/imports/imports.h"

namespace tiendo::assessment {

void depend_on_imports() {
    imports::depends("cohorts", "undo.cohorts.assessed", R"sql(
        select distinct c.code from cohorts c join assessment_components a on a.cohort = c.id
        where c.document = :document order by c.code)sql");
    imports::depends("roster", "undo.roster.marked", R"sql(
        select h.full_name || ' (' || c.code || ')' from participations p
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where p.document = :document
          and (exists (select 1 from marks m where m.participation = p.id)
               or exists (select 1 from mark_events m where m.participation = p.id)
               or exists (select 1 from marking_codes m where m.participation = p.id)
               or exists (select 1 from submitted_papers m where m.participation = p.id)
               or exists (select 1 from aim_marks m where m.participation = p.id)
               or exists (select 1 from assessment_results m where m.participation = p.id))
        order by h.sort_key, h.id)sql");
}

}  // namespace tiendo::assessment
