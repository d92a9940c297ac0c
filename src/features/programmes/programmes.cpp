#include "features/programmes/programmes.h"

#include "base/text.h"

namespace tiendo::programmes {

std::optional<Programme> find_programme(db::Read& tx, std::string_view code_or_name) {
    return tx.find<Programme>(R"sql(
        select id, code, name from programmes where code = :code or search = :search
        order by case when code = :code then 0 else 1 end limit 1)sql",
                              {{"code", code_or_name}, {"search", fold(code_or_name)}},
                              [](const db::Row& row) {
                                  return Programme{row.id<ProgrammeId>(0), row.text(1), row.text(2)};
                              });
}

std::optional<Programme> find_programme(db::Read& tx, ProgrammeId id) {
    return tx.find<Programme>(R"sql(select id, code, name from programmes where id = :id)sql", {{"id", id}},
                              [](const db::Row& row) {
                                  return Programme{row.id<ProgrammeId>(0), row.text(1), row.text(2)};
                              });
}

std::vector<Programme> programmes(db::Read& tx) {
    return tx.all<Programme>(R"sql(select id, code, name from programmes order by search, id)sql", {},
                             [](const db::Row& row) {
                                 return Programme{row.id<ProgrammeId>(0), row.text(1), row.text(2)};
                             });
}

std::string nearest_programme(db::Read& tx, std::string_view written) {
    std::vector<std::string> choices;
    for (const Programme& programme : programmes(tx)) {
        choices.push_back(programme.code);
        choices.push_back(programme.name);
    }
    return nearest(written, choices);
}

std::vector<std::string> programme_names(db::Read& tx) {
    return tx.all<std::string>(R"sql(select name from programmes order by search)sql", {},
                               [](const db::Row& row) { return row.text(0); });
}

Programme find_or_make_programme(db::Write& tx, std::string_view name, std::string_view code, Instant at) {
    if (!code.empty())
        if (const auto found = find_programme(tx, code)) return *found;
    if (const auto found = find_programme(tx, name)) return *found;
    Programme programme{new_id<ProgrammeId>(), code.empty() ? slug(name) : std::string(code),
                        std::string(name)};
    tx.run(
        R"sql(
        insert into programmes (id, code, name, search, recorded_at)
        values (:id, :code, :name, :search, :at))sql",
        {{"id", programme.id},
         {"code", programme.code},
         {"name", programme.name},
         {"search", fold(name)},
         {"at", at}});
    return programme;
}

}  // namespace tiendo::programmes
