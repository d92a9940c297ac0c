// What of certificates stands in the way of undoing an import of a roster.
#include "features/certificates/certificates.h"
#include "features/imports/imports.h"

namespace tiendo::certificates {

void depend_on_imports() {
    imports::depends("roster", "undo.roster.certified", R"sql(
        select h.full_name || ' (' || c.code || ')' from participations p
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where p.document = :document
          and (exists (select 1 from certificates a where a.participation = p.id))
        order by h.sort_key, h.id)sql");
}

}  // namespace tiendo::certificates
