// GET /cohorts/:id/timetable/layout: the topics of the programme onto real dates, looked at first.
#include "features/timetable/layout.h"
#include "features/timetable/timetable_pages.h"
#include "platform/auth/token.h"

namespace tiendo::timetable {
namespace {

constexpr int weekdays = 7;

Date opening_of(const web::Visit& visit, const cohorts::Cohort& cohort) {
    if (cohort.facts.opened_on) return *cohort.facts.opened_on;
    return cohort.planned_opens_on ? cohort.planned_opens_on->date : visit.today();
}

// What was sent: the plan, and with whom and where.
struct Wanted {
    Plan plan;
    std::optional<teaching::RoomId> room;
    std::optional<teaching::LecturerId> lecturer;
};

void block(Plan& plan, const std::vector<teaching::Unavailability>& away) {
    for (const teaching::Unavailability& one : away)
        plan.blocked.push_back({one.first_on, one.last_on, one.starts_minute, one.ends_minute});
}

// Holidays, what is taken already, and when room and lecturer are not to be had.
void block_what_is_taken(db::Read& tx, const web::Actor& actor, cohorts::CohortId cohort, Wanted& wanted) {
    Plan& plan = wanted.plan;
    const Date first = plan.starts_on, last = first + plan.longest_days;
    for (const teaching::Holiday& holiday : teaching::holidays(tx, first, last))
        plan.blocked.push_back({holiday.first_on, holiday.last_on});
    const auto block_sessions = [&](const Scope& scope) {
        for (const Listed& one : published(tx, scope, first, last))
            if (!one.called_off)
                plan.blocked.push_back({one.session.held_on, one.session.held_on, one.session.starts_minute,
                                        one.session.ends_minute});
    };
    block_sessions({.cohort = cohort});
    if (wanted.room) {
        teaching::require_room(tx, actor, *wanted.room);
        block(plan, teaching::unavailabilities_of(tx, *wanted.room, first));
        block_sessions({.room = wanted.room});
    }
    if (wanted.lecturer) {
        teaching::require_lecturer(tx, actor, *wanted.lecturer);
        block(plan, teaching::unavailabilities_of(tx, *wanted.lecturer, first));
        block_sessions({.lecturer = wanted.lecturer});
    }
}

// Boxes that were not sent at all are as they are on a fresh form.
Wanted wanted_sent(pages::Reader& sent, db::Read& tx) {
    Wanted wanted;
    Plan& plan = wanted.plan;
    plan.starts_on = sent.required_day("starts_on").value_or(Date{});
    constexpr int last_year = 9000;  // the calendar ends
    if (plan.starts_on.year() > last_year) sent.refuse("starts_on", "form.no_day", {to_text(plan.starts_on)});
    for (int day = 0; day < weekdays; ++day)
        plan.weekdays.set(static_cast<std::size_t>(day), sent.says("boxes-weekdays")
                                                             ? sent.says("weekdays-" + std::to_string(day))
                                                             : day < 5);
    for (const teaching::HalfDay& half_day : teaching::half_days_on(tx, plan.starts_on))
        if (!sent.says("boxes-half_days") || sent.says("half_days-" + half_day.code))
            plan.half_days.push_back(half_day);
    for (const programmes::Activity activity : programmes::activities)
        plan.activities.set(static_cast<std::size_t>(activity),
                            sent.says("boxes-activities")
                                ? sent.says("activities-" + std::string(programmes::to_text(activity)))
                                : activity != programmes::Activity::self_study);
    plan.periods_per_half_day = sent.count("periods_per_half_day").value_or(0);
    if (plan.weekdays.none()) sent.refuse("weekdays", "timetable.no_weekday");
    if (plan.half_days.empty()) sent.refuse("half_days", "timetable.no_half_day");
    const std::string room = sent.text("room"), lecturer = sent.text("lecturer");
    if (!room.empty()) wanted.room = teaching::RoomId{parse_id(room)};
    if (!lecturer.empty()) wanted.lecturer = teaching::LecturerId{parse_id(lecturer)};
    return wanted;
}

// What would be put down, and a mark of it, so that nothing else is recorded than what was looked at.
struct Preview {
    std::vector<Session> sessions;
    std::int64_t periods = 0, periods_left = 0;
    std::string mark;
};
Outcome<Preview> preview_of(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                            pages::Reader& sent) {
    Wanted wanted = wanted_sent(sent, tx);
    if (sent.refused()) return sent.refusals();
    const auto version = programmes::version_on(tx, cohort.programme.id, opening_of(visit, cohort));
    if (!version || version->topics.empty())
        return Refusal{"starts_on", "timetable.no_topics", {cohort.programme.name}};
    block_what_is_taken(tx, visit.actor, cohort.id, wanted);
    const Layout layout = lay_out(version->topics, wanted.plan);
    Preview preview{.sessions = {}, .periods = 0, .periods_left = layout.periods_left, .mark = {}};
    std::string told;
    for (const Laid& one : layout.sessions) {
        Session session{.cohort = cohort.id,
                        .held_on = one.held_on,
                        .starts_minute = one.starts_minute,
                        .ends_minute = one.ends_minute,
                        .periods = one.periods,
                        .activity = one.activity,
                        .topic = one.topic,
                        .room = wanted.room};
        if (wanted.lecturer) session.lecturers.push_back({*wanted.lecturer, one.periods});
        preview.periods += one.periods;
        told += to_text(one.held_on) + " " + std::to_string(one.starts_minute) + " " +
                std::to_string(one.periods) + " " + one.topic + "\n";
        preview.sessions.push_back(std::move(session));
    }
    preview.mark = auth::hex_of(auth::digest_of(told)).substr(0, 16);
    return preview;
}

Value to_value(const Session& session) {
    return Value::object({{"held_on", session.held_on},
                          {"weekday", std::to_string(teaching::weekday_of(session.held_on))},
                          {"starts_at", teaching::time_text(session.starts_minute)},
                          {"ends_at", teaching::time_text(session.ends_minute)},
                          {"periods", session.periods},
                          {"activity", programmes::to_text(session.activity)},
                          {"topic", session.topic}});
}

Value to_value(const Preview& preview) {
    return Value::object(
        {{"sessions", list_of(preview.sessions, [](const Session& one) { return to_value(one); })},
         {"count", preview.sessions.size()},
         {"periods", preview.periods},
         {"periods_left", preview.periods_left > 0 ? Value(preview.periods_left) : Value()},
         {"mark", preview.mark}});
}

Value form_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const pages::Refused& refused) {
    const Date opening = opening_of(visit, cohort);
    std::vector<pages::Option> days, half_days, activities, rooms, lecturers;
    std::vector<std::string> used, usual_days{"0", "1", "2", "3", "4"}, usual_activities;
    for (int day = 0; day < weekdays; ++day)
        days.push_back({std::to_string(day), visit.text("timetable.weekday." + std::to_string(day))});
    for (const teaching::HalfDay& one : teaching::half_days_on(tx, opening)) {
        half_days.push_back({one.code, visit.text("timetable.half_day." + one.code)});
        used.push_back(one.code);
    }
    for (const programmes::Activity activity : programmes::activities) {
        const std::string code(programmes::to_text(activity));
        activities.push_back({code, visit.text("timetable.activity." + code)});
        if (activity != programmes::Activity::self_study) usual_activities.push_back(code);
    }
    for (const teaching::Room& room : teaching::rooms(tx, visit.actor))
        rooms.push_back({to_text(room.id), room.name});
    for (const teaching::Lecturer& one : teaching::lecturers(tx, visit.actor))
        lecturers.push_back({to_text(one.id), one.full_name});
    pages::FieldList fields(visit, refused, "layout");
    fields.day("starts_on", opening).required();
    fields.boxes("weekdays", days, usual_days);
    fields.boxes("half_days", half_days, used);
    fields.count("periods_per_half_day").hint("timetable.periods_per_half_day_hint");
    fields.boxes("activities", activities, usual_activities);
    fields.choice("room", rooms, "", visit.text("timetable.no_room"));
    fields.choice("lecturer", lecturers, "", visit.text("timetable.nobody"));
    fields.text("reason").hint("timetable.reason_hint");
    return fields.form();
}

Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort, Value preview,
                 const pages::Refused& refused) {
    const auto version = programmes::version_on(tx, cohort.programme.id, opening_of(visit, cohort));
    return Value::object({{"title", visit.text("timetable.lay_out_cohort", {cohort.code})},
                          {"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
                          {"programme", cohort.programme.name},
                          {"version", version ? Value(version->number) : Value()},
                          {"topics", version ? version->topics.size() : 0},
                          {"periods_offered", version ? version->periods() : 0},
                          {"sessions_there", sessions_of(tx, cohort.id).size()},
                          {"form", form_value(visit, tx, cohort, refused)},
                          {"preview", std::move(preview)}});
}

http::Response layout_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        return visit.page("timetable/layout", page_value(visit, tx, cohort, nullptr, {}));
    });
}

// Looks only, or records what was looked at: {"step": "record", "mark": …}.
struct LaidOut {
    Outcome<Preview> preview;
    bool recorded = false;
};
LaidOut lay_out_sent(const web::Visit& visit) {
    bool recorded = false;
    auto preview = visit.database.write([&](db::Write& tx) -> Outcome<Preview> {
        recorded = false;
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const cohorts::Cohort cohort = require_cohort_for_change(tx, visit.actor, cohort_of(visit));
        const auto step = sent.choice("step", {"preview", "record"}).value_or("preview");
        auto laid = preview_of(visit, tx, cohort, sent);
        if (!laid || step == "preview") return laid;
        if (sent.text("mark") != laid->mark) return Refusal{"starts_on", "timetable.layout_changed", {}};
        if (laid->periods_left > 0)
            return Refusal{"starts_on", "timetable.periods_left", {std::to_string(laid->periods_left)}};
        const auto done =
            schedule_all(tx, visit.actor, cohort, laid->sessions, {visit.now, sent.text("reason"), {}});
        if (!done) return done.refusals();
        recorded = true;
        return laid;
    });
    return {std::move(preview), recorded};
}

http::Response lay_out_by_form(const web::Visit& visit) {
    const LaidOut laid = lay_out_sent(visit);
    if (laid.recorded)
        return visit.redirect("/cohorts/" + to_text(cohort_of(visit)) + "/timetable", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        if (laid.preview)
            return visit.page("timetable/layout",
                              page_value(visit, tx, cohort, to_value(*laid.preview), {"layout", {}}));
        return visit.refused("timetable/layout",
                             page_value(visit, tx, cohort, nullptr, {"layout", laid.preview.refusals()}),
                             laid.preview.refusals());
    });
}

http::Response lay_out_by_json(const web::Visit& visit) {
    const LaidOut laid = lay_out_sent(visit);
    if (!laid.preview) return visit.json_refused(laid.preview.refusals());
    return visit.json(to_value(*laid.preview).set("recorded", laid.recorded), laid.recorded ? 201 : 200);
}

}  // namespace

void register_layout_pages(web::Routes& routes) {
    routes.get("/cohorts/:id/timetable/layout", change_timetable, layout_page);
    routes.post("/cohorts/:id/timetable/layout", change_timetable, lay_out_by_form);
    routes.post("/api/v1/cohorts/:id/timetable/layout", change_timetable, lay_out_by_json);
}

}  // namespace tiendo::timetable
