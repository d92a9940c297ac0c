// Two records side by side, for whoever decides whether they are one person.
#include "features/duplicates/agreement.h"
#include "features/duplicates/duplicates_presenter.h"
#include "features/duplicates/duplicates_store.h"

namespace tiendo::duplicates {
namespace {

using How = Agreement::How;
using Lines = std::vector<std::string>;

// "giống nhau", "khác 1 chữ số (thứ 8)"; nothing where neither record says anything.
std::string agreement_text(const web::Visit& visit, const Agreement& agreement) {
    const std::string because =
        agreement.because ? visit.text("duplicates.reason." + std::string(to_text(*agreement.because))) : "";
    if (agreement.how == How::nearly) return because;
    if (agreement.how == How::neither) return "";
    if (agreement.digits_apart > 0) {
        std::string places;
        for (const int place : agreement.places)
            places += (places.empty() ? "" : ", ") + std::to_string(place);
        const std::string digits = std::to_string(agreement.digits_apart);
        return places.empty() ? visit.text("duplicates.digits_apart", {digits})
                              : visit.text("duplicates.digits_apart_at", {digits, places});
    }
    const std::string text = visit.text("duplicates.agreement." + std::string(to_text(agreement.how)));
    return because.empty() ? text : text + ", " + because;
}

Value lines_value(const Lines& lines) {
    return list_of(lines, [](const std::string& line) { return Value::object({{"text", line}}); });
}

Value row_value(const std::string& name, const Lines& first, const Lines& second,
                const std::string& agreement = "", bool differs = false) {
    return Value::object({{"name", name},
                          {"first", lines_value(first)},
                          {"second", lines_value(second)},
                          {"agreement", agreement},
                          {"differs", differs}});
}

// --- what makes up the records ------------------------------------------------------------------

void push_identity(Value& rows, const web::Visit& visit, const Found& found, people::Sensitive sensitive) {
    const Value shown = to_value(found, sensitive);
    const Value::List& both = *shown["people"].list_items();
    const people::Person &one = found.first.person, &other = found.second.person;
    const auto said = [&](const Value& person, const std::string& field) {
        const std::string* text = person[field].text();
        if (!text || text->empty()) return Lines{};
        if (field == "birth_date") return Lines{i18n::date(visit.language, *text)};
        return Lines{field == "sex" ? visit.text("sex." + *text) : *text};
    };
    const auto push = [&](const std::string& field, const Agreement& agreement) {
        rows.push(row_value(visit.text("duplicates.field." + field), said(both[0], field),
                            said(both[1], field), agreement_text(visit, agreement),
                            agreement.how == How::differs));
    };
    push("full_name", names_agree(one, other));
    push("birth_date", births_agree(one, other));
    push("sex", texts_agree(one.sex, other.sex));
    push("national_id", ids_agree(one.national_id, other.national_id));
    push("party_card", cards_agree(one.party_card, other.party_card));
    push("unit", {.how = one.unit == other.unit ? How::same : How::differs});
    push("position", texts_agree(one.position, other.position));
}

// --- what is known, kind by kind ----------------------------------------------------------------

Lines facts_of_kind(const web::Visit& visit, const Value& groups, const std::string& kind) {
    Lines lines;
    for (const Value& group : *groups.list_items()) {
        if (*group["kind"].text() != kind) continue;
        for (const Value& fact : *group["facts"].list_items()) {
            if (*fact["state"].text() == "withdrawn") continue;
            const std::string* said = fact["said"].text();
            std::string text = said ? *said : "•••";
            const auto add_day = [&](const char* field, const char* key) {
                if (const auto* day = fact[field].text(); day && !day->empty())
                    text += " · " + visit.text(key) + " " + i18n::date(visit.language, *day);
            };
            add_day("from", "people.since");
            add_day("until", "people.ended");
            lines.push_back(std::move(text));
        }
    }
    return lines;
}

void push_facts(Value& rows, const web::Visit& visit, db::Read& tx, const Found& found,
                people::Sensitive sensitive) {
    const Value first = people::facts_value(visit, tx, found.first.person, sensitive);
    const Value second = people::facts_value(visit, tx, found.second.person, sensitive);
    for (const people::Kind kind : people::kinds()) {
        const std::string name(people::to_text(kind));
        const Lines one = facts_of_kind(visit, first, name), other = facts_of_kind(visit, second, name);
        if (!one.empty() || !other.empty())
            rows.push(row_value(visit.text("people.kind." + name), one, other));
    }
}

// --- where they attended ------------------------------------------------------------------------

std::string attended_text(const web::Visit& visit, const Attended& attended) {
    std::string text = attended.code + " · " + attended.programme;
    if (attended.began_on) text += " · " + i18n::date(visit.language, *attended.began_on);
    if (attended.withdrawn_on)
        text +=
            " · " + visit.text("duplicates.left_on", {i18n::date(visit.language, *attended.withdrawn_on)});
    return text;
}

void push_cohorts(Value& rows, const web::Visit& visit, db::Read& tx, const Found& found) {
    Lines first, second;
    for (const Attended& attended : attended_by(tx, visit.actor, found.pair))
        (attended.person == found.pair.first ? first : second).push_back(attended_text(visit, attended));
    rows.push(row_value(visit.text("duplicates.field.participations"), first, second));
}

}  // namespace

Value comparison(const web::Visit& visit, db::Read& tx, const Found& found, people::Sensitive sensitive) {
    Value rows = Value::list();
    push_identity(rows, visit, found, sensitive);
    push_facts(rows, visit, tx, found, sensitive);
    push_cohorts(rows, visit, tx, found);
    return rows;
}

}  // namespace tiendo::duplicates
