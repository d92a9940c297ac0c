#include "features/people/people_store.h"

#include <algorithm>

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
        from (select coalesce(n.merged_into, n.id) as id from people n where n.national_id = :national_id
              union
              select coalesce(c.merged_into, c.id) from people c where c.party_card = :card) meant
        cross join people p
        where p.id = meant.id
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

std::unordered_map<organisations::UnitId, std::string> unit_names(db::Read& tx,
                                                                  std::span<const Person> people) {
    std::vector<organisations::UnitId> units;
    for (const Person& person : people) units.push_back(person.unit);
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    const std::string list = side_by_side(std::span<const organisations::UnitId>(units));
    std::unordered_map<organisations::UnitId, std::string> names;
    tx.each(R"sql(
        with recursive places (place) as (
            select 0
            union all
            select place + 1 from places where place + 1 < :count
        ),
        asked (unit) as (
            select cast(trim(substr(:list, cast(place * :width + 1 as integer), cast(:width as integer))) as bigint)
            from places
            where :count > 0
        )
        select u.id, u.name from asked a cross join units u where u.id = a.unit)sql",
            {{"count", units.size()}, {"list", list}, {"width", width_of_id}},
            [&](const db::Row& row) { names[row.id<organisations::UnitId>(0)] = row.text(1); });
    return names;
}

std::optional<Person> holder_of(db::Read& tx, const Person& but_not, std::string_view national_id,
                                std::string_view party_card) {
    return tx.find<Person>(
        R"sql(
        select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
               p.party_card, p.merged_into, p.family_name
        from people p
        where (p.national_id = :national_id or p.party_card = :card) and p.id <> :but_not
        order by p.id)sql",
        {{"national_id", national_id}, {"card", party_card}, {"but_not", but_not.id}}, person_of);
}

void update_identity(db::Write& tx, const Person& before, const Person& after) {
    const auto or_null = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
    };
    const std::string search = fold(after.full_name);
    const std::string key = name_sort_key(after.full_name), key_before = name_sort_key(before.full_name);
    const std::optional<Date> birth = after.birth ? std::optional(after.birth->date) : std::nullopt;
    tx.run(R"sql(
        update people set full_name = :full_name, family_name = :family_name, search = :search, sort_key = :key,
            birth_date = :birth, birth_precision = :precision, sex = :sex, national_id = :national_id,
            party_card = :card
        where id = :id)sql",
           {{"id", before.id},
            {"full_name", after.full_name},
            {"family_name", after.family_name},
            {"search", search},
            {"key", db::Blob{key}},
            {"birth", birth},
            {"precision", after.birth ? to_text(after.birth->precision) : ""},
            {"sex", after.sex},
            {"national_id", or_null(after.national_id)},
            {"card", or_null(after.party_card)}});
    if (before.full_name == after.full_name) return;

    std::map<std::string, int> change;
    for (const std::string& word : words_of(before.full_name)) {
        --change[word];
        tx.run(R"sql(
            delete from person_words where word = :word and sort_key = :key and person = :person)sql",
               {{"word", word}, {"key", db::Blob{key_before}}, {"person", before.id}});
    }
    for (const std::string& word : words_of(after.full_name)) {
        ++change[word];
        tx.run(R"sql(insert into person_words (word, sort_key, person) values (:word, :key, :person))sql",
               {{"word", word}, {"key", db::Blob{key}}, {"person", before.id}});
    }
    for (const auto& [word, by] : change)
        tx.run(R"sql(
            insert into name_words (word, people) values (:word, :by)
            on conflict (word) do update set people = name_words.people + excluded.people)sql",
               {{"word", word}, {"by", by}});
}

void update_unit(db::Write& tx, PersonId person, organisations::UnitId unit) {
    tx.run(R"sql(update people set unit = :unit where id = :person)sql",
           {{"unit", unit}, {"person", person}});
}

void update_position(db::Write& tx, PersonId person, std::string_view position) {
    tx.run(R"sql(update people set position = :position where id = :person)sql",
           {{"position", position}, {"person", person}});
}

}  // namespace tiendo::people
