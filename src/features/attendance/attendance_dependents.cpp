// What of attendance stands in the way of undoing an import of a roster.
#include "features/attendance/attendance.h"
#include "features/imports/imports.h"

namespace tiendo::attendance {

void depend_on_imports() {
    imports::depends("roster", "undo.roster.attended", R"sql(
        select h.full_name || ' (' || c.code || ')' from participations p
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where p.document = :document
          and (exists (select 1 from attendance_events a where a.participation = p.id))
        order by h.sort_key, h.id)sql");
}

}  // namespace tiendo::attendance
