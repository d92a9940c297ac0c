// The queries about the way of a cohort.
#include "features/cohorts/cohorts_store.h"

namespace tiendo::cohorts {

std::optional<Decided> opening_decision(db::Read& tx, CohortId cohort) {
    return tx.find<Decided>(
        R"sql(
        select e.id, e.document, d.title, coalesce(d.number, ''), d.dated_on, coalesce(d.file_digest, ''),
               coalesce(d.file_name, ''), coalesce(d.file_bytes, 0), e.signatory, e.signatory_title,
               e.recorded_at, a.display_name
        from cohort_events e
        join documents d on d.id = e.document
        join accounts a on a.id = e.recorded_by
        where e.cohort = :cohort and e.kind = 'decided' order by e.id desc limit 1)sql",
        {{"cohort", cohort}}, [](const db::Row& row) {
            return Decided{.event = row.integer(0),
                           .decision = {.paper = {.id = row.id<documents::DocumentId>(1),
                                                  .kind = "decision",
                                                  .title = row.text(2),
                                                  .number = row.text(3),
                                                  .dated_on = row.maybe_date(4),
                                                  .file_digest = row.text(5),
                                                  .file_name = row.text(6),
                                                  .file_bytes = row.integer(7)},
                                        .signatory = row.text(8),
                                        .signatory_title = row.text(9)},
                           .recorded_at = row.instant(10),
                           .recorded_by = row.text(11)};
        });
}

MergerRow last_merger(db::Read& tx, CohortId cohort) {
    return tx
        .find<MergerRow>(R"sql(
            select id, recorded_at from cohort_events where cohort = :cohort and kind = 'merged'
            order by id desc limit 1)sql",
                         {{"cohort", cohort}},
                         [](const db::Row& row) {
                             return MergerRow{row.integer(0), row.instant(1)};
                         })
        .value();
}

std::vector<Cohort> cohorts_to_merge_into(db::Read& tx, const web::Actor& actor, const Cohort& cohort) {
    constexpr int most = 100;  // of one programme, neither closed nor cancelled
    return tx.all<Cohort>(R"sql(
        select c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role, c.partner, c.place,
               c.basis, c.note,
               c.planned_opens_on, c.planned_precision, c.planned_closes_on, c.expected_learners,
               c.opened_on, c.closed_on, c.cancelled_on, c.plan_line,
               c.decided_on, c.postponed_on, c.merged_into, c.filed_on,
               c.hosted_by, c.managed_by, c.certified_by, c.basis_document
        from cohorts c join programmes g on g.id = c.programme
        where c.programme = :programme and c.id <> :id and c.cancelled_on is null and c.closed_on is null
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = :permission)
        order by coalesce(c.opened_on, c.planned_opens_on, '0001-01-01') desc, c.id desc limit :most)sql",
                          {{"programme", cohort.programme.id},
                           {"id", cohort.id},
                           {"actor", actor.account},
                           {"permission", change_cohorts.name},
                           {"most", most}},
                          cohort_of);
}

}  // namespace tiendo::cohorts
