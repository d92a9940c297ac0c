// Participations follow a person whose two records turn out to be one. Postings do not change:
// they say in which unit somebody learned, and that stays as it was.
#include "features/participation/participation.h"

namespace tiendo::participation {
namespace {

// One person is in one cohort once. A record that withdrew there may stay behind; where the other
// one is still learning, it is the one to keep.
Refusals hindrances(db::Read& tx, people::PersonId from, people::PersonId to) {
    return tx.all<Refusal>(
        R"sql(
        select c.code, k.withdrawn_on from participations g
        join participations k on k.cohort = g.cohort and k.person = :to
        join cohorts c on c.id = g.cohort
        where g.person = :from and g.withdrawn_on is null
        order by c.code)sql",
        {{"from", from}, {"to", to}}, [](const db::Row& row) {
            const bool kept_withdrew = !row.is_null(1);
            return Refusal{"keep",
                           kept_withdrew ? "participation.keep_who_learns" : "participation.both_in_cohort",
                           {row.text(0)}};
        });
}

std::vector<std::int64_t> follow(db::Write& tx, people::PersonId from, people::PersonId to) {
    auto moved =
        tx.all<std::int64_t>(R"sql(
        select g.id from participations g
        where g.person = :from
          and not exists (select 1 from participations k where k.person = :to and k.cohort = g.cohort)
        order by g.id)sql",
                             {{"from", from}, {"to", to}}, [](const db::Row& row) { return row.integer(0); });
    for (const std::int64_t id : moved)
        tx.run(R"sql(update participations set person = :to where id = :id)sql", {{"to", to}, {"id", id}});
    return moved;
}

void undo(db::Write& tx, people::PersonId from, people::PersonId to, std::span<const std::int64_t> moved) {
    for (const std::int64_t id : moved)
        tx.run(R"sql(update participations set person = :from where id = :id and person = :to)sql",
               {{"from", from}, {"to", to}, {"id", id}});
}

}  // namespace

people::Follower follower() {
    return {.name = "participations", .follow = follow, .undo = undo, .hindrances = hindrances};
}

}  // namespace tiendo::participation
