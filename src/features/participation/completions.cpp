// Which programmes people have completed here.
#include "features/participation/participation.h"
#include "platform/db/ids.h"

namespace tiendo::participation {

std::vector<Completion> completions_of(db::Read& tx, std::span<const people::PersonId> people) {
    if (people.empty()) return {};
    const std::string ids = db::side_by_side(people);
    return tx.all<Completion>(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select p.person, g.code, c.closed_on
        from asked join participations p on p.person = asked.id
        join cohorts c on c.id = p.cohort
        join programmes g on g.id = c.programme
        where p.result = 'completed' and p.withdrawn_on is null and c.cancelled_on is null
        order by p.id)sql",
        {{"count", people.size()}, {"ids", ids}}, [](const db::Row& row) {
            return Completion{row.id<people::PersonId>(0), row.text(1), row.maybe_date(2)};
        });
}

}  // namespace tiendo::participation
