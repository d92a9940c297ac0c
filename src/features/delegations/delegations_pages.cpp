// GET /cohorts/:id/delegation: one delegation whole, and what is said of it.
#include "features/delegations/delegations_pages.h"

#include "base/text.h"
#include "platform/audit/audit.h"
#include "platform/pages/workbook.h"

namespace tiendo::delegations {
namespace {

using Column = office::ListColumn;

Value description_form(const pages::Forms& forms, const Portrait& portrait) {
    const Delegation& delegation = portrait.delegation;
    const auto field = [&](std::string_view name, Value value) {
        return forms.field("delegation", name, std::move(value));
    };
    return forms.form("delegation")
        .set("sponsor", field("sponsor", delegation.sponsor))
        .set("sending_bodies", field("sending_bodies", delegation.sending_bodies))
        .set("countries", field("countries", delegation.countries))
        .set("departs_on", field("departs_on", delegation.departs_on))
        .set("returns_on", field("returns_on", delegation.returns_on))
        .set("leader", field("leader", delegation.leader))
        .set("choices", list_of(portrait.members, [&](const Member& member) {
                 return Value::object({{"value", member.id},
                                       {"title", member.full_name},
                                       {"current", delegation.leader == member.id}});
             }));
}

// ?item= opens the form at one of the checklist.
Value paperwork_form(const pages::Forms& forms, const web::Visit& visit, const Portrait& portrait,
                     const pages::Refused& refused) {
    const std::string asked(refused.form == "paperwork" ? visit.request.sent("item")
                                                        : visit.request.asked("item"));
    PaperworkItem chosen;
    for (const PaperworkItem& item : portrait.paperwork)
        if (item.rule.code == asked) chosen = item;
    const auto field = [&](std::string_view name, Value value) {
        return forms.field("paperwork", name, std::move(value));
    };
    Value form = forms.form("paperwork");
    if (!chosen.rule.code.empty()) form.set("open", true);
    return form
        .set("items", list_of(portrait.paperwork,
                              [&](const PaperworkItem& item) {
                                  return Value::object({{"value", item.rule.code},
                                                        {"title", name_of(item.rule, visit.language)},
                                                        {"current", item.rule.code == asked}});
                              }))
        .set("item", field("item", asked))
        .set("responsible", field("responsible", chosen.responsible))
        .set("done_on", field("done_on", chosen.done_on))
        .set("document_number", field("document_number", chosen.document_number))
        .set("note", field("note", chosen.note));
}

Value plain_form(const pages::Forms& forms, const std::string& name,
                 std::initializer_list<std::string_view> fields) {
    Value form = forms.form(name);
    for (const std::string_view field : fields) form.set(std::string(field), forms.field(name, field));
    return form;
}

void set_forms(Value& value, const web::Visit& visit, const Portrait& portrait,
               const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    value.set("description", description_form(forms, portrait))
        .set("leg", plain_form(forms, "legs", {"from_day", "to_day", "country", "place", "host", "purpose"}))
        .set("paperwork_form", paperwork_form(forms, visit, portrait, refused))
        .set("cost", plain_form(forms, "costs", {"name", "planned", "spent"}));
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
    return text;
}

bool may_disclose(const web::Visit& visit, db::Read& tx, const Delegation& delegation) {
    return visit.actor.may(people::see_national_ids) &&
           organisations::may(tx, visit.actor, people::see_national_ids, delegation.cohort.organiser_unit);
}

Value page_value(const web::Visit& visit, db::Read& tx, const Delegation& delegation,
                 const pages::Refused& refused) {
    const Portrait seen = portrait(tx, delegation, visit.today());
    Value value = to_value(seen, visit.today(), visit.language);
    value.set("title", visit.text("delegation.title", {delegation.cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, delegation.cohort, "delegation"))
        .set("where", joined(countries_of(delegation)))
        .set("can_change", may_change(visit, tx, delegation))
        .set("has_members", !seen.members.empty())
        .set("has_costs", !seen.costs.empty())
        .set("has_warnings", !value["warnings"].list_items()->empty())
        .set("has_history", !seen.events.empty())
        .set("is_forecast", value["stage"] == Value("forecast"))
        .set("export", address_of(visit) + "?format=xlsx")
        .set("print_url", address_of(visit) + "?print=1")
        .set("disclosure",
             may_disclose(visit, tx, delegation) ? pages::Forms(visit, refused).form("disclosure") : Value());
    set_forms(value, visit, seen, refused);
    return value;
}

// --- the members as a workbook ----------------------------------------------------------------

enum class Numbers { masked, whole };

office::ListCell cell(const std::optional<Date>& day) {
    return day ? office::ListCell(*day) : office::ListCell();
}

http::Response workbook(const web::Visit& visit, const Portrait& portrait, Numbers numbers) {
    const cohorts::Cohort& cohort = portrait.delegation.cohort;
    office::ListLayout layout{
        .sheet = visit.text("cohort.tab.delegation"),
        .titles = {visit.text("delegation.title", {cohort.code}), cohort.programme.name},
        .columns = {{visit.text("roster.ordinal"), Column::Kind::integer},
                    {visit.text("roster.full_name"), {}, 28},
                    {visit.text("roster.unit_alone"), {}, 32},
                    {visit.text("roster.position"), {}, 20},
                    {visit.text("delegation.passport"), {}, 14},
                    {visit.text("delegation.passport_expires_on"), Column::Kind::date}}};
    for (const std::string& country : countries_of(portrait.delegation))
        layout.columns.push_back({visit.text("delegation.visa_of", {country}), {}, 18});
    layout.columns.push_back({visit.text("delegation.briefed"), {}, 12});
    layout.columns.push_back({visit.text("delegation.report_received_on"), Column::Kind::date});
    layout.columns.push_back({visit.text("delegation.report_number"), {}, 16});
    const std::string name = visit.text("cohort.tab.delegation") + " " + slug(cohort.code) + ".xlsx";
    return pages::workbook(layout, name, [&](office::ListWriter& writer) {
        std::int64_t ordinal = 0;
        for (const Member& one : portrait.members) {
            const std::string number =
                numbers == Numbers::whole ? one.passport_number : people::masked(one.passport_number);
            std::vector<std::string> visas;  // a cell only looks at its text
            for (const Visa& visa : one.visas)
                visas.push_back(visit.text("delegation.visa." +
                                           (visa.state.empty() ? std::string("unknown") : visa.state)));
            const std::string briefed = one.briefed ? visit.text("delegation.attended") : "";
            std::vector<office::ListCell> cells{++ordinal,    one.full_name, one.unit_name,
                                                one.position, number,        cell(one.passport_expires_on)};
            cells.insert(cells.end(), visas.begin(), visas.end());
            cells.insert(cells.end(), {briefed, cell(one.report_received_on), one.report_number});
            writer.row(cells);
        }
    });
}

// Whole numbers leave the house only with a reason, and the trail keeps it.
Outcome<http::Response> disclose(db::Write& tx, const web::Visit& visit) {
    const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
    if (!may_disclose(visit, tx, delegation)) throw web::Forbidden{};
    pages::Reader sent = pages::Reader::of_body(visit);
    const std::string reason = sent.required_text("reason");
    if (sent.refused()) return sent.refusals();
    const Portrait seen = portrait(tx, delegation, visit.today());
    audit::record(
        tx, visit.actor, visit.now,
        {"delegation.disclose", "cohort", delegation.cohort.id.value,
         Value::object(
             {{"code", delegation.cohort.code}, {"reason", reason}, {"rows", seen.members.size()}})});
    return workbook(visit, seen, Numbers::whole);
}

http::Response refused_page(const web::Visit& visit, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
        return visit.refused("delegations/delegation", page_value(visit, tx, delegation, refused),
                             refused.refusals);
    });
}

http::Response disclosure(const web::Visit& visit) {
    const auto disclosed = visit.database.write([&](db::Write& tx) { return disclose(tx, visit); });
    return disclosed ? *disclosed : refused_page(visit, {"disclosure", disclosed.refusals()});
}

http::Response delegation_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
        if (visit.request.asked("format") == "xlsx")
            return workbook(visit, portrait(tx, delegation, visit.today()), Numbers::masked);
        return visit.page("delegations/delegation", page_value(visit, tx, delegation, {}));
    });
}

// --- what is said -----------------------------------------------------------------------------

// What a verb is told: the delegation under its lock, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Delegation& delegation;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> description(const Told& told) {
    pages::Reader& sent = told.sent;
    Delegation said = told.delegation;
    said.sponsor = sent.text("sponsor");
    said.sending_bodies = sent.text("sending_bodies");
    said.countries = sent.text("countries");
    said.departs_on = sent.day("departs_on");
    said.returns_on = sent.day("returns_on");
    said.leader.reset();
    if (const std::string leader = sent.text("leader"); !leader.empty())
        said.leader = ParticipationId{parse_id(leader)};
    if (sent.refused()) return sent.refusals();
    return describe(told.tx, told.visit.actor, said, told.act);
}

Outcome<Done> leg(const Told& told) {
    pages::Reader& sent = told.sent;
    const auto from_day = sent.required_day("from_day"), to_day = sent.required_day("to_day");
    Leg said{.country = sent.text("country"),
             .place = sent.required_text("place"),
             .host = sent.text("host"),
             .purpose = sent.text("purpose")};
    if (sent.refused()) return sent.refusals();
    said.from_day = *from_day;
    said.to_day = *to_day;
    return add_leg(told.tx, told.visit.actor, told.delegation, std::move(said), told.act);
}

Outcome<Done> leg_removal(const Told& told) {
    const std::int64_t leg = parse_id(told.sent.required_text("leg"));
    if (told.sent.refused()) return told.sent.refusals();
    return remove_leg(told.tx, told.visit.actor, told.delegation, leg, told.act);
}

Outcome<Done> paperwork(const Told& told) {
    pages::Reader& sent = told.sent;
    const std::string code = sent.required_text("item");
    PaperworkItem said;
    said.responsible = sent.text("responsible");
    said.done_on = sent.day("done_on");
    said.document_number = sent.text("document_number");
    said.note = sent.text("note");
    if (sent.refused()) return sent.refusals();
    const Date today = told.visit.today();
    return settle_paperwork(told.tx, told.visit.actor, portrait(told.tx, told.delegation, today), code, said,
                            today, told.act);
}

Outcome<Done> cost(const Told& told) {
    const Cost said{told.sent.required_text("name"), told.sent.count("planned"), told.sent.count("spent")};
    if (told.sent.refused()) return told.sent.refusals();
    return put_cost(told.tx, told.visit.actor, told.delegation, said, told.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Delegation delegation = require_to_change(tx, visit.actor, cohort_of(visit));
        return verb({tx, visit, delegation, sent, cohorts::Act{visit.now, sent.text("reason"), {}}});
    });
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        if (outcome) return visit.redirect(address_of(visit), "act.recorded");
        return refused_page(visit, {form, outcome.refusals()});
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? delegation_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

http::Response delegation_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Delegation delegation = require_delegation(tx, visit.actor, cohort_of(visit));
        return visit.json(to_value(portrait(tx, delegation, visit.today()), visit.today(), visit.language));
    });
}

void register_routes(web::Routes& routes, const files::Store& store) {
    constexpr web::Permission change = change_delegations;
    routes.get("/cohorts/:id/delegation", see_delegations, delegation_page);
    routes.post("/cohorts/:id/delegation", change, by_form("delegation", description));
    routes.post("/cohorts/:id/delegation/legs", change, by_form("legs", leg));
    routes.post("/cohorts/:id/delegation/leg-removal", change, by_form("leg-removal", leg_removal));
    routes.post("/cohorts/:id/delegation/paperwork", change, by_form("paperwork", paperwork));
    routes.post("/cohorts/:id/delegation/costs", change, by_form("costs", cost));
    routes.post("/cohorts/:id/delegation/disclosure", people::see_national_ids, disclosure);
    routes.get("/api/v1/cohorts/:id/delegation", see_delegations, delegation_json);
    routes.post("/api/v1/cohorts/:id/delegation", change, by_json(description));
    routes.post("/api/v1/cohorts/:id/delegation/legs", change, by_json(leg));
    routes.post("/api/v1/cohorts/:id/delegation/leg-removal", change, by_json(leg_removal));
    routes.post("/api/v1/cohorts/:id/delegation/paperwork", change, by_json(paperwork));
    routes.post("/api/v1/cohorts/:id/delegation/costs", change, by_json(cost));
    register_members(routes, store);
    register_year(routes);
}

}  // namespace tiendo::delegations
