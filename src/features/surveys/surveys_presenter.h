// What pages and JSON say of surveys; private to this feature.
#pragma once
#include "features/surveys/surveys_store.h"
#include "platform/pages/forms.h"

namespace tiendo::surveys {

std::string_view text_of(const Question& question, i18n::Language language);
// {"audience", "state", "opens_on", "closes_on", "address", "responses", "expected", "enough", "fewest",
//  "rated", "lecturers", "words"}: nothing of what was said while there are too few responses.
Value survey_value(const web::Visit& visit, db::Read& tx, const Survey& survey);
// The questions of a survey as a form, with what was just sent.
Value questionnaire(const web::Visit& visit, const std::vector<Question>& questions, const Survey& survey);
// What was sent of it; ratings that are none are refused by name.
std::vector<Answer> answers_sent(const web::Visit& visit, const std::vector<Question>& questions,
                                 const Survey& survey, Refusals& refusals);

}  // namespace tiendo::surveys
