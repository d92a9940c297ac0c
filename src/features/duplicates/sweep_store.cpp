// What a sweep reads, and the rows of sweeps.
#include "features/duplicates/duplicates_store.h"

namespace tiendo::duplicates {
namespace {

Sweep sweep_of(const db::Row& row) {
    return {.id = row.id<SweepId>(0),
            .state = row.text(1),
            .steps = row.integer(2),
            .people = row.integer(3),
            .pairs = row.integer(4),
            .begun_at = row.instant(6),
            .finished_at = row.is_null(8) ? std::nullopt : std::optional(row.instant(8)),
            .begun_by = row.text(7),
            .incident = row.text(5)};
}

}  // namespace

void each_person(db::Read& tx,
                 const std::function<void(const people::Person&, std::string_view search)>& each) {
    people::Person person;
    tx.each(R"sql(
        select id, search, birth_date, birth_precision, national_id, unit, party_card
        from people where merged_into is null)sql",
            {}, [&](const db::Row& row) {
                person.id = row.id<people::PersonId>(0);
                person.birth.reset();
                if (!row.is_null(2))
                    person.birth =
                        people::Birth{row.date(2), parse_precision(row.view(3)).value_or(Precision::day)};
                person.national_id = row.view(4);
                person.unit = row.id<organisations::UnitId>(5);
                person.party_card = row.view(6);
                each(person, row.view(1));
            });
}

std::int64_t count_of_people(db::Read& tx) {
    return tx.integer(R"sql(select count(*) from people where merged_into is null)sql");
}

void drop_unseen(db::Write& tx, std::int64_t seen_by) {
    tx.run(R"sql(delete from duplicate_pairs where state = 'open' and seen_by < :seen_by)sql",
           {{"seen_by", seen_by}});
}

std::int64_t count_of_open(db::Read& tx) {
    return tx.integer(R"sql(select count(*) from duplicate_pairs where state = 'open')sql");
}

void insert_sweep(db::Write& tx, const web::Actor& actor, const Sweep& sweep) {
    tx.run(R"sql(
        insert into duplicate_sweeps (id, state, steps, people, pairs, begun_at, begun_by, finished_at)
        values (:id, :state, :steps, :people, :pairs, :begun_at, :actor, :finished_at))sql",
           {{"id", sweep.id},
            {"state", sweep.state},
            {"steps", sweep.steps},
            {"people", sweep.people},
            {"pairs", sweep.pairs},
            {"begun_at", sweep.begun_at},
            {"actor", actor.account},
            {"finished_at", sweep.finished_at}});
}

void update_sweep(db::Write& tx, const Sweep& sweep) {
    tx.run(R"sql(
        update duplicate_sweeps set state = :state, steps = :steps, people = :people, pairs = :pairs,
               incident = :incident, finished_at = :finished_at
        where id = :id)sql",
           {{"id", sweep.id},
            {"state", sweep.state},
            {"steps", sweep.steps},
            {"people", sweep.people},
            {"pairs", sweep.pairs},
            {"incident", sweep.incident},
            {"finished_at", sweep.finished_at}});
}

std::optional<Sweep> last_sweep(db::Read& tx) {
    return tx.find<Sweep>(R"sql(
        select s.id, s.state, s.steps, s.people, s.pairs, s.incident, s.begun_at, a.display_name, s.finished_at
        from duplicate_sweeps s join accounts a on a.id = s.begun_by
        order by s.id desc limit 1)sql",
                          {}, sweep_of);
}

std::optional<Sweep> find_sweep(db::Read& tx, SweepId id) {
    return tx.find<Sweep>(R"sql(
        select s.id, s.state, s.steps, s.people, s.pairs, s.incident, s.begun_at, a.display_name, s.finished_at
        from duplicate_sweeps s join accounts a on a.id = s.begun_by
        where s.id = :id)sql",
                          {{"id", id}}, sweep_of);
}

}  // namespace tiendo::duplicates
