// What of duplicates stands in the way of undoing an import of people, and what goes along.
#include "features/duplicates/duplicates.h"
#include "features/imports/imports.h"

namespace tiendo::duplicates {

void depend_on_imports() {
    imports::depends("people", "undo.people.merged", R"sql(
        select h.full_name from people h
        where h.document = :document
          and (exists (select 1 from person_merges m where m.kept = h.id)
               or exists (select 1 from person_merges m where m.gone = h.id)
               or exists (select 1 from people x where x.merged_into = h.id))
        order by h.sort_key, h.id)sql");
    // A pair says nothing without both of its people.
    imports::let_go("people", [](db::Write& tx, documents::DocumentId document) {
        tx.run(R"sql(
            delete from duplicate_pairs
            where first in (select id from people where document = :document)
               or second in (select id from people where document = :document))sql",
               {{"document", document}});
    });
}

}  // namespace tiendo::duplicates
