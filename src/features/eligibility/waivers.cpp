// Waivers and people whose records are merged.
#include "features/eligibility/eligibility.h"

namespace tiendo::eligibility {

people::Follower waivers_follow() {
    return {
        .name = "waivers",
        .follow =
            [](db::Write& tx, people::PersonId from, people::PersonId to) {
                auto moved = tx.all<std::int64_t>(
                    R"sql(select id from eligibility_waivers where person = :from order by id)sql",
                    {{"from", from}}, [](const db::Row& row) { return row.integer(0); });
                tx.run(R"sql(update eligibility_waivers set person = :to where person = :from)sql",
                       {{"from", from}, {"to", to}});
                return moved;
            },
        .undo =
            [](db::Write& tx, people::PersonId from, people::PersonId, std::span<const std::int64_t> moved) {
                for (const std::int64_t waiver : moved)
                    tx.run(R"sql(update eligibility_waivers set person = :from where id = :waiver)sql",
                           {{"from", from}, {"waiver", waiver}});
            }};
}

}  // namespace tiendo::eligibility
