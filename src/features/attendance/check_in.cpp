#include "features/attendance/check_in.h"

#include "features/attendance/contradictions.h"
#include "features/attendance/counting_rules.h"
#include "platform/audit/audit.h"
#include "platform/auth/rotating_code.h"

namespace tiendo::attendance {
namespace {

constexpr std::int64_t early_minutes = 60;

Window window_in(const db::Row& row) {
    return Window{.id = row.integer(0),
                  .session = row.id<SessionId>(1),
                  .cohort = row.id<cohorts::CohortId>(2),
                  .secret = row.text(3),
                  .opened_at = row.instant(4),
                  .opened_by = row.integer(5)};
}

// Those open for sessions that are being held at this minute of that day.
std::vector<Window> windows_at(db::Read& tx, Date today, std::int64_t minute) {
    return tx.all<Window>(R"sql(
        select w.id, w.session, s.cohort, w.secret, w.opened_at, w.opened_by
        from attendance_windows w join timetable_sessions s on s.id = w.session
        where w.closed_at is null and s.called_off_at is null and s.held_on = :today
          and s.starts_minute <= :latest_start and s.ends_minute >= :minute
        order by w.id)sql",
                          {{"today", today}, {"latest_start", minute + early_minutes}, {"minute", minute}},
                          window_in);
}

std::optional<ParticipationId> learner_of(db::Read& tx, const Window& window, const Knock& knock) {
    const auto found = tx.all<ParticipationId>(
        R"sql(
        select p.id from participations p join people h on h.id = p.person
        where p.cohort = :cohort and p.withdrawn_on is null
          and h.birth_date = :birth and h.birth_precision = 'day'
          and substr(h.national_id, length(h.national_id) - 3, 4) = :digits)sql",
        {{"cohort", window.cohort}, {"birth", knock.birth}, {"digits", knock.last_digits}},
        [](const db::Row& row) { return row.id<ParticipationId>(0); });
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

// The phone's one person of that session; none when it has checked nobody in.
std::optional<ParticipationId> checked_in_by(db::Read& tx, SessionId session, const std::string& device) {
    return tx.find<ParticipationId>(R"sql(
        select participation from attendance_devices where session = :session and device = :device)sql",
                                    {{"session", session}, {"device", db::Blob{device}}},
                                    [](const db::Row& row) { return row.id<ParticipationId>(0); });
}

void remember_device(db::Write& tx, const Window& window, ParticipationId participation,
                     const std::string& device, Instant at) {
    tx.run(R"sql(
        insert into attendance_devices (session, device, participation, recorded_at)
        values (:session, :device, :participation, :at) on conflict do nothing)sql",
           {{"session", window.session},
            {"device", db::Blob{device}},
            {"participation", participation},
            {"at", at}});
}

CheckedIn mark(db::Write& tx, const Window& window, ParticipationId participation, std::int64_t minute,
               Date today, Instant now) {
    tx.lock("cohort", window.cohort.value);
    const Book book = book_of(tx, cohorts::require_for_books(tx, window.cohort), window.session);
    const timetable::Session& session = book.sessions.front();
    const std::int64_t late = minute - session.starts_minute;
    CheckedIn answer{.full_name = {}, .state = State::present, .periods = session.periods};
    if (late > rule_on(tx, today).late_after_minutes) {
        answer.state = State::late;
        answer.periods = std::max<std::int64_t>(0, session.periods - periods_missed(late));
    }
    const Mark* stands = nullptr;
    for (const Learner& learner : book.learners)
        if (learner.participation == participation) {
            answer.full_name = learner.full_name;
            if (const auto found = learner.marks.find(session.id); found != learner.marks.end())
                stands = &found->second;
        }
    web::Actor on_behalf_of;
    on_behalf_of.account = window.opened_by;
    const Said said{.session = session.id,
                    .participation = participation,
                    .state = answer.state,
                    .periods = answer.periods,
                    .excuse = {},
                    .client_id = {},
                    .marked_at = now,
                    .place = {}};
    const bool says_he_came = stands && (stands->state == State::present || stands->state == State::late);
    if (says_he_came) {
        answer.state = stands->state;
        answer.periods = stands->periods;
    } else if (stands || book.needs_reason || hindrance(book, said, today)) {
        contradict(tx, on_behalf_of, book, said, stands ? stands->event : 0, Way::check_in, now);
        answer.waits = stands ? CheckedIn::Waits::marked_otherwise : CheckedIn::Waits::not_direct;
    } else if (!record(tx, on_behalf_of, book, std::span(&said, 1), Way::check_in, today, {now, "", {}})) {
        throw std::logic_error("a check-in that could be recorded was refused");
    }
    return answer;
}

}  // namespace

std::optional<Window> window_of(db::Read& tx, SessionId session) {
    return tx.find<Window>(R"sql(
        select w.id, w.session, s.cohort, w.secret, w.opened_at, w.opened_by
        from attendance_windows w join timetable_sessions s on s.id = w.session
        where w.session = :session and w.closed_at is null order by w.id desc limit 1)sql",
                           {{"session", session}}, window_in);
}

Outcome<Done> open_window(db::Write& tx, const web::Actor& actor, const Book& book, Date today, Instant at) {
    const timetable::Session& session = book.sessions.front();
    if (session.held_on != today)
        return Refusal{"", "check_in.another_day", {to_text(session.held_on), to_text(today)}};
    if (window_of(tx, session.id)) return Done{};
    const std::string secret = auth::new_code_secret();
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into attendance_windows (id, session, secret, opened_at, opened_by)
        values (:id, :session, :secret, :at, :actor))sql",
           {{"id", id},
            {"session", session.id},
            {"secret", db::Blob{secret}},
            {"at", at},
            {"actor", actor.account}});
    audit::record(tx, actor, at, {"attendance.open_check_in", "session", session.id.value, Value::object()});
    return Done{};
}

void close_window(db::Write& tx, const web::Actor& actor, SessionId session, Instant at) {
    const std::int64_t closed = tx.run(R"sql(
        update attendance_windows set closed_at = :at where session = :session and closed_at is null)sql",
                                       {{"at", at}, {"session", session}});
    if (closed > 0)
        audit::record(tx, actor, at,
                      {"attendance.close_check_in", "session", session.value, Value::object()});
}

Outcome<CheckedIn> check_in(db::Write& tx, const Knock& knock, Instant now, Offset offset) {
    const Refusal unknown{"", "check_in.unknown", {}};
    const Date today = day_of(now, offset);
    constexpr std::int64_t day_ms = 24 * 3600'000;
    const std::int64_t minute = (now.ms + offset.minutes * std::int64_t{60'000}) % day_ms / 60'000;
    for (const Window& window : windows_at(tx, today, minute)) {
        if (!auth::is_current_code(window.secret, knock.code, now)) continue;
        const auto learner = learner_of(tx, window, knock);
        if (!learner) continue;
        const auto before = checked_in_by(tx, window.session, knock.device);
        if (before && *before != *learner) return Refusal{"", "check_in.device_used", {}};
        remember_device(tx, window, *learner, knock.device, now);
        return mark(tx, window, *learner, minute, today, now);
    }
    return unknown;
}

}  // namespace tiendo::attendance
