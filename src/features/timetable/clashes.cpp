#include "features/timetable/clashes.h"

#include <algorithm>

#include "platform/audit/audit.h"

namespace tiendo::timetable {
namespace {

constexpr std::array<std::string_view, clash_kinds.size()> kind_names{
    "cohort", "room", "lecturer", "learners", "lecturer_away", "room_away", "capacity", "holiday"};

Meeting meeting_of(const db::Row& row, int first) {
    return {row.id<SessionId>(first), row.id<cohorts::CohortId>(first + 1),
            row.text(first + 2),      row.text(first + 3),
            row.integer(first + 4),   row.integer(first + 5)};
}

Clash clash_of(const db::Row& row) {
    Clash clash;
    clash.kind = *parse_clash_kind(row.view(0));
    clash.held_on = row.date(1);
    clash.subject = row.integer(2);
    clash.name = row.text(3);
    clash.quantity = row.integer(4);
    clash.session = meeting_of(row, 5);
    if (!row.is_null(11)) clash.other = meeting_of(row, 11);
    if (!row.is_null(17)) clash.accepted = {row.text(17), row.text(18), row.instant(19)};
    return clash;
}

std::string range(const Meeting& meeting) {
    return teaching::time_text(meeting.starts_minute) + "–" + teaching::time_text(meeting.ends_minute);
}

// "timetable.clash_refused.room": day, time, the cohort that was there first, name, quantity.
Refusal refusal_of(const Clash& clash, const ClashFilter& filter) {
    const auto is_ours = [&](const Meeting& one) {
        return filter.session ? one.id == *filter.session : one.cohort == filter.cohort;
    };
    const bool first_is_ours = !clash.other || is_ours(clash.session);
    const Meeting& ours = first_is_ours ? clash.session : *clash.other;
    const Meeting& theirs = first_is_ours && clash.other ? *clash.other : clash.session;
    return {"reason",
            "timetable.clash_refused." + std::string(to_text(clash.kind)),
            {to_text(clash.held_on), range(ours), theirs.cohort_code, clash.name,
             std::to_string(clash.quantity)}};
}

}  // namespace

std::string_view to_text(ClashKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<ClashKind> parse_clash_kind(std::string_view text) {
    for (const ClashKind kind : clash_kinds)
        if (to_text(kind) == text) return kind;
    return std::nullopt;
}

std::string Clash::key() const {
    return std::string(to_text(kind)) + "-" + to_text(session.id) + "-" + (other ? to_text(other->id) : "0") +
           "-" + std::to_string(subject);
}

bool Clash::is(const Clash& one) const {
    const auto other_minute = [](const Clash& clash) {
        return clash.other ? clash.other->starts_minute : -1;
    };
    return key() == one.key() && held_on == one.held_on &&
           session.starts_minute == one.session.starts_minute && other_minute(*this) == other_minute(one);
}

std::vector<Clash> clashes(db::Read& tx, const web::Actor& actor, const ClashFilter& filter) {
    return tx.all<Clash>(
        R"sql(
        with within as (select distinct r.unit from reach r where r.account = :actor and r.permission = :permission),
        held as (
            select s.id, s.cohort, s.held_on, s.starts_minute, s.ends_minute, s.room
            from timetable_sessions s join cohorts c on c.id = s.cohort
            where s.held_on between :first and :last and s.called_off_at is null and c.cancelled_on is null),
        taught as (
            select h.id, h.held_on, h.starts_minute, h.ends_minute, t.lecturer
            from held h join session_lecturers t on t.session = h.id),
        rosters as (
            select p.cohort, count(*) as learners from participations p
            where p.withdrawn_on is null and p.cohort in (select h.cohort from held h)
            group by p.cohort),
        shared as (
            select x.cohort as one, y.cohort as two, count(*) as learners
            from rosters n
            join participations x on x.cohort = n.cohort and x.withdrawn_on is null
            join participations y on y.person = x.person and y.cohort > x.cohort and y.withdrawn_on is null
            group by x.cohort, y.cohort),
        found as (
            select 'cohort' as kind, a.id as session, b.id as other, 0 as subject, 0 as quantity
            from held a join held b on b.held_on = a.held_on and b.cohort = a.cohort and b.id > a.id
            where b.starts_minute < a.ends_minute and a.starts_minute < b.ends_minute
            union all
            select 'room', a.id, b.id, a.room, 0
            from held a join held b on b.held_on = a.held_on and b.room = a.room and b.id > a.id
            where b.starts_minute < a.ends_minute and a.starts_minute < b.ends_minute
            union all
            select 'lecturer', a.id, b.id, a.lecturer, 0
            from taught a join taught b on b.held_on = a.held_on and b.lecturer = a.lecturer and b.id > a.id
            where b.starts_minute < a.ends_minute and a.starts_minute < b.ends_minute
            union all
            select 'learners', a.id, b.id, 0, s.learners
            from shared s
            join held a on a.cohort = s.one
            join held b on b.cohort = s.two and b.held_on = a.held_on
            where b.starts_minute < a.ends_minute and a.starts_minute < b.ends_minute
            union all
            select 'lecturer_away', a.id, null, u.id, 0
            from taught a join unavailabilities u on u.lecturer = a.lecturer and u.withdrawn_at is null
            where a.held_on between u.first_on and u.last_on
              and u.starts_minute < a.ends_minute and a.starts_minute < u.ends_minute
            union all
            select 'room_away', a.id, null, u.id, 0
            from held a join unavailabilities u on u.room = a.room and u.withdrawn_at is null
            where a.held_on between u.first_on and u.last_on
              and u.starts_minute < a.ends_minute and a.starts_minute < u.ends_minute
            union all
            select 'capacity', a.id, null, m.id, n.learners - m.capacity
            from held a join rooms m on m.id = a.room join rosters n on n.cohort = a.cohort
            where n.learners > m.capacity
            union all
            select 'holiday', a.id, null, d.id, 0
            from held a join holidays d on a.held_on between d.first_on and d.last_on and d.withdrawn_at is null)
        select f.kind, a.held_on, f.subject,
               case f.kind when 'room' then m.name when 'capacity' then m.name when 'lecturer' then l.full_name
                    when 'lecturer_away' then ul.full_name when 'room_away' then um.name
                    when 'holiday' then d.name else '' end,
               f.quantity,
               a.id, a.cohort, case when wa.unit is null then '' else ca.code end,
               case when wa.unit is null then '' else a.topic end, a.starts_minute, a.ends_minute,
               b.id, b.cohort, case when wb.unit is null then '' else cb.code end,
               case when wb.unit is null then '' else b.topic end, b.starts_minute, b.ends_minute,
               k.note, by.display_name, k.recorded_at
        from found f
        join timetable_sessions a on a.id = f.session
        join cohorts ca on ca.id = a.cohort
        left join within wa on wa.unit = ca.organiser_unit
        left join timetable_sessions b on b.id = f.other
        left join cohorts cb on cb.id = b.cohort
        left join within wb on wb.unit = cb.organiser_unit
        left join rooms m on m.id = f.subject
        left join lecturers l on l.id = f.subject
        left join unavailabilities u on u.id = f.subject
        left join lecturers ul on ul.id = u.lecturer
        left join rooms um on um.id = u.room
        left join holidays d on d.id = f.subject
        left join clash_acceptances k on k.session = f.session and k.kind = f.kind
             and k.other = coalesce(f.other, 0) and k.subject = f.subject and k.held_on = a.held_on
             and k.starts_minute = a.starts_minute and k.other_minute = coalesce(b.starts_minute, -1)
        left join accounts by on by.id = k.recorded_by
        where (wa.unit is not null or wb.unit is not null)
          and (:any_session or f.session = :session or f.other = :session)
          and (:any_cohort or a.cohort = :cohort or b.cohort = :cohort)
        order by a.held_on, a.starts_minute, f.kind, f.session, f.other nulls first, f.subject)sql",
        {{"actor", actor.account},
         {"permission", see_timetable.name},
         {"first", filter.first},
         {"last", filter.last},
         {"any_session", !filter.session},
         {"session", filter.session.value_or(SessionId{})},
         {"any_cohort", !filter.cohort},
         {"cohort", filter.cohort.value_or(cohorts::CohortId{})}},
        clash_of);
}

void accept(db::Write& tx, const web::Actor& actor, std::span<const Clash> found, const cohorts::Act& act) {
    auto rows =
        tx.bulk("clash_acceptances", {"id", "kind", "session", "other", "subject", "held_on", "starts_minute",
                                      "other_minute", "note", "recorded_at", "recorded_by"});
    for (const Clash& clash : found)
        rows.add({next_id(), to_text(clash.kind), clash.session.id,
                  clash.other ? clash.other->id : SessionId{}, clash.subject, clash.held_on,
                  clash.session.starts_minute, clash.other ? clash.other->starts_minute : -1, act.reason,
                  act.at, actor.account});
    rows.flush();
    for (const Clash& clash : found)
        audit::record(tx, actor, act.at,
                      {"timetable.accept_clash", "session", clash.session.id.value,
                       Value::object({{"clash", clash.key()}, {"note", act.reason}})});
}

std::vector<Clash> open_clashes(db::Read& tx, const web::Actor& actor, const ClashFilter& filter) {
    auto open = clashes(tx, actor, filter);
    std::erase_if(open, [](const Clash& clash) { return clash.accepted.has_value(); });
    return open;
}

Outcome<Done> accept_or_refuse(db::Write& tx, const web::Actor& actor, const ClashFilter& filter,
                               std::span<const Clash> before, const cohorts::Act& act) {
    auto open = open_clashes(tx, actor, filter);
    std::erase_if(open, [&](const Clash& clash) {
        return std::any_of(before.begin(), before.end(), [&](const Clash& one) { return clash.is(one); });
    });
    if (open.empty()) return Done{};
    if (act.reason.empty()) {
        constexpr std::size_t most = 5;
        Refusals refusals;
        for (std::size_t i = 0; i < std::min(most, open.size()); ++i)
            refusals.push_back(refusal_of(open[i], filter));
        refusals.push_back({"reason", "timetable.clash_needs_note", {std::to_string(open.size())}});
        return refusals;
    }
    accept(tx, actor, open, act);
    return Done{};
}

}  // namespace tiendo::timetable
