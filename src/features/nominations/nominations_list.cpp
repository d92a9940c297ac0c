#include "features/nominations/nominations_list.h"

namespace tiendo::nominations {
namespace {

Listed listed_of(const db::Row& row) {
    Listed listed{.nomination = nomination_of(row),
                  .person = {},
                  .unit_name = row.text(17),
                  .asked_unit_name = row.text(18),
                  .substitute = row.text(19)};
    listed.person.id = listed.nomination.person;
    listed.person.full_name = listed.nomination.full_name;
    listed.person.sex = row.text(15);
    listed.person.national_id = row.text(16);
    if (!row.is_null(13))
        listed.person.birth =
            people::Birth{row.date(13), parse_precision(row.view(14)).value_or(Precision::day)};
    return listed;
}

std::optional<std::string> name_of(const std::optional<State>& state) {
    return state ? std::optional(std::string(to_text(*state))) : std::nullopt;
}

}  // namespace

std::vector<ListedCall> calls(db::Read& tx, const web::Actor& actor, Instant now) {
    return tx.all<ListedCall>(
        R"sql(
        select k.id, c.id, c.code, g.name, c.planned_opens_on, c.planned_precision, k.deadline, k.locked_at,
               k.places,
               (select count(*) from call_quotas q where q.call = k.id and exists (
                    select 1 from unit_ancestors a join reach r on r.unit = a.unit
                    where a.ancestor = q.unit and r.account = :actor and r.permission = :permission)),
               (select count(*) from call_quotas q where q.call = k.id
                  and (exists (select 1 from nominations n where n.call = k.id and n.asked_unit = q.unit)
                       or exists (select 1 from newcomers w join unit_ancestors b on b.unit = w.unit
                                  where w.call = k.id and b.ancestor = q.unit))
                  and exists (
                    select 1 from unit_ancestors a join reach r on r.unit = a.unit
                    where a.ancestor = q.unit and r.account = :actor and r.permission = :permission)),
               (select coalesce(sum(q.quota), 0) from call_quotas q where q.call = k.id and exists (
                    select 1 from unit_ancestors a join reach r on r.unit = a.unit
                    where a.ancestor = q.unit and r.account = :actor and r.permission = :permission)),
               (select count(*) from nominations n where n.call = k.id
                  and n.state not in ('refused', 'withdrawn', 'substituted')
                  and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                              and r.unit = n.unit)),
               (select count(*) from nominations n where n.call = k.id and n.state = 'admitted'
                  and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                              and r.unit = n.unit)),
               (select count(*) from nominations n where n.call = k.id and n.state = 'needs_document'
                  and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                              and r.unit = n.unit)),
               (select count(*) from newcomers w where w.call = k.id and w.state = 'waiting'
                  and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                              and r.unit = w.unit)),
               c.cancelled_on is not null or (c.closed_on is not null and k.locked_at is null)
        from calls k
        join cohorts c on c.id = k.cohort
        join programmes g on g.id = c.programme
        where exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = c.organiser_unit)
           or exists (select 1 from call_quotas q
                      join unit_ancestors a on a.ancestor = q.unit
                      join reach r on r.unit = a.unit
                      where q.call = k.id and r.account = :actor and r.permission = :permission)
        order by case when k.locked_at is null and c.cancelled_on is null and c.closed_on is null
                       and k.deadline > :now then k.deadline - :now
                      else 1000000000000000 - k.deadline end, k.id
        limit 200)sql",
        {{"actor", actor.account}, {"permission", see_nominations.name}, {"now", now}},
        [](const db::Row& row) {
            ListedCall call{.id = row.id<CallId>(0),
                            .cohort = row.id<cohorts::CohortId>(1),
                            .code = row.text(2),
                            .programme = row.text(3),
                            .opens_on = std::nullopt,
                            .deadline = row.instant(6),
                            .is_locked = !row.is_null(7),
                            .places = row.integer(8),
                            .asked = row.integer(9),
                            .answered = row.integer(10),
                            .quota = row.integer(11),
                            .nominated = row.integer(12),
                            .admitted = row.integer(13),
                            .asked_again = row.integer(14),
                            .newcomers_waiting = row.integer(15),
                            .is_over = row.truth(16)};
            if (!row.is_null(4))
                call.opens_on = {row.date(4), row.view(5) == "month" ? Precision::month : Precision::day};
            return call;
        });
}

std::vector<UnitAnswer> unit_answers(db::Read& tx, const web::Actor& actor, CallId call) {
    return tx.all<UnitAnswer>(
        R"sql(
        select q.unit, u.name, q.quota,
               (select count(*) from nominations n where n.call = q.call and n.asked_unit = q.unit
                  and n.state not in ('refused', 'withdrawn', 'substituted')),
               (select count(*) from nominations n where n.call = q.call and n.asked_unit = q.unit
                  and n.state = 'admitted'),
               (select count(*) from nominations n where n.call = q.call and n.asked_unit = q.unit
                  and n.state = 'wait_listed'),
               exists (select 1 from nominations n where n.call = q.call and n.asked_unit = q.unit)
               or exists (select 1 from newcomers w join unit_ancestors b on b.unit = w.unit
                          where w.call = q.call and b.ancestor = q.unit)
        from call_quotas q join units u on u.id = q.unit
        where q.call = :call
          and exists (select 1 from unit_ancestors a join reach r on r.unit = a.unit
                      where a.ancestor = q.unit and r.account = :actor and r.permission = :permission)
        order by u.search, u.id)sql",
        {{"call", call}, {"actor", actor.account}, {"permission", see_nominations.name}},
        [](const db::Row& row) {
            return UnitAnswer{row.id<organisations::UnitId>(0),
                              row.text(1),
                              row.integer(2),
                              row.integer(3),
                              row.integer(4),
                              row.integer(5),
                              row.truth(6)};
        });
}

std::vector<Listed> listed(db::Read& tx, const web::Actor& actor, CallId call, const Wanted& wanted) {
    std::string after_key;
    if (wanted.after)
        after_key =
            tx.find<std::string>(R"sql(
            select p.sort_key from nominations n join people p on p.id = n.person where n.id = :id)sql",
                                 {{"id", *wanted.after}}, [](const db::Row& row) { return row.text(0); })
                .value_or("");
    const auto state = name_of(wanted.state);
    return tx.all<Listed>(
        R"sql(
        select n.id, n.call, n.person, p.full_name, n.unit, n.asked_unit, n.position, n.choice, n.state,
               n.finding, n.note, n.received_at, n.participation, p.birth_date, p.birth_precision, p.sex,
               p.national_id, u.name, coalesce(q.name, ''), coalesce(o.full_name, '')
        from nominations n
        join people p on p.id = n.person
        join units u on u.id = n.unit
        left join units q on q.id = n.asked_unit
        left join nominations s on s.id = n.substituted_by
        left join people o on o.id = s.person
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = s.unit)
        where n.call = :call and (cast(:state as text) is null or n.state = :state)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = n.unit)
          and (p.sort_key > :after_key or (p.sort_key = :after_key and n.id > :after))
        order by p.sort_key, n.id limit :count)sql",
        {{"call", call},
         {"state", state},
         {"actor", actor.account},
         {"permission", see_nominations.name},
         {"after_key", db::Blob{after_key}},
         {"after", wanted.after.value_or(NominationId{})},
         {"count", wanted.count}},
        listed_of);
}

Listed require_listed(db::Read& tx, const web::Actor& actor, NominationId id) {
    auto found = tx.find<Listed>(
        R"sql(
        select n.id, n.call, n.person, p.full_name, n.unit, n.asked_unit, n.position, n.choice, n.state,
               n.finding, n.note, n.received_at, n.participation, p.birth_date, p.birth_precision, p.sex,
               p.national_id, u.name, coalesce(q.name, ''), coalesce(o.full_name, '')
        from nominations n
        join people p on p.id = n.person
        join units u on u.id = n.unit
        left join units q on q.id = n.asked_unit
        left join nominations s on s.id = n.substituted_by
        left join people o on o.id = s.person
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = s.unit)
        where n.id = :id
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = n.unit))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_nominations.name}}, listed_of);
    if (!found) throw web::NotFound{};
    return *found;
}

std::map<State, std::int64_t> states(db::Read& tx, const web::Actor& actor, CallId call) {
    std::map<State, std::int64_t> counted;
    tx.each(R"sql(
        select n.state, count(*) from nominations n
        where n.call = :call
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = n.unit)
        group by n.state)sql",
            {{"call", call}, {"actor", actor.account}, {"permission", see_nominations.name}},
            [&](const db::Row& row) { counted[*parse_state(row.view(0))] = row.integer(1); });
    return counted;
}

std::vector<Event> history(db::Read& tx, NominationId id) {
    return tx.all<Event>(R"sql(
        select e.id, e.kind, e.finding, a.display_name, e.reason, e.recorded_at, e.document,
               coalesce(d.title, ''), coalesce(g.judgement, '')
        from nomination_events e join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.document
        left join nomination_grounds g on g.event = e.id
        where e.nomination = :id order by e.recorded_at desc, e.id desc)sql",
                         {{"id", id}}, [](const db::Row& row) {
                             return Event{row.integer(0),
                                          row.text(1),
                                          row.text(2),
                                          row.text(3),
                                          row.text(4),
                                          row.instant(5),
                                          row.maybe_id<documents::DocumentId>(6),
                                          row.text(7),
                                          row.text(8)};
                         });
}

std::vector<Event> history(db::Read& tx, CallId id) {
    return tx.all<Event>(R"sql(
        select e.id, e.kind, '', a.display_name, e.reason, e.recorded_at
        from call_events e join accounts a on a.id = e.recorded_by
        where e.call = :id order by e.recorded_at desc, e.id desc)sql",
                         {{"id", id}}, [](const db::Row& row) {
                             return Event{row.integer(0), row.text(1), row.text(2),
                                          row.text(3),    row.text(4), row.instant(5)};
                         });
}

}  // namespace tiendo::nominations
