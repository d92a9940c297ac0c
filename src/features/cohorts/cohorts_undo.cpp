// Taking back the cohorts that a workbook brought.
#include "features/cohorts/cohorts_store.h"
#include "platform/audit/audit.h"

namespace tiendo::cohorts {
namespace {

imports::InTheWay changed_before(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select distinct c.code from cohort_events e join cohorts c on c.id = e.cohort
        where e.document = :document and (c.document is null or c.document <> :document) order by c.code)sql",
            {{"document", document}}, [&](const db::Row& row) { found.add(row.view(0)); });
    return found;
}

imports::InTheWay with_later_events(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select c.code from cohorts c
        where c.document = :document
          and (exists (select 1 from cohort_events e
                       where e.cohort = c.id and (e.document is null or e.document <> :document))
               or exists (select 1 from cohort_descriptions d
                          where d.cohort = c.id and d.recorded_at > c.recorded_at)
               or exists (select 1 from field_trips t where t.cohort = c.id))
        order by c.code)sql",
            {{"document", document}}, [&](const db::Row& row) { found.add(row.view(0)); });
    return found;
}

// Counts as if it had not been, from the moment it is taken back: what was known before stays.
void take_back(db::Write& tx, const imports::Undoing& undoing, CohortId id) {
    tx.lock("cohort", id.value);
    const Cohort cohort = require_for_books(tx, id);
    const Act act{undoing.at, undoing.reason, {}};
    // Of a file that corrected itself some may be cancelled already.
    if (!cohort.facts.cancelled_on)
        cancel(tx, undoing.actor, cohort, cohort.facts.opened_on.value_or(undoing.today), act);
    tx.run(R"sql(update cohorts set undone_at = :at, code = :code where id = :id)sql",
           {{"id", id}, {"at", undoing.at}, {"code", cohort.code + " ~" + to_text(id)}});
}

}  // namespace

Outcome<Done> undo_cohorts(db::Write& tx, const imports::Undoing& undoing) {
    Refusals in_the_way = undoing.in_the_way;
    if (undoing.changed > 0)
        in_the_way.push_back(
            {"",
             "undo.cohorts.changed",
             {std::to_string(undoing.changed), changed_before(tx, undoing.document).names()}});
    with_later_events(tx, undoing.document).tell(in_the_way, "undo.cohorts.later");
    if (!in_the_way.empty()) return in_the_way;
    const auto cohorts = tx.all<CohortId>(
        R"sql(select id from cohorts where document = :document and undone_at is null order by id)sql",
        {{"document", undoing.document}}, [](const db::Row& row) { return row.id<CohortId>(0); });
    for (const CohortId cohort : cohorts) take_back(tx, undoing, cohort);
    return Done{};
}

}  // namespace tiendo::cohorts
