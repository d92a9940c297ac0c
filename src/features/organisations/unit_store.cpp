#include "features/organisations/unit_store.h"

#include "base/text.h"

namespace tiendo::organisations {
namespace {

std::optional<std::int64_t> recorder(std::int64_t actor) {
    return actor == 0 ? std::nullopt : std::optional(actor);
}

}  // namespace

UnitId insert_unit(db::Write& tx, std::int64_t actor, const Unit& unit, const Act& act) {
    const auto id = new_id<UnitId>();
    tx.run(R"sql(insert into units (id, parent, code, name, search, kind, begins_on, recorded_at)
                 values (:id, :parent, :code, :name, :search, :kind, :begins_on, :at))sql",
           {{"id", id},
            {"parent", unit.parent},
            {"code", unit.code},
            {"name", unit.name},
            {"search", fold(unit.name)},
            {"kind", unit.kind},
            {"begins_on", unit.begins_on},
            {"at", act.at}});
    tx.run(R"sql(insert into unit_ancestors (unit, ancestor) values (:id, :id))sql", {{"id", id}});
    tx.run(R"sql(insert into unit_ancestors (unit, ancestor)
                 select :id, a.ancestor from unit_ancestors a where a.unit = :parent)sql",
           {{"id", id}, {"parent", unit.parent}});
    tx.run(R"sql(insert into unit_names (id, unit, name, search, recorded_at, recorded_by)
                 values (:row, :id, :name, :search, :at, :actor))sql",
           {{"row", next_id()},
            {"id", id},
            {"name", unit.name},
            {"search", fold(unit.name)},
            {"at", act.at},
            {"actor", recorder(actor)}});
    tx.run(R"sql(insert into unit_places (id, unit, parent, recorded_at, recorded_by)
                 values (:row, :id, :parent, :at, :actor))sql",
           {{"row", next_id()},
            {"id", id},
            {"parent", unit.parent},
            {"at", act.at},
            {"actor", recorder(actor)}});
    insert_event(tx, actor, id, {.kind = "made", .effective_on = unit.begins_on, .after = unit.name}, act);
    return id;
}

void insert_event(db::Write& tx, std::int64_t actor, UnitId unit, const NewEvent& event, const Act& act) {
    tx.run(R"sql(
        insert into unit_events (id, unit, kind, effective_on, other, before, after, recorded_at, recorded_by,
                                 reason, basis, document, source_place)
        values (:id, :unit, :kind, :effective_on, :other, :before, :after, :at, :actor,
                :reason, :basis, :document, :place))sql",
           {{"id", next_id()},
            {"unit", unit},
            {"kind", event.kind},
            {"effective_on", event.effective_on},
            {"other", event.other},
            {"before", event.before},
            {"after", event.after},
            {"at", act.at},
            {"actor", recorder(actor)},
            {"reason", act.reason},
            {"basis", act.basis},
            {"document", act.document},
            {"place", act.place}});
}

void insert_name(db::Write& tx, std::int64_t actor, UnitId unit, const std::string& name,
                 std::optional<Date> from, Instant at) {
    tx.run(R"sql(insert into unit_names (id, unit, name, search, valid_from, recorded_at, recorded_by)
                 values (:id, :unit, :name, :search, :from, :at, :actor))sql",
           {{"id", next_id()},
            {"unit", unit},
            {"name", name},
            {"search", fold(name)},
            {"from", from},
            {"at", at},
            {"actor", recorder(actor)}});
    // A name of the past leaves the one of today as it is.
    tx.run(R"sql(
        update units set
            name = (select n.name from unit_names n where n.unit = units.id
                    order by n.valid_from desc nulls last, n.id desc limit 1),
            search = (select n.search from unit_names n where n.unit = units.id
                      order by n.valid_from desc nulls last, n.id desc limit 1)
        where id = :unit)sql",
           {{"unit", unit}});
}

void insert_place(db::Write& tx, std::int64_t actor, UnitId unit, UnitId parent, Date from, Instant at) {
    tx.run(R"sql(insert into unit_places (id, unit, parent, valid_from, recorded_at, recorded_by)
                 values (:id, :unit, :parent, :from, :at, :actor))sql",
           {{"id", next_id()},
            {"unit", unit},
            {"parent", parent},
            {"from", from},
            {"at", at},
            {"actor", recorder(actor)}});
    tx.run(R"sql(
        update units set parent = (select p.parent from unit_places p where p.unit = units.id
                                   order by p.valid_from desc nulls last, p.id desc limit 1)
        where id = :unit)sql",
           {{"unit", unit}});
}

void insert_places_of_children(db::Write& tx, std::int64_t actor, UnitId parent, UnitId other, Date from,
                               const Act& act) {
    const auto children = tx.all<UnitId>(
        R"sql(select id from units
              where parent = :parent and (ends_on is null or ends_on > :from) and id <> :other)sql",
        {{"parent", parent}, {"other", other}, {"from", from}},
        [](const db::Row& row) { return row.id<UnitId>(0); });
    auto places =
        tx.bulk("unit_places", {"id", "unit", "parent", "valid_from", "recorded_at", "recorded_by"});
    auto events =
        tx.bulk("unit_events", {"id", "unit", "kind", "effective_on", "other", "before", "after",
                                "recorded_at", "recorded_by", "reason", "basis", "document", "source_place"});
    for (const UnitId child : children) {
        places.add({next_id(), child, other, from, act.at, recorder(actor)});
        events.add({next_id(), child, "moved", from, other, "", "", act.at, recorder(actor), act.reason,
                    act.basis, act.document, act.place});
    }
    places.flush();
    events.flush();
    tx.run(R"sql(update units set parent = :other
                 where parent = :parent and (ends_on is null or ends_on > :from) and id <> :other)sql",
           {{"parent", parent}, {"other", other}, {"from", from}});
}

void update_end(db::Write& tx, UnitId unit, std::optional<Date> ends_on, std::optional<UnitId> successor) {
    tx.run(R"sql(update units set ends_on = :ends_on, successor = :successor where id = :unit)sql",
           {{"unit", unit}, {"ends_on", ends_on}, {"successor", successor}});
}

void update_description(db::Write& tx, UnitId unit, const std::string& code, const std::string& kind,
                        std::optional<Date> begins_on) {
    tx.run(R"sql(update units set code = :code, kind = :kind, begins_on = :begins_on where id = :unit)sql",
           {{"unit", unit}, {"code", code}, {"kind", kind}, {"begins_on", begins_on}});
}

void delete_unit(db::Write& tx, UnitId unit) {
    tx.run(R"sql(delete from unit_ancestors where unit = :unit)sql", {{"unit", unit}});
    tx.run(R"sql(delete from unit_names where unit = :unit)sql", {{"unit", unit}});
    tx.run(R"sql(delete from unit_places where unit = :unit)sql", {{"unit", unit}});
    tx.run(R"sql(delete from unit_events where unit = :unit)sql", {{"unit", unit}});
    tx.run(R"sql(delete from units where id = :unit)sql", {{"unit", unit}});
}

void settle_ancestors(db::Write& tx, UnitId unit) {
    tx.run(R"sql(
        delete from unit_ancestors where unit in (
            with recursive beneath (id) as (
                select u.id from units u where u.id = :unit
                union
                select u.id from beneath b join units u on u.parent = b.id or u.successor = b.id)
            select id from beneath))sql",
           {{"unit", unit}});
    tx.run(R"sql(
        insert into unit_ancestors (unit, ancestor)
        with recursive beneath (id) as (
            select u.id from units u where u.id = :unit
            union
            select u.id from beneath b join units u on u.parent = b.id or u.successor = b.id),
        above (unit, ancestor) as (
            select id, id from beneath
            union
            select a.unit, e.higher
            from above a
            join (select id, parent as higher from units where parent is not null
                  union all
                  select id, successor from units where successor is not null) e on e.id = a.ancestor)
        select unit, ancestor from above)sql",
           {{"unit", unit}});
}

std::int64_t children_left(db::Read& tx, UnitId unit, Date day) {
    return tx.integer(R"sql(
        select count(*) from units where parent = :unit and (ends_on is null or ends_on > :day))sql",
                      {{"unit", unit}, {"day", day}});
}

std::optional<Date> named_since(db::Read& tx, UnitId unit) {
    const auto found = tx.find<std::optional<Date>>(
        R"sql(select valid_from from unit_names where unit = :unit
              order by valid_from desc nulls last, id desc limit 1)sql",
        {{"unit", unit}}, [](const db::Row& row) { return row.maybe_date(0); });
    return found.value_or(std::nullopt);
}

std::vector<Event> history(db::Read& tx, UnitId unit) {
    return tx.all<Event>(R"sql(
        select e.id, e.kind, e.effective_on, e.other, coalesce(o.name, ''), e.before, e.after, e.recorded_at,
               coalesce(a.display_name, ''), e.reason, e.basis, e.source_place, e.document, coalesce(d.title, '')
        from unit_events e
        left join units o on o.id = e.other
        left join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        where e.unit = :unit
        order by coalesce(e.effective_on, (select u.begins_on from units u where u.id = e.unit)) desc nulls last,
                 e.id desc)sql",
                         {{"unit", unit}}, [](const db::Row& row) {
                             return Event{row.integer(0),
                                          row.text(1),
                                          row.maybe_date(2),
                                          row.maybe_id<UnitId>(3),
                                          row.text(4),
                                          row.text(5),
                                          row.text(6),
                                          row.instant(7),
                                          row.text(8),
                                          row.text(9),
                                          row.text(10),
                                          row.text(11),
                                          row.maybe_id<Id<documents::Document>>(12),
                                          row.text(13)};
                         });
}

}  // namespace tiendo::organisations
