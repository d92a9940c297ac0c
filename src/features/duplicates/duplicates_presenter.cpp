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

Value maybe(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::string card_of(const people::Person& person, people::Sensitive sensitive) {
    const bool shown = sensitive == people::Sensitive::shown || person.party_card.empty();
    return shown ? person.party_card : "•••";
}
std::string id_of(const people::Person& person, people::Sensitive sensitive) {
    return sensitive == people::Sensitive::shown ? person.national_id : people::masked(person.national_id);
}

Value person_value(const Side& side, people::Sensitive sensitive) {
    const people::Person& person = side.person;
    return Value::object({{"id", person.id},
                          {"full_name", person.full_name},
                          {"birth_date", maybe(birth_of(person))},
                          {"sex", maybe(person.sex)},
                          {"national_id", maybe(id_of(person, sensitive))},
                          {"party_card", maybe(card_of(person, sensitive))},
                          {"unit", side.unit_name},
                          {"position", maybe(person.position)},
                          {"participations", side.participations},
                          {"merged_into", person.merged_into}});
}

std::string_view likelihood_of(int score) {
    return score >= proposed_from ? "proposed" : score >= likely_from ? "likely" : "possible";
}

}  // namespace

Value to_value(const Found& found, people::Sensitive sensitive) {
    return Value::object(
        {{"id", found.id},
         {"score", found.pair.score},
         {"likelihood", likelihood_of(found.pair.score)},
         {"reasons", list_of(found.pair.reasons, [](Reason reason) { return Value(to_text(reason)); })},
         {"people",
          Value(Value::List{person_value(found.first, sensitive), person_value(found.second, sensitive)})},
         {"state", to_text(found.state)},
         {"found_at", found.found_at},
         {"decided_at", found.decided_at},
         {"decided_by", maybe(found.decided_by)},
         {"reason", maybe(found.reason)}});
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
