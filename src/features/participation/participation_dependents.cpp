// What of rosters stands in the way of undoing an import of something else.
#include "features/participation/participation.h"

namespace tiendo::participation {

void depend_on_imports() {
    imports::depends("people", "undo.people.learners", R"sql(
        select h.full_name || ' (' || c.code || ')' from people h
        join participations p on p.person = h.id
        join cohorts c on c.id = p.cohort
        where h.document = :document order by h.sort_key, h.id)sql");
    imports::depends("cohorts", "undo.cohorts.learners", R"sql(
        select c.code from cohorts c
        where c.document = :document and exists (select 1 from participations p where p.cohort = c.id)
        order by c.code)sql");
    imports::depends("units", "undo.units.learners", R"sql(
        select u.name from unit_events m join units u on u.id = m.unit
        where m.document = :document and m.kind = 'made'
          and exists (select 1 from participations p where p.unit = m.unit)
        order by u.name)sql");
    // What was known of a roster that was undone is still known, by unit as well.
    imports::depends("units", "undo.units.known", R"sql(
        select u.name from unit_events m join units u on u.id = m.unit
        where m.document = :document and m.kind = 'made'
          and exists (select 1 from undone_participations p where p.unit = m.unit)
        order by u.name)sql");
}

}  // namespace tiendo::participation
