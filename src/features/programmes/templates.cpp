// The programmes that the product brings, recorded as programmes like any other.
#include <set>

#include "features/programmes/presenter.h"
#include "features/programmes/template_file.h"
#include "features/programmes/versions_store.h"
#include "platform/audit/audit.h"

namespace tiendo::programmes {
namespace {

std::map<std::string, Programme> installed(db::Read& tx) {
    std::map<std::string, Programme> by_code;
    tx.each(R"sql(
        select t.code, p.id, p.code, p.name from programme_templates t join programmes p on p.id = t.programme)sql",
            {}, [&](const db::Row& row) {
                by_code.emplace(row.text(0), Programme{row.id<ProgrammeId>(1), row.text(2), row.text(3)});
            });
    return by_code;
}

Programme install(db::Write& tx, const web::Actor& actor, const Template& brought, Instant at) {
    const Programme programme = find_or_make_programme(tx, brought.name, brought.code, at);
    if (versions_of(tx, programme.id).empty())
        for (Version version : brought.versions) {
            version.programme = programme.id;
            insert_version(tx, actor, version, at);
            audit::record(tx, actor, at,
                          {"programme.version", "programme", programme.id.value, to_value(version)});
        }
    tx.run(R"sql(
        insert into programme_templates (code, programme, recorded_at) values (:code, :programme, :at))sql",
           {{"code", brought.code}, {"programme", programme.id}, {"at", at}});
    return programme;
}

}  // namespace

std::map<std::string, Programme> install_templates(db::Write& tx, const web::Actor& actor, Instant at) {
    tx.lock("names of programmes");
    std::map<std::string, Programme> there = installed(tx);
    for (const Template& brought : templates())
        if (!there.contains(brought.code)) there.emplace(brought.code, install(tx, actor, brought, at));
    return there;
}

bool templates_are_installed(db::Read& tx) {
    std::set<std::string> codes;
    tx.each(R"sql(select code from programme_templates)sql", {},
            [&](const db::Row& row) { codes.insert(row.text(0)); });
    for (const Template& brought : templates())
        if (!codes.contains(brought.code)) return false;
    return true;
}

}  // namespace tiendo::programmes
