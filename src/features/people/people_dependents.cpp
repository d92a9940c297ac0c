// What of people stands in the way of undoing an import of something else.
#include "features/people/people.h"

namespace tiendo::people {

void depend_on_imports() {
    imports::depends("units", "undo.units.people", R"sql(
        select u.name from unit_events m join units u on u.id = m.unit
        where m.document = :document and m.kind = 'made'
          and (exists (select 1 from people p where p.unit = m.unit)
               or exists (select 1 from person_facts f where f.kind = 'unit' and f.value = cast(m.unit as text)))
        order by u.name)sql");
}

}  // namespace tiendo::people
