#include "features/reports/unit_figure.h"

#include <algorithm>

#include "features/participation/participation.h"

namespace tiendo::reports {
namespace {

// The year's days up to the one asked for, as both statements below bind them.
struct Bound {
    std::string_view measure;
    Date first_day, until;
    Instant known_at;
};
Bound bound(const FigureQuestion& question) {
    return {ledger::to_text(question.measure), *Date::of(question.year, 1, 1),
            std::min(question.view.as_of, *Date::of(question.year, 12, 31)),
            question.view.known_at.value_or(Instant{INT64_MAX})};
}

}  // namespace

Figure figure_of_unit(db::Read& tx, const web::Actor& actor, const FigureQuestion& question) {
    const Bound with = bound(question);
    return *tx.find<Figure>(
        R"sql(
        with recursive held as materialized (
            select u.id,
                   case when cast(:follow as boolean) and u.successor is not null and u.ends_on <= :as_of
                            then u.successor
                        when cast(:beneath as boolean)
                            then (select p.parent from unit_places p
                                  where p.unit = u.id and (p.valid_from is null or p.valid_from <= :as_of)
                                  order by p.valid_from desc nulls last, p.id desc limit 1) end as holder
            from units u),
        counted (id) as (
            select u.id from units u where u.id = :unit
            union
            select h.id from counted c join held h on h.holder = c.id)
        select cast(coalesce(sum(p.quantity), 0) as bigint), count(p.id)
        from counted c
        join postings p on p.person_unit = c.id and p.measure = :measure
                       and p.effective_on between :first_day and :until and p.recorded_at <= :known_at
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                        and r.unit = c.id))sql",
        {{"unit", question.unit->unit.id},
         {"follow", question.unit->follow_successors},
         {"beneath", question.unit->beneath},
         {"measure", with.measure},
         {"first_day", with.first_day},
         {"until", with.until},
         {"as_of", question.view.as_of},
         {"known_at", with.known_at},
         {"actor", actor.account},
         {"permission", participation::see_rosters.name}},
        [](const db::Row& row) {
            return Figure{row.integer(0), row.integer(1)};
        });
}

std::vector<FigureRow> figure_rows_of_unit(db::Read& tx, const web::Actor& actor,
                                           const FigureQuestion& question, const FigureCursor& after,
                                           int count) {
    const Bound with = bound(question);
    return tx.all<FigureRow>(
        R"sql(
        with recursive held as materialized (
            select u.id,
                   case when cast(:follow as boolean) and u.successor is not null and u.ends_on <= :as_of
                            then u.successor
                        when cast(:beneath as boolean)
                            then (select p.parent from unit_places p
                                  where p.unit = u.id and (p.valid_from is null or p.valid_from <= :as_of)
                                  order by p.valid_from desc nulls last, p.id desc limit 1) end as holder
            from units u),
        counted (id) as (
            select u.id from units u where u.id = :unit
            union
            select h.id from counted c join held h on h.holder = c.id),
        page as (
            select p.id
            from counted c
            join postings p on p.person_unit = c.id and p.measure = :measure
                           and p.effective_on between :first_day and :until and p.recorded_at <= :known_at
            where (p.effective_on, p.id) > (:from_day, :after)
              and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                            and r.unit = c.id)
            order by p.effective_on, p.id limit :count)
        select p.id, p.quantity, p.effective_on, p.recorded_at, 0, p.reverses, c.id, c.code, g.name,
               coalesce((select n.name from unit_names n
                         where n.unit = p.person_unit
                           and (n.valid_from is null or n.valid_from <= p.effective_on)
                         order by n.valid_from desc nulls last, n.id desc limit 1), ''),
               p.participation, coalesce(h.full_name, ''),
               case when ce.id is not null then 'cohort_event' when pe.id is not null then 'participation_event'
                    else 'participation' end,
               p.source, coalesce(ce.source_place, pe.source_place, sp.source_place, ''),
               coalesce(d.title, ''), coalesce(d.number, ''), coalesce(d.file_name, ''), d.id,
               coalesce(a.display_name, ''), coalesce(ce.reason, pe.reason, '')
        from page
        join postings p on p.id = page.id
        join cohorts c on c.id = p.cohort
        join programmes g on g.id = p.programme
        left join participations n on n.id = p.participation
        left join people h on h.id = n.person
             and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                           and r.unit = n.unit)
        left join cohort_events ce on ce.id = p.source
        left join participation_events pe on pe.id = p.source
        left join participations sp on sp.id = p.source
        left join documents d on d.id = coalesce(ce.document, pe.document, sp.document)
        left join accounts a on a.id = coalesce(ce.recorded_by, pe.recorded_by, sp.recorded_by)
        order by p.effective_on, p.id)sql",
        {{"unit", question.unit->unit.id},
         {"follow", question.unit->follow_successors},
         {"beneath", question.unit->beneath},
         {"measure", with.measure},
         {"first_day", with.first_day},
         {"until", with.until},
         {"as_of", question.view.as_of},
         {"known_at", with.known_at},
         {"actor", actor.account},
         {"permission", participation::see_rosters.name},
         {"from_day", after.effective_on.value_or(*Date::of(1, 1, 1))},
         {"after", after.posting},
         {"count", count}},
        figure_row_of);
}

}  // namespace tiendo::reports
