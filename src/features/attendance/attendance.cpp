#include "features/attendance/attendance.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "features/assessment/assessment.h"
#include "features/attendance/attendance_store.h"
#include "features/attendance/counting_rules.h"

namespace tiendo::attendance {
namespace {

constexpr std::array<std::string_view, 4> state_names{"present", "late", "excused", "unexcused"};
constexpr std::array<std::string_view, 5> way_names{"page", "check_in", "offline", "workbook", "timetable"};

}  // namespace

Book book_of(db::Read& tx, cohorts::Cohort cohort, std::optional<SessionId> only) {
    Book book{.cohort = std::move(cohort), .sessions = {}, .learners = {}};
    book.sessions = timetable::sessions_of(tx, book.cohort.id);
    if (only) {
        std::erase_if(book.sessions, [&](const timetable::Session& one) { return one.id != *only; });
        if (book.sessions.empty()) throw web::NotFound{};
    }
    book.learners = learners_of(tx, book.cohort.id);
    read_marks(tx, book.cohort.id, only, book.learners);
    book.needs_reason = book.cohort.facts.closed_on || assessment::locked_on(tx, book.cohort.id).has_value();
    return book;
}

std::string_view to_text(State state) { return state_names[static_cast<std::size_t>(state)]; }
std::string_view to_text(Way way) { return way_names[static_cast<std::size_t>(way)]; }

std::optional<State> parse_state(std::string_view text) {
    const auto found = std::find(state_names.begin(), state_names.end(), text);
    if (found == state_names.end()) return std::nullopt;
    return static_cast<State>(found - state_names.begin());
}

Book require_book(db::Read& tx, const web::Actor& actor, cohorts::CohortId id,
                  std::optional<SessionId> only) {
    cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, see_attendance, cohort.organiser_unit)) throw web::NotFound{};
    return book_of(tx, std::move(cohort), only);
}

Book require_for_marking(db::Write& tx, const web::Actor& actor, cohorts::CohortId id,
                         std::optional<SessionId> only) {
    const cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, see_attendance, cohort.organiser_unit)) throw web::NotFound{};
    if (!organisations::may(tx, actor, mark_attendance, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", id.value);
    return book_of(tx, cohorts::require(tx, actor, id), only);
}

std::int64_t minimum_of(db::Read& tx, const cohorts::Cohort& cohort) {
    const auto opening = opening_of(cohort);
    if (!opening) return 0;
    const auto version = programmes::version_on(tx, cohort.programme.id, *opening);
    return version ? version->attendance_minimum : 0;
}

std::vector<Attended> attended(db::Read& tx, const cohorts::Cohort& cohort) {
    const std::int64_t minimum = minimum_of(tx, cohort);
    const CountingRule rule = rule_of(tx, cohort);
    std::set<ParticipationId> waived;
    for (const Waiver& waiver : waivers_of(tx, cohort.id)) waived.insert(waiver.participation);
    const std::int64_t held = tx.integer(R"sql(
        select coalesce(cast(sum(s.periods) as bigint), 0) from timetable_sessions s
        where s.cohort = :cohort and s.called_off_at is null
          and exists (select 1 from attendance a where a.session = s.id))sql",
                                         {{"cohort", cohort.id}});
    return tx.all<Attended>(
        R"sql(
        select p.id, coalesce(t.attended, 0), coalesce(t.excused, 0)
        from participations p
        left join (select a.participation, cast(sum(a.periods) as bigint) as attended,
                          cast(sum(case when a.state = 'excused' then s.periods - a.periods else 0 end) as bigint)
                              as excused
                   from attendance a join timetable_sessions s on s.id = a.session and s.called_off_at is null
                   where a.cohort = :cohort group by a.participation) t on t.participation = p.id
        where p.cohort = :cohort and p.withdrawn_on is null
        order by p.id)sql",
        {{"cohort", cohort.id}}, [&](const db::Row& row) {
            Attended one{.participation = row.id<ParticipationId>(0),
                         .attended_periods = row.integer(1),
                         .excused_periods = row.integer(2),
                         .held_periods = held};
            one.waived = waived.contains(one.participation);
            one.enough =
                one.waived || is_enough(one.attended_periods, one.excused_periods, held, minimum, rule.leave);
            return one;
        });
}

std::vector<participation::HeldBack> held_back(db::Read& tx, const cohorts::Cohort& cohort) {
    const std::int64_t minimum = minimum_of(tx, cohort);
    if (minimum == 0) return {};
    std::unordered_map<ParticipationId, std::string> names;
    for (const Learner& learner : learners_of(tx, cohort.id))
        names[learner.participation] = learner.full_name;
    std::vector<participation::HeldBack> held_back;
    for (const Attended& one : attended(tx, cohort))
        if (!one.enough)
            held_back.push_back({one.participation,
                                 {"",
                                  "attendance.not_enough",
                                  {names[one.participation], std::to_string(one.attended_periods),
                                   std::to_string(one.held_periods), std::to_string(minimum)}}});
    return held_back;
}

// --- the ledger -------------------------------------------------------------------------------------

void entries(const cohorts::Cohort& cohort, const participation::InCohort& learner, const Counted& mark,
             const ledger::Emit& emit) {
    if (!cohort.facts.opened_on || mark.periods == 0) return;
    for (const std::optional<Date>& left_on : {learner.facts.withdrawn_on, cohort.facts.cancelled_on})
        if (left_on && *left_on <= mark.held_on) return;
    emit({.measure = ledger::Measure::periods_attended,
          .quantity = mark.periods,
          .effective_on = mark.held_on,
          .plan_line = cohort.facts.plan_line,
          .programme = cohort.programme.id,
          .cohort = cohort.id,
          .participation = learner.id,
          .person_unit = learner.unit,
          .organiser_unit = cohort.organiser_unit},
         mark.event);
}

ledger::Bookkeeper bookkeeper() {
    return {"attendance", [](db::Read& tx, cohorts::CohortId id, std::optional<ParticipationId> only,
                             const ledger::Emit& emit) {
                const cohorts::Cohort cohort = cohorts::require_for_books(tx, id);
                for (const CountedMark& one : counted_marks(tx, id, only, std::nullopt))
                    entries(cohort, one.learner, one.mark, emit);
            }};
}

void settle_marks(db::Write& tx, const cohorts::Cohort& cohort, std::span<const Date> days,
                  std::int64_t source, Instant at) {
    if (days.size() != 1) return ledger::settle(tx, at, source, cohort.id);
    std::vector<ledger::Wanted> wanted;
    for (const CountedMark& one : counted_marks(tx, cohort.id, std::nullopt, days.front()))
        entries(cohort, one.learner, one.mark, [&](const ledger::Entry& entry, std::int64_t row) {
            wanted.push_back({entry, row});
        });
    ledger::settle_day(tx, at, source,
                       {cohort.id, cohort.facts.plan_line, ledger::Measure::periods_attended, days.front()},
                       std::move(wanted));
}

}  // namespace tiendo::attendance
