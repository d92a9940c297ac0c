#include "features/dashboard/work.h"

#include "features/delegations/delegations.h"

namespace tiendo::dashboard {
namespace {

// What was planned for a month waits when the month is over.
constexpr int days_of_notices = 60;  // as notices shows them
constexpr std::int64_t day_ms = 86'400'000;

Date first_of_month(Date today) { return *Date::of(today.year(), today.month(), 1); }

// When a report is due is a rule of delegations; here they only are listed.
void add_late_reports(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor, Date today) {
    constexpr std::size_t shown = 5;
    const auto late = delegations::late_reports(tx, actor, today);
    if (late.empty()) return;
    EntryList list{.name = "delegation_reports", .count = static_cast<std::int64_t>(late.size())};
    for (std::size_t i = 0; i < late.size() && i < shown; ++i)
        list.rows.push_back({late[i].cohort_code, late[i].countries, late[i].due_on,
                             "/cohorts/" + to_text(late[i].cohort) + "/delegation#members"});
    if (late.size() > shown) list.more_url = "/delegations";
    lists.push_back(std::move(list));
}

// A deadline is a moment; what a list shows is its day.
void add_open_calls(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor, Instant now) {
    EntryList list{.name = "calls_to_answer"};
    tx.each(R"sql(
        select c.code, g.name, k.deadline, k.id, count(*) over ()
        from calls k
        join cohorts c on c.id = k.cohort
        join programmes g on g.id = c.programme
        where k.locked_at is null and k.deadline > :now and c.closed_on is null and c.cancelled_on is null
          and c.organiser_unit not in (select r.unit from reach r
                                       where r.account = :actor and r.permission = 'nominations.change')
          and exists (select 1 from call_quotas q
                      where q.call = k.id
                        and exists (select 1 from unit_ancestors a join reach r on r.unit = a.unit
                                    where a.ancestor = q.unit and r.account = :actor
                                      and r.permission = 'nominations.nominate')
                        and q.quota > (select count(*) from nominations n
                                       where n.call = k.id and n.asked_unit = q.unit
                                         and n.state not in ('refused', 'withdrawn', 'substituted'))
                                      + (select count(*) from newcomers w
                                         join unit_ancestors b on b.unit = w.unit
                                         where w.call = k.id and b.ancestor = q.unit and w.state = 'waiting'))
        order by k.deadline, k.id limit 5)sql",
            {{"actor", actor.account}, {"now", now}}, [&](const db::Row& row) {
                list.rows.push_back({row.text(0), row.text(1), day_of(row.instant(2), Offset{}),
                                     "/calls/" + std::to_string(row.integer(3)) + "/nominations"});
                list.count = row.integer(4);
            });
    if (list.rows.empty()) return;
    if (list.count > static_cast<std::int64_t>(list.rows.size())) list.more_url = "/calls";
    lists.push_back(std::move(list));
}

// Each unit of his that was asked and has not answered, while answers are taken. The office asks; it does not
// answer for others unless it must.
void add_needs_to_answer(std::vector<EntryList>& lists, db::Read& tx, const web::Actor& actor, Date today) {
    EntryList list{.name = "needs_to_answer"};
    tx.each(R"sql(
        select m.title, u.name, w.closes_on, m.id, u.id, count(*) over ()
        from need_campaigns m
        join need_windows w on w.id = (select max(l.id) from need_windows l where l.campaign = m.id)
        join need_campaign_units q on q.campaign = m.id
        join units u on u.id = q.unit
        where w.opens_on <= :today and w.closes_on >= :today
          and not exists (select 1 from need_answers a where a.campaign = m.id and a.unit = q.unit)
          and q.unit in (select r.unit from reach r
                         where r.account = :actor and r.permission = 'needs.answer')
          and m.unit not in (select r.unit from reach r
                             where r.account = :actor and r.permission = 'needs.change')
        order by w.closes_on, m.id, u.search, u.id limit 5)sql",
            {{"actor", actor.account}, {"today", today}}, [&](const db::Row& row) {
                list.rows.push_back({row.text(0), row.text(1), row.date(2),
                                     "/needs/" + std::to_string(row.integer(3)) + "/units/" +
                                         std::to_string(row.integer(4))});
                list.count = row.integer(5);
            });
    if (list.rows.empty()) return;
    if (list.count > static_cast<std::int64_t>(list.rows.size())) list.more_url = "/needs";
    lists.push_back(std::move(list));
}

}  // namespace

std::vector<EntryList> work_lists(db::Read& tx, const web::Actor& actor, Date today, Instant now) {
    std::vector<EntryList> lists;
    add_open_calls(lists, tx, actor, now);
    add_needs_to_answer(lists, tx, actor, today);
    add_list(lists, "asked_again", {"/nominations/", "#answer", "/calls"}, tx,
             R"sql(
        select p.full_name, c.code, null, n.id, count(*) over ()
        from nominations n
        join people p on p.id = n.person
        join calls k on k.id = n.call
        join cohorts c on c.id = k.cohort
        where n.state = 'needs_document' and c.closed_on is null and c.cancelled_on is null
          and n.unit in (select r.unit from reach r
                         where r.account = :actor and r.permission = 'nominations.nominate')
          and c.organiser_unit not in (select r.unit from reach r
                                       where r.account = :actor and r.permission = 'nominations.change')
        order by k.deadline, p.sort_key, n.id limit 5)sql",
             {{"actor", actor.account}});
    add_list(lists, "to_open", {"/cohorts/", "#opening"}, tx,
             R"sql(
        select c.code, g.name, c.planned_opens_on, c.id, count(*) over ()
        from cohorts c join programmes g on g.id = c.programme
        where c.opened_on is null and c.cancelled_on is null
          and (c.planned_opens_on < :this_month or (c.planned_opens_on <= :today and c.planned_precision = 'day'))
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'cohorts.change')
        order by c.planned_opens_on, c.id limit 5)sql",
             {{"actor", actor.account}, {"today", today}, {"this_month", first_of_month(today)}});
    add_list(lists, "to_close", {"/cohorts/", "#closing"}, tx,
             R"sql(
        select c.code, g.name, c.planned_closes_on, c.id, count(*) over ()
        from cohorts c join programmes g on g.id = c.programme
        where c.opened_on is not null and c.closed_on is null and c.cancelled_on is null
          and c.planned_closes_on < :today
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'cohorts.change')
        order by c.planned_closes_on, c.id limit 5)sql",
             {{"actor", actor.account}, {"today", today}});
    // Real lists come with cohorts whose decision nobody wrote down; it can be recorded later.
    add_list(lists, "without_decision", {"/cohorts/", "#decision"}, tx,
             R"sql(
        select c.code, g.name, c.opened_on, c.id, count(*) over ()
        from cohorts c join programmes g on g.id = c.programme
        where c.decided_on is null and c.opened_on <= :today and c.cancelled_on is null and c.filed_on is null
          and c.role = 'organiser' and c.kind = 'cohort'
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'cohorts.change')
        order by c.opened_on desc, c.id limit 5)sql",
             {{"actor", actor.account}, {"today", today}});
    add_list(lists, "without_result", {"/cohorts/", "#roster"}, tx,
             R"sql(
        select c.code, g.name, c.closed_on, c.id, count(*) over ()
        from cohorts c join programmes g on g.id = c.programme
        where c.closed_on <= :today and c.cancelled_on is null
          and exists (select 1 from participations n
                      where n.cohort = c.id and n.result = '' and n.withdrawn_on is null)
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'rosters.change')
        order by c.closed_on, c.id limit 5)sql",
             {{"actor", actor.account}, {"today", today}});
    add_list(lists, "undecided", {"/cohorts/", "#counting", "/cohorts"}, tx,
             R"sql(
        select c.code, c.partner, c.opened_on, c.id, count(*) over ()
        from cohorts c
        where c.plan_line is null and c.role <> 'organiser' and c.kind = 'cohort' and c.cancelled_on is null
          and c.opened_on between :first_day and :today
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'cohorts.change')
        order by c.opened_on, c.id limit 5)sql",
             {{"actor", actor.account}, {"first_day", *Date::of(today.year(), 1, 1)}, {"today", today}});
    add_list(lists, "attendance_contradictions", {"/cohorts/", "/attendance#decisions"}, tx,
             R"sql(
        select c.code, g.name, min(s.held_on), c.id, count(*) over ()
        from attendance_contradictions k
        join timetable_sessions s on s.id = k.session
        join cohorts c on c.id = k.cohort
        join programmes g on g.id = c.programme
        where not exists (select 1 from attendance_decisions d where d.contradiction = k.id)
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'attendance.mark')
        group by c.id, c.code, g.name
        order by min(s.held_on), c.id limit 5)sql",
             {{"actor", actor.account}});
    add_late_reports(lists, tx, actor, today);
    add_list(lists, "certificates_failed", {"/certificates/issues/", ""}, tx,
             R"sql(
        select c.code, g.name, i.issued_on, i.id, count(*) over ()
        from certificate_issues i
        join cohorts c on c.id = i.cohort
        join programmes g on g.id = c.programme
        where i.state = 'failed'
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'certificates.issue')
        order by i.issued_on, i.id limit 5)sql",
             {{"actor", actor.account}});
    add_list(lists, "certificates_requested",
             {"/certificates/", "#replacement", "/certificates?state=requested"}, tx, R"sql(
        select a.register_text, a.full_name, a.request_due_on, a.id, count(*) over ()
        from certificates a join cohorts c on c.id = a.cohort
        where a.requested_on is not null
          and c.organiser_unit in (select r.unit from reach r
                                   where r.account = :actor and r.permission = 'certificates.issue')
        order by a.request_due_on, a.id limit 5)sql",
             {{"actor", actor.account}});
    // Only a person revokes a certificate or gives another, whatever became of what it was given for.
    add_list(lists, "certificates_groundless", {"/certificates/", "#acts-title"}, tx,
             R"sql(
        select a.register_text, a.full_name || ' · ' || c.code, a.issued_on, a.id, count(*) over ()
        from certificates a
        join cohorts c on c.id = a.cohort
        join participations p on p.id = a.participation
        left join assessment_results r on r.participation = p.id
        where a.replaced_on is null and a.revoked_on is null
          and (c.cancelled_on is not null or p.withdrawn_on is not null or p.result <> 'completed'
               or r.band_name <> a.band)
          and c.organiser_unit in (select r.unit from reach r where r.account = :actor
                                   and r.permission in ('certificates.issue', 'certificates.revoke'))
        order by a.issued_on desc, a.id limit 5)sql",
             {{"actor", actor.account}});
    add_list(lists, "imports", {"/imports/", "", "/imports"}, tx,
             R"sql(
        select i.file_name, '', null, i.id, count(*) over ()
        from imports i
        where i.state in ('checked', 'refused', 'failed')
          and i.unit in (select r.unit from reach r where r.account = :actor and r.permission = 'imports.see')
        order by i.uploaded_at desc, i.id limit 5)sql",
             {{"actor", actor.account}});
    add_list(lists, "timetable_changes", {"/notices#n", "", "/notices"}, tx,
             R"sql(
        with laid_out as (
            select max(x.id) as event, min(x.held_on) as first_on
            from timetable_events x where x.kind = 'laid_out' and x.recorded_at > :since
            group by x.cohort, x.recorded_at)
        select c.code, case when d.event is null then e.topic else g.name end, coalesce(d.first_on, e.held_on),
               e.id, count(*) over ()
        from timetable_events e
        join cohorts c on c.id = e.cohort
        join programmes g on g.id = c.programme
        left join laid_out d on d.event = e.id
        where e.recorded_at > :since and (e.kind <> 'laid_out' or d.event is not null) and e.recorded_by <> :actor
          and e.recorded_at > coalesce((select max(n.read_at) from notice_readings n where n.account = :actor), 0)
          and (c.organiser_unit in (select r.unit from reach r
                                    where r.account = :actor and r.permission = 'timetable.see')
               or c.id in (select p.cohort from reach r join participations p on p.unit = r.unit
                           where r.account = :actor and r.permission = 'rosters.see' and p.withdrawn_on is null))
        order by e.recorded_at desc, e.id desc limit 5)sql",
             {{"actor", actor.account}, {"since", Instant{(today.days - days_of_notices) * day_ms}}});
    return lists;
}

Value next_openings(db::Read& tx, const web::Actor& actor, Date today) {
    Value openings = Value::list();
    tx.each(R"sql(
        select c.id, c.code, g.name, c.place, c.planned_opens_on, c.planned_precision, c.expected_learners
        from cohorts c join programmes g on g.id = c.programme
        where c.opened_on is null and c.cancelled_on is null
          and (c.planned_opens_on > :today or (c.planned_opens_on >= :this_month and c.planned_precision = 'month'))
          and (c.organiser_unit in (select r.unit from reach r
                                    where r.account = :actor and r.permission = 'cohorts.see')
               or c.id in (select n.cohort from reach r join participations n on n.unit = r.unit
                           where r.account = :actor and r.permission = 'rosters.see'))
        order by c.planned_opens_on, c.id limit 10)sql",
            {{"actor", actor.account}, {"today", today}, {"this_month", first_of_month(today)}},
            [&](const db::Row& row) {
                const std::string day = to_text(row.date(4));
                openings.push(Value::object({{"id", std::to_string(row.integer(0))},
                                             {"code", row.text(1)},
                                             {"programme", row.text(2)},
                                             {"place", row.text(3)},
                                             {"opens_on", row.view(5) == "month" ? day.substr(0, 7) : day},
                                             {"expected_learners", row.maybe_integer(6)}}));
            });
    return openings;
}

}  // namespace tiendo::dashboard
