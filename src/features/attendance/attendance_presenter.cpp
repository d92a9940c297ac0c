#include "features/attendance/attendance_presenter.h"

#include <algorithm>
#include <cstdio>
#include <unordered_map>

#include "base/percent.h"
#include "features/attendance/counting_rules.h"

namespace tiendo::attendance {
namespace {

Value mark_value(const Mark* mark, const timetable::Session& session) {
    if (!mark) return Value();
    const bool came = mark->state == State::present || mark->state == State::late;
    return Value::object({{"state", to_text(mark->state)},
                          {"periods", mark->periods},
                          {"partial", mark->periods != (came ? session.periods : 0)},
                          {"event", std::to_string(mark->event)}});
}

const Mark* mark_of(const Learner& learner, SessionId session) {
    const auto found = learner.marks.find(session);
    return found == learner.marks.end() ? nullptr : &found->second;
}

std::int64_t marked_in(const Book& book, SessionId session) {
    return std::count_if(book.learners.begin(), book.learners.end(),
                         [&](const Learner& one) { return one.marks.contains(session); });
}

Value learner_value(const Book& book, const Learner& learner, const Attended* attended) {
    Value value = Value::object(
        {{"id", learner.participation},
         {"full_name", learner.full_name},
         {"unit", learner.unit_name},
         {"withdrawn_on", learner.withdrawn_on},
         {"marks", list_of(book.sessions, [&](const timetable::Session& session) {
              return Value::object(
                  {{"session", session.id}, {"mark", mark_value(mark_of(learner, session.id), session)}});
          })}});
    Value total;
    if (attended) {
        const auto share = percent_text(attended->attended_periods, attended->held_periods);
        total = Value::object({{"attended", attended->attended_periods},
                               {"excused", attended->excused_periods},
                               {"held", attended->held_periods},
                               {"share", share ? Value(*share) : Value()},
                               {"enough", attended->enough},
                               {"waived", attended->waived}});
    }
    return std::move(value).set("total", std::move(total));
}

}  // namespace

std::string clock_text(std::int64_t minute) {
    char text[48];
    std::snprintf(text, sizeof text, "%02lld:%02lld", static_cast<long long>(minute / 60),
                  static_cast<long long>(minute % 60));
    return text;
}

std::string_view half_day_of(const timetable::Session& one) {
    constexpr std::int64_t noon = 12 * 60, evening = 17 * 60 + 30;
    return one.starts_minute < noon ? "morning" : one.starts_minute < evening ? "afternoon" : "evening";
}

Value to_value(const timetable::Session& session, std::int64_t ordinal) {
    return Value::object({{"id", session.id},
                          {"ordinal", ordinal},
                          {"held_on", session.held_on},
                          {"half_day", half_day_of(session)},
                          {"starts_at", clock_text(session.starts_minute)},
                          {"ends_at", clock_text(session.ends_minute)},
                          {"periods", session.periods},
                          {"activity", programmes::to_text(session.activity)},
                          {"topic", session.topic}});
}

Value to_value(const Contradiction& one) {
    Value stands;
    if (one.stands)
        stands = Value::object({{"state", to_text(*one.stands)},
                                {"periods", one.stands_periods},
                                {"recorded_by", one.stands_by}});
    return Value::object({{"id", std::to_string(one.id)},
                          {"session", one.session},
                          {"held_on", one.held_on},
                          {"participation", one.participation},
                          {"full_name", one.full_name},
                          {"state", to_text(one.state)},
                          {"periods", one.periods},
                          {"way", to_text(one.way)},
                          {"marked_at", one.marked_at},
                          {"recorded_by", one.said_by},
                          {"stands", std::move(stands)}});
}

Value cohort_value(const cohorts::Cohort& cohort) {
    return Value::object({{"id", cohort.id}, {"code", cohort.code}});
}

Value book_value(db::Read& tx, const Book& book) {
    const std::int64_t minimum = minimum_of(tx, book.cohort);
    const auto totals = attended(tx, book.cohort);
    std::unordered_map<ParticipationId, const Attended*> total_of;
    std::int64_t lacking = 0;
    for (const Attended& one : totals) {
        total_of[one.participation] = &one;
        lacking += one.enough ? 0 : 1;
    }
    std::int64_t held = 0, ordinal = 0, place = 0;
    Value sessions = list_of(book.sessions, [&](const timetable::Session& session) {
        const std::int64_t marked = marked_in(book, session.id);
        held += marked > 0 ? 1 : 0;
        return to_value(session, ++ordinal).set("marked", marked);
    });
    return Value::object(
        {{"cohort", cohort_value(book.cohort)},
         {"programme", book.cohort.programme.name},
         {"minimum", minimum > 0 ? Value(minimum) : Value()},
         {"leave", to_text(rule_of(tx, book.cohort).leave)},
         {"needs_reason", book.needs_reason},
         {"sessions", std::move(sessions)},
         {"learners", list_of(book.learners,
                              [&](const Learner& one) {
                                  const auto total = total_of.find(one.participation);
                                  return learner_value(book, one,
                                                       total == total_of.end() ? nullptr : total->second)
                                      .set("ordinal", ++place);
                              })},
         {"counts", Value::object({{"learners", totals.size()},
                                   {"sessions", book.sessions.size()},
                                   {"held", held},
                                   {"lacking", lacking}})},
         {"contradictions", list_of(open_contradictions(tx, book.cohort.id),
                                    [](const Contradiction& one) { return to_value(one); })}});
}

Value session_value(db::Read& tx, const Book& book, SessionId id) {
    std::int64_t ordinal = 0;
    for (const timetable::Session& other : timetable::sessions_of(tx, book.cohort.id)) {
        ++ordinal;
        if (other.id == id) break;
    }
    const timetable::Session& session = book.sessions.front();
    std::int64_t seen = 0;
    Value learners = Value::list();
    for (const Learner& learner : book.learners) {
        const Mark* mark = mark_of(learner, id);
        if (mark) seen = std::max(seen, mark->event);
        if (!learner.was_there_on(session.held_on)) continue;
        learners.push(Value::object({{"id", learner.participation},
                                     {"full_name", learner.full_name},
                                     {"unit", learner.unit_name},
                                     {"mark", mark_value(mark, session)}}));
    }
    return Value::object({{"cohort", cohort_value(book.cohort)},
                          {"session", to_value(session, ordinal)},
                          {"needs_reason", book.needs_reason},
                          {"seen", std::to_string(seen)},
                          {"learners", std::move(learners)}});
}

Value synced_value(const web::Visit& visit, std::span<const Synced> synced) {
    return Value::object({{"marks", list_of(synced, [&](const Synced& one) {
                               Value message;
                               if (one.refusal) message = visit.site.texts.text(visit.language, *one.refusal);
                               return Value::object(
                                   {{"id", one.client_id},
                                    {"outcome", one.outcome},
                                    {"event", one.event == 0 ? Value() : Value(std::to_string(one.event))},
                                    {"message", std::move(message)}});
                           })}});
}

}  // namespace tiendo::attendance
