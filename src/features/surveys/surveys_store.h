// The rows of surveys; private to this feature.
#pragma once
#include "features/surveys/surveys.h"

namespace tiendo::surveys {

// The same day so many months later, or earlier; the month's last when it is shorter.
Date months_from(Date day, std::int64_t months);

std::optional<Survey> find_survey(db::Read& tx, SurveyId id);
void insert_survey(db::Write& tx, const Survey& survey);
void move_end(db::Write& tx, SurveyId survey, Date closes_on);
void write_lecturers(db::Write& tx, const Survey& survey);
// Every unit that has a learner on the roster who has not withdrawn.
void ask_units(db::Write& tx, const Survey& survey);
void insert_event(db::Write& tx, const web::Actor& actor, SurveyId survey, std::string_view kind,
                  Date closes_on, const cohorts::Act& act);
// The unit's earlier response goes.
void forget_response(db::Write& tx, SurveyId survey, organisations::UnitId unit);
void insert_response(db::Write& tx, const Survey& survey, std::optional<organisations::UnitId> unit,
                     std::span<const Answer> answers, Date today);

}  // namespace tiendo::surveys
