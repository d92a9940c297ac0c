// What of calls and nominations stands in the way of undoing an import.
#include "features/nominations/nominations.h"

namespace tiendo::nominations {

void depend_on_imports() {
    imports::depends("people", "undo.people.nominated", R"sql(
        select h.full_name || ' (' || c.code || ')' from people h
        join nominations n on n.person = h.id
        join calls k on k.id = n.call
        join cohorts c on c.id = k.cohort
        where h.document = :document order by h.sort_key, h.id)sql");
    imports::depends("cohorts", "undo.cohorts.called", R"sql(
        select c.code from cohorts c join calls k on k.cohort = c.id
        where c.document = :document order by c.code)sql");
    imports::depends("units", "undo.units.called", R"sql(
        select u.name from unit_events m join units u on u.id = m.unit
        where m.document = :document and m.kind = 'made'
          and (exists (select 1 from call_quotas q where q.unit = m.unit)
               or exists (select 1 from nominations n where n.unit = m.unit)
               or exists (select 1 from newcomers w where w.unit = m.unit))
        order by u.name)sql");
    imports::depends("roster", "undo.roster.nominated", R"sql(
        select h.full_name || ' (' || c.code || ')' from participations p
        join nominations n on n.participation = p.id
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where p.document = :document order by h.sort_key, h.id)sql");
}

}  // namespace tiendo::nominations
