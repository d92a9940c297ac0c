// What of delegations stands in the way of undoing an import of a roster.
#include "features/delegations/delegations.h"
#include "features/imports/imports.h"

namespace tiendo::delegations {

void depend_on_imports() {
    imports::depends("roster", "undo.roster.travelled", R"sql(
        select h.full_name || ' (' || c.code || ')' from participations p
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where p.document = :document
          and (exists (select 1 from delegation_members d where d.participation = p.id)
               or exists (select 1 from delegation_visas d where d.participation = p.id))
        order by h.sort_key, h.id)sql");
}

}  // namespace tiendo::delegations
