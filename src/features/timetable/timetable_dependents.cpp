// What of the timetable stands in the way of undoing an import of cohorts.
#include "features/imports/imports.h"
#include "features/timetable/timetable.h"

namespace tiendo::timetable {

void depend_on_imports() {
    imports::depends("cohorts", "undo.cohorts.sessions", R"sql(
        select distinct c.code from cohorts c join timetable_sessions s on s.cohort = c.id
        where c.document = :document and s.called_off_at is null order by c.code)sql");
}

}  // namespace tiendo::timetable
