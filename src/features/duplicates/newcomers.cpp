// Whom a workbook brings, against the register: by name and birth date, and by card. A few lookups
// in an index for each, so that an import hardly takes longer; the sweep compares by more.
#include <algorithm>

#include "features/duplicates/duplicates_store.h"
#include "features/duplicates/records.h"

namespace tiendo::duplicates {
namespace {

struct Newcomer {
    people::PersonId id;
    std::string search;
    people::Birth birth;
};

std::vector<Newcomer> newcomers_since(db::Read& tx, people::PersonId first, Instant at) {
    return tx.all<Newcomer>(R"sql(
        select id, search, birth_date, birth_precision from people
        where id >= :first and recorded_at = :at and birth_date is not null)sql",
                            {{"first", first}, {"at", at}}, [](const db::Row& row) {
                                const auto precision = parse_precision(row.view(3));
                                return Newcomer{row.id<people::PersonId>(0),
                                                row.text(1),
                                                {row.date(2), precision.value_or(Precision::day)}};
                            });
}

// The days on which the same person may be born in another record.
void add_days(db::Write::Bulk& bulk, const Newcomer& newcomer) {
    const Date born = newcomer.birth.date;
    const auto add = [&](Date from, Date until) { bulk.add({newcomer.id, newcomer.search, from, until}); };
    const Date new_year = *Date::of(born.year(), 1, 1);
    if (!names_a_day(newcomer.birth)) return add(new_year, *Date::of(born.year(), 12, 31));
    add(born, born);
    add(new_year, new_year);
    const auto swapped = Date::of(born.year(), born.day(), born.month());
    if (swapped && *swapped != born) add(*swapped, *swapped);
}

std::vector<Candidate> candidates_for(db::Write& tx, people::PersonId first, Instant at) {
    tx.run(R"sql(
        create temporary table newcomer_births (
            person bigint not null, search text not null, born_from date not null, born_until date not null))sql");
    auto bulk = tx.bulk("newcomer_births", {"person", "search", "born_from", "born_until"});
    for (const Newcomer& newcomer : newcomers_since(tx, first, at)) add_days(bulk, newcomer);
    bulk.flush();
    // A name and a birth date that hundreds share tell nothing, and comparing them all with all
    // would take the square of it.
    constexpr int most_alike = 300;
    tx.run(R"sql(
        delete from newcomer_births
        where (select count(*) from (
                   select 1 from people p
                   where p.search = newcomer_births.search and p.birth_date >= newcomer_births.born_from
                     and p.birth_date <= newcomer_births.born_until
                   limit :most_alike + 1) crowd) > :most_alike)sql",
           {{"most_alike", most_alike}});
    std::vector<Candidate> candidates;
    const auto take = [&](const db::Row& row) {
        candidates.push_back(std::minmax({row.integer(0), row.integer(1)}));
    };
    tx.each(R"sql(
        select n.person, p.id from newcomer_births n
        cross join people p
        where p.search = n.search and p.birth_date >= n.born_from and p.birth_date <= n.born_until
          and p.id <> n.person)sql",
            {}, take);
    tx.each(R"sql(
        select n.id, p.id from people n
        join people p on p.party_card = n.party_card and p.id <> n.id
        where n.id >= :first and n.recorded_at = :at)sql",
            {{"first", first}, {"at", at}}, take);
    tx.run(R"sql(drop table newcomer_births)sql");
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    return candidates;
}

}  // namespace

std::int64_t note_newcomers(db::Write& tx, people::PersonId first, Instant at) {
    const auto alike = record_alike(tx, candidates_for(tx, first, at), next_id(), at);
    std::vector<people::PersonId> met;
    for (const Pair& pair : alike) {
        if (pair.first >= first) met.push_back(pair.first);
        if (pair.second >= first) met.push_back(pair.second);
    }
    std::sort(met.begin(), met.end());
    return std::unique(met.begin(), met.end()) - met.begin();
}

}  // namespace tiendo::duplicates
