// GET /cohorts/:id/timetable: the tab of a cohort, and what is put into it.
#include <algorithm>

#include "features/timetable/timetable_pages.h"

namespace tiendo::timetable {
namespace {

std::string address_of(cohorts::CohortId cohort) { return "/cohorts/" + to_text(cohort) + "/timetable"; }

// From the first to the last session.
std::optional<Days> days_of(const std::vector<Session>& sessions) {
    if (sessions.empty()) return std::nullopt;
    return Days{sessions.front().held_on, sessions.back().held_on};
}

// Where one begins to read: today while it runs, else its first or last session, else its opening.
Date day_to_begin(const web::Visit& visit, const cohorts::Cohort& cohort,
                  const std::vector<Session>& sessions) {
    const Date today = visit.today();
    if (sessions.empty())
        return cohort.facts.opened_on.value_or(cohort.planned_opens_on ? cohort.planned_opens_on->date
                                                                       : today);
    return std::clamp(today, sessions.front().held_on, sessions.back().held_on);
}

bool may_change(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    return visit.actor.may(change_timetable) &&
           organisations::may(tx, visit.actor, change_timetable, cohort.organiser_unit);
}

Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const pages::Refused& refused) {
    const auto sessions = sessions_of(tx, cohort.id);
    const Date on = day_to_begin(visit, cohort, sessions);
    const Look look = look_asked(visit, "list", on, days_of(sessions));
    const bool can_change = may_change(visit, tx, cohort);
    std::int64_t periods = 0;
    for (const Session& session : sessions) periods += session.periods;
    Session blank;
    blank.held_on = look.on;
    return timetable_value(visit, tx, {.cohort = cohort.id}, look, can_change)
        .set("title", visit.text("timetable.of_cohort", {cohort.code}))
        .set("cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}}))
        .set("programme", cohort.programme.name)
        .set("tabs", cohorts::tabs(visit, tx, cohort, "timetable"))
        .set("sessions_in_all", sessions.size())
        .set("periods_in_all", periods)
        .set("session",
             can_change ? session_form(visit, tx, refused, "timetable", blank, "morning") : Value());
}

http::Response cohort_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        if (visit.request.asked("format") == "xlsx") {
            const auto all = sessions_of(tx, cohort.id);
            const Days days = days_of(all).value_or(Days{visit.today(), visit.today()});
            return workbook(visit, visit.text("timetable.of_cohort", {cohort.code}),
                            listed(tx, visit.actor, {.cohort = cohort.id}, days.first, days.last));
        }
        return visit.page("timetable/cohort", page_value(visit, tx, cohort, {}));
    });
}

http::Response cohort_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        const Days days = days_of(sessions_of(tx, cohort.id)).value_or(Days{visit.today(), visit.today()});
        return visit.json(Value::object(
            {{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
             {"sessions", list_of(listed(tx, visit.actor, {.cohort = cohort.id}, days.first, days.last),
                                  [](const Listed& one) { return to_value(one); })}}));
    });
}

Outcome<SessionId> scheduling(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<SessionId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const cohorts::Cohort cohort = require_cohort_for_change(tx, visit.actor, cohort_of(visit));
        Session session = session_sent(sent, tx, {});
        if (sent.refused()) return sent.refusals();
        return schedule(tx, visit.actor, cohort, std::move(session), {visit.now, sent.text("reason"), {}});
    });
}

http::Response schedule_by_form(const web::Visit& visit) {
    const auto scheduled = scheduling(visit);
    return visit.database.read([&](db::Read& tx) {
        if (scheduled) {
            const Session session = require_session(tx, visit.actor, *scheduled);
            return back_after_change(visit, tx,
                                     address_of(session.cohort) + "?view=week&on=" + to_text(session.held_on),
                                     session.id);
        }
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        return visit.refused("timetable/cohort",
                             page_value(visit, tx, cohort, {"timetable", scheduled.refusals()}),
                             scheduled.refusals());
    });
}

http::Response schedule_by_json(const web::Visit& visit) {
    const auto scheduled = scheduling(visit);
    return scheduled ? visit.json(Value::object({{"id", *scheduled}}), 201)
                     : visit.json_refused(scheduled.refusals());
}

}  // namespace

void register_cohort_pages(web::Routes& routes) {
    routes.get("/cohorts/:id/timetable", see_timetable, cohort_page);
    routes.post("/cohorts/:id/timetable", change_timetable, schedule_by_form);
    routes.get("/api/v1/cohorts/:id/timetable", see_timetable, cohort_json);
    routes.post("/api/v1/cohorts/:id/timetable", change_timetable, schedule_by_json);
}

}  // namespace tiendo::timetable
