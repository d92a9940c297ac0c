#include "features/duplicates/duplicates_store.h"

#include "base/text.h"
#include "features/duplicates/hash.h"
#include "features/duplicates/records.h"

namespace tiendo::duplicates {
namespace {

std::string text_of(const std::vector<Reason>& reasons) {
    std::string text;
    for (const Reason reason : reasons) {
        if (!text.empty()) text += ' ';
        text += to_text(reason);
    }
    return text;
}

std::vector<Reason> reasons_of(std::string_view text) {
    std::vector<Reason> reasons;
    for (const std::string_view word : split(text, ' '))
        if (const auto reason = parse_reason(word)) reasons.push_back(*reason);
    return reasons;
}

// Ten columns from `at` on: id, full_name, birth_date, birth_precision, sex, national_id, unit,
// position, party_card, merged_into.
people::Person person_at(const db::Row& row, int at) {
    people::Person person{.id = row.id<people::PersonId>(at),
                          .full_name = row.text(at + 1),
                          .birth = std::nullopt,
                          .sex = row.text(at + 4),
                          .national_id = row.text(at + 5),
                          .unit = row.id<organisations::UnitId>(at + 6),
                          .position = row.text(at + 7),
                          .party_card = row.text(at + 8),
                          .merged_into = row.maybe_id<people::PersonId>(at + 9)};
    if (!row.is_null(at + 2))
        person.birth =
            people::Birth{row.date(at + 2), parse_precision(row.view(at + 3)).value_or(Precision::day)};
    return person;
}

Found found_of(const db::Row& row) {
    return {.id = row.id<FoundId>(0),
            .pair = {row.id<people::PersonId>(9), row.id<people::PersonId>(19),
                     static_cast<int>(row.integer(1)), reasons_of(row.view(2))},
            .first = {person_at(row, 9), row.text(29), row.integer(30)},
            .second = {person_at(row, 19), row.text(31), row.integer(32)},
            .state = parse_state(row.view(3)).value_or(State::open),
            .found_at = row.instant(4),
            .decided_by = row.text(6),
            .reason = row.text(7),
            .decided_at = row.is_null(5) ? std::nullopt : std::optional(row.instant(5))};
}

struct Alike {
    Pair pair;
    std::int64_t looks;
};

void record(db::Write& tx, const std::vector<Alike>& alike, std::int64_t seen_by, Instant at) {
    if (alike.empty()) return;
    tx.run(R"sql(
        create temporary table duplicates_met (
            id bigint not null, first bigint not null, second bigint not null, score bigint not null,
            reasons text not null, looks bigint not null, found_at bigint not null, seen_by bigint not null))sql");
    auto bulk = tx.bulk("duplicates_met",
                        {"id", "first", "second", "score", "reasons", "looks", "found_at", "seen_by"});
    for (const Alike& one : alike)
        bulk.add({next_id(), one.pair.first, one.pair.second, one.pair.score, text_of(one.pair.reasons),
                  one.looks, at, seen_by});
    bulk.flush();
    tx.run(R"sql(
        insert into duplicate_pairs (id, first, second, score, reasons, looks, state, found_at, seen_by)
        select id, first, second, score, reasons, looks, 'open', found_at, seen_by
        from duplicates_met where true
        on conflict (first, second) do update set
            score = excluded.score, reasons = excluded.reasons, looks = excluded.looks,
            seen_by = excluded.seen_by,
            state = case when duplicate_pairs.state = 'dismissed' and duplicate_pairs.looks = excluded.looks
                         then 'dismissed' else 'open' end)sql");
    tx.run(R"sql(drop table duplicates_met)sql");
}

}  // namespace

std::int64_t looks_of(const people::Person& first, const people::Person& second) {
    Hash hash('l');
    for (const people::Person* person : {&first, &second}) {
        hash.add(person->full_name).add(person->sex).add(person->national_id).add(person->party_card);
        hash.add(static_cast<std::uint64_t>(person->unit.value));
        if (person->birth) hash.add(person->birth->date).add(to_text(person->birth->precision));
    }
    return static_cast<std::int64_t>(hash.value() >> 1);
}

people::Person record_of(db::Read& tx, people::PersonId id) {
    auto found = tx.find<people::Person>(R"sql(
        select id, full_name, birth_date, birth_precision, sex, national_id, unit, position, party_card,
               merged_into
        from people where id = :id)sql",
                                         {{"id", id}}, [](const db::Row& row) { return person_at(row, 0); });
    if (!found) throw web::NotFound{};
    return *found;
}

std::vector<Pair> record_alike(db::Write& tx, const std::vector<Candidate>& candidates, std::int64_t seen_by,
                               Instant at) {
    if (candidates.empty()) return {};
    tx.run(R"sql(
        create temporary table duplicate_candidates (first bigint not null, second bigint not null))sql");
    auto bulk = tx.bulk("duplicate_candidates", {"first", "second"});
    for (const auto& [first, second] : candidates) bulk.add({first, second});
    bulk.flush();
    std::vector<Alike> alike;
    tx.each(R"sql(
        select a.id, a.full_name, a.birth_date, a.birth_precision, a.sex, a.national_id, a.unit, a.position,
               a.party_card, a.merged_into,
               b.id, b.full_name, b.birth_date, b.birth_precision, b.sex, b.national_id, b.unit, b.position,
               b.party_card, b.merged_into
        from duplicate_candidates c
        cross join people a
        cross join people b
        where a.id = c.first and b.id = c.second and a.merged_into is null and b.merged_into is null)sql",
            {}, [&](const db::Row& row) {
                const people::Person first = person_at(row, 0), second = person_at(row, 10);
                if (auto pair = compare(first, second))
                    alike.push_back({*std::move(pair), looks_of(first, second)});
            });
    tx.run(R"sql(drop table duplicate_candidates)sql");
    record(tx, alike, seen_by, at);
    std::vector<Pair> recorded;
    for (Alike& one : alike) recorded.push_back(std::move(one.pair));
    return recorded;
}

void drop_open_pairs_of(db::Write& tx, people::PersonId gone) {
    tx.run(R"sql(delete from duplicate_pairs where state = 'open' and (first = :gone or second = :gone))sql",
           {{"gone", gone}});
}

void decide(db::Write& tx, const web::Actor& actor, const Pair& pair, State state, const Act& act) {
    const people::Person first = record_of(tx, pair.first), second = record_of(tx, pair.second);
    tx.run(R"sql(
        insert into duplicate_pairs (id, first, second, score, reasons, looks, state, found_at, seen_by,
                                     decided_at, decided_by, reason)
        values (:id, :first, :second, :score, :reasons, :looks, :state, :at, :id, :at, :actor, :reason)
        on conflict (first, second) do update set
            state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
            reason = excluded.reason, looks = excluded.looks)sql",
           {{"id", next_id()},
            {"first", pair.first},
            {"second", pair.second},
            {"score", pair.score},
            {"reasons", text_of(pair.reasons)},
            {"looks", looks_of(first, second)},
            {"state", to_text(state)},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
}

Listing pairs(db::Read& tx, const web::Actor& actor, State state, int minimum,
              const std::optional<Cursor>& after, int count) {
    constexpr int above_all = 101;
    Listing listing;
    listing.rows = tx.all<Found>(
        R"sql(
        select d.id, d.score, d.reasons, d.state, d.found_at, d.decided_at, coalesce(w.display_name, ''),
               d.reason, d.seen_by,
               a.id, a.full_name, a.birth_date, a.birth_precision, a.sex, a.national_id, a.unit, a.position,
               a.party_card, a.merged_into,
               b.id, b.full_name, b.birth_date, b.birth_precision, b.sex, b.national_id, b.unit, b.position,
               b.party_card, b.merged_into,
               ua.name, (select count(*) from participations p where p.person = a.id),
               ub.name, (select count(*) from participations p where p.person = b.id)
        from duplicate_pairs d
        join people a on a.id = d.first
        join people b on b.id = d.second
        join units ua on ua.id = a.unit
        join units ub on ub.id = b.unit
        left join accounts w on w.id = d.decided_by
        where d.state = :state and d.score >= :minimum
          and (d.score < :after_score or (d.score = :after_score and d.id < :after))
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = a.unit)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = b.unit)
        order by d.score desc, d.id desc limit :count)sql",
        {{"state", to_text(state)},
         {"minimum", minimum},
         {"after_score", after ? after->score : above_all},
         {"after", after ? after->id : FoundId{}},
         {"actor", actor.account},
         {"permission", see_duplicates.name},
         {"count", count}},
        found_of);
    listing.total = tx.integer(R"sql(
        select count(*) from duplicate_pairs d
        join people a on a.id = d.first
        join people b on b.id = d.second
        where d.state = :state and d.score >= :minimum
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = a.unit)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = b.unit))sql",
                               {{"state", to_text(state)},
                                {"minimum", minimum},
                                {"actor", actor.account},
                                {"permission", see_duplicates.name}});
    return listing;
}

std::vector<Attended> attended_by(db::Read& tx, const web::Actor& actor, const Pair& pair) {
    return tx.all<Attended>(
        R"sql(
        select p.person, c.code, g.name, coalesce(p.started_on, c.opened_on), p.withdrawn_on
        from participations p
        join cohorts c on c.id = p.cohort
        join programmes g on g.id = c.programme
        where p.person in (:first, :second)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = p.unit)
        order by coalesce(p.started_on, c.opened_on) desc nulls first, p.id desc
        limit 200)sql",
        {{"first", pair.first},
         {"second", pair.second},
         {"actor", actor.account},
         {"permission", see_duplicates.name}},
        [](const db::Row& row) {
            return Attended{row.id<people::PersonId>(0), row.text(1), row.text(2), row.maybe_date(3),
                            row.maybe_date(4)};
        });
}

Found require(db::Read& tx, const web::Actor& actor, FoundId id) {
    auto found = tx.find<Found>(
        R"sql(
        select d.id, d.score, d.reasons, d.state, d.found_at, d.decided_at, coalesce(w.display_name, ''),
               d.reason, d.seen_by,
               a.id, a.full_name, a.birth_date, a.birth_precision, a.sex, a.national_id, a.unit, a.position,
               a.party_card, a.merged_into,
               b.id, b.full_name, b.birth_date, b.birth_precision, b.sex, b.national_id, b.unit, b.position,
               b.party_card, b.merged_into,
               ua.name, (select count(*) from participations p where p.person = a.id),
               ub.name, (select count(*) from participations p where p.person = b.id)
        from duplicate_pairs d
        join people a on a.id = d.first
        join people b on b.id = d.second
        join units ua on ua.id = a.unit
        join units ub on ub.id = b.unit
        left join accounts w on w.id = d.decided_by
        where d.id = :id
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = a.unit)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = b.unit))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_duplicates.name}}, found_of);
    if (!found) throw web::NotFound{};
    return *found;
}

}  // namespace tiendo::duplicates
