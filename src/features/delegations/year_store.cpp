// The delegations of a year, and what they owe.
#include "features/delegations/delegations_store.h"

namespace tiendo::delegations {

std::vector<Listed> delegations_of_year(db::Read& tx, const web::Actor& actor, int year) {
    return tx.all<Listed>(
        R"sql(
        select c.id, c.code, coalesce(d.countries, ''), c.place, d.departs_on, d.returns_on, c.opened_on,
               c.closed_on, c.planned_opens_on, c.planned_precision, c.planned_closes_on, c.cancelled_on,
               c.expected_learners,
               (select count(*) from participations p where p.cohort = c.id and p.withdrawn_on is null),
               (select count(*) from delegation_members m join participations p on p.id = m.participation
                where m.cohort = c.id and m.report_received_on is not null and p.withdrawn_on is null),
               (select cast(sum(k.planned) as bigint) from delegation_costs k where k.cohort = c.id),
               (select cast(sum(k.spent) as bigint) from delegation_costs k where k.cohort = c.id)
        from cohorts c left join delegations d on d.cohort = c.id
        where c.kind = 'overseas_delegation'
          and coalesce(d.departs_on, c.opened_on, c.planned_opens_on) between :first and :last
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit)
        order by coalesce(d.departs_on, c.opened_on, c.planned_opens_on), c.code)sql",
        {{"first", Date::of(year, 1, 1)},
         {"last", Date::of(year, 12, 31)},
         {"actor", actor.account},
         {"permission", see_delegations.name}},
        [](const db::Row& row) {
            Listed one{.id = row.id<cohorts::CohortId>(0), .code = row.text(1)};
            one.countries = row.view(2).empty() ? row.text(3) : row.text(2);
            one.opened_on = row.maybe_date(6);
            const bool to_the_day = row.view(9) == "day";
            if (!row.is_null(8))
                one.planned_opens_on = {row.date(8), to_the_day ? Precision::day : Precision::month};
            // The same as days_of(cohort) does for one delegation.
            one.departs_on = !row.is_null(4) ? row.maybe_date(4)
                             : one.opened_on ? one.opened_on
                             : to_the_day    ? row.maybe_date(8)
                                             : std::nullopt;
            one.returns_on = !row.is_null(5)   ? row.maybe_date(5)
                             : !row.is_null(7) ? row.maybe_date(7)
                                               : row.maybe_date(10);
            one.cancelled_on = row.maybe_date(11);
            one.expected = row.maybe_integer(12);
            one.members = row.integer(13);
            one.reports_received = row.integer(14);
            one.cost_planned = row.maybe_integer(15);
            one.cost_spent = row.maybe_integer(16);
            return one;
        });
}

std::vector<Settlement> paperwork_of_year(db::Read& tx, const web::Actor& actor, int year) {
    return tx.all<Settlement>(
        R"sql(
        select w.cohort, w.item, w.done_on
        from delegation_paperwork w
        join cohorts c on c.id = w.cohort
        left join delegations d on d.cohort = c.id
        where coalesce(d.departs_on, c.opened_on, c.planned_opens_on) between :first and :last
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit))sql",
        {{"first", Date::of(year, 1, 1)},
         {"last", Date::of(year, 12, 31)},
         {"actor", actor.account},
         {"permission", see_delegations.name}},
        [](const db::Row& row) {
            return Settlement{row.id<cohorts::CohortId>(0), row.text(1), row.maybe_date(2)};
        });
}

std::vector<LateReports> late_reports(db::Read& tx, const web::Actor& actor, Date today) {
    const auto rules = all_rules(tx);
    std::vector<LateReports> late;
    tx.each(R"sql(
        select c.id, c.code, coalesce(d.countries, ''), c.place, d.returns_on, c.closed_on, c.planned_closes_on,
               (select count(*) from participations p left join delegation_members m on m.participation = p.id
                where p.cohort = c.id and p.withdrawn_on is null and m.report_received_on is null)
        from cohorts c left join delegations d on d.cohort = c.id
        where c.kind = 'overseas_delegation' and c.opened_on <= :today and c.cancelled_on is null
          and exists (select 1 from participations p left join delegation_members m on m.participation = p.id
                      where p.cohort = c.id and p.withdrawn_on is null and m.report_received_on is null)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit)
        order by coalesce(d.returns_on, c.closed_on, c.planned_closes_on), c.id)sql",
            {{"today", today}, {"actor", actor.account}, {"permission", change_delegations.name}},
            [&](const db::Row& row) {
                std::optional<Date> returns_on;
                for (const int column : {4, 5, 6})
                    if (!returns_on) returns_on = row.maybe_date(column);
                if (!returns_on || *returns_on > today) return;
                const auto deadlines = report_deadlines(returns_on, in_force(rules, *returns_on));
                if (!is_late(judge_report(true, deadlines, std::nullopt, today))) return;
                late.push_back({.cohort = row.id<cohorts::CohortId>(0),
                                .cohort_code = row.text(1),
                                .countries = row.view(2).empty() ? row.text(3) : row.text(2),
                                .due_on = *deadlines.due_on,
                                .missing = row.integer(7)});
            });
    return late;
}

}  // namespace tiendo::delegations
