#include "features/people/people_acts.h"

#include <algorithm>

#include "base/text.h"
#include "features/people/people_store.h"
#include "platform/audit/audit.h"

namespace tiendo::people {
namespace {

void note(db::Write& tx, const web::Actor& actor, std::string_view action, PersonId person, Value detail,
          const Act& act) {
    if (!act.reason.empty()) detail.set("reason", act.reason);
    audit::record(tx, actor, act.at, {action, "person", person.value, std::move(detail)});
}

bool may_change(db::Read& tx, const web::Actor& actor, organisations::UnitId unit) {
    return organisations::may(tx, actor, change_people, unit);
}

// Brings what was typed into the form in which the register keeps it.
Refusals settle(db::Read& tx, const web::Actor& actor, Person& person, const Act& act) {
    Refusals refusals;
    person.full_name = clean(person.full_name);
    person.party_card = read_party_card(person.party_card);
    if (person.full_name.empty())
        refusals.push_back({"full_name", "person.name_missing", {}});
    else if (person.full_name.find_first_of("0123456789") != std::string::npos)
        refusals.push_back({"full_name", "person.name_has_digits", {person.full_name}});
    if (!person.family_name.empty() && !person.full_name.starts_with(person.family_name + " "))
        refusals.push_back(
            {"family_name", "people.family_name_elsewhere", {person.family_name, person.full_name}});
    if (person.birth && person.birth->date > act.today)
        refusals.push_back(
            {"birth_date", "person.birth_in_future", {to_text(person.birth->date), to_text(act.today)}});
    if (!person.national_id.empty()) {
        const auto id = read_national_id(person.national_id);
        if (!id) refusals.push_back({"national_id", "person.national_id_malformed", {person.national_id}});
        person.national_id = id.value_or("");
    }
    if (const auto other = holder_of(tx, person, person.national_id, person.party_card)) {
        const bool by_id = !person.national_id.empty() && other->national_id == person.national_id;
        const bool seen = organisations::may(tx, actor, see_people, other->unit);
        refusals.push_back({by_id ? "national_id" : "party_card",
                            by_id ? "people.national_id_of_another" : "people.party_card_of_another",
                            {seen ? other->full_name : "…"}});
    }
    return refusals;
}

Fact require_fact(db::Read& tx, const Person& person, FactId id) {
    for (Fact& fact : facts_of(tx, std::span(&person.id, 1)))
        if (fact.id == id) return std::move(fact);
    throw web::NotFound{};
}

// The unit whose person somebody is today, by the facts that stand.
void settle_unit(db::Write& tx, const Person& person, Date today) {
    for (const Fact& fact : facts_of(tx, std::span(&person.id, 1)))
        if (fact.kind == Kind::unit && fact.holds_on(today))
            update_unit(tx, person.id, organisations::UnitId{parse_id(fact.value)});
}

// And the position, where a fact says it; without one it stays what it was registered as.
void settle_position(db::Write& tx, const Person& person, std::string_view registered, Date today) {
    const std::string shown = shown_position(registered, facts_of(tx, std::span(&person.id, 1)), today);
    if (shown != person.position) update_position(tx, person.id, shown);
}

Refusals faults_of(db::Read& tx, const web::Actor& actor, const Fact& fact, Date today) {
    Refusals refusals;
    const auto values = values_of(fact.kind);
    const bool is_position = fact.kind == Kind::position || fact.kind == Kind::planned_position;
    if (!values.empty() && std::find(values.begin(), values.end(), fact.value) == values.end())
        refusals.push_back({"value", "people.value_unknown", {fact.value}});
    else if (is_position ? fact.detail.empty() : fact.value.empty())
        refusals.push_back({is_position ? "detail" : "value", "form.required", {}});
    if (fact.from && fact.until && *fact.until < *fact.from)
        refusals.push_back(
            {"until", "people.ends_before_it_begins", {to_text(*fact.until), to_text(*fact.from)}});
    if (fact.kind == Kind::rating) {
        if (!fact.from) refusals.push_back({"from", "people.rating_needs_year", {}});
        for (const Fact& known : facts_of(tx, std::span(&fact.person, 1)))
            if (fact.from && known.kind == Kind::rating && known.from == fact.from)
                refusals.push_back({"from", "people.rated_already", {std::to_string(fact.from->year())}});
        if (fact.from && *fact.from > today)
            refusals.push_back({"from", "people.rating_in_future", {std::to_string(fact.from->year())}});
    }
    if (fact.kind == Kind::unit) {
        if (!fact.from) refusals.push_back({"from", "form.required", {}});
        const organisations::UnitId unit{parse_id(fact.value)};
        if (!fact.value.empty() && !may_change(tx, actor, unit))
            refusals.push_back({"value", "people.unit_unknown", {}});
    }
    return refusals;
}

// A move leaves behind where the person was until then.
void keep_former_unit(db::Write& tx, const web::Actor& actor, const Person& person, const Fact& move,
                      const std::vector<Fact>& known, const Act& act) {
    if (std::any_of(known.begin(), known.end(), [](const Fact& fact) { return fact.kind == Kind::unit; }))
        return;
    insert_fact(tx, actor,
                {.id = new_id<FactId>(),
                 .person = person.id,
                 .kind = Kind::unit,
                 .value = to_text(person.unit),
                 .until = move.from},
                act);
}

// So does a post: the one with which a person was registered becomes a fact that ends.
void keep_former_post(db::Write& tx, const web::Actor& actor, const Person& person, const Fact& post,
                      std::vector<Fact>& known, const Act& act) {
    const auto former = unsaid_post(person, known);
    if (!former || !takes_the_place_of(post, *former)) return;
    insert_fact(tx, actor, *former, act);
    known.push_back(*former);
}

}  // namespace

Person require_for_change(db::Write& tx, const web::Actor& actor, PersonId id) {
    require(tx, actor, id);
    tx.lock("person", id.value);
    Person person = require(tx, actor, id);
    if (!may_change(tx, actor, person.unit)) throw web::Forbidden{};
    return person;
}

Outcome<PersonId> register_person(db::Write& tx, const web::Actor& actor, Person person, const Act& act) {
    // Two people at once with one number: the second finds the first.
    tx.lock("people");
    Refusals refusals = settle(tx, actor, person, act);
    if (!may_change(tx, actor, person.unit)) refusals.push_back({"unit", "people.unit_unknown", {}});
    if (!refusals.empty()) return refusals;
    if (!person.id) person.id = new_id<PersonId>();
    Registration registration(tx, act.at);
    registration.add({&person, 1});
    registration.close();
    note(tx, actor, "person.register", person.id, Value::object({{"unit", person.unit}}), act);
    return person.id;
}

Outcome<Done> change_identity(db::Write& tx, const web::Actor& actor, const Person& before, Person after,
                              const Act& act) {
    tx.lock("people");
    after.id = before.id;
    Refusals refusals = settle(tx, actor, after, act);
    if (act.reason.empty()) refusals.push_back({"reason", "form.required", {}});
    if (!refusals.empty()) return refusals;
    update_identity(tx, before, after);
    // Which of them changed; what they were and are is nobody's business who reads the trail.
    Value changed = Value::list();
    const auto same_birth = [&] {
        if (!before.birth || !after.birth) return before.birth.has_value() == after.birth.has_value();
        return before.birth->date == after.birth->date && before.birth->precision == after.birth->precision;
    };
    if (before.full_name != after.full_name || before.family_name != after.family_name)
        changed.push("full_name");
    if (!same_birth()) changed.push("birth_date");
    if (before.sex != after.sex) changed.push("sex");
    if (before.national_id != after.national_id) changed.push("national_id");
    if (before.party_card != after.party_card) changed.push("party_card");
    note(tx, actor, "person.change_identity", before.id, Value::object({{"changed", std::move(changed)}}),
         act);
    return Done{};
}

Outcome<FactId> state(db::Write& tx, const web::Actor& actor, const Person& person, Fact fact,
                      const Act& act) {
    fact.person = person.id;
    const Refusals refusals = faults_of(tx, actor, fact, act.today);
    if (!refusals.empty()) return refusals;
    fact.id = new_id<FactId>();
    std::vector<Fact> known = facts_of(tx, std::span(&person.id, 1));
    // What was until something known began ended then; what is over already ends nothing that goes on.
    for (const Fact& later : known)
        if (fact.from && later.from && *fact.from < *later.from && takes_the_place_of(later, fact) &&
            (!fact.until || *later.from < *fact.until))
            fact.until = later.from;
    const bool goes_on = !fact.until || *fact.until > act.today;
    if (goes_on) keep_former_post(tx, actor, person, fact, known, act);
    const Date begins = fact.from.value_or(act.today);
    for (const Fact& before : known)
        if (goes_on && takes_the_place_of(fact, before) && !before.until &&
            (!before.from || *before.from < begins))
            update_end(tx, before.id, begins);
    if (fact.kind == Kind::unit) keep_former_unit(tx, actor, person, fact, known, act);
    insert_fact(tx, actor, fact, act);
    if (fact.kind == Kind::unit) settle_unit(tx, person, act.today);
    if (fact.kind == Kind::position) settle_position(tx, person, person.position, act.today);
    note(tx, actor, "person.state", person.id,
         Value::object({{"kind", to_text(fact.kind)}, {"fact", fact.id}, {"from", fact.from}}), act);
    return fact.id;
}

Outcome<Done> end(db::Write& tx, const web::Actor& actor, const Person& person, FactId id, Date until,
                  const Act& act) {
    const Fact fact = require_fact(tx, person, id);
    if (fact.from && until < *fact.from)
        return Refusal{"until", "people.ends_before_it_begins", {to_text(until), to_text(*fact.from)}};
    update_end(tx, id, until);
    if (fact.kind == Kind::position) settle_position(tx, person, person.position, act.today);
    note(tx, actor, "person.end", person.id,
         Value::object({{"kind", to_text(fact.kind)}, {"fact", id}, {"until", until}}), act);
    return Done{};
}

Outcome<Done> withdraw(db::Write& tx, const web::Actor& actor, const Person& person, FactId id,
                       const Act& act) {
    const Fact fact = require_fact(tx, person, id);
    if (act.reason.empty()) return Refusal{"reason", "form.required", {}};
    update_withdrawal(tx, actor, id, act);
    // What it had ended holds again.
    if (fact.from)
        for (const Fact& before : facts_of(tx, std::span(&person.id, 1)))
            if (takes_the_place_of(fact, before) && before.until == fact.from)
                update_end(tx, before.id, std::nullopt);
    if (fact.kind == Kind::unit) settle_unit(tx, person, act.today);
    if (fact.kind == Kind::position) {
        const bool was_shown = person.position == fact.detail;
        settle_position(tx, person, was_shown ? std::string_view() : person.position, act.today);
    }
    note(tx, actor, "person.withdraw_fact", person.id,
         Value::object({{"kind", to_text(fact.kind)}, {"fact", id}}), act);
    return Done{};
}

}  // namespace tiendo::people
