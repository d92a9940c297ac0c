#include "features/programmes/programmes.h"

#include "base/text.h"
#include "features/organisations/organisations.h"
#include "platform/audit/audit.h"

namespace tiendo::programmes {
namespace {

// Of another programme; what that one was called before does not count.
std::optional<Programme> find_named(db::Read& tx, const std::string& name) {
    return tx.find<Programme>(
        R"sql(select id, code, name from programmes where search = :search order by id limit 1)sql",
        {{"search", fold(name)}}, [](const db::Row& row) {
            return Programme{row.id<ProgrammeId>(0), row.text(1), row.text(2)};
        });
}

std::optional<Programme> find_coded(db::Read& tx, const std::string& code) {
    return tx.find<Programme>(R"sql(select id, code, name from programmes where code = :code)sql",
                              {{"code", code}}, [](const db::Row& row) {
                                  return Programme{row.id<ProgrammeId>(0), row.text(1), row.text(2)};
                              });
}

void insert(db::Write& tx, const Programme& programme, Instant at) {
    tx.run(
        R"sql(
        insert into programmes (id, code, name, search, recorded_at)
        values (:id, :code, :name, :search, :at))sql",
        {{"id", programme.id},
         {"code", programme.code},
         {"name", programme.name},
         {"search", fold(programme.name)},
         {"at", at}});
}

}  // namespace

bool may(db::Read& tx, const web::Actor& actor, web::Permission permission) {
    return actor.may(permission) && organisations::may(tx, actor, permission, organisations::centre(tx).id);
}

std::optional<Programme> find_programme(db::Read& tx, std::string_view code_or_name) {
    return tx.find<Programme>(R"sql(
        select id, code, name from programmes
        where code = :code or search = :search
           or id in (select programme from programme_names where search = :search)
        order by case when code = :code then 0 when search = :search then 1 else 2 end, id limit 1)sql",
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

Programme require(db::Read& tx, const web::Actor& actor, ProgrammeId id) {
    const auto programme = find_programme(tx, id);
    if (!programme || !may(tx, actor, see_programmes)) throw web::NotFound{};
    return *programme;
}

Programme require_for_change(db::Write& tx, const web::Actor& actor, ProgrammeId id) {
    require(tx, actor, id);
    if (!may(tx, actor, change_programmes)) throw web::Forbidden{};
    tx.lock("programme", id.value);
    return require(tx, actor, id);
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
    insert(tx, programme, at);
    return programme;
}

Outcome<ProgrammeId> make(db::Write& tx, const web::Actor& actor, const std::string& name,
                          const std::string& code, Instant at) {
    if (!may(tx, actor, change_programmes)) throw web::Forbidden{};
    tx.lock("names of programmes");
    const Programme programme{new_id<ProgrammeId>(), code.empty() ? slug(name) : code, name};
    Refusals refusals;
    if (name.empty()) refusals.push_back({"name", "form.required", {}});
    if (const auto other = find_named(tx, name); other && !name.empty())
        refusals.push_back({"name", "programme.name_taken", {other->name, other->code}});
    if (slug(code) != code)
        refusals.push_back({"code", "programme.no_code", {code, slug(code)}});
    else if (const auto other = find_coded(tx, programme.code); other && !name.empty())
        refusals.push_back({"code", "programme.code_taken", {programme.code, other->name}});
    if (!refusals.empty()) return refusals;
    insert(tx, programme, at);
    audit::record(tx, actor, at,
                  {"programme.make", "programme", programme.id.value,
                   Value::object({{"code", programme.code}, {"name", name}})});
    return programme.id;
}

Outcome<Done> rename(db::Write& tx, const web::Actor& actor, const Programme& programme,
                     const std::string& name, const std::string& reason, Instant at) {
    tx.lock("names of programmes");
    if (name.empty()) return Refusal{"name", "form.required", {}};
    if (name == programme.name) return Refusal{"name", "programme.same_name", {name}};
    if (const auto other = find_named(tx, name); other && other->id != programme.id)
        return Refusal{"name", "programme.name_taken", {other->name, other->code}};
    tx.run(R"sql(
        insert into programme_names (id, programme, name, search, reason, recorded_at, recorded_by)
        values (:id, :programme, :name, :search, :reason, :at, :actor))sql",
           {{"id", next_id()},
            {"programme", programme.id},
            {"name", programme.name},
            {"search", fold(programme.name)},
            {"reason", reason},
            {"at", at},
            {"actor", actor.account}});
    tx.run(R"sql(update programmes set name = :name, search = :search where id = :id)sql",
           {{"id", programme.id}, {"name", name}, {"search", fold(name)}});
    audit::record(tx, actor, at,
                  {"programme.rename", "programme", programme.id.value,
                   Value::object({{"before", programme.name}, {"after", name}, {"reason", reason}})});
    return Done{};
}

}  // namespace tiendo::programmes
