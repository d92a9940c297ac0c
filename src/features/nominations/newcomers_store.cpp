#include "features/nominations/newcomers_store.h"

#include "base/text.h"
#include "platform/db/ids.h"

namespace tiendo::nominations {
namespace {

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

Newcomer newcomer_of(const db::Row& row) {
    Newcomer one{.id = row.id<NewcomerId>(0),
                 .call = row.id<CallId>(1),
                 .unit = row.id<organisations::UnitId>(2),
                 .full_name = row.text(3),
                 .birth = std::nullopt,
                 .sex = row.text(6),
                 .national_id = row.text(7),
                 .position = row.text(8),
                 .choice = row.integer(9),
                 .note = row.text(10),
                 .is_late = row.truth(11),
                 .state = *parse_newcomer_state(row.view(12)),
                 .received_at = row.instant(13),
                 .document = row.maybe_id<documents::DocumentId>(14),
                 .nomination = row.maybe_id<NominationId>(15)};
    if (!row.is_null(4))
        one.birth = people::Birth{row.date(4), parse_precision(row.view(5)).value_or(Precision::day)};
    return one;
}

void insert_events(db::Write& tx, const web::Actor& actor, std::span<const NewcomerId> which,
                   std::string_view kind, const cohorts::Act& act) {
    auto bulk = tx.bulk("newcomer_events",
                        {"id", "newcomer", "kind", "recorded_at", "recorded_by", "reason", "document"});
    for (const NewcomerId id : which)
        bulk.add({next_id(), id, kind, act.at, actor.account, act.reason, act.source.document});
    bulk.flush();
}

}  // namespace

std::vector<Newcomer> newcomers_of(db::Read& tx, const web::Actor& actor, CallId call,
                                   web::Permission permission) {
    return tx.all<Newcomer>(
        R"sql(
        select w.id, w.call, w.unit, w.full_name, w.birth_date, w.birth_precision, w.sex, w.national_id,
               w.position, w.choice, w.note, w.late, w.state, w.received_at, w.document, w.nomination
        from newcomers w
        where w.call = :call
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = w.unit)
        order by w.received_at, w.id)sql",
        {{"call", call}, {"actor", actor.account}, {"permission", permission.name}}, newcomer_of);
}

void insert_newcomers(db::Write& tx, const web::Actor& actor, std::span<const Newcomer> fresh,
                      const cohorts::Act& act) {
    auto rows = tx.bulk("newcomers", {"id", "call", "unit", "full_name", "search", "birth_date",
                                      "birth_precision", "sex", "national_id", "position", "choice", "note",
                                      "late", "state", "received_at", "document"});
    for (const Newcomer& one : fresh) {
        const std::string search = fold(one.full_name);
        const std::optional<Date> birth = one.birth ? std::optional(one.birth->date) : std::nullopt;
        rows.add({one.id, one.call, one.unit, one.full_name, search, birth,
                  one.birth ? to_text(one.birth->precision) : "", one.sex, or_null(one.national_id),
                  one.position, one.choice, one.note, one.is_late, to_text(one.state), one.received_at,
                  one.document});
    }
    rows.flush();
    std::vector<NewcomerId> in_time, late;
    for (const Newcomer& one : fresh) (one.is_late ? late : in_time).push_back(one.id);
    insert_events(tx, actor, in_time, "received", act);
    insert_events(tx, actor, late, "late", act);
}

void move(db::Write& tx, const web::Actor& actor, std::span<const NewcomerId> which, NewcomerState state,
          const cohorts::Act& act) {
    insert_events(tx, actor, which, to_text(state), act);
    const std::string ids = db::side_by_side(which);
    tx.run(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        update newcomers set state = :state where id in (select id from asked))sql",
           {{"count", which.size()}, {"ids", ids}, {"state", to_text(state)}});
}

void set_nominations(db::Write& tx, std::span<const Became> who) {
    tx.run(R"sql(
        create temporary table newcomers_became (newcomer bigint not null, person bigint not null))sql");
    auto bulk = tx.bulk("newcomers_became", {"newcomer", "person"});
    for (const Became& one : who) bulk.add({one.newcomer, one.person});
    bulk.flush();
    tx.run(R"sql(
        update newcomers set nomination = (
            select n.id from newcomers_became b join nominations n on n.person = b.person
            where b.newcomer = newcomers.id and n.call = newcomers.call)
        where id in (select newcomer from newcomers_became))sql");
    tx.run(R"sql(drop table newcomers_became)sql");
}

std::vector<Holder> holders_of_ids(db::Read& tx, const web::Actor& actor, std::span<const NewcomerId> which) {
    const std::string ids = db::side_by_side(which);
    return tx.all<Holder>(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select w.id, case when exists (select 1 from reach r where r.account = :actor
                                       and r.permission = :permission and r.unit = p.unit)
                          then p.full_name else '' end
        from asked join newcomers w on w.id = asked.id join people p on p.national_id = w.national_id
        order by w.received_at, w.id)sql",
        {{"count", which.size()},
         {"ids", ids},
         {"actor", actor.account},
         {"permission", people::see_people.name}},
        [](const db::Row& row) {
            return Holder{row.id<NewcomerId>(0), row.text(1)};
        });
}

std::vector<NewcomerId> out_of_reach(db::Read& tx, const web::Actor& actor,
                                     std::span<const NewcomerId> which) {
    const std::string ids = db::side_by_side(which);
    return tx.all<NewcomerId>(
        R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        select w.id from asked join newcomers w on w.id = asked.id
        where w.unit not in (select r.unit from reach r where r.account = :actor and r.permission = :change)
           or w.unit not in (select r.unit from reach r where r.account = :actor and r.permission = :nominate)
        order by w.received_at, w.id)sql",
        {{"count", which.size()},
         {"ids", ids},
         {"actor", actor.account},
         {"change", people::change_people.name},
         {"nominate", nominate_people.name}},
        [](const db::Row& row) { return row.id<NewcomerId>(0); });
}

void hand_over_newcomers(db::Write& tx, const web::Actor& actor, const Call& from, const Call& to,
                         const cohorts::Act& act) {
    const auto moved = tx.all<NewcomerId>(R"sql(
        select w.id from newcomers w
        where w.call = :from and w.state = 'waiting'
          and not exists (select 1 from newcomers o
                          where o.call = :to and o.state = 'waiting'
                            and (o.national_id = w.national_id
                                 or (o.unit = w.unit and o.search = w.search
                                     and (o.birth_date = w.birth_date
                                          or (o.birth_date is null and w.birth_date is null))
                                     and (o.national_id is null or w.national_id is null))))
        order by w.id)sql",
                                          {{"from", from.id}, {"to", to.id}},
                                          [](const db::Row& row) { return row.id<NewcomerId>(0); });
    if (moved.empty()) return;
    insert_events(tx, actor, moved, "moved", {act.at, from.cohort.code, {}});
    const std::string ids = db::side_by_side(std::span<const NewcomerId>(moved));
    tx.run(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places)
        update newcomers set call = :to where id in (select id from asked))sql",
           {{"count", moved.size()}, {"ids", ids}, {"to", to.id}});
}

void give_newcomers_back(db::Write& tx, CallId from, CallId to, Instant moved_at) {
    tx.run(R"sql(
        update newcomers set call = :from
        where call = :to and state = 'waiting'
          and id in (select e.newcomer from newcomer_events e
                     where e.kind = 'moved' and e.recorded_at = :at))sql",
           {{"from", from}, {"to", to}, {"at", moved_at}});
}

// --- what readers see -------------------------------------------------------------------------

std::vector<ListedNewcomer> listed_newcomers(db::Read& tx, const web::Actor& actor, CallId call) {
    return tx.all<ListedNewcomer>(
        R"sql(
        select w.id, w.call, w.unit, w.full_name, w.birth_date, w.birth_precision, w.sex, w.national_id,
               w.position, w.choice, w.note, w.late, w.state, w.received_at, w.document, w.nomination,
               u.name, coalesce(d.title, ''), e.reason, a.display_name, e.recorded_at,
               exists (select 1 from nominations n join reach r on r.unit = n.unit
                       where n.id = w.nomination and r.account = :actor and r.permission = :permission)
        from newcomers w
        join units u on u.id = w.unit
        join newcomer_events e on e.id = (select max(x.id) from newcomer_events x where x.newcomer = w.id)
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = w.document
        where w.call = :call
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = w.unit)
        order by case when w.state = 'waiting' then 0 else 1 end, w.received_at, w.id limit :most)sql",
        {{"call", call},
         {"actor", actor.account},
         {"permission", see_nominations.name},
         {"most", newcomers_shown}},
        [](const db::Row& row) {
            return ListedNewcomer{.newcomer = newcomer_of(row),
                                  .unit_name = row.text(16),
                                  .document_title = row.text(17),
                                  .reason = row.text(18),
                                  .decided_by = row.text(19),
                                  .decided_at = row.instant(20),
                                  .may_see_nomination = row.truth(21)};
        });
}

NewcomerCount count_newcomers(db::Read& tx, const web::Actor& actor, CallId call) {
    return tx
        .find<NewcomerCount>(
            R"sql(
        select count(*), count(case when w.state = 'waiting' then 1 end)
        from newcomers w
        where w.call = :call
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = w.unit))sql",
            {{"call", call}, {"actor", actor.account}, {"permission", see_nominations.name}},
            [](const db::Row& row) {
                return NewcomerCount{row.integer(0), row.integer(1)};
            })
        .value_or(NewcomerCount{});
}

std::map<NewcomerId, std::vector<Likely>> likely_people(db::Read& tx, const web::Actor& actor,
                                                        std::span<const NewcomerId> which) {
    constexpr int most = 5;  // of one name there may be hundreds
    std::map<NewcomerId, std::vector<Likely>> found;
    if (which.empty()) return found;
    const std::string ids = db::side_by_side(which);
    tx.each(R"sql(
        with recursive places (place) as (
            select 0 union all select place + 1 from places where place + 1 < :count
        ),
        asked (id) as (select cast(substr(:ids, place * 20 + 1, 20) as bigint) from places),
        mine (unit) as (
            select r.unit from reach r where r.account = :actor and r.permission = :see
            intersect
            select r.unit from reach r where r.account = :actor and r.permission = :nominate
        ),
        waiting (id, search, national_id, birth_date, birth_precision) as (
            select w.id, w.search, w.national_id, w.birth_date, w.birth_precision
            from asked join newcomers w on w.id = asked.id where w.state = 'waiting'
        ),
        found (newcomer, person, same_id, same_birth) as (
            select w.id, p.id, 1,
                   case when p.birth_date = w.birth_date and p.birth_precision = w.birth_precision
                        then 1 else 0 end
            from waiting w cross join people p
            where p.national_id = w.national_id and p.merged_into is null
              and p.unit in (select unit from mine)
            union all
            select w.id, p.id, 0,
                   case when p.birth_date = w.birth_date and p.birth_precision = w.birth_precision
                        then 1 else 0 end
            from waiting w cross join people p
            where p.search = w.search and p.merged_into is null
              and coalesce(p.national_id, '') <> coalesce(w.national_id, '-')
              and p.unit in (select unit from mine)
        ),
        ranked (newcomer, person, same_id, same_birth, place) as (
            select newcomer, person, same_id, same_birth,
                   row_number() over (partition by newcomer order by same_id desc, same_birth desc, person)
            from found
        )
        select r.newcomer, p.id, p.full_name, p.birth_date, p.birth_precision, p.national_id, p.unit,
               p.position, u.name, r.same_id, r.same_birth
        from ranked r join people p on p.id = r.person join units u on u.id = p.unit
        where r.place <= :most order by r.newcomer, r.place)sql",
            {{"count", which.size()},
             {"ids", ids},
             {"actor", actor.account},
             {"see", people::see_people.name},
             {"nominate", nominate_people.name},
             {"most", most}},
            [&](const db::Row& row) {
                people::Person person{.id = row.id<people::PersonId>(1),
                                      .full_name = row.text(2),
                                      .national_id = row.text(5),
                                      .unit = row.id<organisations::UnitId>(6),
                                      .position = row.text(7)};
                if (!row.is_null(3))
                    person.birth =
                        people::Birth{row.date(3), parse_precision(row.view(4)).value_or(Precision::day)};
                found[row.id<NewcomerId>(0)].push_back(
                    {std::move(person), row.text(8), row.truth(9), row.truth(10)});
            });
    return found;
}

}  // namespace tiendo::nominations
