#include "features/people/people_presenter.h"

#include "base/text.h"
#include "features/people/phrases.h"

namespace tiendo::people {
namespace {

std::string state_of(const Recorded& recorded, Date today) {
    if (recorded.withdrawn_at) return "withdrawn";
    if (recorded.fact.from && *recorded.fact.from > today) return "coming";
    return recorded.fact.holds_on(today) ? "holds" : "ended";
}

Value document_value(const Recorded& recorded, const web::Actor& actor) {
    if (!recorded.document) return {};
    const bool may_open = actor.may(documents::see_documents);
    return Value::object({{"title", recorded.document_title},
                          {"url", may_open ? Value("/documents/" + to_text(*recorded.document)) : Value()}});
}

// "Nguyễn Thị Minh Khai": family, middle and given. A name of one word is a given name.
struct NameParts {
    std::string_view family, middle, given;
};
NameParts parts_of(const Person& person) {
    const std::string_view name = person.full_name;
    const auto last = name.rfind(' ');
    if (last == name.npos) return {{}, {}, name};
    const bool said = !person.family_name.empty() && name.starts_with(person.family_name + " ");
    const auto family = said ? person.family_name.size() : name.find(' ');
    const auto middle = family < last ? name.substr(family + 1, last - family - 1) : std::string_view{};
    return {name.substr(0, family), middle, name.substr(last + 1)};
}

}  // namespace

Value to_value(const Person& person, const std::string& unit_name, Sensitive sensitive) {
    const std::string& id = person.national_id;
    const NameParts name = parts_of(person);
    return Value::object({{"id", person.id},
                          {"full_name", person.full_name},
                          {"family_name", name.family},
                          {"middle_name", name.middle},
                          {"given_name", name.given},
                          {"birth_date", birth_text(person)},
                          {"sex", person.sex},
                          {"national_id", sensitive == Sensitive::shown ? id : masked(id)},
                          {"unit", unit_name},
                          {"position", person.position}});
}

Value list_value(db::Read& tx, std::span<const Person> people, Sensitive sensitive) {
    const auto names = unit_names(tx, people);
    return list_of(people,
                   [&](const Person& person) { return to_value(person, names.at(person.unit), sensitive); });
}

Value to_value(db::Read& tx, const web::Actor& actor, std::span<const Person> people) {
    return list_value(tx, people, actor.may(see_national_ids) ? Sensitive::shown : Sensitive::masked);
}

std::string said(const Recorded& recorded, const i18n::Texts& texts, i18n::Language language) {
    const Fact& fact = recorded.fact;
    switch (fact.kind) {
        case Kind::unit: return recorded.name;
        case Kind::certificate:
            if (!recorded.name.empty()) return recorded.name;
            break;
        case Kind::position:
        case Kind::planned_position: return fact.detail;
        case Kind::rating:
            return (fact.from ? std::to_string(fact.from->year()) + ": " : "") +
                   called(texts, language, "rating", fact.value);
        default: break;
    }
    const std::string word = called(texts, language, to_text(fact.kind), fact.value);
    if (fact.detail.empty() || fold(fact.detail) == fold(word)) return word;
    return word + " (" + fact.detail + ")";
}

Value history_value(std::span<const Recorded> history, const i18n::Texts& texts, i18n::Language language,
                    const web::Actor& actor, Date today, Sensitive sensitive) {
    Value groups = Value::list();
    for (const Kind kind : kinds()) {
        Value facts = Value::list();
        const bool hidden = is_sensitive(kind) && sensitive == Sensitive::masked;
        for (const Recorded& recorded : history) {
            const Fact& fact = recorded.fact;
            if (fact.kind != kind) continue;
            const auto unless_hidden = [&](auto value) { return hidden ? Value() : Value(std::move(value)); };
            facts.push(Value::object({{"id", fact.id},
                                      {"said", unless_hidden(said(recorded, texts, language))},
                                      {"value", unless_hidden(fact.value)},
                                      {"level", fact.level},
                                      {"level_name", called(texts, language, "level", fact.level)},
                                      {"body", fact.body},
                                      {"body_name", called(texts, language, "body", fact.body)},
                                      {"detail", unless_hidden(fact.detail)},
                                      {"from", hidden ? Value() : Value(fact.from_text())},
                                      {"until", hidden ? Value() : Value(fact.until)},
                                      {"state", state_of(recorded, today)},
                                      {"recorded_at", recorded.recorded_at},
                                      {"recorded_by", recorded.recorded_by},
                                      {"document", document_value(recorded, actor)},
                                      {"source_place", recorded.source_place},
                                      {"withdrawn_reason", recorded.withdrawn_reason}}));
        }
        if (facts.list_items()->empty()) continue;
        groups.push(
            Value::object({{"kind", to_text(kind)}, {"hidden", hidden}, {"facts", std::move(facts)}}));
    }
    return groups;
}

}  // namespace tiendo::people
