// POST /cohorts/:id/decision and its like: decided, gone ahead with, postponed, merged, filed.
#include "features/cohorts/cohorts_pages.h"

namespace tiendo::cohorts {
namespace {

// Somebody else has decided since this form was shown: he is told, and nothing is overwritten.
std::optional<Refusal> decided_meanwhile(const Told& told) {
    const std::string seen = told.sent.text("seen");
    if (seen.empty()) return std::nullopt;  // a program says what it says
    const auto now = opening_decision(told.tx, told.cohort.id);
    if (seen == (now ? std::to_string(now->event) : "none")) return std::nullopt;
    return Refusal{"number",
                   "cohort.decided_meanwhile",
                   {now ? now->decision.paper.number : "", now ? now->recorded_by : ""}};
}

Outcome<Done> decision(const Told& told, const files::Store& store) {
    if (auto meanwhile = decided_meanwhile(told)) return *meanwhile;
    const OpeningDecision said{.paper = documents::paper_sent(told.visit, told.sent, store),
                               .signatory = told.sent.text("signatory"),
                               .signatory_title = told.sent.text("signatory_title")};
    if (told.sent.refused()) return told.sent.refusals();
    return decide(told.tx, told.visit.actor, told.cohort, said, told.visit.today(), told.act);
}

Outcome<Done> going_ahead(const Told& told) {
    const Date today = told.visit.today();
    const Size size = size_of(told.tx, told.cohort, progress_of(told.tx, told.cohort.id), today);
    return go_ahead(told.tx, told.visit.actor, told.cohort, size, today, told.act);
}

Outcome<Done> postponement(const Told& told) {
    const std::string text = told.sent.required_text("postponed_until");
    if (told.sent.refused()) return told.sent.refusals();
    const auto until = parse_planned(text);
    if (!until) return Refusal{"postponed_until", "cohort.no_planned_day", {text}};
    return postpone(told.tx, told.visit.actor, told.cohort, *until, told.visit.today(), told.act);
}

Outcome<Done> merger(const Told& told) {
    const std::string chosen = told.sent.required_text("into");
    const auto merged_on = told.sent.required_day("merged_on");
    if (told.sent.refused()) return told.sent.refusals();
    const Cohort into = require_for_change(told.tx, told.visit.actor, CohortId{parse_id(chosen)});
    return merge(told.tx, told.visit.actor, told.cohort, into, *merged_on, told.visit.today(), told.act);
}

Outcome<Done> filing(const Told& told) {
    const auto filed_on = told.sent.required_day("filed_on");
    if (!filed_on) return told.sent.refusals();
    return file(told.tx, told.visit.actor, told.cohort, *filed_on, {told.visit.today(), told.visit.language},
                told.act);
}

}  // namespace

void register_life(web::Routes& routes, const files::Store& store) {
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 32 << 20};
    const Verb decided = [store](const Told& told) { return decision(told, store); };
    routes.post("/cohorts/:id/decision", change_cohorts, by_form("decision", decided), uploads);
    routes.post("/cohorts/:id/going-ahead", change_cohorts, by_form("going-ahead", going_ahead));
    routes.post("/cohorts/:id/postponement", change_cohorts, by_form("postponement", postponement));
    routes.post("/cohorts/:id/merger", change_cohorts, by_form("merger", merger));
    routes.post("/cohorts/:id/filing", change_cohorts, by_form("filing", filing));
    routes.post("/api/v1/cohorts/:id/decision", change_cohorts, by_json(decided));
    routes.post("/api/v1/cohorts/:id/going-ahead", change_cohorts, by_json(going_ahead));
    routes.post("/api/v1/cohorts/:id/postponement", change_cohorts, by_json(postponement));
    routes.post("/api/v1/cohorts/:id/merger", change_cohorts, by_json(merger));
    routes.post("/api/v1/cohorts/:id/filing", change_cohorts, by_json(filing));
}

}  // namespace tiendo::cohorts
