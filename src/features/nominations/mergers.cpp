// Calls and nominations when a cohort is merged into another, and how far convening has come.
#include "features/nominations/newcomers_store.h"
#include "features/nominations/nominations_store.h"
#include "platform/db/ids.h"

namespace tiendo::nominations {
namespace {

// Who still hopes for a place, and is on no roster by this call.
std::vector<Nomination> hopeful(db::Read& tx, CallId call) {
    std::vector<Nomination> all = nominations_of(tx, call);
    std::erase_if(all, [](const Nomination& one) { return !is_live(one.state) || one.participation; });
    return all;
}

// The nominations in a row of the other call, except of people whom that one knows already. A place was
// given in a cohort that is no more: there they are looked at again.
void hand_over(db::Write& tx, const web::Actor& actor, const Call& from, const Call& to,
               std::string_view kind, const cohorts::Act& act) {
    std::vector<NominationId> moved, admitted;
    const auto there = nominations_of(tx, to.id);
    for (const Nomination& one : hopeful(tx, from.id)) {
        bool known = false;
        for (const Nomination& other : there) known = known || other.person == one.person;
        if (known) continue;
        moved.push_back(one.id);
        if (one.state == State::admitted) admitted.push_back(one.id);
    }
    if (moved.empty()) return;
    move(tx, actor, admitted, {"checked", State::checked}, {act.at, "", {}});
    insert_events(tx, actor, moved, kind, "", {act.at, from.cohort.code, {}});
    const std::string ids = db::side_by_side(std::span<const NominationId>(moved));
    tx.run(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        update nominations set call = :to, asked_unit = (
            select q.unit from call_quotas q join unit_ancestors a on a.ancestor = q.unit
            where q.call = :to and a.unit = nominations.unit
            order by (select count(*) from unit_ancestors d where d.unit = q.unit) desc limit 1)
        where id in (select id from asked))sql",
           {{"count", moved.size()}, {"ids", ids}, {"to", to.id}});
}

void follow(db::Write& tx, const web::Actor& actor, const cohorts::Merger& merger, const cohorts::Act& act) {
    const auto call = find_call_of(tx, merger.from.id);
    if (!call) return;
    tx.lock("nominations", merger.from.programme.id.value);
    insert_call_event(tx, actor, *call, "merged", {act.at, merger.into.code + ": " + act.reason, {}});
    const auto other = find_call_of(tx, merger.into.id);
    if (!other || other->locked_at) return;
    hand_over(tx, actor, *call, *other, "moved", act);
    hand_over_newcomers(tx, actor, *call, *other, act);
}

// Whoever came by the merger and has no place yet goes back.
void undo(db::Write& tx, const web::Actor& actor, const cohorts::Merger& merger, const cohorts::Act& act) {
    const auto call = find_call_of(tx, merger.from.id), other = find_call_of(tx, merger.into.id);
    if (!call) return;
    tx.lock("nominations", merger.from.programme.id.value);
    insert_call_event(tx, actor, *call, "resumed", act);
    if (!other) return;
    tx.run(R"sql(
        update nominations set call = :from
        where call = :into and participation is null
          and id in (select e.nomination from nomination_events e
                     where e.kind = 'moved' and e.recorded_at = :at))sql",
           {{"from", call->id}, {"into", other->id}, {"at", merger.at}});
    give_newcomers_back(tx, call->id, other->id, merger.at);
}

}  // namespace

cohorts::MergerFollower merger_follower() { return {follow, undo}; }

std::vector<Convening> convenings_of(db::Read& tx, std::span<const cohorts::CohortId> asked) {
    if (asked.empty()) return {};
    const std::string ids = db::side_by_side(asked);
    return tx.all<Convening>(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select k.cohort, k.recorded_at, k.locked_at,
               (select count(*) from nominations n where n.call = k.id and n.state = 'admitted')
        from asked join calls k on k.cohort = asked.id)sql",
        {{"count", asked.size()}, {"ids", ids}}, [](const db::Row& row) {
            Convening one{row.id<cohorts::CohortId>(0), row.instant(1), std::nullopt, row.integer(3)};
            if (!row.is_null(2)) one.locked_at = row.instant(2);
            return one;
        });
}

}  // namespace tiendo::nominations
