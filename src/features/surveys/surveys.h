// Surveys (phiếu khảo sát): what learners say of their cohort, and what the units that sent them say
// some months after it.
//
// Learners answer behind one address that the class is given; what they say is nobody's: no account, no
// moment, an id drawn by lot. Results are shown from so many responses on, so that nobody can be told
// from the others. Questions and these terms are data with days of validity.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/outcome.h"
#include "features/cohorts/cohorts.h"
#include "features/organisations/organisations.h"

namespace tiendo::surveys {

inline constexpr web::Permission see_surveys{"surveys.see"};
inline constexpr web::Permission change_surveys{"surveys.change"};
inline constexpr web::Permission answer_surveys{"surveys.answer"};  // for a unit of one's own

enum class Audience { learners, units };
std::string_view to_text(Audience audience);
std::optional<Audience> parse_audience(std::string_view text);

inline constexpr std::int64_t best_rating = 5;

struct Question {
    std::string code;
    std::string about;     // cohort, lecturer, aim
    std::string aim;       // its code; empty: about none
    bool is_rated = true;  // else answered in words
    std::string text_vi, text_en;
    bool is_about_lecturer() const { return about == "lecturer"; }
};
std::vector<Question> questions_on(db::Read& tx, Audience audience, Date day);

// How surveys are held.
struct Terms {
    std::int64_t fewest_responses = 3;
    std::int64_t follow_up_months = 6;
};
Terms terms_on(db::Read& tx, Date day);
// The day from which the units may be asked about a cohort that closed then.
Date follow_up_due(Date closed_on, const Terms& terms);

struct Survey {
    Id<Survey> id;
    cohorts::CohortId cohort;
    Audience audience = Audience::learners;
    std::string token;
    Date opens_on, closes_on;            // the first and the last day
    std::vector<std::string> lecturers;  // in the order in which they are asked about
};
using SurveyId = Id<Survey>;
// to_come, open or closed on that day.
std::string_view state_on(const Survey& survey, Date day);

// Through the actor: the cohort's, if he may see surveys on its unit.
std::optional<Survey> find_survey(db::Read& tx, cohorts::CohortId cohort, Audience audience);
// Whoever has the address: none when it leads nowhere.
std::optional<Survey> find_survey(db::Read& tx, std::string_view token);

// How many responses there are, and of how many they could be: learners on the roster, or units asked.
struct Turnout {
    std::int64_t responses = 0, expected = 0;
};
Turnout turnout_of(db::Read& tx, const Survey& survey);

// What was said to one question: of one lecturer when it is about lecturers.
struct Tally {
    std::int64_t lecturer = 0;                        // its place, from 1; 0: none
    std::array<std::int64_t, best_rating> ratings{};  // how many gave 1, 2, …
    std::vector<std::string> said;                    // in no order that tells anything
    std::int64_t count() const;
    std::optional<std::int64_t> mean() const;  // in hundredths, half up; none without ratings
};
struct Answered {
    Question question;
    std::vector<Tally> tallies;
};
std::vector<Answered> results_of(db::Read& tx, const Survey& survey);

// A unit that was asked and that the actor may answer for, in surveys that are open.
struct FollowUp {
    SurveyId survey;
    cohorts::CohortId cohort;
    std::string cohort_code, programme;
    organisations::UnitId unit;
    std::string unit_name;
    Date closes_on;
    bool answered = false;
    std::int64_t learners = 0;  // whom the unit had sent
};
std::vector<FollowUp> follow_ups(db::Read& tx, const web::Actor& actor, Date day);
// web::NotFound unless he may answer for that unit and the survey is open.
FollowUp require_follow_up(db::Read& tx, const web::Actor& actor, SurveyId survey, organisations::UnitId unit,
                           Date day);

// --- verbs ---------------------------------------------------------------------------------

struct Opening {
    Audience audience = Audience::learners;
    Date closes_on;
    std::vector<std::string> lecturers;  // of learners only
};
// Opens a survey today, or opens it again until another day. Refuses a day in the past, a cohort that has
// not opened, and to ask units before the cohort has closed for so many months unless a reason is given.
Outcome<SurveyId> open(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                       const Opening& opening, Date today, const cohorts::Act& act);
Outcome<Done> end(db::Write& tx, const web::Actor& actor, const Survey& survey, Date today,
                  const cohorts::Act& act);

struct Answer {
    std::string question;
    std::int64_t lecturer = 0;
    std::optional<std::int64_t> rating;
    std::string said;
};
// Refuses a survey that is not open, ratings that are none, nothing said at all, and more responses than
// there are learners. A unit's later response takes the place of its earlier one.
Outcome<Done> respond(db::Write& tx, const web::Actor& actor, const Survey& survey,
                      std::optional<organisations::UnitId> unit, std::span<const Answer> answers, Date today,
                      Instant at);

// Closed cohorts within the actor's reach whose units are due to be asked and were not, the longest due
// first.
struct Due {
    cohorts::CohortId cohort;
    std::string code, programme;
    Date closed_on;
};
std::vector<Due> follow_ups_due(db::Read& tx, const web::Actor& actor, Date today);

void register_routes(web::Routes& routes);

}  // namespace tiendo::surveys
