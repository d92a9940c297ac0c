// Taking back the version of the plan that a workbook brought: from now on the one before it holds.
#include "features/plan/plan_store.h"
#include "platform/audit/audit.h"

namespace tiendo::plan {
namespace {

imports::InTheWay built_upon(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct p.year, l.number
        from plan_versions v
        join plans p on p.id = v.plan
        join plan_versions l on l.plan = v.plan and l.number > v.number
        where v.workbook = :document and v.undone_at is null and l.undone_at is null
          and (l.workbook is null or l.workbook <> :document)
        order by p.year, l.number)sql",
            {{"document", document}}, [&](const db::Row& row) {
                found.add(std::to_string(row.integer(1)) + " (" + std::to_string(row.integer(0)) + ")");
            });
    return found;
}

}  // namespace

Outcome<Done> undo_versions(db::Write& tx, const imports::Undoing& undoing) {
    const auto years = tx.all<std::int64_t>(
        R"sql(
        select distinct p.year from plan_versions v join plans p on p.id = v.plan
        where v.workbook = :document)sql",
        {{"document", undoing.document}}, [](const db::Row& row) { return row.integer(0); });
    for (const std::int64_t year : years) tx.lock("plan", year);
    Refusals in_the_way = undoing.in_the_way;
    built_upon(tx, undoing.document).tell(in_the_way, "undo.plan.later_version");
    if (!in_the_way.empty()) return in_the_way;
    tx.run(
        R"sql(update plan_versions set undone_at = :at where workbook = :document and undone_at is null)sql",
        {{"document", undoing.document}, {"at", undoing.at}});
    for (const std::int64_t year : years)
        audit::record(tx, undoing.actor, undoing.at,
                      {"plan.undo", "document", undoing.document.value,
                       Value::object({{"year", year}, {"reason", undoing.reason}})});
    return Done{};
}

}  // namespace tiendo::plan
