// What of cohorts stands in the way of undoing an import of something else.
#include "features/cohorts/cohorts.h"

namespace tiendo::cohorts {

void depend_on_imports() {
    // Lines that no other version has.
    imports::depends("plan", "undo.plan.cohorts", R"sql(
        select c.code from plan_versions v
        join plan_targets t on t.version = v.id
        join cohorts c on c.plan_line = t.line
        where v.workbook = :document and v.undone_at is null and c.undone_at is null
          and not exists (select 1 from plan_targets o join plan_versions x on x.id = o.version
                          where o.line = t.line and x.undone_at is null
                            and (x.workbook is null or x.workbook <> :document))
        order by c.code)sql");
    imports::depends("units", "undo.units.organising", R"sql(
        select distinct u.name from unit_events m
        join units u on u.id = m.unit
        join cohorts c on c.organiser_unit = m.unit
        where m.document = :document and m.kind = 'made' order by u.name)sql");
}

}  // namespace tiendo::cohorts
