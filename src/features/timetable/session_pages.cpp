// GET /sessions/:id: one session, what happened to it, and what may be done about it.
#include <algorithm>

#include "features/timetable/timetable_pages.h"

namespace tiendo::timetable {
namespace {

SessionId session_of(const web::Visit& visit) { return SessionId{web::id_of(visit, "id")}; }

Listed listed_session(db::Read& tx, const web::Actor& actor, const Session& session) {
    for (Listed& one : listed(tx, actor, {.cohort = session.cohort}, session.held_on, session.held_on))
        if (one.session.id == session.id) return std::move(one);
    throw web::NotFound{};
}

Value session_value(db::Read& tx, const web::Actor& actor, const Session& session) {
    const auto found = clashes(tx, actor, {session.held_on, session.held_on, session.id, std::nullopt});
    return to_value(listed_session(tx, actor, session))
        .set("attendance", attendance_of(tx, session).marks)
        .set("clashes", list_of(found, [](const Clash& clash) { return to_value(clash); }));
}

// "Phòng, Giảng viên": what an event changed, in the reader's words.
std::string changes_of(const web::Visit& visit, const Event& event) {
    std::string text;
    for (const std::string& what : event.changed)
        text += (text.empty() ? "" : ", ") + visit.text("timetable.changed." + what);
    return text;
}

// Day and half-day, and no more: the quick way, and what dragging sends.
Value move_form(const web::Visit& visit, db::Read& tx, const Session& session,
                const pages::Refused& refused) {
    const auto half_days = teaching::half_days_on(tx, session.held_on);
    const auto* now = teaching::half_day_at(half_days, session.starts_minute);
    std::vector<pages::Option> options;
    for (const teaching::HalfDay& one : half_days)
        options.push_back({one.code, visit.text("timetable.half_day." + one.code)});
    pages::FieldList fields(visit, refused, "move");
    fields.day("held_on", session.held_on).required();
    fields.choice("half_day", options, now ? now->code : "");
    fields.text("reason").hint("timetable.reason_hint");
    return fields.form().set("sequence", session.sequence);
}

Value page_value(const web::Visit& visit, db::Read& tx, const Session& session,
                 const pages::Refused& refused) {
    const cohorts::Cohort cohort = require_cohort(tx, visit.actor, session.cohort);
    const bool can_change = visit.actor.may(change_timetable) &&
                            organisations::may(tx, visit.actor, change_timetable, cohort.organiser_unit);
    Value value = session_value(tx, visit.actor, session);
    const bool has_clashes = !value["clashes"].list_items()->empty();
    const bool has_lecturers = !value["lecturers"].list_items()->empty();
    Value moving, changing, calling_off;
    if (can_change) {
        moving = move_form(visit, tx, session, refused);
        changing = session_form(visit, tx, refused, "change", session, "");
        pages::FieldList fields(visit, refused, "calling-off");
        fields.text("reason").required();
        calling_off = fields.form();
    }
    const std::string topic = session.topic.empty() ? visit.text("timetable.session") : session.topic;
    const auto told = [&](const Event& event) {
        return to_value(event).set("changes", changes_of(visit, event));
    };
    return std::move(value)
        .set("title", topic)
        .set("events", list_of(history_of(tx, session.id), told))
        .set("weekday", std::to_string(teaching::weekday_of(session.held_on)))
        .set("has_clashes", has_clashes)
        .set("has_lecturers", has_lecturers)
        .set("can_change", can_change)
        .set("moving", std::move(moving))
        .set("changing", std::move(changing))
        .set("calling_off", std::move(calling_off));
}

http::Response session_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("timetable/session",
                          page_value(visit, tx, require_session(tx, visit.actor, session_of(visit)), {}));
    });
}

http::Response session_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Session session = require_session(tx, visit.actor, session_of(visit));
        return visit.json(session_value(tx, visit.actor, session)
                              .set("events", list_of(history_of(tx, session.id),
                                                     [](const Event& event) { return to_value(event); })));
    });
}

// What a verb is told: the session, which nobody else changes meanwhile, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Session& session;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> changing(const Told& told) {
    Session to = session_sent(told.sent, told.tx, told.session);
    if (told.sent.refused()) return told.sent.refusals();
    return change(told.tx, told.visit.actor, told.session, std::move(to), told.visit.today(), told.act);
}

// To the same place in another half-day: the second hour of a morning becomes the second of an afternoon.
Outcome<Done> moving(const Told& told) {
    Session to = told.session;
    to.held_on = told.sent.required_day("held_on").value_or(Date{});
    const auto code = told.sent.choice("half_day", {"morning", "afternoon", "evening"});
    if (const auto sequence = told.sent.count("sequence")) to.sequence = *sequence;
    if (told.sent.refused()) return told.sent.refusals();
    const auto before = teaching::half_days_on(told.tx, told.session.held_on);
    const auto after = teaching::half_days_on(told.tx, to.held_on);
    const auto* from = teaching::half_day_at(before, told.session.starts_minute);
    const auto into = std::find_if(after.begin(), after.end(), [&](const teaching::HalfDay& one) {
        return code ? one.code == *code : from && one.code == from->code;
    });
    if (from && into != after.end()) {
        const std::int64_t minutes = into->starts_minute - from->starts_minute;
        to.starts_minute += minutes;
        to.ends_minute += minutes;
    } else if (code) {
        return Refusal{"half_day", "teaching.half_day_not_used", {to_text(to.held_on)}};
    }
    return change(told.tx, told.visit.actor, told.session, std::move(to), told.visit.today(), told.act);
}

Outcome<Done> calling_off(const Told& told) {
    return call_off(told.tx, told.visit.actor, told.session, told.act);
}

struct Happened {
    Outcome<Done> outcome;
    Session before;
};
Happened happen(const web::Visit& visit, Verb verb) {
    Session before;
    auto outcome = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        before = require_for_change(tx, visit.actor, session_of(visit));
        if (sent.refused()) return sent.refusals();
        return verb({tx, visit, before, sent, cohorts::Act{visit.now, sent.text("reason"), {}}});
    });
    return {std::move(outcome), std::move(before)};
}

// Back to the page it was done from, when that is one of this site.
std::string where_back(const web::Visit& visit, const std::string& otherwise) {
    return web::local_path(visit.request.sent("back")).value_or(otherwise);
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const Happened happened = happen(visit, verb);
        return visit.database.read([&](db::Read& tx) {
            if (happened.outcome && verb == calling_off)
                return visit.redirect("/cohorts/" + to_text(happened.before.cohort) + "/timetable",
                                      "act.recorded");
            if (happened.outcome)
                return back_after_change(visit, tx,
                                         where_back(visit, "/sessions/" + to_text(happened.before.id)),
                                         happened.before.id);
            const Session session = require_session(tx, visit.actor, session_of(visit));
            return visit.refused("timetable/session",
                                 page_value(visit, tx, session, {form, happened.outcome.refusals()}),
                                 happened.outcome.refusals());
        });
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Happened happened = happen(visit, verb);
        if (!happened.outcome) return visit.json_refused(happened.outcome.refusals());
        return verb == calling_off ? visit.json(Value::object({{"done", true}})) : session_json(visit);
    };
}

}  // namespace

void register_session_pages(web::Routes& routes) {
    routes.get("/sessions/:id", see_timetable, session_page);
    routes.post("/sessions/:id/change", change_timetable, by_form("change", changing));
    routes.post("/sessions/:id/move", change_timetable, by_form("move", moving));
    routes.post("/sessions/:id/calling-off", change_timetable, by_form("calling-off", calling_off));
    routes.get("/api/v1/sessions/:id", see_timetable, session_json);
    routes.post("/api/v1/sessions/:id/change", change_timetable, by_json(changing));
    routes.post("/api/v1/sessions/:id/move", change_timetable, by_json(moving));
    routes.post("/api/v1/sessions/:id/calling-off", change_timetable, by_json(calling_off));
}

}  // namespace tiendo::timetable
