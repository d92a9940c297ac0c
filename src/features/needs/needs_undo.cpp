// Taking back the answers that a workbook brought.
#include "features/needs/needs_store.h"

namespace tiendo::needs {
namespace {

imports::InTheWay answered_since(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct u.name from need_answers a
        join need_answers l on l.campaign = a.campaign and l.unit = a.unit and l.programme = a.programme
                           and l.id > a.id and (l.document is null or l.document <> :document)
        join units u on u.id = a.unit
        where a.document = :document order by u.name)sql",
            {{"document", document}}, [&](const db::Row& row) { found.add(row.view(0)); });
    return found;
}

imports::InTheWay drafted_since(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct p.year, v.number from need_lines n
        join plan_versions v on v.id = n.version
        join plans p on p.id = v.plan
        where exists (select 1 from need_answers a
                      where a.document = :document and a.campaign = n.campaign and a.id < n.id)
        order by p.year, v.number)sql",
            {{"document", document}}, [&](const db::Row& row) {
                found.add(std::to_string(row.integer(0)) + " (" + std::to_string(row.integer(1)) + ")");
            });
    return found;
}

}  // namespace

Outcome<Done> undo_answers(db::Write& tx, const imports::Undoing& undoing) {
    const auto campaigns = tx.all<CampaignId>(
        R"sql(select distinct campaign from need_answers where document = :document order by campaign)sql",
        {{"document", undoing.document}}, [](const db::Row& row) { return row.id<CampaignId>(0); });
    for (const CampaignId campaign : campaigns) tx.lock("need campaign", campaign.value);
    Refusals in_the_way = undoing.in_the_way;
    answered_since(tx, undoing.document).tell(in_the_way, "needs.undo_answered");
    drafted_since(tx, undoing.document).tell(in_the_way, "needs.undo_drafted");
    if (!in_the_way.empty()) return in_the_way;

    std::vector<imports::Undone> undone;
    tx.each(R"sql(
        select id, campaign, unit, programme, learners, half, note, reason, recorded_at, source_place
        from need_answers where document = :document order by id)sql",
            {{"document", undoing.document}}, [&](const db::Row& row) {
                undone.push_back({"need_answer", row.integer(0),
                                  Value::object({{"campaign", row.integer(1)},
                                                 {"unit", row.integer(2)},
                                                 {"programme", row.integer(3)},
                                                 {"learners", row.integer(4)},
                                                 {"half", row.text(5)},
                                                 {"note", row.text(6)},
                                                 {"reason", row.text(7)},
                                                 {"recorded_at", row.instant(8)},
                                                 {"source_place", row.text(9)}})});
            });
    keep_undone(tx, undoing, undone);
    // What had been answered before holds again.
    tx.run(R"sql(delete from need_answers where document = :document)sql", {{"document", undoing.document}});
    return Done{};
}

}  // namespace tiendo::needs
