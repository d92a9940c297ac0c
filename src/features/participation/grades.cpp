// The grade of those on a roster, as it was when they came: later promotions leave it alone.
#include "features/participation/participation_store.h"

namespace tiendo::participation {

void keep_grades(db::Write& tx, ParticipationId first, Instant at, Date today) {
    tx.run(R"sql(
        update participations set grade = coalesce(
            (select case when f.value = 'other' then f.detail else f.value end
             from cohorts c cross join person_facts f
             where c.id = participations.cohort and f.person = participations.person and f.kind = 'grade'
               and f.withdrawn_at is null
               and (f.valid_from is null or f.valid_from <= coalesce(c.opened_on, c.planned_opens_on, :today))
               and (f.valid_until is null or f.valid_until > coalesce(c.opened_on, c.planned_opens_on, :today))
             order by f.valid_from desc nulls last, f.id desc limit 1), '')
        where id >= :first and recorded_at = :at
          and exists (select 1 from person_facts f where f.person = participations.person and f.kind = 'grade'))sql",
           {{"first", first}, {"at", at}, {"today", today}});
}

std::string grade_of(db::Read& tx, ParticipationId id) {
    return tx
        .find<std::string>(R"sql(select grade from participations where id = :id)sql", {{"id", id}},
                           [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

}  // namespace tiendo::participation
