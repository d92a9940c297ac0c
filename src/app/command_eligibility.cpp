// eligibility: a person judged by the rules of a programme on a day.
#include <algorithm>

#include "app/commands.h"
#include "features/eligibility/eligibility.h"

namespace tiendo::app {
namespace {

struct Answer {
    programmes::Programme programme;
    people::Person person;
    eligibility::Judgement judgement;
};

std::string digits_of(const std::string& number) {
    return std::to_string(
        std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

Outcome<Answer> answer(db::Read& tx, const web::Actor& actor, const EligibilityWords& words, Date on) {
    const auto programme = programmes::find_programme(tx, words.programme);
    if (!programme)
        return Refusal{"programme",
                       "eligibility.programme_unknown",
                       {words.programme, programmes::nearest_programme(tx, words.programme)}};
    try {
        const people::Person person = people::require_by_number(tx, actor, words.person);
        const std::vector<people::PersonId> people{person.id};
        return Answer{
            *programme, person,
            eligibility::judge(
                tx, actor, {.programme = *programme, .on = on, .sensitive = people::Sensitive::shown}, people)
                .front()};
    } catch (const web::NotFound&) {
        return Refusal{"person", "eligibility.person_unknown", {words.person, digits_of(words.person)}};
    }
}

std::string verdict(const std::optional<bool>& eligible) {
    return !eligible ? "null" : *eligible ? "true" : "false";
}

void print_table(const Program& program, const Answer& answer, const Value& value, Date on) {
    const std::string key = "eligibility.answer." + verdict(answer.judgement.eligible);
    program.print(answer.programme.name);
    program.print(program.text(key, {answer.person.full_name, i18n::date(program.language(), on)}));
    if (answer.judgement.rules.empty()) program.print(program.text("eligibility.answer.no_rules"));
    for (const Value& rule : *value["rules"].list_items()) {
        program.print(std::string());
        program.print(*rule["id"].text() + " · " +
                      program.text(rule["waived"].is_null() ? "eligibility.result." + *rule["result"].text()
                                                            : std::string("eligibility.waived")) +
                      " · " + program.text("eligibility.severity." + *rule["severity"].text()));
        program.print("  " + *rule["message"].text());
        program.print("  " + program.text("eligibility.value") + ": " + *rule["value"].text());
        program.print("  " + program.text("eligibility.basis") + ": " + *rule["basis"].text());
    }
}

}  // namespace

Exit judge_person(Program& program, const EligibilityWords& words) {
    const auto on = day_of_option("--on", words.on);
    if (!on) return program.refuse(on.refusals());
    const Date day = (*on).value_or(program.today());
    const web::Actor actor = program.actor();
    const auto answered =
        program.database().read([&](db::Read& tx) { return answer(tx, actor, words, day); });
    if (!answered) return program.refuse(answered.refusals());
    const Value value = eligibility::to_value(answered->judgement, program.texts(), program.language());
    if (program.settings().json())
        program.print(value);
    else
        print_table(program, *answered, value, day);
    return Exit::done;
}

}  // namespace tiendo::app
