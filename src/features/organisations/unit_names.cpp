// Units by the names that people write: the code, the name of today, and every former one.
#include "base/text.h"
#include "features/organisations/organisations.h"
#include "features/organisations/unit_store.h"

namespace tiendo::organisations {

UnitNames::UnitNames(db::Read& tx) : centre_(centre(tx).id) {
    // A name that several have had belongs to the one that has it now, then to one that still is.
    tx.each(R"sql(
        select u.id, u.search, u.name, 0, u.ends_on, u.successor from units u
        union all
        select u.id, n.search, n.name, 1, u.ends_on, u.successor
        from unit_names n join units u on u.id = n.unit
        where n.search <> u.search
        order by 4, 5 nulls first, 1)sql",
            {}, [&](const db::Row& row) {
                const auto unit = row.id<UnitId>(0);
                if (by_search_.emplace(row.text(1), unit).second) names_.push_back(row.text(2));
                if (!row.is_null(4)) ended_.emplace(unit, End{row.date(4), row.maybe_id<UnitId>(5)});
            });
    tx.each(R"sql(select id, code from units order by ends_on nulls first, id)sql", {},
            [&](const db::Row& row) { by_search_.emplace(fold(row.view(1)), row.id<UnitId>(0)); });
}

UnitId UnitNames::followed(UnitId unit, std::optional<Date> day) const {
    for (auto ended = ended_.find(unit); ended != ended_.end(); ended = ended_.find(unit)) {
        const bool has_ended = !day || ended->second.on <= *day;
        if (!has_ended || !ended->second.successor) return unit;
        unit = *ended->second.successor;
    }
    return unit;
}

std::optional<UnitId> UnitNames::find(std::string_view name) const {
    const auto found = by_search_.find(fold(name));
    return found == by_search_.end() ? std::nullopt : std::optional(followed(found->second, std::nullopt));
}

std::optional<UnitId> UnitNames::find(std::string_view name, Date day) const {
    const auto found = by_search_.find(fold(name));
    return found == by_search_.end() ? std::nullopt : std::optional(followed(found->second, day));
}

std::string UnitNames::nearest_to(std::string_view name) const { return nearest(name, names_); }

UnitId UnitNames::find_or_make(db::Write& tx, std::string_view name, Instant at,
                               std::optional<UnitId> below) {
    if (const auto found = find(name)) return *found;
    std::string code = slug(name);
    while (tx.integer(R"sql(select count(*) from units where code = :code)sql", {{"code", code}}) > 0)
        code += "-2";
    const UnitId id = insert_unit(tx, 0,
                                  {.id = {},
                                   .parent = below.value_or(centre_),
                                   .code = code,
                                   .name = std::string(name),
                                   .kind = "affiliated_unit"},
                                  {.at = at, .today = day_of(at, Offset{})});
    by_search_.emplace(fold(name), id);
    names_.emplace_back(name);
    return id;
}

}  // namespace tiendo::organisations
