// Learners go over when their cohort is merged into another, and come back when that was a mistake.
// In the cohort they leave, the cohort's own event ends them; here is what happens in the other one.
#include "features/participation/participation_store.h"
#include "platform/audit/audit.h"
#include "platform/db/ids.h"

namespace tiendo::participation {
namespace {

// Whoever learns in the one and is not on the roster of the other.
std::vector<Enrolment> newcomers(db::Read& tx, const cohorts::Merger& merger) {
    // Into a cohort that opens later, or on that day, they start with everybody else.
    const auto& opened_on = merger.into.facts.opened_on;
    const auto from_day =
        opened_on && *opened_on < merger.merged_on ? std::optional(merger.merged_on) : std::nullopt;
    return tx.all<Enrolment>(
        R"sql(
        select p.person, p.unit, p.position, p.started_on from participations p
        where p.cohort = :from and p.withdrawn_on is null
          and not exists (select 1 from participations k where k.cohort = :into and k.person = p.person)
        order by p.id)sql",
        {{"from", merger.from.id}, {"into", merger.into.id}}, [&](const db::Row& row) {
            Enrolment one{.person = row.id<people::PersonId>(0),
                          .unit = row.id<organisations::UnitId>(1),
                          .position = row.text(2),
                          .started_on = from_day,
                          .enrolled_by = merger.event};
            // Who was to start later in the one starts no sooner in the other.
            if (const auto own = row.maybe_date(3); own && *own > merger.merged_on) one.started_on = own;
            return one;
        });
}

struct Change {
    ParticipationId participation;
    std::optional<Date> withdrawn_on;  // none: readmitted
};

// One event for each, the column they lead to, and the postings: all in one act.
void change_all(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                std::span<const Change> changes, const cohorts::Act& act) {
    if (changes.empty()) return;
    const std::int64_t before = next_id();
    std::int64_t last = before;
    auto events =
        tx.bulk("participation_events", {"id", "participation", "cohort", "kind", "effective_on", "result",
                                         "recorded_at", "recorded_by", "reason", "document", "source_place"});
    for (const Change& one : changes) {
        last = next_id();
        events.add({last, one.participation, cohort.id, one.withdrawn_on ? "withdrawn" : "readmitted",
                    one.withdrawn_on, "", act.at, actor.account, act.reason, act.source.document,
                    act.source.place});
    }
    events.flush();
    tx.run(R"sql(
        update participations set withdrawn_on = (
            select e.effective_on from participation_events e
            where e.cohort = participations.cohort and e.participation = participations.id and e.id > :before)
        where cohort = :cohort
          and id in (select e.participation from participation_events e
                     where e.cohort = :cohort and e.id > :before))sql",
           {{"cohort", cohort.id}, {"before", before}});
    ledger::settle(tx, act.at, last, cohort.id);
    std::vector<ParticipationId> away, back;
    for (const Change& one : changes) (one.withdrawn_on ? away : back).push_back(one.participation);
    tell_change(tx, actor, {cohort.id, Went::away, away}, act);
    tell_change(tx, actor, {cohort.id, Went::back, back}, act);
}

void follow(db::Write& tx, const web::Actor& actor, const cohorts::Merger& merger, const cohorts::Act& act) {
    enrol(tx, actor, merger.into, newcomers(tx, merger), act);
    const auto back =
        tx.all<Change>(R"sql(
        select k.id from participations k
        where k.cohort = :into and k.withdrawn_on is not null
          and exists (select 1 from participations p
                      where p.cohort = :from and p.person = k.person and p.withdrawn_on is null)
        order by k.id)sql",
                       {{"from", merger.from.id}, {"into", merger.into.id}}, [](const db::Row& row) {
                           return Change{row.id<ParticipationId>(0), std::nullopt};
                       });
    change_all(tx, actor, merger.into, back, act);
}

// Whom the merger brought leaves on the day of coming, as if it had not been; whom it brought back is
// withdrawn as before.
void undo(db::Write& tx, const web::Actor& actor, const cohorts::Merger& merger, const cohorts::Act& act) {
    const auto changes = tx.all<Change>(
        R"sql(
        select p.id, null from participations p
        where p.cohort = :into and p.enrolled_by = :event and p.withdrawn_on is null
        union all
        select p.id, (select w.effective_on from participation_events w
                      where w.cohort = p.cohort and w.participation = p.id and w.kind = 'withdrawn' and w.id < r.id
                      order by w.id desc limit 1)
        from participation_events r
        join participations p on p.id = r.participation
        where r.cohort = :into and r.kind = 'readmitted' and r.recorded_at = :at and p.withdrawn_on is null
        order by 1)sql",
        {{"into", merger.into.id}, {"event", merger.event}, {"at", merger.at}}, [&](const db::Row& row) {
            return Change{row.id<ParticipationId>(0), row.maybe_date(1).value_or(merger.merged_on)};
        });
    change_all(tx, actor, merger.into, changes, act);
    audit::record(tx, actor, act.at,
                  {"roster.return", "cohort", merger.into.id.value,
                   Value::object({{"to", merger.from.code}, {"people", changes.size()}})});
}

}  // namespace

cohorts::MergerFollower merger_follower() { return {follow, undo}; }

std::map<cohorts::CohortId, std::int64_t> enrolled_in(db::Read& tx,
                                                      std::span<const cohorts::CohortId> asked) {
    std::map<cohorts::CohortId, std::int64_t> enrolled;
    if (asked.empty()) return enrolled;
    const std::string ids = db::side_by_side(asked);
    tx.each(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select p.cohort, count(*) from asked join participations p on p.cohort = asked.id
        where p.withdrawn_on is null group by p.cohort)sql",
            {{"count", asked.size()}, {"ids", ids}},
            [&](const db::Row& row) { enrolled[row.id<cohorts::CohortId>(0)] = row.integer(1); });
    return enrolled;
}

}  // namespace tiendo::participation
