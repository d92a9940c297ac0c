#include "features/surveys/surveys.h"

#include <algorithm>
#include <numeric>

#include "features/surveys/surveys_store.h"
#include "platform/audit/audit.h"
#include "platform/auth/token.h"

namespace tiendo::surveys {
namespace {

constexpr std::array audience_names{std::string_view{"learners"}, std::string_view{"units"}};

void note(db::Write& tx, const web::Actor& actor, std::string_view action, const Survey& survey, Instant at,
          Value detail) {
    detail.set("audience", to_text(survey.audience));
    audit::record(tx, actor, at, {action, "survey", survey.id.value, std::move(detail)});
}

}  // namespace

std::string_view to_text(Audience audience) { return audience_names[static_cast<std::size_t>(audience)]; }

std::optional<Audience> parse_audience(std::string_view text) {
    for (const Audience audience : {Audience::learners, Audience::units})
        if (to_text(audience) == text) return audience;
    return std::nullopt;
}

std::string_view state_on(const Survey& survey, Date day) {
    if (day < survey.opens_on) return "to_come";
    return day <= survey.closes_on ? "open" : "closed";
}

Date months_from(Date day, std::int64_t months) {
    const int all = day.year() * 12 + day.month() - 1 + static_cast<int>(months);
    const int year = all / 12, month = all % 12 + 1;
    return std::min(*Date::of(year, month, 1) + (day.day() - 1), last_day_of_month(year, month));
}

Date follow_up_due(Date closed_on, const Terms& terms) {
    return months_from(closed_on, terms.follow_up_months);
}

std::int64_t Tally::count() const { return std::accumulate(ratings.begin(), ratings.end(), std::int64_t{0}); }

std::optional<std::int64_t> Tally::mean() const {
    const std::int64_t all = count();
    if (all == 0) return std::nullopt;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < ratings.size(); ++i) sum += ratings[i] * static_cast<std::int64_t>(i + 1);
    return (sum * 200 + all) / (all * 2);
}

FollowUp require_follow_up(db::Read& tx, const web::Actor& actor, SurveyId survey, organisations::UnitId unit,
                           Date day) {
    for (FollowUp& one : follow_ups(tx, actor, day))
        if (one.survey == survey && one.unit == unit) return std::move(one);
    throw web::NotFound{};
}

Outcome<SurveyId> open(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const Opening& opening, Date today, const cohorts::Act& act) {
    if (!cohort.facts.opened_on) return Refusal{"audience", "surveys.not_opened", {cohort.code}};
    if (opening.closes_on < today)
        return Refusal{"closes_on", "surveys.closes_in_past", {to_text(opening.closes_on), to_text(today)}};
    if (opening.audience == Audience::units && act.reason.empty()) {
        if (!cohort.facts.closed_on) return Refusal{"audience", "surveys.not_closed", {cohort.code}};
        const Date due = follow_up_due(*cohort.facts.closed_on, terms_on(tx, today));
        if (due > today) return Refusal{"reason", "surveys.too_early", {to_text(due)}};
    }
    tx.lock("cohort", cohort.id.value);
    auto survey = find_survey(tx, cohort.id, opening.audience);
    const bool is_new = !survey;
    if (is_new) {
        survey = Survey{.id = new_id<SurveyId>(),
                        .cohort = cohort.id,
                        .audience = opening.audience,
                        .token = auth::new_token(),
                        .opens_on = today,
                        .closes_on = opening.closes_on,
                        .lecturers = opening.lecturers};
        insert_survey(tx, *survey);
        write_lecturers(tx, *survey);
    } else {
        move_end(tx, survey->id, opening.closes_on);
    }
    if (opening.audience == Audience::units) ask_units(tx, *survey);
    insert_event(tx, actor, survey->id, is_new ? "opened" : "extended", opening.closes_on, act);
    note(tx, actor, "survey.open", *survey, act.at,
         Value::object({{"cohort", cohort.code}, {"closes_on", opening.closes_on}, {"reason", act.reason}}));
    return survey->id;
}

Outcome<Done> end(db::Write& tx, const web::Actor& actor, const Survey& survey, Date today,
                  const cohorts::Act& act) {
    if (state_on(survey, today) != "open") return Refusal{"", "surveys.is_closed", {}};
    const Date yesterday = today + -1;
    move_end(tx, survey.id, yesterday);
    insert_event(tx, actor, survey.id, "ended", yesterday, act);
    note(tx, actor, "survey.end", survey, act.at, Value::object());
    return Done{};
}

Outcome<Done> respond(db::Write& tx, const web::Actor& actor, const Survey& survey,
                      std::optional<organisations::UnitId> unit, std::span<const Answer> answers, Date today,
                      Instant at) {
    tx.lock("survey", survey.id.value);
    if (state_on(survey, today) != "open") return Refusal{"", "surveys.is_closed", {}};
    std::vector<Answer> given;
    for (const Answer& answer : answers)
        if (answer.rating || !answer.said.empty()) given.push_back(answer);
    if (given.empty()) return Refusal{"", "surveys.nothing_said", {}};
    if (unit)
        forget_response(tx, survey.id, *unit);
    else if (const Turnout turnout = turnout_of(tx, survey); turnout.responses >= turnout.expected)
        return Refusal{"", "surveys.all_have_answered", {std::to_string(turnout.expected)}};
    insert_response(tx, survey, unit, given, today);
    note(tx, actor, "survey.respond", survey, at, unit ? Value::object({{"unit", *unit}}) : Value::object());
    return Done{};
}

}  // namespace tiendo::surveys
