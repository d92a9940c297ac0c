#include "features/organisations/organisations.h"

#include "features/organisations/unit_store.h"

namespace tiendo::organisations {
namespace {

// Of a row that begins with id, parent, code, name, kind, begins_on, ends_on, successor.
Unit unit_of(const db::Row& row) {
    return {row.id<UnitId>(0), row.maybe_id<UnitId>(1), row.text(2),       row.text(3),
            row.text(4),       row.maybe_date(5),       row.maybe_date(6), row.maybe_id<UnitId>(7)};
}

}  // namespace

Unit centre(db::Read& tx) {
    auto unit = tx.find<Unit>(R"sql(
        select id, parent, code, name, kind, begins_on, ends_on, successor from units where parent is null)sql",
                              {}, unit_of);
    if (!unit) throw db::Failure("the database has no centre yet: tiendo init has not been run");
    return *unit;
}

std::optional<Unit> find_unit(db::Read& tx, UnitId id) {
    return tx.find<Unit>(R"sql(
        select id, parent, code, name, kind, begins_on, ends_on, successor from units where id = :id)sql",
                         {{"id", id}}, unit_of);
}

std::optional<Unit> find_unit(db::Read& tx, std::string_view code) {
    return tx.find<Unit>(R"sql(
        select id, parent, code, name, kind, begins_on, ends_on, successor from units where code = :code)sql",
                         {{"code", code}}, unit_of);
}

std::vector<Unit> units(db::Read& tx, const web::Actor& actor) {
    return tx.all<Unit>(R"sql(
        select u.id, u.parent, u.code, u.name, u.kind, u.begins_on, u.ends_on, u.successor from units u
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = u.id)
        order by u.parent nulls first, u.search)sql",
                        {{"actor", actor.account}, {"permission", see_units.name}}, unit_of);
}

std::vector<Unit> units_on(db::Read& tx, const web::Actor& actor, Date day) {
    std::vector<Unit> all =
        tx.all<Unit>(R"sql(
        select u.id,
               (select p.parent from unit_places p
                where p.unit = u.id and (p.valid_from is null or p.valid_from <= :day)
                order by p.valid_from desc nulls last, p.id desc limit 1),
               u.code,
               (select n.name from unit_names n
                where n.unit = u.id and (n.valid_from is null or n.valid_from <= :day)
                order by n.valid_from desc nulls last, n.id desc limit 1),
               u.kind, u.begins_on, u.ends_on, u.successor
        from units u
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = u.id)
        order by u.search, u.id)sql",
                     {{"actor", actor.account}, {"permission", see_units.name}, {"day", day}}, unit_of);
    return all;
}

Unit require(db::Read& tx, const web::Actor& actor, UnitId id) {
    const auto found = find_unit(tx, id);
    if (!found || !may(tx, actor, see_units, id)) throw web::NotFound{};
    return *found;
}

std::string name_on(db::Read& tx, UnitId unit, Date day) {
    return tx
        .find<std::string>(R"sql(
            select name from unit_names where unit = :unit and (valid_from is null or valid_from <= :day)
            order by valid_from desc nulls last, id desc limit 1)sql",
                           {{"unit", unit}, {"day", day}}, [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

std::unordered_map<UnitId, std::string> names_on(db::Read& tx, Date day) {
    std::unordered_map<UnitId, std::string> names;
    // The last name of each unit is the one that stays.
    tx.each(R"sql(
        select unit, name from unit_names where valid_from is null or valid_from <= :day
        order by unit, valid_from nulls first, id)sql",
            {{"day", day}}, [&](const db::Row& row) { names[row.id<UnitId>(0)] = row.text(1); });
    return names;
}

bool may(db::Read& tx, const web::Actor& actor, web::Permission permission, UnitId unit) {
    return tx.integer(R"sql(
        select count(*) from reach where account = :actor and permission = :permission and unit = :unit)sql",
                      {{"actor", actor.account}, {"permission", permission.name}, {"unit", unit}}) > 0;
}

std::set<std::string, std::less<>> permitted_on(db::Read& tx, const web::Actor& actor, UnitId unit) {
    std::set<std::string, std::less<>> names;
    tx.each(R"sql(select permission from reach where account = :actor and unit = :unit)sql",
            {{"actor", actor.account}, {"unit", unit}},
            [&](const db::Row& row) { names.emplace(row.view(0)); });
    return names;
}

UnitId found_centre(db::Write& tx, std::string_view name, Instant at) {
    return insert_unit(
        tx, 0, {.id = {}, .parent = {}, .code = "centre", .name = std::string(name), .kind = "centre"},
        {.at = at, .today = day_of(at, Offset{})});
}

}  // namespace tiendo::organisations
