// /surveys/:token, where learners answer without an account; /follow-ups, where units do.
#include "features/surveys/surveys_pages.h"

namespace tiendo::surveys {
namespace {

// --- learners -------------------------------------------------------------------------------

// Whoever has answered on this device is thanked, and not asked again.
std::string cookie_of(const Survey& survey) { return "answered-" + to_text(survey.id); }

struct Asked {
    Survey survey;
    cohorts::Cohort cohort;
};
Asked require_asked(const web::Visit& visit, db::Read& tx) {
    auto survey = find_survey(tx, visit.request.parameter("token"));
    if (!survey) throw web::NotFound{};
    return {*survey, cohorts::require_for_books(tx, survey->cohort)};
}

Value answering_value(const web::Visit& visit, db::Read& tx, const Asked& asked, bool has_answered) {
    const bool is_open = state_on(asked.survey, visit.today()) == "open";
    const auto questions = questions_on(tx, asked.survey.audience, asked.survey.opens_on);
    return Value::object(
        {{"title", visit.text("surveys.of", {asked.cohort.code})},
         {"programme", asked.cohort.programme.name},
         {"action", visit.request.path},
         {"back", nullptr},
         {"basis", visit.text("surveys.anonymous")},
         {"has_answered", has_answered},
         {"is_closed", !is_open && !has_answered},
         {"asked", is_open && !has_answered ? questionnaire(visit, questions, asked.survey) : Value()}});
}

http::Response answering_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Asked asked = require_asked(visit, tx);
        const bool has_answered = !visit.request.cookie(cookie_of(asked.survey)).empty();
        return visit.page("surveys/answering", answering_value(visit, tx, asked, has_answered));
    });
}

http::Response answer(const web::Visit& visit) {
    // A response is nobody's, also when somebody who is signed in gives it.
    static const web::Actor nobody;
    std::string cookie;
    const auto outcome = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        const Asked asked = require_asked(visit, tx);
        cookie = cookie_of(asked.survey);
        if (!visit.request.cookie(cookie).empty()) return Done{};
        Refusals refusals;
        const auto questions = questions_on(tx, asked.survey.audience, asked.survey.opens_on);
        const auto answers = answers_sent(visit, questions, asked.survey, refusals);
        if (!refusals.empty()) return refusals;
        return respond(tx, nobody, asked.survey, std::nullopt, answers, visit.today(), visit.now);
    });
    if (!outcome)
        return visit.database.read([&](db::Read& tx) {
            return visit.refused("surveys/answering",
                                 answering_value(visit, tx, require_asked(visit, tx), false),
                                 outcome.refusals());
        });
    constexpr std::int64_t a_year = 365 * 24 * 3600;
    return visit.redirect(visit.request.path)
        .with("Set-Cookie", http::to_text({cookie, "1", a_year, visit.request.secure}));
}

// --- units ----------------------------------------------------------------------------------

std::string address_of(const FollowUp& one) {
    return "/follow-ups/" + to_text(one.survey) + "/units/" + to_text(one.unit);
}

http::Response follow_ups_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto asked = follow_ups(tx, visit.actor, visit.today());
        const auto due = follow_ups_due(tx, visit.actor, visit.today());
        return visit.page(
            "surveys/follow_ups",
            Value::object({{"title", visit.text("navigation.follow_ups")},
                           {"count", asked.size()},
                           {"asked", list_of(asked,
                                             [](const FollowUp& one) {
                                                 return Value::object({{"url", address_of(one)},
                                                                       {"code", one.cohort_code},
                                                                       {"programme", one.programme},
                                                                       {"unit", one.unit_name},
                                                                       {"closes_on", one.closes_on},
                                                                       {"learners", one.learners},
                                                                       {"answered", one.answered}});
                                             })},
                           {"has_due", !due.empty()},
                           {"due", list_of(due, [](const Due& one) {
                                return Value::object({{"id", one.cohort},
                                                      {"code", one.code},
                                                      {"programme", one.programme},
                                                      {"closed_on", one.closed_on}});
                            })}}));
    });
}

FollowUp follow_up_asked(const web::Visit& visit, db::Read& tx) {
    return require_follow_up(tx, visit.actor, SurveyId{web::id_of(visit, "id")},
                             organisations::UnitId{web::id_of(visit, "unit")}, visit.today());
}

Value follow_up_value(const web::Visit& visit, db::Read& tx, const FollowUp& one) {
    const Survey survey = *find_survey(tx, one.survey);
    const auto questions = questions_on(tx, survey.audience, survey.opens_on);
    return Value::object({{"title", visit.text("surveys.of", {one.cohort_code})},
                          {"programme", one.programme},
                          {"action", address_of(one)},
                          {"back", "/follow-ups"},
                          {"basis", visit.text(one.answered ? "surveys.by_unit_again" : "surveys.by_unit",
                                               {one.unit_name, std::to_string(one.learners)})},
                          {"has_answered", false},
                          {"is_closed", false},
                          {"asked", questionnaire(visit, questions, survey)}});
}

http::Response follow_up_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("surveys/answering", follow_up_value(visit, tx, follow_up_asked(visit, tx)));
    });
}

http::Response answer_for_unit(const web::Visit& visit) {
    const auto outcome = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        const FollowUp one = follow_up_asked(visit, tx);
        const Survey survey = *find_survey(tx, one.survey);
        Refusals refusals;
        const auto questions = questions_on(tx, survey.audience, survey.opens_on);
        const auto answers = answers_sent(visit, questions, survey, refusals);
        if (!refusals.empty()) return refusals;
        return respond(tx, visit.actor, survey, one.unit, answers, visit.today(), visit.now);
    });
    if (outcome) return visit.redirect("/follow-ups", "surveys.thanks");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("surveys/answering", follow_up_value(visit, tx, follow_up_asked(visit, tx)),
                             outcome.refusals());
    });
}

}  // namespace

void register_answering(web::Routes& routes) {
    routes.get("/surveys/:token", web::everyone, answering_page);
    routes.post("/surveys/:token", web::everyone, answer);
    routes.get("/follow-ups", answer_surveys, follow_ups_page);
    routes.get("/follow-ups/:id/units/:unit", answer_surveys, follow_up_page);
    routes.post("/follow-ups/:id/units/:unit", answer_surveys, answer_for_unit);
}

}  // namespace tiendo::surveys
