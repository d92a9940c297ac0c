// What a merge of two records changes in the rows of people themselves.
#include "features/people/people.h"

namespace tiendo::people {
namespace {

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

std::vector<std::int64_t> move_facts(db::Write& tx, PersonId from, PersonId to) {
    auto moved = tx.all<std::int64_t>(R"sql(select id from person_facts where person = :from order by id)sql",
                                      {{"from", from}}, [](const db::Row& row) { return row.integer(0); });
    tx.run(R"sql(update person_facts set person = :to where person = :from)sql",
           {{"from", from}, {"to", to}});
    return moved;
}

void move_facts_back(db::Write& tx, PersonId from, PersonId to, std::span<const std::int64_t> moved) {
    for (const std::int64_t id : moved)
        tx.run(R"sql(update person_facts set person = :from where id = :id and person = :to)sql",
               {{"from", from}, {"to", to}, {"id", id}});
}

// Whoever led to the one leads to the other: a record leads to somebody who is there.
std::vector<std::int64_t> move_merged(db::Write& tx, PersonId from, PersonId to) {
    auto moved = tx.all<std::int64_t>(R"sql(select id from people where merged_into = :from order by id)sql",
                                      {{"from", from}}, [](const db::Row& row) { return row.integer(0); });
    for (const std::int64_t id : moved)
        tx.run(R"sql(update people set merged_into = :to where id = :id)sql", {{"to", to}, {"id", id}});
    return moved;
}

void move_merged_back(db::Write& tx, PersonId from, PersonId to, std::span<const std::int64_t> moved) {
    for (const std::int64_t id : moved)
        tx.run(R"sql(update people set merged_into = :from where id = :id and merged_into = :to)sql",
               {{"from", from}, {"to", to}, {"id", id}});
}

}  // namespace

void set_identity(db::Write& tx, const Person& person) {
    const std::optional<Date> birth = person.birth ? std::optional(person.birth->date) : std::nullopt;
    tx.run(R"sql(
        update people set birth_date = :birth, birth_precision = :precision, sex = :sex,
            national_id = :national_id, party_card = :party_card, position = :position,
            merged_into = :merged_into
        where id = :id)sql",
           {{"id", person.id},
            {"birth", birth},
            {"precision", person.birth ? to_text(person.birth->precision) : ""},
            {"sex", person.sex},
            {"national_id", or_null(person.national_id)},
            {"party_card", or_null(person.party_card)},
            {"position", person.position},
            {"merged_into", person.merged_into}});
}

void follow_merges_with_own_rows() {
    follow_merges({.name = "facts", .follow = move_facts, .undo = move_facts_back});
    follow_merges({.name = "merged", .follow = move_merged, .undo = move_merged_back});
}

}  // namespace tiendo::people
