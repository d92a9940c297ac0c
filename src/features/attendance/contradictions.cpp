#include "features/attendance/contradictions.h"

#include <algorithm>
#include <map>
#include <set>

#include "platform/audit/audit.h"

namespace tiendo::attendance {
namespace {

// What phones have sent of this session before: by their ids the events, 0 for what waits.
std::map<std::string, std::int64_t, std::less<>> known_of(db::Read& tx, SessionId session) {
    std::map<std::string, std::int64_t, std::less<>> known;
    tx.each(R"sql(
        select client_id, id from attendance_events where session = :session and client_id is not null
        union all
        select client_id, 0 from attendance_contradictions where session = :session and client_id is not null)sql",
            {{"session", session}}, [&](const db::Row& row) { known[row.text(0)] = row.integer(1); });
    return known;
}

bool is_client_id(std::string_view text) {
    constexpr std::size_t longest = 64;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
    });
}

const Mark* standing(const Book& book, const Said& said) {
    for (const Learner& learner : book.learners) {
        if (learner.participation != said.participation) continue;
        const auto mark = learner.marks.find(said.session);
        return mark == learner.marks.end() ? nullptr : &mark->second;
    }
    return nullptr;
}

std::optional<Refusal> refused(const Book& book, const Said& said, Date today) {
    if (!is_client_id(said.client_id)) return Refusal{"id", "attendance.no_client_id", {said.client_id}};
    if (!said.state) return Refusal{"state", "attendance.no_state", {}};
    const bool is_here = std::any_of(book.learners.begin(), book.learners.end(), [&](const Learner& one) {
        return one.participation == said.participation;
    });
    if (!is_here) return Refusal{"participation", "attendance.not_on_roster", {}};
    return hindrance(book, said, today);
}

bool is_the_same(const Said& said, const timetable::Session& session, const Mark& mark) {
    const bool came = *said.state == State::present || *said.state == State::late;
    return *said.state == mark.state && said.periods.value_or(came ? session.periods : 0) == mark.periods;
}

}  // namespace

std::vector<Synced> sync(db::Write& tx, const web::Actor& actor, const Book& book,
                         std::span<const OfflineMark> marks, Date today, const cohorts::Act& act) {
    const timetable::Session& session = book.sessions.front();
    const auto known = known_of(tx, session.id);
    std::vector<Synced> answers;
    std::vector<Said> to_record;
    std::set<ParticipationId> met;  // of one learner the last mark is what was meant
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        const Said& said = mark->said;
        Synced& answer = answers.emplace_back(Synced{said.client_id, "recorded", 0, {}});
        if (const auto before = known.find(said.client_id); before != known.end()) {
            answer.outcome = before->second == 0 ? "contradicts" : "known";
            answer.event = before->second;
        } else if ((answer.refusal = refused(book, said, today))) {
            answer.outcome = "refused";
        } else if (!met.insert(said.participation).second) {
            answer.outcome = "known";
        } else {
            const Mark* stands = standing(book, said);
            const auto own = known.find(mark->after);
            const bool follows_own = stands && own != known.end() && own->second == stands->event;
            if (stands && is_the_same(said, session, *stands)) {
                answer.outcome = "known";
                answer.event = stands->event;
            } else if ((!follows_own && mark->based_on != (stands ? stands->event : 0)) ||
                       book.needs_reason) {
                contradict(tx, actor, book, said, stands ? stands->event : 0, Way::offline, act.at);
                answer.outcome = "contradicts";
            } else {
                to_record.push_back(said);
            }
        }
    }
    const auto recorded = record(tx, actor, book, to_record, Way::offline, today, act);
    if (!recorded) throw std::logic_error("a mark that could be recorded was refused");
    const auto now = known_of(tx, session.id);
    for (Synced& answer : answers)
        if (answer.outcome == "recorded")
            if (const auto event = now.find(answer.client_id); event != now.end())
                answer.event = event->second;
    std::reverse(answers.begin(), answers.end());
    return answers;
}

std::vector<Contradiction> open_contradictions(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Contradiction>(R"sql(
        select k.id, k.session, s.held_on, k.participation, h.full_name, k.state, k.periods, k.way, k.marked_at,
               said.display_name, a.state, a.periods, coalesce(stood.display_name, '')
        from attendance_contradictions k
        join timetable_sessions s on s.id = k.session
        join participations p on p.id = k.participation
        join people h on h.id = p.person
        join accounts said on said.id = k.recorded_by
        left join attendance a on a.session = k.session and a.participation = k.participation
        left join attendance_events e on e.id = a.event
        left join accounts stood on stood.id = e.recorded_by
        where k.cohort = :cohort
          and not exists (select 1 from attendance_decisions d where d.contradiction = k.id)
        order by k.id)sql",
                                 {{"cohort", cohort}}, [](const db::Row& row) {
                                     Contradiction one;
                                     one.id = row.integer(0);
                                     one.session = row.id<SessionId>(1);
                                     one.held_on = row.date(2);
                                     one.participation = row.id<ParticipationId>(3);
                                     one.full_name = row.text(4);
                                     one.state = parse_state(row.view(5)).value();
                                     one.periods = row.integer(6);
                                     one.way =
                                         row.view(7) == to_text(Way::check_in) ? Way::check_in : Way::offline;
                                     one.marked_at = row.instant(8);
                                     one.said_by = row.text(9);
                                     one.stands = parse_state(row.view(10));
                                     one.stands_periods = row.integer(11);
                                     one.stands_by = row.text(12);
                                     return one;
                                 });
}

void contradict(db::Write& tx, const web::Actor& actor, const Book& book, const Said& said,
                std::int64_t stood, Way way, Instant at) {
    const timetable::Session& session = book.sessions.front();
    const bool came = *said.state == State::present || *said.state == State::late;
    const std::optional<std::string_view> client =
        said.client_id.empty() ? std::nullopt : std::optional<std::string_view>(said.client_id);
    const std::optional<std::int64_t> event = stood == 0 ? std::nullopt : std::optional(stood);
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into attendance_contradictions (id, cohort, session, participation, state, periods, way,
                                               client_id, marked_at, stood, recorded_at, recorded_by)
        values (:id, :cohort, :session, :participation, :state, :periods, :way, :client, :marked_at, :stood, :at,
                :actor))sql",
           {{"id", id},
            {"cohort", book.cohort.id},
            {"session", session.id},
            {"participation", said.participation},
            {"state", to_text(*said.state)},
            {"periods", said.periods.value_or(came ? session.periods : 0)},
            {"way", to_text(way)},
            {"client", client},
            {"marked_at", said.marked_at.value_or(at)},
            {"stood", event},
            {"at", at},
            {"actor", actor.account}});
    audit::record(tx, actor, at,
                  {"attendance.contradict", "participation", said.participation.value,
                   Value::object({{"session", session.id}, {"state", to_text(*said.state)}})});
}

Outcome<Done> decide(db::Write& tx, const web::Actor& actor, const Book& book, std::int64_t id, Kept kept,
                     Date today, const cohorts::Act& act) {
    const auto open = open_contradictions(tx, book.cohort.id);
    const auto one = std::find_if(open.begin(), open.end(),
                                  [&](const Contradiction& waiting) { return waiting.id == id; });
    if (one == open.end()) throw web::NotFound{};
    if (act.reason.empty())
        return Refusal{"reason-" + std::to_string(id),
                       "attendance.decision_reason",
                       {one->full_name, to_text(one->held_on)}};
    if (kept == Kept::said) {
        const Said said{.session = one->session,
                        .participation = one->participation,
                        .state = one->state,
                        .periods = one->periods,
                        .excuse = {},
                        .client_id = {},
                        .marked_at = one->marked_at,
                        .place = {}};
        const auto recorded = record(tx, actor, book, std::span(&said, 1), one->way, today, act);
        if (!recorded) return recorded.refusals();
    }
    tx.run(R"sql(
        insert into attendance_decisions (contradiction, kept, reason, recorded_at, recorded_by)
        values (:id, :kept, :reason, :at, :actor))sql",
           {{"id", id},
            {"kept", kept == Kept::said ? "said" : "stood"},
            {"reason", act.reason},
            {"at", act.at},
            {"actor", actor.account}});
    audit::record(tx, actor, act.at,
                  {"attendance.decide", "participation", one->participation.value,
                   Value::object({{"kept", kept == Kept::said ? "said" : "stood"}, {"reason", act.reason}})});
    return Done{};
}

}  // namespace tiendo::attendance
