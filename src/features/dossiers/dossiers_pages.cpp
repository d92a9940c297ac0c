// GET /cohorts/:id/dossier and what is done on it.
#include "base/text.h"
#include "features/dossiers/dossiers_presenter.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::dossiers {
namespace {

using Column = office::ListColumn;

cohorts::CohortId cohort_of(const web::Visit& visit) { return cohorts::CohortId{web::id_of(visit, "id")}; }
std::string address_of(const web::Visit& visit) {
    return "/cohorts/" + to_text(cohort_of(visit)) + "/dossier";
}

// The costs as a workbook: what an accountant asks for.
http::Response workbook(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    const office::ListLayout layout{
        .sheet = visit.text("dossier.costs"),
        .titles = {visit.text("dossier.title", {cohort.code}), cohort.programme.name},
        .columns = {{visit.text("dossier.cost_kind"), {}, 36},
                    {visit.text("dossier.stage"), {}, 14},
                    {visit.text("dossier.amount"), Column::Kind::quantity, 18},
                    {visit.text("cohort.note"), {}, 40},
                    {visit.text("dossier.paper_number"), {}, 24}}};
    const auto lines = costs_of(tx, cohort.id);
    const std::string name = visit.text("dossier.costs") + " " + slug(cohort.code) + ".xlsx";
    return pages::workbook(layout, name, [&](office::ListWriter& writer) {
        for (const CostLine& line : lines)
            writer.row({line.kind_name.in(visit.language),
                        visit.text("dossier.stage." + std::string(to_text(line.stage))), line.amount_dong,
                        line.note, line.paper_number});
    });
}

Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const pages::Refused& refused) {
    const bool may_change = visit.actor.may(change_dossiers) &&
                            organisations::may(tx, visit.actor, change_dossiers, cohort.organiser_unit);
    Value value = dossier_value(tx, cohort, visit.today(), visit.language);
    const auto has = [&](const char* list) { return !value[list].list_items()->empty(); };
    const bool has_seats = has("seats"), has_groups = has("groups"), has_costs = has("costs"),
               has_history = has("events");
    value.set("title", visit.text("dossier.title", {cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, cohort, "dossier"))
        .set("can_change", may_change)
        .set("can_see_documents", visit.actor.may(documents::see_documents))
        .set("has_seats", has_seats)
        .set("has_groups", has_groups)
        .set("has_costs", has_costs)
        .set("has_history", has_history)
        .set("export", address_of(visit) + "?format=xlsx")
        .set("print_url", address_of(visit) + "?print=1");
    set_forms(value, tx, visit, cohort, refused);
    return value;
}

http::Response dossier_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, cohort);
        return visit.page("dossiers/dossier", page_value(visit, tx, cohort, {}));
    });
}

http::Response dossier_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
        return visit.json(dossier_value(tx, cohort, visit.today(), visit.language));
    });
}

// --- what is done -----------------------------------------------------------------------------

// What a verb is told: the cohort under its lock, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const cohorts::Cohort& cohort;
    pages::Reader& sent;
    const cohorts::Act& act;
    const files::Store& store;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> evidence(const Told& told) {
    const std::string item = told.sent.required_text("item");
    const documents::Document paper = documents::paper_sent(told.visit, told.sent, told.store);
    if (told.sent.refused()) return told.sent.refusals();
    return attach(told.tx, told.visit.actor, told.cohort, item, paper, told.act);
}

Outcome<Done> waiver(const Told& told) {
    const std::string item = told.sent.required_text("item");
    if (told.sent.refused()) return told.sent.refusals();
    return waive(told.tx, told.visit.actor, told.cohort, item, told.act);
}

Outcome<Done> reopening(const Told& told) {
    const std::string item = told.sent.required_text("item");
    if (told.sent.refused()) return told.sent.refusals();
    return reopen(told.tx, told.visit.actor, told.cohort, item, told.act);
}

Outcome<Done> seating(const Told& told) {
    const auto body = told.sent.required_choice("body", {"board", "class_manager", "committee"});
    if (!body) return told.sent.refusals();
    const std::string learner = told.sent.text("learner");
    const auto who = learner.empty() ? std::nullopt : std::optional(ParticipationId{parse_id(learner)});
    return seat(told.tx, told.visit.actor, told.cohort,
                {0, *parse_body(*body), told.sent.text("name"), told.sent.text("duty"), who}, told.act);
}

Outcome<Done> unseating(const Told& told) {
    const std::string which = told.sent.required_text("seat");
    if (told.sent.refused()) return told.sent.refusals();
    return unseat(told.tx, told.visit.actor, told.cohort, parse_id(which), told.act);
}

// An empty field takes a learner out of his group; a learner who is not in the form stays where he is.
Outcome<Done> grouping(const Told& told) {
    std::vector<Assignment> assignments;
    for (const http::Field& field : told.visit.request.form) {
        if (!field.name.starts_with("group-")) continue;
        const ParticipationId learner{parse_id(field.name.substr(6))};
        assignments.push_back({learner, told.sent.count(field.name).value_or(0)});
    }
    if (told.sent.refused()) return told.sent.refusals();
    return assign(told.tx, told.visit.actor, told.cohort, assignments, told.act);
}

Outcome<Done> division(const Told& told) {
    const auto groups = told.sent.required_count("groups");
    if (!groups) return told.sent.refusals();
    return divide(told.tx, told.visit.actor, told.cohort, *groups, told.act);
}

Outcome<Done> costing(const Told& told) {
    const auto stage = told.sent.required_choice("stage", {"planned", "spent"});
    const auto amount = told.sent.required_count("amount");
    CostLine line;
    line.kind = told.sent.required_text("cost_kind");
    line.note = told.sent.text("note");
    const documents::Document paper = documents::paper_sent(told.visit, told.sent, told.store);
    if (told.sent.refused()) return told.sent.refusals();
    line.stage = *stage == "spent" ? Stage::spent : Stage::planned;
    line.amount_dong = *amount;
    return add_cost(told.tx, told.visit.actor, told.cohort, line, paper, told.act);
}

Outcome<Done> striking(const Told& told) {
    const std::string which = told.sent.required_text("line");
    if (told.sent.refused()) return told.sent.refusals();
    return strike_cost(told.tx, told.visit.actor, told.cohort, parse_id(which), told.act);
}

Outcome<Done> happen(const web::Visit& visit, const files::Store& store, Verb verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const cohorts::Cohort cohort = require_to_change(tx, visit.actor, cohort_of(visit));
        return verb({tx, visit, cohort, sent, cohorts::Act{visit.now, sent.text("reason"), {}}, store});
    });
}

web::Handler by_form(std::string form, Verb verb, const files::Store& store) {
    return [form = std::move(form), verb, store](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, store, verb);
        if (outcome) return visit.redirect(address_of(visit), "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            const cohorts::Cohort cohort = require_cohort(tx, visit.actor, cohort_of(visit));
            return visit.refused("dossiers/dossier",
                                 page_value(visit, tx, cohort, {form, outcome.refusals()}),
                                 outcome.refusals());
        });
    };
}

web::Handler by_json(Verb verb, const files::Store& store) {
    return [verb, store](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, store, verb);
        return outcome ? dossier_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

void register_routes(web::Routes& routes, const files::Store& store) {
    register_house_lists(routes);
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 32 << 20};
    const web::Permission change = change_dossiers;
    routes.get("/cohorts/:id/dossier", see_dossiers, dossier_page);
    routes.post("/cohorts/:id/dossier/evidence", change, by_form("evidence", evidence, store), uploads);
    routes.post("/cohorts/:id/dossier/waivers", change, by_form("waivers", waiver, store));
    routes.post("/cohorts/:id/dossier/reopening", change, by_form("reopening", reopening, store));
    routes.post("/cohorts/:id/dossier/seats", change, by_form("seats", seating, store));
    routes.post("/cohorts/:id/dossier/unseating", change, by_form("unseating", unseating, store));
    routes.post("/cohorts/:id/dossier/groups", change, by_form("groups", grouping, store));
    routes.post("/cohorts/:id/dossier/division", change, by_form("division", division, store));
    routes.post("/cohorts/:id/dossier/costs", change, by_form("costs", costing, store), uploads);
    routes.post("/cohorts/:id/dossier/striking", change, by_form("striking", striking, store));
    routes.get("/api/v1/cohorts/:id/dossier", see_dossiers, dossier_json);
    routes.post("/api/v1/cohorts/:id/dossier/evidence", change, by_json(evidence, store));
    routes.post("/api/v1/cohorts/:id/dossier/waivers", change, by_json(waiver, store));
    routes.post("/api/v1/cohorts/:id/dossier/reopening", change, by_json(reopening, store));
    routes.post("/api/v1/cohorts/:id/dossier/seats", change, by_json(seating, store));
    routes.post("/api/v1/cohorts/:id/dossier/unseating", change, by_json(unseating, store));
    routes.post("/api/v1/cohorts/:id/dossier/division", change, by_json(division, store));
    routes.post("/api/v1/cohorts/:id/dossier/costs", change, by_json(costing, store));
    routes.post("/api/v1/cohorts/:id/dossier/striking", change, by_json(striking, store));
}

}  // namespace tiendo::dossiers
