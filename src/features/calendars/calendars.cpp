#include "features/calendars/calendars.h"

#include <array>

#include "platform/audit/audit.h"
#include "platform/auth/token.h"
#include "platform/icalendar/icalendar.h"

namespace tiendo::calendars {
namespace {

constexpr std::array<std::string_view, 4> kind_names{"cohort", "lecturer", "room", "person"};

Feed feed_of(const db::Row& row) {
    return {row.id<FeedId>(0), *parse_kind(row.view(1)), row.integer(2),
            row.text(3),       row.instant(4),           row.text(5)};
}

Instant moment_of(Date day, std::int64_t minute, Offset offset) {
    constexpr std::int64_t minute_ms = 60'000, minutes_of_day = 24 * 60;
    return {(day.days * minutes_of_day + minute - offset.minutes) * minute_ms};
}

icalendar::Event event_of(const timetable::Listed& listed, Offset offset) {
    const timetable::Session& session = listed.session;
    std::string lecturers;
    for (const timetable::Taught& one : session.lecturers)
        lecturers += (lecturers.empty() ? "" : ", ") + one.name;
    std::string description = listed.programme;
    for (const std::string& line : {lecturers, session.note})
        if (!line.empty()) description += "\n" + line;
    return {.uid = "session-" + to_text(session.id) + "@tiendo",
            .sequence = session.sequence,
            .changed_at = listed.changed_at,
            .starts_at = moment_of(session.held_on, session.starts_minute, offset),
            .ends_at = moment_of(session.held_on, session.ends_minute, offset),
            .summary = listed.cohort_code + ": " + session.topic,
            .location = listed.room + (listed.site.empty() ? "" : ", " + listed.site),
            .description = std::move(description),
            .cancelled = listed.called_off};
}

std::string insert_feed(db::Write& tx, const web::Actor& actor, const Subject& subject,
                        const std::string& label, FeedId id, Instant at) {
    std::string secret = auth::new_token();
    const std::string digest = auth::digest_of(secret);
    tx.run(R"sql(
        insert into calendar_feeds (id, kind, subject, label, token_digest, made_at, made_by)
        values (:id, :kind, :subject, :label, :digest, :at, :by))sql",
           {{"id", id},
            {"kind", to_text(subject.kind)},
            {"subject", subject.id},
            {"label", label},
            {"digest", db::Blob{digest}},
            {"at", at},
            {"by", actor.account}});
    return secret;
}

void end_feed(db::Write& tx, const web::Actor& actor, FeedId id, Instant at) {
    const auto ended = tx.run(R"sql(
        update calendar_feeds set withdrawn_at = :at, withdrawn_by = :by where id = :id and withdrawn_at is null)sql",
                              {{"at", at}, {"by", actor.account}, {"id", id}});
    if (ended == 0) throw web::NotFound{};
}

}  // namespace

std::string_view to_text(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view text) {
    for (std::size_t i = 0; i < kind_names.size(); ++i)
        if (kind_names[i] == text) return static_cast<Kind>(i);
    return std::nullopt;
}

timetable::Scope scope_of(Kind kind, std::int64_t id) {
    timetable::Scope scope;
    switch (kind) {
        case Kind::cohort: scope.cohort = cohorts::CohortId{id}; break;
        case Kind::lecturer: scope.lecturer = teaching::LecturerId{id}; break;
        case Kind::room: scope.room = teaching::RoomId{id}; break;
        case Kind::person: scope.person = people::PersonId{id}; break;
    }
    return scope;
}

Subject require_subject(db::Read& tx, const web::Actor& actor, Kind kind, std::int64_t id) {
    Subject subject{.kind = kind, .id = id, .unit = {}, .name = {}};
    switch (kind) {
        case Kind::cohort: {
            const auto cohort = timetable::require_cohort(tx, actor, cohorts::CohortId{id});
            subject.unit = cohort.organiser_unit;
            subject.name = cohort.code;
            break;
        }
        case Kind::lecturer: {
            const auto lecturer = teaching::require_lecturer(tx, actor, teaching::LecturerId{id});
            subject.unit = lecturer.unit;
            subject.name = lecturer.full_name;
            break;
        }
        case Kind::room: {
            const auto room = teaching::require_room(tx, actor, teaching::RoomId{id});
            subject.unit = room.unit;
            subject.name = room.name;
            break;
        }
        case Kind::person: {
            const auto person = people::require(tx, actor, people::PersonId{id});
            subject.unit = person.unit;
            subject.name = person.full_name;
            break;
        }
    }
    if (!organisations::may(tx, actor, timetable::change_timetable, subject.unit)) throw web::Forbidden{};
    return subject;
}

std::vector<Feed> feeds_of(db::Read& tx, const Subject& subject) {
    return tx.all<Feed>(R"sql(
        select f.id, f.kind, f.subject, f.label, f.made_at, a.display_name
        from calendar_feeds f join accounts a on a.id = f.made_by
        where f.kind = :kind and f.subject = :subject and f.withdrawn_at is null
        order by f.id desc)sql",
                        {{"kind", to_text(subject.kind)}, {"subject", subject.id}}, feed_of);
}

Feed require_feed(db::Read& tx, const web::Actor& actor, FeedId id) {
    const auto found = tx.find<Feed>(R"sql(
        select f.id, f.kind, f.subject, f.label, f.made_at, a.display_name
        from calendar_feeds f join accounts a on a.id = f.made_by
        where f.id = :id and f.withdrawn_at is null)sql",
                                     {{"id", id}}, feed_of);
    if (!found) throw web::NotFound{};
    require_subject(tx, actor, found->kind, found->subject);
    return *found;
}

std::string make_feed(db::Write& tx, const web::Actor& actor, const Subject& subject,
                      const std::string& label, Instant at) {
    const auto id = new_id<FeedId>();
    std::string secret = insert_feed(tx, actor, subject, label, id, at);
    audit::record(
        tx, actor, at,
        {"calendars.make", "calendar_feed", id.value,
         Value::object(
             {{"kind", to_text(subject.kind)}, {"subject", std::to_string(subject.id)}, {"label", label}})});
    return secret;
}

std::string renew(db::Write& tx, const web::Actor& actor, const Feed& feed, Instant at) {
    end_feed(tx, actor, feed.id, at);
    const auto id = new_id<FeedId>();
    std::string secret =
        insert_feed(tx, actor, require_subject(tx, actor, feed.kind, feed.subject), feed.label, id, at);
    audit::record(tx, actor, at,
                  {"calendars.renew", "calendar_feed", id.value, Value::object({{"instead_of", feed.id}})});
    return secret;
}

void withdraw(db::Write& tx, const web::Actor& actor, const Feed& feed, Instant at) {
    end_feed(tx, actor, feed.id, at);
    audit::record(tx, actor, at, {"calendars.withdraw", "calendar_feed", feed.id.value, Value::object()});
}

std::optional<Feed> find_feed(db::Read& tx, std::string_view secret) {
    const std::string digest = auth::digest_of(secret);
    return tx.find<Feed>(R"sql(
        select f.id, f.kind, f.subject, f.label, f.made_at, ''
        from calendar_feeds f where f.token_digest = :digest and f.withdrawn_at is null)sql",
                         {{"digest", db::Blob{digest}}}, feed_of);
}

std::string name_of(db::Read& tx, const Feed& feed) {
    return tx
        .find<std::string>(R"sql(
        select c.code from cohorts c where :kind = 'cohort' and c.id = :id
        union all select l.full_name from lecturers l where :kind = 'lecturer' and l.id = :id
        union all select m.name from rooms m where :kind = 'room' and m.id = :id
        union all select p.full_name from people p where :kind = 'person' and p.id = :id)sql",
                           {{"kind", to_text(feed.kind)}, {"id", feed.subject}},
                           [](const db::Row& row) { return row.text(0); })
        .value_or("");
}

std::string ics_of(db::Read& tx, const Feed& feed, const std::string& title, Date today, Offset offset) {
    constexpr int days_back = 183, days_ahead = 2 * 366;
    icalendar::Calendar calendar{.name = title, .events = {}};
    for (const timetable::Listed& one :
         timetable::published(tx, scope_of(feed.kind, feed.subject), today + -days_back, today + days_ahead))
        calendar.events.push_back(event_of(one, offset));
    return icalendar::write(calendar);
}

}  // namespace tiendo::calendars
