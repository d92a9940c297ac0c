#include "features/surveys/surveys_presenter.h"

#include "base/text.h"
#include "platform/json/json.h"
#include "platform/pages/reader.h"

namespace tiendo::surveys {
namespace {

constexpr std::size_t most_letters = 2'000;  // of an answer in words

// 420 hundredths: "4.2", for {{#number}}.
std::string hundredths(std::int64_t mean) {
    std::string text = std::to_string(mean / 100);
    const std::int64_t rest = mean % 100;
    if (rest == 0) return text;
    text += "." + std::to_string(rest / 10);
    return rest % 10 == 0 ? text : text + std::to_string(rest % 10);
}

Value tally_value(const Question& question, const Tally& tally, i18n::Language language) {
    Value shares = Value::list();
    for (std::size_t i = 0; i < tally.ratings.size(); ++i)
        shares.push(Value::object({{"rating", i + 1}, {"count", tally.ratings[i]}}));
    const auto mean = tally.mean();
    return Value::object({{"question", question.code},
                          {"text", text_of(question, language)},
                          {"aim", question.aim.empty() ? Value() : Value(question.aim)},
                          {"count", tally.count()},
                          {"mean", mean ? Value(hundredths(*mean)) : Value()},
                          {"shares", std::move(shares)}});
}

void set_results(Value& value, const web::Visit& visit, const std::vector<Answered>& results,
                 const Survey& survey) {
    Value rated = Value::list(), lecturers = Value::list(), words = Value::list();
    for (std::size_t i = 0; i < survey.lecturers.size(); ++i) {
        Value of_lecturer = Value::list();
        for (const Answered& one : results)
            if (one.question.is_about_lecturer())
                of_lecturer.push(tally_value(one.question, one.tallies[i], visit.language));
        lecturers.push(Value::object({{"name", survey.lecturers[i]}, {"rated", std::move(of_lecturer)}}));
    }
    for (const Answered& one : results) {
        if (one.question.is_about_lecturer()) continue;
        const Tally& tally = one.tallies.front();
        if (one.question.is_rated)
            rated.push(tally_value(one.question, tally, visit.language));
        else
            words.push(Value::object({{"text", text_of(one.question, visit.language)},
                                      {"has_said", !tally.said.empty()},
                                      {"said", list_of(tally.said, [](const std::string& said) {
                                           return Value::object({{"words", said}});
                                       })}}));
    }
    value.set("rated", std::move(rated))
        .set("lecturers", std::move(lecturers))
        .set("words", std::move(words));
}

std::string field_of(const Question& question, std::size_t lecturer) {
    return "q-" + question.code + (lecturer > 0 ? "-" + std::to_string(lecturer) : "");
}

Value field_value(const web::Visit& visit, const Question& question, std::size_t lecturer) {
    const std::string field = field_of(question, lecturer);
    const std::string_view sent = visit.request.sent(field);
    Value choices = Value::list();
    for (std::int64_t rating = 1; question.is_rated && rating <= best_rating; ++rating)
        choices.push(Value::object({{"rating", rating}, {"chosen", std::to_string(rating) == sent}}));
    return Value::object({{"field", field},
                          {"text", text_of(question, visit.language)},
                          {"choices", std::move(choices)},
                          {"sent", sent}});
}

// Calls `take(question, lecturer)` for everything that a form asks, lecturer by lecturer last.
template <class Take>
void each_asked(const std::vector<Question>& questions, const Survey& survey, Take take) {
    for (const Question& question : questions)
        if (!question.is_about_lecturer()) take(question, std::size_t{0});
    for (std::size_t lecturer = 1; lecturer <= survey.lecturers.size(); ++lecturer)
        for (const Question& question : questions)
            if (question.is_about_lecturer()) take(question, lecturer);
}

}  // namespace

std::string_view text_of(const Question& question, i18n::Language language) {
    return language == i18n::Language::vi ? question.text_vi : question.text_en;
}

Value survey_value(const web::Visit& visit, db::Read& tx, const Survey& survey) {
    const Turnout turnout = turnout_of(tx, survey);
    const Terms terms = terms_on(tx, survey.opens_on);
    // A unit answers by name, and is read from the first one on.
    const bool enough =
        turnout.responses >= (survey.audience == Audience::units ? 1 : terms.fewest_responses);
    Value value = Value::object({{"audience", to_text(survey.audience)},
                                 {"state", state_on(survey, visit.today())},
                                 {"opens_on", survey.opens_on},
                                 {"closes_on", survey.closes_on},
                                 {"address", "/surveys/" + survey.token},
                                 {"responses", turnout.responses},
                                 {"expected", turnout.expected},
                                 {"fewest", terms.fewest_responses},
                                 {"enough", enough}});
    set_results(value, visit, enough ? results_of(tx, survey) : std::vector<Answered>{}, survey);
    if (!enough) value.set("lecturers", Value::list());
    return std::move(value).set("has_lecturers", !value["lecturers"].list_items()->empty());
}

Value questionnaire(const web::Visit& visit, const std::vector<Question>& questions, const Survey& survey) {
    Value plain = Value::list(), words = Value::list(), lecturers = Value::list();
    std::vector<Value> of_lecturer(survey.lecturers.size(), Value::list());
    each_asked(questions, survey, [&](const Question& question, std::size_t lecturer) {
        Value& where = lecturer > 0 ? of_lecturer[lecturer - 1] : question.is_rated ? plain : words;
        where.push(field_value(visit, question, lecturer));
    });
    for (std::size_t i = 0; i < of_lecturer.size(); ++i)
        lecturers.push(
            Value::object({{"name", survey.lecturers[i]}, {"questions", std::move(of_lecturer[i])}}));
    return Value::object(
        {{"rated", std::move(plain)}, {"lecturers", std::move(lecturers)}, {"words", std::move(words)}});
}

std::vector<Answer> answers_sent(const web::Visit& visit, const std::vector<Question>& questions,
                                 const Survey& survey, Refusals& refusals) {
    std::vector<Answer> answers;
    each_asked(questions, survey, [&](const Question& question, std::size_t lecturer) {
        const std::string field = field_of(question, lecturer);
        const std::string sent = clean(visit.request.sent(field));
        if (sent.empty()) return;
        Answer answer{.question = question.code, .lecturer = static_cast<std::int64_t>(lecturer)};
        if (!question.is_rated) {
            answer.said = sent;
            if (sent.size() > most_letters)
                refusals.push_back({field, "surveys.too_long", {std::to_string(most_letters)}});
        } else if (sent.size() == 1 && sent[0] >= '1' && sent[0] <= '0' + best_rating) {
            answer.rating = sent[0] - '0';
        } else {
            refusals.push_back({field, "surveys.no_rating", {sent, std::to_string(best_rating)}});
        }
        answers.push_back(std::move(answer));
    });
    return answers;
}

}  // namespace tiendo::surveys
