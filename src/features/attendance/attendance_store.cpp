#include "features/attendance/attendance_store.h"

#include <unordered_map>

namespace tiendo::attendance {

std::vector<Learner> learners_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Learner>(R"sql(
        select p.id, h.full_name,
               coalesce((select n.name from unit_names n
                         where n.unit = p.unit
                           and (n.valid_from is null or n.valid_from <= coalesce(c.opened_on, c.planned_opens_on))
                         order by n.valid_from desc nulls last, n.id desc limit 1), u.name),
               p.withdrawn_on
        from participations p
        join cohorts c on c.id = p.cohort
        join people h on h.id = p.person
        join units u on u.id = p.unit
        where p.cohort = :cohort
        order by h.sort_key, p.id)sql",
                           {{"cohort", cohort}}, [](const db::Row& row) {
                               return Learner{.participation = row.id<ParticipationId>(0),
                                              .full_name = row.text(1),
                                              .unit_name = row.text(2),
                                              .withdrawn_on = row.maybe_date(3),
                                              .marks = {}};
                           });
}

void read_marks(db::Read& tx, cohorts::CohortId cohort, std::optional<SessionId> only,
                std::vector<Learner>& learners) {
    std::unordered_map<ParticipationId, Learner*> by_id;
    for (Learner& learner : learners) by_id[learner.participation] = &learner;
    const auto take = [&](const db::Row& row) {
        const auto learner = by_id.find(row.id<ParticipationId>(1));
        if (learner == by_id.end()) return;
        learner->second->marks[row.id<SessionId>(0)] = {parse_state(row.view(2)).value(), row.integer(3),
                                                        row.maybe_id<documents::DocumentId>(4),
                                                        row.integer(5), row.date(6)};
    };
    if (only)
        tx.each(R"sql(
            select session, participation, state, periods, excuse, event, held_on
            from attendance where session = :session and cohort = :cohort)sql",
                {{"session", *only}, {"cohort", cohort}}, take);
    else
        tx.each(R"sql(
            select session, participation, state, periods, excuse, event, held_on
            from attendance where cohort = :cohort)sql",
                {{"cohort", cohort}}, take);
}

std::int64_t write_marks(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort,
                         std::span<const NewMark> marks, Way way, const cohorts::Act& act) {
    const std::int64_t first = next_id();
    std::int64_t id = first;
    auto events =
        tx.bulk("attendance_events", {"id", "act", "cohort", "session", "participation", "held_on", "state",
                                      "periods", "excuse", "way", "client_id", "marked_at", "recorded_at",
                                      "recorded_by", "reason", "document", "source_place"});
    for (const NewMark& mark : marks) {
        const std::optional<std::string_view> client =
            mark.client_id.empty() ? std::nullopt : std::optional<std::string_view>(mark.client_id);
        events.add({id, first, cohort, mark.session, mark.participation, mark.held_on,
                    mark.state ? to_text(*mark.state) : std::string_view(), mark.periods, mark.excuse,
                    to_text(way), client, mark.marked_at, act.at, actor.account, act.reason,
                    act.source.document, mark.place.empty() ? act.source.place : mark.place});
        id = next_id();
    }
    events.flush();
    tx.run(R"sql(
        insert into attendance (session, participation, cohort, held_on, state, periods, excuse, event)
        select session, participation, cohort, held_on, state, periods, excuse, id
        from attendance_events where cohort = :cohort and id >= :act and act = :act and state <> ''
        on conflict (session, participation) do update set
            held_on = excluded.held_on, state = excluded.state, periods = excluded.periods,
            excuse = excluded.excuse, event = excluded.event)sql",
           {{"cohort", cohort}, {"act", first}});
    tx.run(R"sql(
        delete from attendance
        where cohort = :cohort
          and exists (select 1 from attendance_events e
                      where e.session = attendance.session and e.participation = attendance.participation
                        and e.act = :act and e.state = ''))sql",
           {{"cohort", cohort}, {"act", first}});
    return first;
}

std::vector<CountedMark> counted_marks(db::Read& tx, cohorts::CohortId cohort,
                                       std::optional<ParticipationId> only, std::optional<Date> day) {
    const auto counted = [](const db::Row& row) {
        return CountedMark{{row.id<ParticipationId>(0),
                            row.id<organisations::UnitId>(1),
                            {row.maybe_date(2), row.maybe_date(3), row.text(4)}},
                           {row.date(5), row.integer(6), row.integer(7)}};
    };
    if (only)
        return tx.all<CountedMark>(R"sql(
            select p.id, p.unit, p.started_on, p.withdrawn_on, p.result, a.held_on, a.periods, a.event
            from attendance a join participations p on p.id = a.participation
            where a.participation = :only and a.cohort = :cohort)sql",
                                   {{"only", *only}, {"cohort", cohort}}, counted);
    return tx.all<CountedMark>(R"sql(
        select p.id, p.unit, p.started_on, p.withdrawn_on, p.result, a.held_on, a.periods, a.event
        from attendance a join participations p on p.id = a.participation
        where a.cohort = :cohort and a.held_on = coalesce(:day, a.held_on))sql",
                               {{"cohort", cohort}, {"day", day}}, counted);
}

std::vector<Waiver> waivers_of(db::Read& tx, cohorts::CohortId cohort) {
    return tx.all<Waiver>(
        R"sql(
        select w.participation, w.reason, a.display_name, w.recorded_at
        from attendance_waivers w join accounts a on a.id = w.recorded_by
        where w.cohort = :cohort and w.granted
          and not exists (select 1 from attendance_waivers l
                          where l.cohort = w.cohort and l.participation = w.participation and l.id > w.id)
        order by w.id)sql",
        {{"cohort", cohort}}, [](const db::Row& row) {
            return Waiver{row.id<ParticipationId>(0), row.text(1), row.text(2), row.instant(3)};
        });
}

std::vector<Event> history_of(db::Read& tx, SessionId session, int most) {
    return tx.all<Event>(R"sql(
        select h.full_name, e.state, e.periods, e.way, e.reason, a.display_name, coalesce(d.number, ''),
               e.marked_at, e.recorded_at
        from attendance_events e
        join participations p on p.id = e.participation
        join people h on h.id = p.person
        join accounts a on a.id = e.recorded_by
        left join documents d on d.id = e.excuse
        where e.session = :session order by e.id desc limit :most)sql",
                         {{"session", session}, {"most", most}}, [](const db::Row& row) {
                             return Event{.full_name = row.text(0),
                                          .state = parse_state(row.view(1)),
                                          .periods = row.integer(2),
                                          .way = row.text(3),
                                          .reason = row.text(4),
                                          .recorded_by = row.text(5),
                                          .excuse = row.text(6),
                                          .marked_at = row.instant(7),
                                          .recorded_at = row.instant(8)};
                         });
}

}  // namespace tiendo::attendance
