#include "features/surveys/surveys_store.h"

#include <cstring>
#include <map>

#include "platform/auth/token.h"

namespace tiendo::surveys {
namespace {

std::optional<Survey> with_lecturers(db::Read& tx, std::optional<Survey> survey) {
    if (survey)
        survey->lecturers = tx.all<std::string>(
            R"sql(select name from survey_lecturers where survey = :survey order by position)sql",
            {{"survey", survey->id}}, [](const db::Row& row) { return row.text(0); });
    return survey;
}

Survey survey_of(const db::Row& row) {
    return Survey{.id = row.id<SurveyId>(0),
                  .cohort = row.id<cohorts::CohortId>(1),
                  .audience = *parse_audience(row.view(2)),
                  .token = row.text(3),
                  .opens_on = row.date(4),
                  .closes_on = row.date(5),
                  .lecturers = {}};
}

// An id that tells neither when nor in which order: one made by the clock would.
std::int64_t id_by_lot() {
    const std::string bytes = auth::digest_of(auth::new_token());
    std::int64_t id = 0;
    std::memcpy(&id, bytes.data(), sizeof id);
    return id & INT64_MAX;
}

FollowUp follow_up_of(const db::Row& row) {
    return FollowUp{.survey = row.id<SurveyId>(0),
                    .cohort = row.id<cohorts::CohortId>(1),
                    .cohort_code = row.text(2),
                    .programme = row.text(3),
                    .unit = row.id<organisations::UnitId>(4),
                    .unit_name = row.text(5),
                    .closes_on = row.date(6),
                    .answered = row.integer(7) > 0,
                    .learners = row.integer(8)};
}

}  // namespace

std::optional<Survey> find_survey(db::Read& tx, SurveyId id) {
    return with_lecturers(tx, tx.find<Survey>(R"sql(
        select id, cohort, audience, token, opens_on, closes_on from surveys where id = :id)sql",
                                              {{"id", id}}, survey_of));
}

std::optional<Survey> find_survey(db::Read& tx, cohorts::CohortId cohort, Audience audience) {
    return with_lecturers(tx,
                          tx.find<Survey>(R"sql(
        select id, cohort, audience, token, opens_on, closes_on from surveys
        where cohort = :cohort and audience = :audience)sql",
                                          {{"cohort", cohort}, {"audience", to_text(audience)}}, survey_of));
}

std::optional<Survey> find_survey(db::Read& tx, std::string_view token) {
    return with_lecturers(tx, tx.find<Survey>(R"sql(
        select id, cohort, audience, token, opens_on, closes_on from surveys
        where token = :token and audience = 'learners')sql",
                                              {{"token", token}}, survey_of));
}

std::vector<Question> questions_on(db::Read& tx, Audience audience, Date day) {
    return tx.all<Question>(R"sql(
        select code, about, coalesce(aim, ''), kind, text_vi, text_en from survey_questions
        where audience = :audience and (valid_from is null or valid_from <= :day)
          and (valid_to is null or valid_to >= :day)
        order by position, code)sql",
                            {{"audience", to_text(audience)}, {"day", day}}, [](const db::Row& row) {
                                return Question{row.text(0), row.text(1),
                                                row.text(2), row.view(3) == "rating",
                                                row.text(4), row.text(5)};
                            });
}

Terms terms_on(db::Read& tx, Date day) {
    return tx
        .find<Terms>(R"sql(
            select fewest_responses, follow_up_months from survey_terms where valid_from <= :day
            order by valid_from desc limit 1)sql",
                     {{"day", day}},
                     [](const db::Row& row) {
                         return Terms{row.integer(0), row.integer(1)};
                     })
        .value_or(Terms{});
}

void insert_survey(db::Write& tx, const Survey& survey) {
    tx.run(R"sql(
        insert into surveys (id, cohort, audience, token, opens_on, closes_on)
        values (:id, :cohort, :audience, :token, :opens_on, :closes_on))sql",
           {{"id", survey.id},
            {"cohort", survey.cohort},
            {"audience", to_text(survey.audience)},
            {"token", survey.token},
            {"opens_on", survey.opens_on},
            {"closes_on", survey.closes_on}});
}

void move_end(db::Write& tx, SurveyId survey, Date closes_on) {
    tx.run(R"sql(update surveys set closes_on = :closes_on where id = :id)sql",
           {{"id", survey}, {"closes_on", closes_on}});
}

void write_lecturers(db::Write& tx, const Survey& survey) {
    auto bulk = tx.bulk("survey_lecturers", {"survey", "position", "name"});
    std::int64_t position = 0;
    for (const std::string& name : survey.lecturers) bulk.add({survey.id, ++position, name});
    bulk.flush();
}

void ask_units(db::Write& tx, const Survey& survey) {
    tx.run(R"sql(
        insert into survey_units (survey, unit)
        select distinct cast(:survey as bigint), p.unit from participations p
        where p.cohort = :cohort and p.withdrawn_on is null
        on conflict (survey, unit) do nothing)sql",
           {{"survey", survey.id}, {"cohort", survey.cohort}});
}

void insert_event(db::Write& tx, const web::Actor& actor, SurveyId survey, std::string_view kind,
                  Date closes_on, const cohorts::Act& act) {
    tx.run(R"sql(
        insert into survey_events (id, survey, kind, closes_on, recorded_at, recorded_by, reason)
        values (:id, :survey, :kind, :closes_on, :at, :actor, :reason))sql",
           {{"id", next_id()},
            {"survey", survey},
            {"kind", kind},
            {"closes_on", closes_on},
            {"at", act.at},
            {"actor", actor.account},
            {"reason", act.reason}});
}

void forget_response(db::Write& tx, SurveyId survey, organisations::UnitId unit) {
    tx.run(R"sql(
        delete from survey_answers where response in
            (select id from survey_responses where survey = :survey and unit = :unit))sql",
           {{"survey", survey}, {"unit", unit}});
    tx.run(R"sql(delete from survey_responses where survey = :survey and unit = :unit)sql",
           {{"survey", survey}, {"unit", unit}});
}

void insert_response(db::Write& tx, const Survey& survey, std::optional<organisations::UnitId> unit,
                     std::span<const Answer> answers, Date today) {
    const std::int64_t id = id_by_lot();
    tx.run(R"sql(
        insert into survey_responses (id, survey, answered_on, unit) values (:id, :survey, :day, :unit))sql",
           {{"id", id}, {"survey", survey.id}, {"day", today}, {"unit", unit}});
    auto bulk = tx.bulk("survey_answers", {"response", "question", "lecturer", "rating", "said"});
    for (const Answer& answer : answers)
        bulk.add({id, answer.question, answer.lecturer, answer.rating, answer.said});
    bulk.flush();
}

Turnout turnout_of(db::Read& tx, const Survey& survey) {
    const std::int64_t responses = tx.integer(
        R"sql(select count(*) from survey_responses where survey = :survey)sql", {{"survey", survey.id}});
    const std::int64_t expected =
        survey.audience == Audience::units
            ? tx.integer(R"sql(select count(*) from survey_units where survey = :survey)sql",
                         {{"survey", survey.id}})
            : tx.integer(
                  R"sql(select count(*) from participations where cohort = :cohort and withdrawn_on is null)sql",
                  {{"cohort", survey.cohort}});
    return {responses, expected};
}

std::vector<Answered> results_of(db::Read& tx, const Survey& survey) {
    std::vector<Answered> results;
    std::map<std::string, std::size_t, std::less<>> places;
    for (Question& question : questions_on(tx, survey.audience, survey.opens_on)) {
        places.emplace(question.code, results.size());
        Answered& answered = results.emplace_back(Answered{std::move(question), {}});
        const std::size_t tallies =
            answered.question.is_about_lecturer() ? survey.lecturers.size() : std::size_t{1};
        answered.tallies.resize(tallies);
        if (answered.question.is_about_lecturer())
            for (std::size_t i = 0; i < tallies; ++i)
                answered.tallies[i].lecturer = static_cast<std::int64_t>(i) + 1;
    }
    const auto tally = [&](const db::Row& row) -> Tally* {
        const auto place = places.find(row.view(0));
        if (place == places.end()) return nullptr;
        auto& tallies = results[place->second].tallies;
        const auto at = static_cast<std::size_t>(std::max<std::int64_t>(row.integer(1) - 1, 0));
        return at < tallies.size() ? &tallies[at] : nullptr;
    };
    tx.each(R"sql(
        select a.question, a.lecturer, a.rating, count(*)
        from survey_answers a join survey_responses r on r.id = a.response
        where r.survey = :survey and a.rating is not null
        group by a.question, a.lecturer, a.rating)sql",
            {{"survey", survey.id}}, [&](const db::Row& row) {
                if (Tally* found = tally(row))
                    found->ratings.at(static_cast<std::size_t>(row.integer(2) - 1)) = row.integer(3);
            });
    // By the words themselves, so that nothing tells whose is whose.
    tx.each(R"sql(
        select a.question, a.lecturer, a.said
        from survey_answers a join survey_responses r on r.id = a.response
        where r.survey = :survey and a.said <> '' order by a.said)sql",
            {{"survey", survey.id}}, [&](const db::Row& row) {
                if (Tally* found = tally(row)) found->said.push_back(row.text(2));
            });
    return results;
}

std::vector<FollowUp> follow_ups(db::Read& tx, const web::Actor& actor, Date day) {
    return tx.all<FollowUp>(R"sql(
        select s.id, c.id, c.code, g.name, u.id, u.name, s.closes_on,
               (select count(*) from survey_responses r where r.survey = s.id and r.unit = u.id),
               (select count(*) from participations p
                where p.cohort = c.id and p.unit = u.id and p.withdrawn_on is null)
        from survey_units a
        join surveys s on s.id = a.survey
        join cohorts c on c.id = s.cohort
        join programmes g on g.id = c.programme
        join units u on u.id = a.unit
        where s.opens_on <= :day and s.closes_on >= :day
          and a.unit in (select r.unit from reach r
                         where r.account = :actor and r.permission = :permission)
        order by s.closes_on, c.code, u.search)sql",
                            {{"day", day}, {"actor", actor.account}, {"permission", answer_surveys.name}},
                            follow_up_of);
}

std::vector<Due> follow_ups_due(db::Read& tx, const web::Actor& actor, Date today) {
    const Date latest = months_from(today, -terms_on(tx, today).follow_up_months);
    return tx.all<Due>(R"sql(
        select c.id, c.code, g.name, c.closed_on
        from cohorts c join programmes g on g.id = c.programme
        where c.closed_on <= :latest and c.cancelled_on is null
          and not exists (select 1 from surveys s where s.cohort = c.id and s.audience = 'units')
          and exists (select 1 from surveys s where s.cohort = c.id)
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = :permission)
        order by c.closed_on, c.id limit 100)sql",
                       {{"latest", latest}, {"actor", actor.account}, {"permission", change_surveys.name}},
                       [](const db::Row& row) {
                           return Due{row.id<cohorts::CohortId>(0), row.text(1), row.text(2), row.date(3)};
                       });
}

}  // namespace tiendo::surveys
