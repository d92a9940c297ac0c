// Whom the rows of a people workbook mean.
#include <set>

#include "features/people/people_rows.h"
#include "features/people/people_store.h"

namespace tiendo::people {
namespace {

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

// Anew for each chunk: a table emptied by deletes keeps its size on PostgreSQL.
void lay_down(db::Write& tx, const PeopleRows& rows) {
    tx.run(R"sql(
        create temporary table people_chunk (
            number bigint not null,
            search text not null,
            birth_date date,
            birth_precision text,
            unit bigint not null,
            national_id text,
            party_card text))sql");
    auto bulk = tx.bulk("people_chunk", {"number", "search", "birth_date", "birth_precision", "unit",
                                         "national_id", "party_card"});
    std::int64_t number = 0;
    for (const PeopleRow& row : rows) {
        const Person& said = row.person;
        const auto birth = said.birth ? std::optional(said.birth->date) : std::nullopt;
        const auto precision = said.birth ? std::optional(to_text(said.birth->precision)) : std::nullopt;
        bulk.add({number++, row.search, birth, precision, said.unit, or_null(said.national_id),
                  or_null(said.party_card)});
    }
    bulk.flush();
}

}  // namespace

std::vector<std::optional<Candidate>> candidates(db::Write& tx, const PeopleRows& rows,
                                                 const std::function<bool(PersonId)>& is_met) {
    constexpr int looked_at = 300;
    std::vector<std::optional<Candidate>> found(rows.size());
    const auto take = [&](const db::Row& row, Candidate::By by) {
        auto& candidate = found[static_cast<std::size_t>(row.integer(columns_of_person))];
        if (!candidate) candidate = Candidate{person_of(row), by};
    };
    lay_down(tx, rows);
    tx.each(R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, c.number
        from people_chunk c cross join people n cross join people p
        where n.national_id = c.national_id and p.id = coalesce(n.merged_into, n.id))sql",
            {}, [&](const db::Row& row) { take(row, Candidate::By::national_id); });
    tx.each(R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, c.number
        from people_chunk c cross join people n cross join people p
        where n.party_card = c.party_card and p.id = coalesce(n.merged_into, n.id)
        order by c.number, p.id)sql",
            {}, [&](const db::Row& row) { take(row, Candidate::By::party_card); });
    // Two IDs are two people; two of one name, day and unit without IDs are one.
    tx.each(R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, c.number
        from people_chunk c cross join people n cross join people p
        where c.national_id is not null and n.national_id is null
          and n.search = c.search and n.birth_date = c.birth_date and n.unit = c.unit
          and n.birth_precision = 'day' and c.birth_precision = 'day'
          and p.id = coalesce(n.merged_into, n.id) and p.national_id is null
          and (p.party_card is null or c.party_card is null)
        order by c.number, p.id)sql",
            {}, [&](const db::Row& row) { take(row, Candidate::By::name); });
    // Thousands may share all three: the first of them that it can be, of the first some hundred.
    tx.each(R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, c.number
        from people_chunk c cross join people n cross join people p
        where c.national_id is null and c.birth_precision = 'day'
          and n.id = (select min(y.id) from (
                          select x.id, x.birth_precision, x.party_card from people x
                          where x.search = c.search and x.birth_date = c.birth_date and x.unit = c.unit
                          order by x.id limit :looked_at) y
                      where y.birth_precision = 'day' and (y.party_card is null or c.party_card is null))
          and p.id = coalesce(n.merged_into, n.id)
        order by c.number)sql",
            {{"looked_at", looked_at}}, [&](const db::Row& row) { take(row, Candidate::By::name); });
    // A year of birth is no more than that: whoever shares it, name and unit may be another.
    std::set<PersonId> meant;
    tx.each(
        R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name, c.number
        from people_chunk c cross join people n cross join people p
        where c.national_id is null and c.party_card is null and c.birth_precision <> 'day'
          and n.id in (select x.id from people x
                       where x.search = c.search and x.birth_date = c.birth_date and x.unit = c.unit
                       order by x.id limit :looked_at)
          and n.birth_precision = c.birth_precision
          and p.id = coalesce(n.merged_into, n.id)
        order by c.number, p.id)sql",
        {{"looked_at", looked_at}}, [&](const db::Row& row) {
            const auto& candidate = found[static_cast<std::size_t>(row.integer(columns_of_person))];
            if (candidate || is_met(row.id<PersonId>(0)) || !meant.insert(row.id<PersonId>(0)).second) return;
            take(row, Candidate::By::name);
        });
    tx.run(R"sql(drop table people_chunk)sql");
    return found;
}

}  // namespace tiendo::people
