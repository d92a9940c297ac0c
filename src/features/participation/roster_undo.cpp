#include "features/participation/roster_undo.h"

#include "platform/audit/audit.h"

namespace tiendo::participation {
namespace {

imports::InTheWay changed_before(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct h.full_name, c.code, p.id
        from participation_events e
        join participations p on p.id = e.participation
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where e.document = :document and (p.document is null or p.document <> :document)
        order by p.id)sql",
            {{"document", document}},
            [&](const db::Row& row) { found.add(row.text(0) + " (" + row.text(1) + ")"); });
    return found;
}

imports::InTheWay with_later_events(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct h.full_name, c.code, p.id
        from participations p
        join participation_events e on e.participation = p.id and e.cohort = p.cohort
        join people h on h.id = p.person
        join cohorts c on c.id = p.cohort
        where p.document = :document and (e.document is null or e.document <> :document)
        order by p.id)sql",
            {{"document", document}},
            [&](const db::Row& row) { found.add(row.text(0) + " (" + row.text(1) + ")"); });
    return found;
}

// Their learners have gone over into another cohort, and would stay there alone.
std::string merged_cohorts(db::Read& tx, documents::DocumentId document) {
    std::string codes;
    tx.each(R"sql(
        select c.code from cohorts c
        where c.merged_into is not null
          and exists (select 1 from participations p where p.cohort = c.id and p.document = :document)
        order by c.code)sql",
            {{"document", document}},
            [&](const db::Row& row) { codes += (codes.empty() ? "" : ", ") + row.text(0); });
    return codes;
}

}  // namespace

Outcome<Done> undo_roster(db::Write& tx, const imports::Undoing& undoing) {
    const auto cohorts = tx.all<cohorts::CohortId>(
        R"sql(select distinct cohort from participations where document = :document order by cohort)sql",
        {{"document", undoing.document}}, [](const db::Row& row) { return row.id<cohorts::CohortId>(0); });
    // Whoever changes a participation holds its cohort.
    for (const cohorts::CohortId cohort : cohorts) tx.lock("cohort", cohort.value);
    Refusals in_the_way = undoing.in_the_way;
    if (undoing.changed > 0)
        in_the_way.push_back(
            {"",
             "roster.undo_changed",
             {std::to_string(undoing.changed), changed_before(tx, undoing.document).names()}});
    with_later_events(tx, undoing.document).tell(in_the_way, "roster.undo_events");
    if (const std::string codes = merged_cohorts(tx, undoing.document); !codes.empty())
        in_the_way.push_back({"", "roster.undo_merged", {codes}});
    if (!in_the_way.empty()) return in_the_way;

    tx.run(R"sql(
        insert into undone_participations (id, cohort, person_name, unit, started_on, withdrawn_on, result,
                                           recorded_at, document, source_place, undone_at, undone_by, reason)
        select p.id, p.cohort, h.full_name, p.unit, p.started_on, p.withdrawn_on, p.result, p.recorded_at,
               p.document, p.source_place, :at, :actor, :reason
        from participations p join people h on h.id = p.person where p.document = :document)sql",
           {{"document", undoing.document},
            {"at", undoing.at},
            {"actor", undoing.actor.account},
            {"reason", undoing.reason}});
    tx.run(R"sql(
        delete from participation_events
        where document = :document and participation in (select id from participations where document = :document))sql",
           {{"document", undoing.document}});
    tx.run(R"sql(delete from participations where document = :document)sql",
           {{"document", undoing.document}});
    // What no row amounts to any more is reversed.
    for (const cohorts::CohortId cohort : cohorts)
        ledger::settle(tx, undoing.at, undoing.document.value, cohort);
    return Done{};
}

}  // namespace tiendo::participation
