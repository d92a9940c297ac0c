#include "features/notices/notices.h"

#include "features/notices/post.h"
#include "platform/audit/audit.h"

namespace tiendo::notices {
namespace {

constexpr int days_kept = 60, most_shown = 200, most_unmailed = 20;
constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

Notices notices_of(db::Read& tx, const web::Actor& actor, Instant now) {
    const Instant since{now.ms - days_kept * day_ms};
    const std::int64_t read_at =
        tx.integer(R"sql(select coalesce(max(read_at), 0) from notice_readings where account = :account)sql",
                   {{"account", actor.account}});
    return {timetable::changes_for(tx, actor, since, most_shown), Instant{read_at}};
}

void read(db::Write& tx, const web::Actor& actor, Instant until, Instant at) {
    tx.run(R"sql(insert into notice_readings (id, account, read_at) values (:id, :account, :until))sql",
           {{"id", next_id()}, {"account", actor.account}, {"until", until}});
    audit::record(tx, actor, at,
                  {"notices.read", "account", actor.account, Value::object({{"until", until}})});
}

std::vector<Recipient> recipients_of(db::Read& tx, std::int64_t event, Date today) {
    return tx.all<Recipient>(R"sql(
        with concerned as (
            select l.id, l.email
            from timetable_event_lecturers x join lecturers l on l.id = x.lecturer
            where x.event = :event and l.email <> ''
            union all
            select p.person, f.value
            from timetable_events e
            join participations p on p.cohort = e.cohort and p.withdrawn_on is null
            join person_facts f on f.person = p.person and f.kind = 'email' and f.withdrawn_at is null
            where e.id = :event and (f.valid_from is null or f.valid_from <= :today)
              and (f.valid_until is null or :today < f.valid_until))
        select c.id, min(c.email) from concerned c
        where not exists (select 1 from notice_mails m where m.event = :event and m.recipient = c.id)
          and not exists (select 1 from notice_refusals r where r.event = :event and r.recipient = c.id)
        group by c.id order by c.id)sql",
                             {{"event", event}, {"today", today}}, [](const db::Row& row) {
                                 return Recipient{row.integer(0), row.text(1)};
                             });
}

std::optional<MailTrouble> mail_trouble(db::Read& tx, const web::Actor& actor, Instant now) {
    if (!teaching::may_change_house(tx, actor)) return std::nullopt;
    MailTrouble trouble{jobs::put_off(tx, mail_job), {}};
    tx.each(R"sql(
        with unmailed as (
            select event, true as given_up, unreached as people, incident, given_up_at as since
            from notice_mails_given_up where given_up_at >= :since
            union all
            select event, false, count(*), '', max(refused_at) from notice_refusals
            where refused_at >= :since group by event)
        select e.cohort, c.code, u.given_up, u.people, u.incident, u.since
        from unmailed u join timetable_events e on e.id = u.event join cohorts c on c.id = e.cohort
        order by u.since desc, u.event desc, u.given_up limit :count)sql",
            {{"since", Instant{now.ms - days_kept * day_ms}}, {"count", most_unmailed}},
            [&](const db::Row& row) {
                trouble.unmailed.push_back({row.id<cohorts::CohortId>(0), row.text(1), row.truth(2),
                                            row.integer(3), row.text(4), row.instant(5)});
            });
    if (trouble.waiting.jobs == 0 && trouble.unmailed.empty()) return std::nullopt;
    return trouble;
}

}  // namespace tiendo::notices
