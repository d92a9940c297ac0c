#include "features/nominations/nominations_store.h"

#include "platform/db/ids.h"

namespace tiendo::nominations {
namespace {

// The ids of some rows, to be joined with; one such table in a transaction at a time.
class Chosen {
 public:
    template <class IdType>
    Chosen(db::Write& tx, std::span<const IdType> ids) : tx_(tx) {
        tx_.run(R"sql(create temporary table nominations_chosen (chosen bigint not null))sql");
        auto bulk = tx_.bulk("nominations_chosen", {"chosen"});
        for (const IdType id : ids) bulk.add({id});
        bulk.flush();
    }
    void drop() { tx_.run(R"sql(drop table nominations_chosen)sql"); }

 private:
    db::Write& tx_;
};

}  // namespace

Nomination nomination_of(const db::Row& row) {
    return {.id = row.id<NominationId>(0),
            .call = row.id<CallId>(1),
            .person = row.id<people::PersonId>(2),
            .full_name = row.text(3),
            .unit = row.id<organisations::UnitId>(4),
            .asked_unit = row.maybe_id<organisations::UnitId>(5),
            .position = row.text(6),
            .choice = row.integer(7),
            .state = *parse_state(row.view(8)),
            .finding = row.text(9),
            .note = row.text(10),
            .received_at = row.instant(11),
            .participation = row.maybe_id<participation::ParticipationId>(12)};
}

std::vector<Nomination> nominations_of(db::Read& tx, CallId call) {
    return tx.all<Nomination>(R"sql(
        select n.id, n.call, n.person, p.full_name, n.unit, n.asked_unit, n.position, n.choice, n.state,
               n.finding, n.note, n.received_at, n.participation
        from nominations n join people p on p.id = n.person
        where n.call = :call order by n.received_at, n.id)sql",
                              {{"call", call}}, nomination_of);
}

Nomination again(db::Read& tx, NominationId id) {
    const auto found = tx.find<Nomination>(R"sql(
        select n.id, n.call, n.person, p.full_name, n.unit, n.asked_unit, n.position, n.choice, n.state,
               n.finding, n.note, n.received_at, n.participation
        from nominations n join people p on p.id = n.person
        where n.id = :id)sql",
                                           {{"id", id}}, nomination_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Nomination require(db::Read& tx, const web::Actor& actor, NominationId id) {
    const auto within =
        tx.integer(R"sql(
        select count(*) from nominations n
        where n.id = :id
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = n.unit))sql",
                   {{"id", id}, {"actor", actor.account}, {"permission", see_nominations.name}});
    if (within == 0) throw web::NotFound{};
    return again(tx, id);
}

std::vector<Nominee> nominees(db::Write& tx, const web::Actor& actor, const Call& call,
                              std::span<const people::PersonId> people) {
    Chosen chosen(tx, people);
    auto found = tx.all<Nominee>(
        R"sql(
        select p.id, p.full_name, p.position, p.unit,
               (select q.unit from call_quotas q join unit_ancestors a on a.ancestor = q.unit
                where q.call = :call and a.unit = p.unit
                order by (select count(*) from unit_ancestors d where d.unit = q.unit) desc limit 1),
               exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                       and r.unit = p.unit),
               exists (select 1 from participations s where s.cohort = :cohort and s.person = p.id
                       and s.withdrawn_on is null),
               n.id, n.state
        from nominations_chosen m
        join people p on p.id = m.chosen and p.merged_into is null
        left join nominations n on n.call = :call and n.person = p.id)sql",
        {{"call", call.id},
         {"cohort", call.cohort.id},
         {"actor", actor.account},
         {"permission", nominate_people.name}},
        [](const db::Row& row) {
            Nominee nominee{.person = row.id<people::PersonId>(0),
                            .full_name = row.text(1),
                            .position = row.text(2),
                            .unit = row.id<organisations::UnitId>(3),
                            .asked_unit = row.maybe_id<organisations::UnitId>(4),
                            .may = row.truth(5),
                            .on_roster = row.truth(6),
                            .before = std::nullopt};
            if (!row.is_null(7)) {
                nominee.before.emplace().id = row.id<NominationId>(7);
                nominee.before->state = *parse_state(row.view(8));
            }
            return nominee;
        });
    chosen.drop();
    return found;
}

std::map<people::PersonId, Ranks> ranked_elsewhere(db::Read& tx, const Call& call,
                                                   std::span<const people::PersonId> people) {
    std::map<people::PersonId, Ranks> found;
    if (people.empty()) return found;
    const std::string ids = db::side_by_side(people);
    tx.each(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select n.person, n.choice, c.code
        from asked
        join nominations n on n.person = asked.id and n.call <> :call
        join calls k on k.id = n.call
        join cohorts c on c.id = k.cohort
        where c.programme = :programme and c.opened_on is null and c.cancelled_on is null
          and n.state not in ('refused', 'withdrawn', 'substituted')
        order by c.code)sql",
        {{"count", people.size()}, {"ids", ids}, {"call", call.id}, {"programme", call.cohort.programme.id}},
        [&](const db::Row& row) { found[row.id<people::PersonId>(0)].emplace(row.integer(1), row.text(2)); });
    return found;
}

std::set<NominationId> of_merged_records(db::Read& tx, CallId call) {
    std::set<NominationId> found;
    tx.each(R"sql(
        select n.id from nominations n join people p on p.id = n.person
        where n.call = :call and p.merged_into is not null)sql",
            {{"call", call}}, [&](const db::Row& row) { found.insert(row.id<NominationId>(0)); });
    return found;
}

void insert_nominations(db::Write& tx, std::span<const Nomination> fresh) {
    auto bulk = tx.bulk("nominations", {"id", "call", "person", "unit", "asked_unit", "position", "choice",
                                        "state", "finding", "note", "received_at"});
    for (const Nomination& one : fresh)
        bulk.add({one.id, one.call, one.person, one.unit, one.asked_unit, one.position, one.choice,
                  to_text(one.state), "", one.note, one.received_at});
    bulk.flush();
}

void receive_again(db::Write& tx, const Nomination& nomination) {
    tx.run(R"sql(
        update nominations set unit = :unit, asked_unit = :asked_unit, position = :position, choice = :choice,
                               state = :state, finding = '', note = :note, received_at = :at,
                               substituted_by = null
        where id = :id)sql",
           {{"id", nomination.id},
            {"unit", nomination.unit},
            {"asked_unit", nomination.asked_unit},
            {"position", nomination.position},
            {"choice", nomination.choice},
            {"state", to_text(nomination.state)},
            {"note", nomination.note},
            {"at", nomination.received_at}});
}

void insert_arrivals(db::Write& tx, const web::Actor& actor, std::span<const Arrival> arrivals,
                     const cohorts::Act& act) {
    auto bulk = tx.bulk("nomination_events", {"id", "nomination", "kind", "finding", "recorded_at",
                                              "recorded_by", "reason", "document"});
    for (const Arrival& one : arrivals)
        bulk.add(
            {next_id(), one.id, to_text(one.state), "", act.at, actor.account, act.reason, one.document});
    bulk.flush();
}

std::vector<EventOf> insert_events(db::Write& tx, const web::Actor& actor,
                                   std::span<const NominationId> which, std::string_view kind,
                                   std::string_view finding, const cohorts::Act& act) {
    std::vector<EventOf> events;
    auto bulk = tx.bulk("nomination_events", {"id", "nomination", "kind", "finding", "recorded_at",
                                              "recorded_by", "reason", "document"});
    for (const NominationId id : which) {
        events.push_back({id, next_id()});
        bulk.add(
            {events.back().event, id, kind, finding, act.at, actor.account, act.reason, act.source.document});
    }
    bulk.flush();
    return events;
}

std::vector<EventOf> move(db::Write& tx, const web::Actor& actor, std::span<const NominationId> which,
                          const Step& step, const cohorts::Act& act) {
    if (which.empty()) return {};
    auto events = insert_events(tx, actor, which, step.kind, step.finding, act);
    Chosen chosen(tx, which);
    tx.run(R"sql(
        update nominations
        set state = :state, finding = case when :finding = '' then finding else :finding end
        where id in (select chosen from nominations_chosen))sql",
           {{"state", to_text(step.state)}, {"finding", step.finding}});
    chosen.drop();
    return events;
}

void keep_grounds(db::Write& tx, std::span<const EventOf> events,
                  const std::map<NominationId, std::string_view>& grounds) {
    auto bulk = tx.bulk("nomination_grounds", {"event", "judgement"});
    for (const EventOf& one : events)
        if (const auto found = grounds.find(one.nomination); found != grounds.end())
            bulk.add({one.event, found->second});
    bulk.flush();
}

void set_substitute(db::Write& tx, NominationId nomination, NominationId by) {
    tx.run(R"sql(update nominations set substituted_by = :by where id = :id)sql",
           {{"id", nomination}, {"by", by}});
}

// Whoever is on the roster is so by this nomination, also when a workbook brought him there.
void set_participations(db::Write& tx, CallId call) {
    tx.run(R"sql(
        update nominations set participation = (
            select p.id from participations p join calls k on k.cohort = p.cohort
            where k.id = nominations.call and p.person = nominations.person)
        where call = :call and state = 'admitted' and participation is null)sql",
           {{"call", call}});
}

void clear_participation(db::Write& tx, NominationId nomination) {
    tx.run(R"sql(update nominations set participation = null where id = :id)sql", {{"id", nomination}});
}

std::vector<std::string> kinds_of(db::Read& tx, NominationId nomination) {
    return tx.all<std::string>(R"sql(
        select kind from nomination_events where nomination = :id order by id desc)sql",
                               {{"id", nomination}}, [](const db::Row& row) { return row.text(0); });
}

std::int64_t places_taken(db::Read& tx, const Call& call) {
    return tx.integer(R"sql(
        select (select count(*) from nominations n where n.call = :call and n.state = 'admitted')
             + (select count(*) from participations p
                where p.cohort = :cohort and p.withdrawn_on is null
                  and not exists (select 1 from nominations n where n.call = :call and n.person = p.person)))sql",
                      {{"call", call.id}, {"cohort", call.cohort.id}});
}

std::vector<WantedLess> wanted_less(db::Read& tx, const Call& call, std::span<const NominationId> admitted) {
    std::vector<WantedLess> found;
    std::map<NominationId, bool> is_admitted;
    for (const NominationId id : admitted) is_admitted[id] = true;
    tx.each(R"sql(
        select n.id, o.id, o.call, o.state
        from nominations n
        join nominations o on o.person = n.person and o.call <> n.call
        join calls k on k.id = o.call
        join cohorts c on c.id = k.cohort
        where n.call = :call and c.programme = :programme and c.opened_on is null and c.cancelled_on is null
          and o.choice > n.choice
          and (o.state in ('received', 'over_quota', 'late', 'checked', 'needs_document', 'wait_listed')
               or (o.state = 'admitted' and k.locked_at is null))
        order by o.call, o.id)sql",
            {{"call", call.id}, {"programme", call.cohort.programme.id}}, [&](const db::Row& row) {
                if (is_admitted.contains(row.id<NominationId>(0)))
                    found.push_back({row.id<NominationId>(1), row.id<CallId>(2), row.view(3) == "admitted"});
            });
    return found;
}

std::vector<NominationId> nominations_of(db::Read& tx, const Call& call,
                                         const participation::RosterChange& change) {
    const std::string ids = db::side_by_side(change.who);
    return tx.all<NominationId>(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select n.id
        from asked
        join participations p on p.id = asked.id
        join nominations n on n.call = :call and n.person = p.person
        where (n.state = 'admitted') = (:away = 1)
        order by n.id)sql",
        {{"count", change.who.size()},
         {"ids", ids},
         {"call", call.id},
         {"away", change.went == participation::Went::away ? 1 : 0}},
        [](const db::Row& row) { return row.id<NominationId>(0); });
}

Difference difference_to_roster(db::Read& tx, const Call& call) {
    Difference difference;
    tx.each(R"sql(
        select n.id, n.call, n.person, p.full_name, n.unit, n.asked_unit, n.position, n.choice, n.state,
               n.finding, n.note, n.received_at, n.participation, s.id, s.withdrawn_on,
               exists (select 1 from nomination_events e
                       where e.nomination = n.id and e.kind in ('admitted', 'moved_up', 'returned')
                         and e.id > coalesce((select max(w.id) from participation_events w
                                              where w.cohort = s.cohort and w.participation = s.id
                                                and w.kind = 'withdrawn'), 0))
        from nominations n
        join people p on p.id = n.person
        left join participations s on s.cohort = :cohort and s.person = n.person
        where n.call = :call and (n.state = 'admitted' or n.participation is not null)
        order by n.id)sql",
            {{"call", call.id}, {"cohort", call.cohort.id}}, [&](const db::Row& row) {
                const bool admitted = row.view(8) == to_text(State::admitted);
                const bool on_roster = !row.is_null(13), gone = !row.is_null(14);
                const bool admitted_since = row.truth(15);
                const auto participation = row.id<participation::ParticipationId>(13);
                if (admitted && !on_roster) difference.to_enrol.push_back(nomination_of(row));
                if (admitted && on_roster && gone && admitted_since)
                    difference.to_readmit.push_back(participation);
                if (admitted && on_roster && gone && !admitted_since)
                    difference.left.push_back(row.id<NominationId>(0));
                if (!admitted && on_roster && !gone) difference.to_withdraw.push_back(participation);
            });
    return difference;
}

}  // namespace tiendo::nominations
