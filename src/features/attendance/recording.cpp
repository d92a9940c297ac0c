// What is said of learners: whether it may be, and what is new of it.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "features/assessment/assessment.h"
#include "features/attendance/attendance_store.h"
#include "platform/audit/audit.h"

namespace tiendo::attendance {
namespace {

const timetable::Session& session_in(const Book& book, SessionId id) {
    for (const timetable::Session& session : book.sessions)
        if (session.id == id) return session;
    throw web::NotFound{};
}

const Learner& learner_in(const Book& book, ParticipationId id) {
    for (const Learner& learner : book.learners)
        if (learner.participation == id) return learner;
    throw web::NotFound{};
}

std::string field_of(const Said& said) { return "state-" + to_text(said.participation); }

std::int64_t periods_of(const Said& said, const timetable::Session& session) {
    if (!said.state) return 0;
    const bool came = *said.state == State::present || *said.state == State::late;
    return said.periods.value_or(came ? session.periods : 0);
}

bool says_nothing_new(const Said& said, const timetable::Session& session, const Mark* stands) {
    if (!said.state || !stands) return !said.state && !stands;
    return *said.state == stands->state && periods_of(said, session) == stands->periods &&
           (!said.excuse || said.excuse == stands->excuse);
}

std::optional<Refusal> reason_missing(const Book& book, const cohorts::Act& act) {
    if (!book.needs_reason || !act.reason.empty()) return std::nullopt;
    return Refusal{"reason", "attendance.reason_needed", {book.cohort.code}};
}

Value detail_of(std::span<const NewMark> marks, Way way, const cohorts::Act& act) {
    Value detail = Value::object({{"way", to_text(way)}, {"marks", marks.size()}});
    if (!marks.empty()) detail.set("session", marks.front().session);
    if (!act.reason.empty()) detail.set("reason", act.reason);
    return detail;
}

}  // namespace

std::optional<Refusal> hindrance(const Book& book, const Said& said, Date today) {
    const timetable::Session& session = session_in(book, said.session);
    const Learner& learner = learner_in(book, said.participation);
    const cohorts::Facts& facts = book.cohort.facts;
    const std::string day = to_text(session.held_on);
    if (session.held_on > today)
        return Refusal{field_of(said), "attendance.session_ahead", {day, to_text(today)}};
    if (!facts.opened_on || session.held_on < *facts.opened_on)
        return Refusal{field_of(said),
                       "attendance.before_opening",
                       {day, facts.opened_on ? to_text(*facts.opened_on) : "–"}};
    if (facts.cancelled_on && *facts.cancelled_on <= session.held_on)
        return Refusal{field_of(said), "attendance.cohort_cancelled", {day, to_text(*facts.cancelled_on)}};
    if (!learner.was_there_on(session.held_on))
        return Refusal{field_of(said),
                       "attendance.had_withdrawn",
                       {learner.full_name, to_text(*learner.withdrawn_on), day}};
    const std::int64_t periods = periods_of(said, session);
    if (periods > session.periods)
        return Refusal{"periods-" + to_text(said.participation),
                       "attendance.too_many_periods",
                       {learner.full_name, std::to_string(periods), std::to_string(session.periods)}};
    if (said.state == State::present && periods == 0)
        return Refusal{
            "periods-" + to_text(said.participation), "attendance.present_for_nothing", {learner.full_name}};
    return std::nullopt;
}

Outcome<std::int64_t> record(db::Write& tx, const web::Actor& actor, const Book& book,
                             std::span<const Said> said, Way way, Date today, const cohorts::Act& act) {
    std::unordered_map<ParticipationId, const Learner*> learners;
    for (const Learner& learner : book.learners) learners[learner.participation] = &learner;
    std::vector<NewMark> news;
    std::set<Date> days;
    Refusals refusals;
    for (const Said& one : said) {
        const timetable::Session& session = session_in(book, one.session);
        const auto learner = learners.find(one.participation);
        if (learner == learners.end()) throw web::NotFound{};  // of another cohort
        const auto stands = learner->second->marks.find(one.session);
        const Mark* mark = stands == learner->second->marks.end() ? nullptr : &stands->second;
        if (says_nothing_new(one, session, mark)) continue;
        if (auto refusal = hindrance(book, one, today)) {
            refusals.push_back(*std::move(refusal));
            continue;
        }
        news.push_back({.session = one.session,
                        .participation = one.participation,
                        .held_on = session.held_on,
                        .state = one.state,
                        .periods = periods_of(one, session),
                        .excuse = one.excuse || !mark ? one.excuse : mark->excuse,
                        .client_id = one.client_id,
                        .place = one.place,
                        .marked_at = one.marked_at.value_or(act.at)});
        days.insert(session.held_on);
        if (mark) days.insert(mark->held_on);
    }
    if (!news.empty())
        if (auto refusal = reason_missing(book, act)) refusals.push_back(*std::move(refusal));
    if (!refusals.empty()) return refusals;
    const auto count = static_cast<std::int64_t>(news.size());
    if (news.empty()) return count;
    const std::int64_t first = write_marks(tx, actor, book.cohort.id, news, way, act);
    const std::vector<Date> touched(days.begin(), days.end());
    settle_marks(tx, book.cohort, touched, first, act.at);
    audit::record(tx, actor, act.at,
                  {"attendance.mark", "cohort", book.cohort.id.value, detail_of(news, way, act)});
    if (book.needs_reason) assessment::reconsider(tx, actor, book.cohort, act);
    return count;
}

Outcome<Done> waive(db::Write& tx, const web::Actor& actor, const Book& book, ParticipationId participation,
                    bool granted, const cohorts::Act& act) {
    learner_in(book, participation);
    if (act.reason.empty()) return Refusal{"waiver_reason", "form.required", {}};
    tx.run(R"sql(
        insert into attendance_waivers (id, cohort, participation, granted, reason, recorded_at, recorded_by)
        values (:id, :cohort, :participation, :granted, :reason, :at, :actor))sql",
           {{"id", next_id()},
            {"cohort", book.cohort.id},
            {"participation", participation},
            {"granted", granted},
            {"reason", act.reason},
            {"at", act.at},
            {"actor", actor.account}});
    audit::record(tx, actor, act.at,
                  {granted ? "attendance.waive" : "attendance.waive_no_more", "participation",
                   participation.value, Value::object({{"reason", act.reason}})});
    assessment::reconsider(tx, actor, book.cohort, act);
    return Done{};
}

// --- when the timetable changes ----------------------------------------------------------------------

timetable::Attendance attendance_of(db::Read& tx, const timetable::Session& session) {
    const cohorts::Cohort cohort = cohorts::require_for_books(tx, session.cohort);
    return {tx.integer(R"sql(select count(*) from attendance where session = :session)sql",
                       {{"session", session.id}}),
            cohort.facts.closed_on || assessment::locked_on(tx, cohort.id)};
}

void follow_session(db::Write& tx, const web::Actor& actor, SessionId session, const cohorts::Act& act) {
    struct Now {
        cohorts::CohortId cohort;
        Date held_on;
        std::int64_t periods = 0;
        bool is_held = true;
    };
    const auto now = tx.find<Now>(
        R"sql(
        select cohort, held_on, periods, called_off_at from timetable_sessions where id = :id)sql",
        {{"id", session}}, [](const db::Row& row) {
            return Now{row.id<cohorts::CohortId>(0), row.date(1), row.integer(2), row.is_null(3)};
        });
    if (!now) throw web::NotFound{};
    tx.lock("cohort", now->cohort.value);
    std::set<Date> days{now->held_on};
    std::vector<NewMark> news;
    bool has_marks = false;
    // What somebody said is kept in its row; no more of it counts than the session has, as long as it has no
    // more.
    tx.each(R"sql(
        select a.participation, a.held_on, a.state, a.periods, a.excuse, said.periods
        from attendance a
        join attendance_events said
          on said.id = (select max(e.id) from attendance_events e
                        where e.session = a.session and e.participation = a.participation
                          and e.way <> 'timetable')
        where a.session = :session order by a.participation)sql",
            {{"session", session}}, [&](const db::Row& row) {
                has_marks = true;
                const Date was_on = row.date(1);
                const std::int64_t periods = std::min(row.integer(5), now->periods);
                if (now->is_held && was_on == now->held_on && periods == row.integer(3)) return;
                days.insert(was_on);
                NewMark mark{.session = session,
                             .participation = row.id<ParticipationId>(0),
                             .held_on = now->held_on,
                             .state = parse_state(row.view(2)),
                             .periods = periods,
                             .excuse = row.maybe_id<documents::DocumentId>(4),
                             .marked_at = act.at};
                if (!now->is_held) {
                    mark.state.reset();
                    mark.periods = 0;
                }
                news.push_back(std::move(mark));
            });
    if (!has_marks) return;
    const cohorts::Cohort cohort = cohorts::require_for_books(tx, now->cohort);
    if (!news.empty()) {
        const std::int64_t first = write_marks(tx, actor, now->cohort, news, Way::timetable, act);
        const std::vector<Date> touched(days.begin(), days.end());
        settle_marks(tx, cohort, touched, first, act.at);
        audit::record(
            tx, actor, act.at,
            {"attendance.follow", "cohort", now->cohort.value, detail_of(news, Way::timetable, act)});
    }
    // Even where no mark changes: what was held does, and with it the share of everybody.
    assessment::reconsider(tx, actor, cohort, act);
}

}  // namespace tiendo::attendance
