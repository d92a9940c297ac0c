#include "features/duplicates/duplicates_presenter.h"

#include <algorithm>

namespace tiendo::duplicates {
namespace {

std::string birth_of(const people::Person& person) {
    if (!person.birth) return "";
    const std::string day = to_text(person.birth->date);
    constexpr std::size_t year = 4, month = 7;
    switch (person.birth->precision) {
        case Precision::year: return day.substr(0, year);
        case Precision::month: return day.substr(0, month);
        case Precision::day: break;
    }
    return day;
}

std::string number_for(const web::Actor& actor, web::Permission permission, const std::string& number) {
    return actor.may(permission) ? number : people::masked(number);
}

Value maybe(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value person_value(const Side& side, const web::Actor& actor) {
    const people::Person& person = side.person;
    return Value::object(
        {{"id", person.id},
         {"full_name", person.full_name},
         {"birth_date", maybe(birth_of(person))},
         {"sex", maybe(person.sex)},
         {"national_id", maybe(number_for(actor, people::see_national_ids, person.national_id))},
         {"party_card", maybe(number_for(actor, people::see_sensitive, person.party_card))},
         {"unit", side.unit_name},
         {"position", maybe(person.position)},
         {"participations", side.participations},
         {"merged_into", person.merged_into}});
}

std::string_view likelihood_of(int score) {
    return score >= proposed_from ? "proposed" : score >= likely_from ? "likely" : "possible";
}

}  // namespace

Value to_value(const Found& found, const web::Actor& actor) {
    return Value::object(
        {{"id", found.id},
         {"score", found.pair.score},
         {"likelihood", likelihood_of(found.pair.score)},
         {"reasons", list_of(found.pair.reasons, [](Reason reason) { return Value(to_text(reason)); })},
         {"people", Value(Value::List{person_value(found.first, actor), person_value(found.second, actor)})},
         {"state", to_text(found.state)},
         {"found_at", found.found_at},
         {"decided_at", found.decided_at},
         {"decided_by", maybe(found.decided_by)},
         {"reason", maybe(found.reason)}});
}

Value comparison(const Found& found, const web::Actor& actor) {
    const Value first = person_value(found.first, actor), second = person_value(found.second, actor);
    // Two masked numbers may look the same where the numbers do not.
    const people::Person &one = found.first.person, &other = found.second.person;
    const auto differs = [&](std::string_view field) {
        if (field == "national_id") return one.national_id != other.national_id;
        if (field == "party_card") return one.party_card != other.party_card;
        return !(first[field] == second[field]);
    };
    Value rows = Value::list();
    for (const char* field : {"full_name", "birth_date", "sex", "national_id", "party_card", "unit",
                              "position", "participations"})
        rows.push(Value::object({{"field", field},
                                 {"first", first[field]},
                                 {"second", second[field]},
                                 {"is_date", std::string_view(field) == "birth_date"},
                                 {"is_sex", std::string_view(field) == "sex"},
                                 {"differs", differs(field)}}));
    return rows;
}

Value to_value(const std::optional<Sweep>& sweep, std::int64_t done) {
    if (!sweep) return {};
    return Value::object({{"id", sweep->id},
                          {"state", sweep->state},
                          {"running", sweep->state == "running"},
                          {"failed", sweep->state == "failed"},
                          {"steps", sweep->steps},
                          {"steps_done", std::min(done, sweep->steps)},
                          {"people", sweep->people},
                          {"pairs", sweep->pairs},
                          {"begun_at", sweep->begun_at},
                          {"begun_by", sweep->begun_by},
                          {"finished_at", sweep->finished_at},
                          {"incident", sweep->incident}});
}

}  // namespace tiendo::duplicates
