// GET /calendar/:secret for whoever has the address; /calendar-feeds for who makes addresses.
#include <memory>

#include "features/calendars/calendars.h"
#include "platform/auth/throttle.h"
#include "platform/pages/address.h"
#include "platform/pages/field_list.h"
#include "platform/pages/reader.h"

namespace tiendo::calendars {
namespace {

// --- behind the secret address ----------------------------------------------------------------

constexpr std::string_view ics = ".ics";
constexpr int days_ahead = 120, days_of_changes = 30, most_changes = 50;
constexpr std::int64_t day_ms = 86'400'000;

std::string title_of(const web::Visit& visit, db::Read& tx, const Feed& feed) {
    return visit.text("calendars.of." + std::string(to_text(feed.kind)), {name_of(tx, feed)});
}

Value session_value(const timetable::Listed& listed) {
    const timetable::Session& session = listed.session;
    std::string lecturers;
    for (const timetable::Taught& one : session.lecturers)
        lecturers += (lecturers.empty() ? "" : ", ") + one.name;
    return Value::object({{"held_on", session.held_on},
                          {"weekday", std::to_string(teaching::weekday_of(session.held_on))},
                          {"starts_at", teaching::time_text(session.starts_minute)},
                          {"ends_at", teaching::time_text(session.ends_minute)},
                          {"cohort_code", listed.cohort_code},
                          {"topic", session.topic},
                          {"activity", programmes::to_text(session.activity)},
                          {"room", listed.room},
                          {"site", listed.site},
                          {"lecturers", std::move(lecturers)},
                          {"called_off", listed.called_off}});
}

Value page_value(const web::Visit& visit, db::Read& tx, const Feed& feed, std::string_view secret) {
    const timetable::Scope scope = scope_of(feed.kind, feed.subject);
    const auto sessions = timetable::published(tx, scope, visit.today(), visit.today() + days_ahead);
    const auto changes =
        timetable::changes_of(tx, scope, {visit.now.ms - days_of_changes * day_ms}, most_changes);
    return Value::object(
        {{"title", title_of(visit, tx, feed)},
         {"count", sessions.size()},
         {"sessions", list_of(sessions, session_value)},
         {"changes",
          list_of(changes, [&](const timetable::Change& one) { return timetable::told_value(visit, one); })},
         {"has_changes", !changes.empty()},
         {"ics_url", "/calendar/" + std::string(secret) + std::string(ics)}});
}

http::Response at_secret(const web::Visit& visit, auth::Throttle& throttle) {
    if (throttle.wait_ms(visit.request.client, visit.now))
        return http::text(429, visit.text("calendars.wait"))
            .with("Retry-After", std::to_string(auth::Throttle::window_ms / 1000));
    std::string_view secret = visit.request.parameter("secret");
    const bool as_ics = secret.ends_with(ics);
    if (as_ics) secret.remove_suffix(ics.size());
    return visit.database.read([&](db::Read& tx) {
        const auto feed = find_feed(tx, secret);
        if (!feed) {
            throttle.failed(visit.request.client, visit.now);
            throw web::NotFound{};
        }
        // Nobody who is told of the page by a search engine or by the page before should find it.
        const auto kept_quiet = [](http::Response response) {
            return std::move(response)
                .with("X-Robots-Tag", "noindex, nofollow")
                .with("Cache-Control", "private, no-store");
        };
        if (!as_ics)
            return kept_quiet(visit.page("calendars/calendar", page_value(visit, tx, *feed, secret)));
        http::Response calendar;
        calendar.type = "text/calendar; charset=utf-8";
        calendar.body = ics_of(tx, *feed, title_of(visit, tx, *feed), visit.today(), visit.offset);
        return kept_quiet(std::move(calendar))
            .with("Content-Disposition", "inline; filename=\"calendar.ics\"");
    });
}

// --- making addresses -------------------------------------------------------------------------

Subject subject_asked(db::Read& tx, const web::Actor& actor, const http::Fields& fields) {
    for (const Kind kind : {Kind::cohort, Kind::lecturer, Kind::room, Kind::person})
        if (const std::string id(http::value_of(fields, to_text(kind))); !id.empty()) {
            if (const std::int64_t subject = parse_id(id)) return require_subject(tx, actor, kind, subject);
            break;
        }
    throw web::NotFound{};
}

// `made`: the secret just made, shown this once.
Value feeds_value(const web::Visit& visit, db::Read& tx, const Subject& subject, const std::string& made,
                  const pages::Refused& refused) {
    const auto feeds = feeds_of(tx, subject);
    pages::FieldList fields(visit, refused, "calendar-feeds");
    fields.text("label").hint("calendars.label_hint").required();
    Value secret;
    if (!made.empty())
        secret = Value::object(
            {{"page_path", "/calendar/" + made}, {"ics_path", "/calendar/" + made + std::string(ics)}});
    return Value::object(
        {{"title", visit.text("calendars.of." + std::string(to_text(subject.kind)), {subject.name})},
         {"kind", to_text(subject.kind)},
         {"subject", std::to_string(subject.id)},
         {"made", std::move(secret)},
         {"count", feeds.size()},
         {"feeds", list_of(feeds,
                           [](const Feed& feed) {
                               return Value::object({{"id", feed.id},
                                                     {"label", feed.label},
                                                     {"made_at", feed.made_at},
                                                     {"made_by", feed.made_by}});
                           })},
         {"making", fields.form()}});
}

// Of a person, who is found by a number as everywhere else.
http::Response find_person(const web::Visit& visit, db::Read& tx) {
    const std::string number(visit.request.asked("number"));
    pages::Refused refused;
    if (!number.empty()) {
        try {
            const auto person = people::require_by_number(tx, visit.actor, number);
            return visit.redirect("/calendar-feeds?person=" + to_text(person.id));
        } catch (const web::NotFound&) {
            refused.refusals = {{"number", "teaching.person_unknown", {number}}};
        }
    }
    Value value = Value::object({{"title", visit.text("calendars.of_whom")}, {"number", number}});
    return refused.refusals.empty() ? visit.page("calendars/find", std::move(value))
                                    : visit.refused("calendars/find", std::move(value), refused.refusals);
}

http::Response feeds_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        if (visit.request.query.empty() || http::has(visit.request.query, "number"))
            return find_person(visit, tx);
        const Subject subject = subject_asked(tx, visit.actor, visit.request.query);
        return visit.page("calendars/feeds", feeds_value(visit, tx, subject, "", {}));
    });
}

http::Response make(const web::Visit& visit) {
    const auto made = visit.database.write([&](db::Write& tx) -> Outcome<std::string> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Subject subject = subject_asked(tx, visit.actor, visit.request.form);
        const std::string label = sent.required_text("label");
        if (sent.refused()) return sent.refusals();
        return make_feed(tx, visit.actor, subject, label, visit.now);
    });
    return visit.database.read([&](db::Read& tx) {
        const Subject subject = subject_asked(tx, visit.actor, visit.request.form);
        if (made) return visit.page("calendars/feeds", feeds_value(visit, tx, subject, *made, {}));
        return visit.refused("calendars/feeds",
                             feeds_value(visit, tx, subject, "", {"calendar-feeds", made.refusals()}),
                             made.refusals());
    });
}

http::Response renewal(const web::Visit& visit) {
    const FeedId id{web::id_of(visit, "id")};
    Feed feed;
    const std::string made = visit.database.write([&](db::Write& tx) {
        feed = require_feed(tx, visit.actor, id);
        return renew(tx, visit.actor, feed, visit.now);
    });
    return visit.database.read([&](db::Read& tx) {
        const Subject subject = require_subject(tx, visit.actor, feed.kind, feed.subject);
        return visit.page("calendars/feeds", feeds_value(visit, tx, subject, made, {}));
    });
}

http::Response withdrawal(const web::Visit& visit) {
    const FeedId id{web::id_of(visit, "id")};
    Feed feed;
    visit.database.write([&](db::Write& tx) {
        feed = require_feed(tx, visit.actor, id);
        withdraw(tx, visit.actor, feed, visit.now);
    });
    return visit.redirect(
        "/calendar-feeds?" + std::string(to_text(feed.kind)) + "=" + std::to_string(feed.subject),
        "act.recorded");
}

}  // namespace

void register_routes(web::Routes& routes) {
    const auto throttle = std::make_shared<auth::Throttle>();
    routes.get("/calendar/:secret", web::everyone,
               [throttle](const web::Visit& visit) { return at_secret(visit, *throttle); });
    routes.get("/calendar-feeds", timetable::change_timetable, feeds_page);
    routes.post("/calendar-feeds", timetable::change_timetable, make);
    routes.post("/calendar-feeds/:id/renewal", timetable::change_timetable, renewal);
    routes.post("/calendar-feeds/:id/withdrawal", timetable::change_timetable, withdrawal);
}

}  // namespace tiendo::calendars
