// Nominations when two records turn out to be one person.
#include "features/nominations/nominations_store.h"

namespace tiendo::nominations {
namespace {

// Where both records are in one call, each keeps its own row: that is history, and both say so.
std::vector<std::int64_t> follow(db::Write& tx, people::PersonId from, people::PersonId to) {
    auto moved =
        tx.all<std::int64_t>(R"sql(
        select n.id from nominations n
        where n.person = :from
          and not exists (select 1 from nominations o where o.call = n.call and o.person = :to)
        order by n.id)sql",
                             {{"from", from}, {"to", to}}, [](const db::Row& row) { return row.integer(0); });
    tx.run(R"sql(
        update nominations set person = :to
        where person = :from
          and not exists (select 1 from nominations o where o.call = nominations.call and o.person = :to))sql",
           {{"from", from}, {"to", to}});
    return moved;
}

void undo(db::Write& tx, people::PersonId from, people::PersonId to, std::span<const std::int64_t> moved) {
    for (const std::int64_t id : moved)
        tx.run(R"sql(update nominations set person = :from where id = :id and person = :to)sql",
               {{"from", from}, {"to", to}, {"id", id}});
}

}  // namespace

people::Follower nominations_follow() { return {"nominations", follow, undo}; }

}  // namespace tiendo::nominations
