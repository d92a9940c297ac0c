// What of needs stands in the way of undoing an import of something else.
#include "features/needs/needs.h"

namespace tiendo::needs {

void depend_on_imports() {
    imports::depends("units", "undo.units.asked", R"sql(
        select distinct u.name from unit_events m
        join units u on u.id = m.unit
        join need_campaign_units n on n.unit = m.unit
        where m.document = :document and m.kind = 'made' order by u.name)sql");
}

}  // namespace tiendo::needs
