// Taking back the units that a list brought.
#include "features/unit_lists/unit_rows.h"

namespace tiendo::unit_lists {
namespace {

imports::InTheWay changed_before(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct u.name from unit_events e join units u on u.id = e.unit
        where e.document = :document and e.kind not in ('made', 'absorbed')
          and not exists (select 1 from unit_events m
                          where m.unit = e.unit and m.kind = 'made' and m.document = :document)
        order by u.name)sql",
            {{"document", document}}, [&](const db::Row& row) { found.add(row.view(0)); });
    return found;
}

imports::InTheWay with_later_events(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct u.name from unit_events m
        join units u on u.id = m.unit
        join unit_events e on (e.unit = m.unit or e.other = m.unit) and (e.document is null or e.document <> :document)
        where m.document = :document and m.kind = 'made' order by u.name)sql",
            {{"document", document}}, [&](const db::Row& row) { found.add(row.view(0)); });
    return found;
}

imports::InTheWay with_others_beneath(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct u.name, b.name from unit_events m
        join units u on u.id = m.unit
        join units b on b.parent = u.id or b.successor = u.id
        where m.document = :document and m.kind = 'made'
          and not exists (select 1 from unit_events n
                          where n.unit = b.id and n.kind = 'made' and n.document = :document)
        order by u.name, b.name)sql",
            {{"document", document}},
            [&](const db::Row& row) { found.add(row.text(1) + " (" + row.text(0) + ")"); });
    return found;
}

}  // namespace

Outcome<Done> undo_list(db::Write& tx, const imports::Undoing& undoing) {
    tx.lock("unit tree");
    Refusals in_the_way = undoing.in_the_way;
    changed_before(tx, undoing.document).tell(in_the_way, "undo.units.changed");
    with_later_events(tx, undoing.document).tell(in_the_way, "undo.units.later");
    with_others_beneath(tx, undoing.document).tell(in_the_way, "undo.units.beneath");
    if (!in_the_way.empty()) return in_the_way;
    organisations::remove_made_by(tx, undoing.actor, undoing.document,
                                  {.at = undoing.at, .today = undoing.today, .reason = undoing.reason});
    return Done{};
}

}  // namespace tiendo::unit_lists
