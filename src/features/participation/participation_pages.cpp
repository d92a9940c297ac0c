// GET /participations/:id, and what happens to a learner, told by a form or as JSON.
#include "base/text.h"
#include "features/participation/participation_store.h"
#include "features/participation/roster_pages.h"
#include "features/participation/roster_presenter.h"
#include "platform/pages/forms.h"
#include "platform/pages/reader.h"

namespace tiendo::participation {
namespace {

// --- the page -------------------------------------------------------------------------------

void set_forms(Value& value, const web::Visit& visit, const Participation& participation,
               const cohorts::Cohort& cohort, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const Facts& facts = participation.facts;
    Value withdrawal, readmission;
    if (facts.withdrawn_on)
        readmission = forms.form("readmission");
    else
        withdrawal = forms.form("withdrawal")
                         .set("withdrawn_on", forms.field("withdrawal", "withdrawn_on", visit.today()));
    const auto started_on = facts.started_on ? facts.started_on : cohort.facts.opened_on;
    Value results = Value::list();
    for (const char* result : {"completed", "not_completed"})
        results.push(Value::object({{"value", result}, {"current", facts.result == result}}));
    value.set("withdrawal", std::move(withdrawal))
        .set("readmission", std::move(readmission))
        .set("start", forms.form("start").set("started_on", forms.field("start", "started_on", started_on)))
        .set("conclusion", forms.form("result").set("results", std::move(results)));
}

struct Seen {
    Participation participation;
    cohorts::Cohort cohort;
    std::vector<Event> events;
    std::string grade;  // as it was then
};
Seen require_seen(const web::Visit& visit, db::Read& tx) {
    const Participation participation = require(tx, visit.actor, ParticipationId{web::id_of(visit, "id")});
    return {participation, cohorts::require(tx, visit.actor, participation.cohort),
            history(tx, participation.id), grade_of(tx, participation.id)};
}

// A value of the facts of people has a word; what was written is shown as it was.
std::string called(const web::Visit& visit, const std::string& grade) {
    const std::string key = "term.grade." + grade;
    if (grade.empty() || !visit.site.texts.has(visit.language, key)) return grade;
    return clean(split(visit.text(key), '|').front());
}

Value value_of(const web::Visit& visit, const Seen& seen) {
    return to_value(seen.participation, seen.cohort, seen.events, visit.actor, visit.today())
        .set("grade", called(visit, seen.grade));
}

Value page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    const Seen seen = require_seen(visit, tx);
    Value value = value_of(visit, seen);
    value.set("title", seen.participation.person.full_name)
        .set("can_change",
             visit.actor.may(change_rosters) &&
                 organisations::may(tx, visit.actor, change_rosters, seen.cohort.organiser_unit));
    set_forms(value, visit, seen.participation, seen.cohort, refused);
    return value;
}

http::Response participation_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("participation/participation", page_value(visit, tx, {})); });
}

http::Response participation_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Seen seen = require_seen(visit, tx);
        return visit.json(value_of(visit, seen));
    });
}

// --- what happens ---------------------------------------------------------------------------

// What a verb is told: the participation as it is now, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Participation& participation;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> withdrawal(const Told& told) {
    const auto withdrawn_on = told.sent.required_day("withdrawn_on");
    if (!withdrawn_on) return told.sent.refusals();
    return withdraw(told.tx, told.visit.actor, told.participation, *withdrawn_on, told.act);
}

Outcome<Done> readmission(const Told& told) {
    return readmit(told.tx, told.visit.actor, told.participation, told.act);
}

Outcome<Done> start(const Told& told) {
    const auto started_on = told.sent.required_day("started_on");
    if (!started_on) return told.sent.refusals();
    return correct_start(told.tx, told.visit.actor, told.participation, *started_on, told.act);
}

Outcome<Done> result(const Told& told) {
    const auto said = told.sent.required_choice("result", {"completed", "not_completed"});
    if (!said) return told.sent.refusals();
    return conclude(told.tx, told.visit.actor, told.participation, *said, told.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    const ParticipationId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Participation participation = require_for_change(tx, visit.actor, id);
        return verb({tx, visit, participation, sent, cohorts::Act{visit.now, sent.text("reason"), {}}});
    });
}

web::Handler by_form(std::string act, Verb verb) {
    return [act = std::move(act), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        if (outcome)
            return visit.redirect("/participations/" + std::to_string(web::id_of(visit, "id")),
                                  "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            Value value = page_value(visit, tx, {act, outcome.refusals()});
            return visit.refused("participation/participation", std::move(value), outcome.refusals());
        });
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? participation_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

void register_routes(web::Routes& routes) {
    register_roster(routes);
    routes.get("/participations/:id", see_rosters, participation_page);
    routes.post("/participations/:id/withdrawal", change_rosters, by_form("withdrawal", withdrawal));
    routes.post("/participations/:id/readmission", change_rosters, by_form("readmission", readmission));
    routes.post("/participations/:id/start", change_rosters, by_form("start", start));
    routes.post("/participations/:id/result", change_rosters, by_form("result", result));
    routes.get("/api/v1/participations/:id", see_rosters, participation_json);
    routes.post("/api/v1/participations/:id/withdrawal", change_rosters, by_json(withdrawal));
    routes.post("/api/v1/participations/:id/readmission", change_rosters, by_json(readmission));
    routes.post("/api/v1/participations/:id/start", change_rosters, by_json(start));
    routes.post("/api/v1/participations/:id/result", change_rosters, by_json(result));
}

}  // namespace tiendo::participation
