// Taking back a people workbook: whom it brought, and what it added to those who were known.
#include <map>

#include "base/text.h"
#include "features/people/people_rows.h"
#include "features/people/people_store.h"

namespace tiendo::people {
namespace {

// Somebody has written of them since: another workbook, or a person on their page.
imports::InTheWay known_since(db::Read& tx, documents::DocumentId document) {
    imports::InTheWay found;
    tx.each(R"sql(
        select p.full_name from people p
        where p.document = :document
          and (exists (select 1 from person_facts f
                       where f.person = p.id and (f.document is null or f.document <> :document))
               or exists (select 1 from import_changes c
                          where c.object = p.id and c.document <> :document)
               or exists (select 1 from audit_trail t
                          where t.object = p.id and t.object_kind = 'person' and t.action <> 'person.disclose'))
        order by p.sort_key, p.id)sql",
            {{"document", document}}, [&](const db::Row& row) { found.add(row.view(0)); });
    return found;
}

Person identity_of(Person person, const Value& said) {
    const std::string& born = *said["birth_date"].text();
    person.birth.reset();
    if (!born.empty())
        person.birth = Birth{*parse_date(born), *parse_precision(*said["birth_precision"].text())};
    person.sex = *said["sex"].text();
    person.national_id = *said["national_id"].text();
    person.party_card = *said["party_card"].text();
    return person;
}

std::optional<Date> day_of(const Value& said) {
    return said.text() ? parse_date(*said.text()) : std::nullopt;
}

// What the import changed of others, changed back; who has been changed again since stands in the way.
class Backward {
 public:
    Backward(db::Write& tx, documents::DocumentId document) : tx_(tx) {
        for (imports::Change& one : imports::changes_of(tx, document))
            (one.kind.starts_with("fact") ? facts_ : people_).push_back(std::move(one));
        tx.each(R"sql(
            select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.national_id, p.unit, p.position,
                   p.party_card, p.merged_into, p.family_name
            from import_changes c join people p on p.id = c.object
            where c.document = :document and c.kind in ('identity', 'unit', 'position'))sql",
                {{"document", document}}, [&](const db::Row& row) {
                    Person person = person_of(row);
                    known_.emplace(person.id.value, std::move(person));
                });
        tx.each(R"sql(
            select f.id, f.valid_until, p.full_name
            from import_changes c join person_facts f on f.id = c.object join people p on p.id = f.person
            where c.document = :document and c.kind = 'fact_end')sql",
                {{"document", document}}, [&](const db::Row& row) {
                    ends_[row.integer(0)] = {row.maybe_date(1), row.text(2)};
                });
    }

    imports::InTheWay changed_since() const {
        imports::InTheWay found;
        for (const imports::Change& one : people_) {
            const Person& person = known_.at(one.object);
            const bool same = one.kind == "unit"       ? Value(to_text(person.unit)) == one.became
                              : one.kind == "position" ? Value(person.position) == one.became
                                                       : identity_value(person) == one.became;
            if (!same) found.add(person.full_name);
        }
        for (const imports::Change& one : facts_)
            if (one.kind == "fact_end" && ends_.at(one.object).until != day_of(one.became))
                found.add(ends_.at(one.object).full_name);
        return found;
    }

    void go() {
        for (const imports::Change& one : people_) {
            const Person& person = known_.at(one.object);
            if (one.kind == "unit")
                update_unit(tx_, person.id, organisations::UnitId{parse_id(*one.was.text())});
            else if (one.kind == "position")
                update_position(tx_, person.id, *one.was.text());
            else
                update_identity(tx_, person, identity_of(person, one.was));
        }
        for (const imports::Change& one : facts_) {
            if (one.kind == "fact_end")
                update_end(tx_, FactId{one.object}, day_of(one.was));
            else
                tx_.run(R"sql(
                    update person_facts set withdrawn_at = null, withdrawn_by = null, withdrawn_reason = null
                    where id = :id)sql",
                        {{"id", one.object}});
        }
    }

 private:
    struct End {
        std::optional<Date> until;
        std::string full_name;
    };
    db::Write& tx_;
    std::vector<imports::Change> people_, facts_;  // the latest first
    std::map<std::int64_t, Person> known_;
    std::map<std::int64_t, End> ends_;
};

void keep_rows(db::Write& tx, const imports::Undoing& undoing) {
    std::vector<imports::Undone> rows;
    tx.each(R"sql(
        select id, full_name, birth_date, birth_precision, sex, national_id, unit, position, party_card,
               merged_into, family_name
        from people where document = :document order by id)sql",
            {{"document", undoing.document}}, [&](const db::Row& row) {
                const Person person = person_of(row);
                rows.push_back({"person", person.id.value,
                                identity_value(person)
                                    .set("full_name", person.full_name)
                                    .set("unit", person.unit)
                                    .set("position", person.position)});
            });
    tx.each(R"sql(
        select id, person, kind, value, level, body, detail, valid_from, valid_until
        from person_facts where document = :document order by id)sql",
            {{"document", undoing.document}}, [&](const db::Row& row) {
                rows.push_back({"person_fact", row.integer(0),
                                Value::object({{"person", row.integer(1)},
                                               {"kind", row.text(2)},
                                               {"value", row.text(3)},
                                               {"level", row.text(4)},
                                               {"body", row.text(5)},
                                               {"detail", row.text(6)},
                                               {"from", row.maybe_date(7)},
                                               {"until", row.maybe_date(8)}})});
            });
    keep_undone(tx, undoing, rows);
}

// The words they are found by, which the index has in the order of the words.
void delete_words(db::Write& tx, documents::DocumentId document) {
    struct Named {
        std::int64_t person;
        std::string search, sort_key;
    };
    const auto named =
        tx.all<Named>(R"sql(select id, search, sort_key from people where document = :document)sql",
                      {{"document", document}}, [](const db::Row& row) {
                          return Named{row.integer(0), row.text(1), std::string(row.view(2))};
                      });
    tx.run(R"sql(
        create temporary table undone_words (word text not null, sort_key bytea not null, person bigint not null))sql");
    auto bulk = tx.bulk("undone_words", {"word", "sort_key", "person"});
    for (const Named& one : named)
        for (const std::string& word : words_of(one.search))
            bulk.add({word, db::Blob{one.sort_key}, one.person});
    bulk.flush();
    tx.run(R"sql(
        delete from person_words
        where (word, sort_key, person) in (select word, sort_key, person from undone_words))sql");
    tx.run(R"sql(
        insert into name_words (word, people)
        select word, -count(*) from undone_words where person > 0 group by word
        on conflict (word) do update set people = name_words.people + excluded.people)sql");
    tx.run(R"sql(drop table undone_words)sql");
}

}  // namespace

Value identity_value(const Person& person) {
    return Value::object({{"birth_date", person.birth ? to_text(person.birth->date) : std::string()},
                          {"birth_precision", person.birth ? to_text(person.birth->precision) : ""},
                          {"sex", person.sex},
                          {"national_id", person.national_id},
                          {"party_card", person.party_card}});
}

Outcome<Done> undo_people(db::Write& tx, const imports::Undoing& undoing) {
    tx.lock("people");
    Refusals in_the_way = undoing.in_the_way;
    known_since(tx, undoing.document).tell(in_the_way, "undo.people.known_since");
    Backward backward(tx, undoing.document);
    backward.changed_since().tell(in_the_way, "undo.people.changed_since");
    if (!in_the_way.empty()) return in_the_way;
    keep_rows(tx, undoing);
    imports::let_go_along(tx, "people", undoing.document);
    tx.run(R"sql(delete from person_facts where document = :document)sql", {{"document", undoing.document}});
    backward.go();
    imports::forget_changes(tx, undoing.document);
    delete_words(tx, undoing.document);
    tx.run(R"sql(delete from people where document = :document)sql", {{"document", undoing.document}});
    return Done{};
}

}  // namespace tiendo::people
