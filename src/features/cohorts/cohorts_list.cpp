// The list of cohorts, the latest opening first.
#include "base/text.h"
#include "features/cohorts/cohorts_store.h"
#include "platform/db/ids.h"

namespace tiendo::cohorts {
namespace {

// Later than every day: where those stand that have no day.
const Date never = *Date::of(9999, 12, 31);

// Of all that the filter finds besides the state: what decides on the state, read lightly.
std::vector<CohortId> in_state(db::Read& tx, const web::Actor& actor, const Filter& filter, Date day) {
    const int year = filter.year.value_or(1);
    const std::string words = "%" + fold(filter.words) + "%";
    std::vector<Cohort> found;
    std::vector<CohortId> ids;
    tx.each(R"sql(
        select c.id, c.opened_on, c.closed_on, c.cancelled_on, c.decided_on, c.postponed_on, c.merged_into,
               c.filed_on
        from cohorts c join programmes g on g.id = c.programme
        where (exists (select 1 from reach r
                       where r.account = :actor and r.permission = :of_cohorts and r.unit = c.organiser_unit)
               or c.id in (select n.cohort from reach r join participations n on n.unit = r.unit
                           where r.account = :actor and r.permission = :of_rosters))
          and (:any_year or coalesce(c.opened_on, c.planned_opens_on) between :from_day and :until_day)
          and (cast(:role as text) is null or c.role = :role)
          and (c.search like :words or g.search like :words))sql",
            {{"actor", actor.account},
             {"of_cohorts", see_cohorts.name},
             {"of_rosters", see_rosters},
             {"any_year", !filter.year.has_value()},
             {"from_day", Date::of(year, 1, 1)},
             {"until_day", Date::of(year, 12, 31)},
             {"role", filter.role ? std::optional(to_text(*filter.role)) : std::nullopt},
             {"words", words}},
            [&](const db::Row& row) {
                Cohort& cohort = found.emplace_back();
                cohort.id = row.id<CohortId>(0);
                cohort.facts = {.opened_on = row.maybe_date(1),
                                .closed_on = row.maybe_date(2),
                                .cancelled_on = row.maybe_date(3),
                                .plan_line = {},
                                .decided_on = row.maybe_date(4),
                                .postponed_on = row.maybe_date(5),
                                .merged_into = row.maybe_id<CohortId>(6),
                                .filed_on = row.maybe_date(7)};
                ids.push_back(cohort.id);
            });
    const ProgressById progress = progress_of(tx, ids);
    ids.clear();
    for (const Cohort& cohort : found) {
        const auto told = progress.find(cohort.id);
        if (state_on(cohort, told == progress.end() ? Progress{} : told->second, day) == *filter.state)
            ids.push_back(cohort.id);
    }
    return ids;
}

// The state of each row, once all of them are known.
void tell_states(db::Read& tx, std::vector<Listed>& rows, Date day) {
    std::vector<CohortId> ids;
    for (const Listed& row : rows) ids.push_back(row.cohort.id);
    ProgressById progress = progress_of(tx, ids);
    for (Listed& row : rows) row.state = state_on(row.cohort, progress[row.cohort.id], day);
}

}  // namespace

Listing cohorts(db::Read& tx, const web::Actor& actor, const Filter& filter, Date day,
                const std::optional<Cursor>& after, int count) {
    const int year = filter.year.value_or(1);
    const std::string words = "%" + fold(filter.words) + "%";
    Listing listing;
    const std::vector<CohortId> chosen =
        filter.state ? in_state(tx, actor, filter, day) : std::vector<CohortId>{};
    if (filter.state && chosen.empty()) return listing;
    const std::string ids = db::side_by_side(std::span(chosen));
    tx.each(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :chosen_count
        ),
        chosen (id) as (select cast(substr(:chosen, place * 20 + 1, 20) as bigint) from places
                        where place < :chosen_count),
        found as (
            select c.id as id, coalesce(c.opened_on, c.planned_opens_on, :never) as opens_on
            from cohorts c join programmes g on g.id = c.programme
            where c.undone_at is null
              and (exists (select 1 from reach r
                           where r.account = :actor and r.permission = :of_cohorts and r.unit = c.organiser_unit)
                   or c.id in (select n.cohort from reach r join participations n on n.unit = r.unit
                               where r.account = :actor and r.permission = :of_rosters))
              and (:any_year or coalesce(c.opened_on, c.planned_opens_on) between :from_day and :until_day)
              and (cast(:role as text) is null or c.role = :role)
              and (c.search like :words or g.search like :words)
              and (:any_state or c.id in (select id from chosen))
        ),
        page as (
            select id, opens_on from found
            where opens_on < :before or (opens_on = :before and id < :before_id)
            order by opens_on desc, id desc limit :count
        )
        select c.id, c.code, g.id, g.code, g.name, c.organiser_unit, c.kind, c.role, c.partner, c.place, c.basis,
               c.note, c.planned_opens_on, c.planned_precision, c.planned_closes_on, c.expected_learners,
               c.opened_on, c.closed_on, c.cancelled_on, c.plan_line,
               c.decided_on, c.postponed_on, c.merged_into, c.filed_on,
               c.hosted_by, c.managed_by, c.certified_by, c.basis_document,
               case when exists (select 1 from reach r
                                 where r.account = :actor and r.permission = :of_cohorts and r.unit = c.organiser_unit)
                    then (select cast(sum(p.quantity) as bigint) from postings p
                          where p.cohort = c.id and p.measure = 'learners_started' and p.effective_on <= :day)
                    else (select cast(sum(p.quantity) as bigint) from postings p
                          where p.cohort = c.id and p.measure = 'learners_started' and p.effective_on <= :day
                            and exists (select 1 from reach r
                                        where r.account = :actor and r.permission = :of_rosters
                                          and r.unit = p.person_unit))
               end,
               (select count(*) from found)
        from page join cohorts c on c.id = page.id join programmes g on g.id = c.programme
        order by page.opens_on desc, page.id desc)sql",
            {{"actor", actor.account},
             {"of_cohorts", see_cohorts.name},
             {"of_rosters", see_rosters},
             {"any_year", !filter.year.has_value()},
             {"from_day", Date::of(year, 1, 1)},
             {"until_day", Date::of(year, 12, 31)},
             {"role", filter.role ? std::optional(to_text(*filter.role)) : std::nullopt},
             {"words", words},
             {"any_state", !filter.state.has_value()},
             {"chosen", ids},
             {"chosen_count", chosen.size()},
             {"never", never},
             {"before", after ? after->opens_on.value_or(never) : never},
             {"before_id", after ? after->id.value : INT64_MAX},
             {"count", count},
             {"day", day}},
            [&](const db::Row& row) {
                listing.rows.push_back({cohort_of(row), row.integer(28)});
                listing.total = row.integer(29);
            });
    tell_states(tx, listing.rows, day);
    return listing;
}

Span span_of_cohorts(db::Read& tx, const web::Actor& actor) {
    return *tx.find<Span>(
        R"sql(
        select min(coalesce(c.opened_on, c.planned_opens_on)), max(coalesce(c.opened_on, c.planned_opens_on))
        from cohorts c
        where c.undone_at is null
          and (exists (select 1 from reach r
                       where r.account = :actor and r.permission = :of_cohorts and r.unit = c.organiser_unit)
               or c.id in (select n.cohort from reach r join participations n on n.unit = r.unit
                           where r.account = :actor and r.permission = :of_rosters)))sql",
        {{"actor", actor.account}, {"of_cohorts", see_cohorts.name}, {"of_rosters", see_rosters}},
        [](const db::Row& row) {
            return Span{row.maybe_date(0), row.maybe_date(1)};
        });
}

std::int64_t learners_on(db::Read& tx, const web::Actor& actor, CohortId id, Date day) {
    return tx.integer(R"sql(
        select cast(coalesce(sum(p.quantity), 0) as bigint)
        from postings p join cohorts c on c.id = p.cohort
        where p.cohort = :id and p.measure = 'learners_started' and p.effective_on <= :day
          and (exists (select 1 from reach r
                       where r.account = :actor and r.permission = :of_cohorts and r.unit = c.organiser_unit)
               or exists (select 1 from reach r
                          where r.account = :actor and r.permission = :of_rosters and r.unit = p.person_unit)))sql",
                      {{"id", id},
                       {"day", day},
                       {"actor", actor.account},
                       {"of_cohorts", see_cohorts.name},
                       {"of_rosters", see_rosters}});
}

}  // namespace tiendo::cohorts
