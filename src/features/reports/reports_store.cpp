#include "features/reports/reports_store.h"

#include <algorithm>

namespace tiendo::reports {
namespace {

using cohorts::Cohort;

CohortLine cohort_line_of(const db::Row& row) {
    Cohort cohort{
        .id = row.id<cohorts::CohortId>(0),
        .code = row.text(1),
        .programme = {row.id<programmes::ProgrammeId>(2), row.text(3), row.text(4)},
        .organiser_unit = {},
        .kind = *cohorts::parse_kind(row.view(5)),
        .role = *cohorts::parse_role(row.view(6)),
        .partner = row.text(7),
        .place = row.text(8),
        .basis = row.text(9),
        .note = {},
        .planned_opens_on = std::nullopt,
        .planned_closes_on = std::nullopt,
        .expected_learners = row.maybe_integer(12),
        .facts = {.opened_on = row.maybe_date(13), .closed_on = {}, .cancelled_on = {}, .plan_line = {}}};
    if (!row.is_null(10))
        cohort.planned_opens_on = {row.date(10), row.view(11) == "month" ? Precision::month : Precision::day};
    return {std::move(cohort), row.integer(14)};
}

Date first_day(int year) { return *Date::of(year, 1, 1); }
Date last_day(int year) { return *Date::of(year, 12, 31); }
// A later day than the year's last tells of what counts, and of nothing that the next year began.
Date last_day_told(const Question& question) {
    return std::min(question.view.as_of, last_day(question.year));
}

}  // namespace

std::unordered_map<std::int64_t, Actuals> actuals_by_line(db::Read& tx, plan::PlanId plan,
                                                          const plan::View& view) {
    std::unordered_map<std::int64_t, Actuals> actuals;
    const auto take = [&](const db::Row& row) { actuals[row.integer(0)] = {row.integer(1), row.integer(2)}; };
    // A sum for each line and measure is one walk along the key; grouping them all would sort them first.
    if (!view.known_at)
        tx.each(R"sql(
            select l.id,
                   coalesce((select cast(sum(t.quantity) as bigint) from day_totals t
                             where t.account = l.id and t.measure = 'cohorts_opened' and t.effective_on <= :as_of), 0),
                   coalesce((select cast(sum(t.quantity) as bigint) from day_totals t
                             where t.account = l.id and t.measure = 'learners_started' and t.effective_on <= :as_of), 0)
            from plan_lines l where l.plan = :plan)sql",
                {{"plan", plan}, {"as_of", view.as_of}}, take);
    else
        tx.each(R"sql(
            select l.id,
                   coalesce((select cast(sum(p.quantity) as bigint) from postings p
                             where p.plan_line = l.id and p.measure = 'cohorts_opened'
                               and p.effective_on <= :as_of and p.recorded_at <= :known_at), 0),
                   coalesce((select cast(sum(p.quantity) as bigint) from postings p
                             where p.plan_line = l.id and p.measure = 'learners_started'
                               and p.effective_on <= :as_of and p.recorded_at <= :known_at), 0)
            from plan_lines l where l.plan = :plan)sql",
                {{"plan", plan}, {"as_of", view.as_of}, {"known_at", *view.known_at}}, take);
    return actuals;
}

std::vector<CohortLine> uncounted_cohorts(db::Read& tx, const web::Actor& actor, const Question& question) {
    const plan::View& view = question.view;
    if (!view.known_at)
        return tx.all<CohortLine>(R"sql(
            select c.id, c.code, g.id, g.code, g.name, c.kind, c.role, c.partner, c.place, c.basis,
                   c.planned_opens_on, c.planned_precision, c.expected_learners, c.opened_on,
                   coalesce((select cast(sum(t.quantity) as bigint) from day_totals t
                             where t.account = c.id and t.measure = 'learners_started' and t.effective_on <= :as_of), 0)
            from cohorts c join programmes g on g.id = c.programme
            where c.plan_line is null and c.opened_on between :first_day and :until
              and c.organiser_unit in (select r.unit from reach r
                  where r.account = :actor and r.permission = :permission)
              and (c.cancelled_on is null or c.cancelled_on > :as_of)
            order by c.opened_on, c.code)sql",
                                  {{"first_day", first_day(question.year)},
                                   {"until", last_day_told(question)},
                                   {"as_of", view.as_of},
                                   {"actor", actor.account},
                                   {"permission", see_statements.name}},
                                  cohort_line_of);
    return tx.all<CohortLine>(R"sql(
        select c.id, c.code, g.id, g.code, g.name, d.kind, d.role, d.partner, c.place, c.basis,
               d.planned_opens_on, d.planned_precision, d.expected_learners, o.effective_on,
               coalesce((select cast(sum(p.quantity) as bigint) from postings p
                         where p.cohort = c.id and p.plan_line is null and p.measure = 'learners_started'
                           and p.effective_on <= :as_of and p.recorded_at <= :known_at), 0)
        from (select cohort from postings
              where plan_line is null and measure = 'cohorts_opened' and recorded_at <= :known_at
                and effective_on between :first_day and :until
              group by cohort having sum(quantity) > 0) counted
        join cohorts c on c.id = counted.cohort
        join cohort_events o on o.id = (select max(e.id) from cohort_events e
                                        where e.cohort = c.id and e.kind = 'opened' and e.recorded_at <= :known_at)
        join cohort_descriptions d on d.id = (select max(x.id) from cohort_descriptions x
                                              where x.cohort = c.id and x.recorded_at <= :known_at)
        join programmes g on g.id = c.programme
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission
            and r.unit = c.organiser_unit)
        order by o.effective_on, c.code)sql",
                              {{"first_day", first_day(question.year)},
                               {"until", last_day_told(question)},
                               {"as_of", view.as_of},
                               {"known_at", *view.known_at},
                               {"actor", actor.account},
                               {"permission", see_statements.name}},
                              cohort_line_of);
}

std::vector<CohortLine> cohorts_to_come(db::Read& tx, const web::Actor& actor, const Question& question) {
    const plan::View& view = question.view;
    // Two ranges of two indexes, each from its unit on: the cohorts of all years are not looked through.
    if (!view.known_at)
        return tx.all<CohortLine>(R"sql(
            select c.id, c.code, g.id, g.code, g.name, c.kind, c.role, c.partner, c.place, c.basis,
                   c.planned_opens_on, c.planned_precision, c.expected_learners, c.opened_on, 0
            from (select n.id from cohorts n
                  where n.opened_on is null and n.planned_opens_on between :first_day and :last_day
                    and n.organiser_unit in (select r.unit from reach r
                        where r.account = :actor and r.permission = :permission)
                  union all
                  select n.id from cohorts n
                  where n.opened_on > :as_of and n.opened_on <= :last_day
                    and n.organiser_unit in (select r.unit from reach r
                        where r.account = :actor and r.permission = :permission)) later
            join cohorts c on c.id = later.id
            join programmes g on g.id = c.programme
            where c.cancelled_on is null
            order by coalesce(c.opened_on, c.planned_opens_on), c.code)sql",
                                  {{"first_day", first_day(question.year)},
                                   {"last_day", last_day(question.year)},
                                   {"as_of", view.as_of},
                                   {"actor", actor.account},
                                   {"permission", see_statements.name}},
                                  cohort_line_of);
    // What was opened, cancelled or merged is what the last such row known by then says.
    return tx.all<CohortLine>(R"sql(
        select c.id, c.code, g.id, g.code, g.name, d.kind, d.role, d.partner, c.place, c.basis,
               d.planned_opens_on, d.planned_precision, d.expected_learners, o.effective_on, 0
        from cohorts c
        join cohort_descriptions d on d.id = (select max(x.id) from cohort_descriptions x
                                              where x.cohort = c.id and x.recorded_at <= :known_at)
        join programmes g on g.id = c.programme
        left join cohort_events o on o.id = (select max(e.id) from cohort_events e
                                             where e.cohort = c.id and e.kind = 'opened' and e.recorded_at <= :known_at)
        left join cohort_events x on x.id = (select max(e.id) from cohort_events e
                                             where e.cohort = c.id
                                                 and e.kind in ('cancelled', 'merged', 'reinstated')
                                                 and e.recorded_at <= :known_at)
        where ((o.effective_on is null and d.planned_opens_on between :first_day and :last_day)
               or (o.effective_on > :as_of and o.effective_on <= :last_day))
          and (x.kind is null or x.kind = 'reinstated')
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit)
        order by coalesce(o.effective_on, d.planned_opens_on), c.code)sql",
                              {{"first_day", first_day(question.year)},
                               {"last_day", last_day(question.year)},
                               {"as_of", view.as_of},
                               {"known_at", *view.known_at},
                               {"actor", actor.account},
                               {"permission", see_statements.name}},
                              cohort_line_of);
}

std::vector<FieldTripLine> field_trips(db::Read& tx, const web::Actor& actor, const Question& question) {
    // What a trip was is what the last row known by then says.
    return tx.all<FieldTripLine>(
        R"sql(
        select c.code, e.place, e.starts_on, e.head_count, e.state = 'planned' or e.starts_on > :as_of
        from field_trip_events e join cohorts c on c.id = e.cohort
        where e.state in ('planned', 'took_place') and e.starts_on between :first_day and :last_day
          and e.id = (select max(x.id) from field_trip_events x
                      where x.trip = e.trip
                        and (cast(:known_at as bigint) is null or x.recorded_at <= :known_at))
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
              and r.unit = c.organiser_unit)
        order by e.starts_on, e.trip)sql",
        {{"first_day", first_day(question.year)},
         {"last_day", last_day(question.year)},
         {"as_of", question.view.as_of},
         {"known_at", question.view.known_at},
         {"actor", actor.account},
         {"permission", see_statements.name}},
        [](const db::Row& row) {
            return FieldTripLine{row.text(0), row.text(1), row.maybe_date(2), row.integer(3), row.truth(4)};
        });
}

std::int64_t corrections_since(db::Read& tx, const web::Actor& actor, const Question& question) {
    const auto plan = plan::find_plan(tx, actor, question.year);
    if (!plan || !question.view.known_at) return 0;
    return tx.integer(
        R"sql(
        select count(*)
        from plan_lines l
        join postings p on p.plan_line = l.id and p.measure in ('cohorts_opened', 'learners_started')
                       and p.effective_on <= :as_of and p.recorded_at > :known_at
        where l.plan = :plan)sql",
        {{"plan", plan->id}, {"as_of", question.view.as_of}, {"known_at", *question.view.known_at}});
}

}  // namespace tiendo::reports
