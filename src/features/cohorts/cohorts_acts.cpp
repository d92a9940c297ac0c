// POST /cohorts/:id/opening and its like: what happens to a cohort, told by a form or as JSON.
#include <algorithm>

#include "features/cohorts/cohorts_pages.h"

namespace tiendo::cohorts {
namespace {

Outcome<Done> opening(const Told& told) {
    const auto opened_on = told.sent.required_day("opened_on");
    if (!opened_on) return told.sent.refusals();
    return open_with_evidence(told.tx, told.visit.actor, told.cohort, *opened_on,
                              {told.visit.today(), told.visit.language}, told.act);
}

Outcome<Done> closing(const Told& told) {
    const auto closed_on = told.sent.required_day("closed_on");
    if (!closed_on) return told.sent.refusals();
    return close_with_evidence(told.tx, told.visit.actor, told.cohort, *closed_on,
                               {told.visit.today(), told.visit.language}, told.act);
}

Outcome<Done> cancellation(const Told& told) {
    const auto cancelled_on = told.sent.required_day("cancelled_on");
    if (!cancelled_on) return told.sent.refusals();
    return cancel(told.tx, told.visit.actor, told.cohort, *cancelled_on, told.act);
}

Outcome<Done> reinstatement(const Told& told) {
    return reinstate(told.tx, told.visit.actor, told.cohort, told.act);
}

// An empty plan_line: to no line.
Outcome<Done> counting(const Told& told) {
    const std::string chosen = told.sent.text("plan_line");
    if (chosen.empty()) return count_toward(told.tx, told.visit.actor, told.cohort, std::nullopt, told.act);
    const plan::LineId line{parse_id(chosen)};
    const auto lines = lines_it_may_count_to(told.tx, told.cohort);
    const auto is_it = [&](const plan::Line& one) { return one.id == line; };
    if (std::none_of(lines.begin(), lines.end(), is_it))
        return Refusal{"plan_line", "cohort.plan_line_unknown", {told.cohort.programme.name}};
    return count_toward(told.tx, told.visit.actor, told.cohort, line, told.act);
}

}  // namespace

Outcome<Done> happen_to(const web::Visit& visit, const Verb& verb) {
    const CohortId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Cohort cohort = require_for_change(tx, visit.actor, id);
        return verb({tx, visit, cohort, sent, Act{visit.now, sent.text("reason"), {}}});
    });
}

web::Handler by_form(std::string act, Verb verb) {
    return [act = std::move(act), verb = std::move(verb)](const web::Visit& visit) {
        const Outcome<Done> outcome = happen_to(visit, verb);
        const CohortId id{web::id_of(visit, "id")};
        if (!outcome) return refused_page(visit, id, {act, outcome.refusals()});
        return visit.redirect("/cohorts/" + to_text(id), "act.recorded");
    };
}

web::Handler by_json(Verb verb) {
    return [verb = std::move(verb)](const web::Visit& visit) {
        const Outcome<Done> outcome = happen_to(visit, verb);
        return outcome ? cohort_json(visit) : visit.json_refused(outcome.refusals());
    };
}

void register_acts(web::Routes& routes) {
    routes.post("/cohorts/:id/opening", change_cohorts, by_form("opening", opening));
    routes.post("/cohorts/:id/closing", change_cohorts, by_form("closing", closing));
    routes.post("/cohorts/:id/cancellation", change_cohorts, by_form("cancellation", cancellation));
    routes.post("/cohorts/:id/reinstatement", change_cohorts, by_form("reinstatement", reinstatement));
    routes.post("/cohorts/:id/counting", change_cohorts, by_form("counting", counting));
    routes.post("/api/v1/cohorts/:id/opening", change_cohorts, by_json(opening));
    routes.post("/api/v1/cohorts/:id/closing", change_cohorts, by_json(closing));
    routes.post("/api/v1/cohorts/:id/cancellation", change_cohorts, by_json(cancellation));
    routes.post("/api/v1/cohorts/:id/reinstatement", change_cohorts, by_json(reinstatement));
    routes.post("/api/v1/cohorts/:id/counting", change_cohorts, by_json(counting));
}

}  // namespace tiendo::cohorts
