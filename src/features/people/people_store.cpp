#include "features/people/people_store.h"

#include "base/text.h"

namespace tiendo::people {

Person person_of(const db::Row& row) {
    Person person{.id = row.id<PersonId>(0),
                  .full_name = row.text(1),
                  .birth = std::nullopt,
                  .sex = row.text(4),
                  .national_id = row.text(5),
                  .unit = row.id<organisations::UnitId>(6),
                  .position = row.text(7),
                  .party_card = row.text(8),
                  .merged_into = row.maybe_id<PersonId>(9),
                  .family_name = row.text(10)};
    if (!row.is_null(2))
        person.birth = Birth{row.date(2), parse_precision(row.view(3)).value_or(Precision::day)};
    return person;
}

std::set<std::string, std::less<>> words_of(std::string_view full_name) {
    std::set<std::string, std::less<>> words;
    const std::string folded = fold(full_name);
    for (const std::string_view word : split(folded, ' '))
        if (!word.empty()) words.emplace(word);
    return words;
}

Person require(db::Read& tx, const web::Actor& actor, PersonId id) {
    const auto found = tx.find<Person>(
        R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name
        from people p
        where p.id = :id
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = p.unit))sql",
        {{"id", id}, {"actor", actor.account}, {"permission", see_people.name}}, person_of);
    if (!found) throw web::NotFound{};
    return *found;
}

Person require_by_number(db::Read& tx, const web::Actor& actor, std::string_view number) {
    const std::string national_id = read_national_id(number).value_or("");
    const std::string card = read_party_card(number);
    const auto found = tx.find<Person>(
        R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name
        from people p
        where p.id in (select coalesce(n.merged_into, n.id) from people n where n.national_id = :national_id
                       union all
                       select coalesce(c.merged_into, c.id) from people c where c.party_card = :card)
          and exists (select 1 from reach r
                      where r.account = :actor and r.permission = :permission and r.unit = p.unit)
        order by case when p.national_id = :national_id then 0 else 1 end, p.id)sql",
        {{"national_id", national_id},
         {"card", card},
         {"actor", actor.account},
         {"permission", see_people.name}},
        person_of);
    if (!found) throw web::NotFound{};
    return *found;
}

}  // namespace tiendo::people
