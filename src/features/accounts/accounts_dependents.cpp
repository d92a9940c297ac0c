// Whose accounts stand in the way of undoing an import of units.
#include "features/accounts/accounts.h"
#include "features/imports/imports.h"

namespace tiendo::accounts {

void depend_on_imports() {
    imports::depends("units", "undo.units.granted", R"sql(
        select distinct u.name from unit_events m
        join units u on u.id = m.unit
        join grants g on g.unit = m.unit
        where m.document = :document and m.kind = 'made' order by u.name)sql");
}

}  // namespace tiendo::accounts
