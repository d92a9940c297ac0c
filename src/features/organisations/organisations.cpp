#include "features/organisations/organisations.h"

#include <stdexcept>

#include "base/text.h"

namespace tiendo::organisations {
namespace {

Unit unit_of(const db::Row& row) {
    return {row.id<UnitId>(0), row.maybe_id<UnitId>(1), row.text(2), row.text(3), row.text(4)};
}

UnitId insert_unit(db::Write& tx, std::optional<UnitId> parent, std::string_view code, std::string_view name,
                   std::string_view kind, Instant at) {
    const auto id = new_id<UnitId>();
    tx.run(R"sql(insert into units (id, parent, code, name, search, kind, recorded_at)
                 values (:id, :parent, :code, :name, :search, :kind, :at))sql",
           {{"id", id},
            {"parent", parent},
            {"code", code},
            {"name", name},
            {"search", fold(name)},
            {"kind", kind},
            {"at", at}});
    tx.run(R"sql(insert into unit_ancestors (unit, ancestor) values (:id, :id))sql", {{"id", id}});
    if (parent)
        tx.run(R"sql(insert into unit_ancestors (unit, ancestor)
                     select :id, a.ancestor from unit_ancestors a where a.unit = :parent)sql",
               {{"id", id}, {"parent", *parent}});
    return id;
}

}  // namespace

Unit centre(db::Read& tx) {
    auto unit = tx.find<Unit>(R"sql(select id, parent, code, name, kind from units where parent is null)sql",
                              {}, unit_of);
    if (!unit) throw db::Failure("the database has no centre yet: tiendo init has not been run");
    return *unit;
}

std::optional<Unit> find_unit(db::Read& tx, UnitId id) {
    return tx.find<Unit>(R"sql(select id, parent, code, name, kind from units where id = :id)sql",
                         {{"id", id}}, unit_of);
}

std::vector<Unit> units(db::Read& tx, const web::Actor& actor) {
    return tx.all<Unit>(R"sql(
        select u.id, u.parent, u.code, u.name, u.kind from units u
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission and r.unit = u.id)
        order by u.parent nulls first, u.search)sql",
                        {{"actor", actor.account}, {"permission", see_units.name}}, unit_of);
}

bool may(db::Read& tx, const web::Actor& actor, web::Permission permission, UnitId unit) {
    return tx.integer(R"sql(
        select count(*) from reach where account = :actor and permission = :permission and unit = :unit)sql",
                      {{"actor", actor.account}, {"permission", permission.name}, {"unit", unit}}) > 0;
}

UnitId found_centre(db::Write& tx, std::string_view name, Instant at) {
    return insert_unit(tx, std::nullopt, "centre", name, "centre", at);
}

UnitNames::UnitNames(db::Read& tx) : centre_(centre(tx).id) {
    tx.each(R"sql(select id, search, name from units)sql", {}, [&](const db::Row& row) {
        by_search_.emplace(row.text(1), row.id<UnitId>(0));
        names_.push_back(row.text(2));
    });
}

std::optional<UnitId> UnitNames::find(std::string_view name) const {
    const auto found = by_search_.find(fold(name));
    return found == by_search_.end() ? std::nullopt : std::optional(found->second);
}

std::string UnitNames::nearest_to(std::string_view name) const { return nearest(name, names_); }

UnitId UnitNames::find_or_make(db::Write& tx, std::string_view name, Instant at) {
    if (const auto found = find(name)) return *found;
    std::string code = slug(name);
    while (tx.integer(R"sql(select count(*) from units where code = :code)sql", {{"code", code}}) > 0)
        code += "-2";
    const UnitId id = insert_unit(tx, centre_, code, name, "affiliated_unit", at);
    by_search_.emplace(fold(name), id);
    names_.emplace_back(name);
    return id;
}

}  // namespace tiendo::organisations
