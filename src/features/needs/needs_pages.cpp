// GET /needs and /needs/:id; asking units anew, and moving the window.
#include "features/needs/needs_pages.h"

#include <algorithm>

#include "base/text.h"
#include "features/needs/needs_presenter.h"
#include "features/needs/needs_store.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::needs {
namespace {

// --- the list ------------------------------------------------------------------------------------

Value list_value(const web::Visit& visit, db::Read& tx) {
    return Value::object({{"campaigns", list_of(campaigns(tx, visit.actor), [&](const Seen& seen) {
                               return to_value(seen, visit.today());
                           })}});
}

// What the newest plan promises is what units are asked about, unless somebody says otherwise.
std::string programmes_of_newest_plan(const web::Visit& visit, db::Read& tx) {
    const auto plans = plan::summaries(tx, visit.actor, visit.today());
    std::string names;
    if (!plans.empty())
        for (const plan::Line& line : plan::lines(tx, plans.front().version.id))
            if (names.find(line.programme.name) == names.npos) names += line.programme.name + "\n";
    return names;
}

Value list_page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool can_change = visit.actor.may(change_needs);
    Value form;
    if (can_change) {
        form = Value::object({{"open", !refused.refusals.empty()}});
        for (const char* name : {"title", "opens_on", "closes_on", "units", "note"})
            form.set(name, forms.field("needs", name));
        form.set("year", forms.field("needs", "year", visit.today().year() + 1))
            .set("programmes", forms.field("needs", "programmes", programmes_of_newest_plan(visit, tx)));
    }
    return list_value(visit, tx)
        .set("title", visit.text("needs.title"))
        .set("asking", std::move(form))
        .set("export", nullptr)
        .set("print_url", nullptr);
}

http::Response list_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("needs/needs", list_page_value(visit, tx, {})); });
}

http::Response list_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx)); });
}

// --- asking --------------------------------------------------------------------------------------

// One to a line, or between semicolons.
std::vector<std::string> named_in(const std::string& text) {
    std::string lines = text;
    std::replace(lines.begin(), lines.end(), ';', '\n');
    std::vector<std::string> names;
    for (const std::string_view line : split(lines, '\n'))
        if (std::string name = clean(line); !name.empty()) names.push_back(std::move(name));
    return names;
}

// The units named; of a name with a "+" before it, those directly beneath that unit; without any,
// those directly beneath the centre.
std::vector<organisations::UnitId> units_asked(const web::Visit& visit, db::Read& tx, pages::Reader& sent) {
    const auto all = organisations::units(tx, visit.actor);
    const organisations::UnitNames names(tx);
    std::vector<organisations::UnitId> asked;
    const auto add = [&](organisations::UnitId id) {
        if (std::find(asked.begin(), asked.end(), id) == asked.end()) asked.push_back(id);
    };
    const auto add_beneath = [&](organisations::UnitId id) {
        for (const organisations::Unit& unit : all)
            if (unit.parent == id && unit.exists_on(visit.today())) add(unit.id);
    };
    const auto written = named_in(sent.text("units"));
    if (written.empty()) add_beneath(organisations::centre(tx).id);
    for (const std::string& one : written) {
        const bool beneath = one.starts_with("+");
        const std::string name = beneath ? clean(one.substr(1)) : one;
        const auto found = names.find(name);
        if (!found)
            sent.refuse("units", "unit.unknown", {name, names.nearest_to(name)});
        else if (beneath)
            add_beneath(*found);
        else
            add(*found);
    }
    return asked;
}

std::vector<programmes::ProgrammeId> programmes_asked(db::Read& tx, pages::Reader& sent) {
    std::vector<programmes::ProgrammeId> asked;
    for (const std::string& name : named_in(sent.text("programmes"))) {
        const auto found = programmes::find_programme(tx, name);
        if (!found)
            sent.refuse("programmes", "figure.programme_unknown",
                        {name, nearest(name, programmes::programme_names(tx))});
        else if (std::find(asked.begin(), asked.end(), found->id) == asked.end())
            asked.push_back(found->id);
    }
    return asked;
}

Outcome<CampaignId> asking(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<CampaignId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const auto year = sent.year("year");
        if (!year) sent.refuse("year", "form.required");
        NewCampaign campaign{.year = year.value_or(0),
                             .title = sent.required_text("title"),
                             .note = sent.text("note"),
                             .window = {},
                             .units = units_asked(visit, tx, sent),
                             .programmes = programmes_asked(tx, sent)};
        const auto opens_on = sent.required_day("opens_on"), closes_on = sent.required_day("closes_on");
        if (sent.refused()) return sent.refusals();
        campaign.window = {*opens_on, *closes_on};
        return ask(tx, visit.actor, campaign, visit.now);
    });
}

http::Response ask_by_form(const web::Visit& visit) {
    const Outcome<CampaignId> asked = asking(visit);
    if (asked) return visit.redirect("/needs/" + to_text(*asked), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("needs/needs", list_page_value(visit, tx, {"needs", asked.refusals()}),
                             asked.refusals());
    });
}

http::Response ask_by_json(const web::Visit& visit) {
    const Outcome<CampaignId> asked = asking(visit);
    return asked ? visit.json(Value::object({{"id", *asked}}), 201) : visit.json_refused(asked.refusals());
}

// --- one campaign --------------------------------------------------------------------------------

Value page_value(const web::Visit& visit, db::Read& tx, const Seen& seen, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool can_change = organisations::may(tx, visit.actor, change_needs, seen.campaign.unit);
    Value window;
    if (can_change)
        window = forms.form("window")
                     .set("opens_on", forms.field("window", "opens_on", seen.campaign.window.opens_on))
                     .set("closes_on", forms.field("window", "closes_on", seen.campaign.window.closes_on));
    return portrait(tx, visit.actor, seen, visit.today())
        .set("campaign_id", seen.campaign.id)
        .set("window", std::move(window))
        .set("can_draft", can_change && visit.actor.may(plan::change_plan))
        // The plan that was drafted from it.
        .set("plan", visit.actor.may(plan::see_plan) ? drafted_year(tx, seen.campaign.id) : std::nullopt)
        .set("is_open", state_on(seen.campaign, visit.today()) == "open")
        .set("export", pages::here(visit.request, {{"format", "xlsx"}}))
        .set("print_url", pages::here(visit.request, {{"print", "1"}}));
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const Seen& seen) {
    const office::ListLayout layout{
        .sheet = visit.text("needs.title"),
        .titles = {seen.campaign.title},
        .columns = {{visit.text("plan.programme"), {}, 60},
                    {visit.text("units.name"), {}, 50},
                    {visit.text("needs.learners"), office::ListColumn::Kind::quantity}}};
    return pages::workbook(layout, seen.campaign.title + ".xlsx", [&](office::ListWriter& writer) {
        const auto all = wishes(tx, visit.actor, seen);
        for (const programmes::Programme& programme : programmes_of(tx, seen.campaign.id))
            for (const Wish& wish : all)
                if (wish.programme == programme.id) writer.row({programme.name, wish.unit, wish.learners});
    });
}

http::Response campaign_page(const web::Visit& visit) {
    const CampaignId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        const Seen seen = require(tx, visit.actor, id);
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, seen);
        return visit.page("needs/campaign", page_value(visit, tx, seen, {}));
    });
}

http::Response campaign_json(const web::Visit& visit) {
    const CampaignId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.json(portrait(tx, visit.actor, require(tx, visit.actor, id), visit.today()));
    });
}

Outcome<Done> moving_window(const web::Visit& visit) {
    const CampaignId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Seen seen = require_for_change(tx, visit.actor, id);
        const auto opens_on = sent.required_day("opens_on"), closes_on = sent.required_day("closes_on");
        if (sent.refused()) return sent.refusals();
        return change_window(tx, visit.actor, seen.campaign, {*opens_on, *closes_on}, sent.text("reason"),
                             visit.now);
    });
}

http::Response window_by_form(const web::Visit& visit) {
    const Outcome<Done> outcome = moving_window(visit);
    const CampaignId id{web::id_of(visit, "id")};
    if (outcome) return visit.redirect("/needs/" + to_text(id), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        const Seen seen = require(tx, visit.actor, id);
        return visit.refused("needs/campaign", page_value(visit, tx, seen, {"window", outcome.refusals()}),
                             outcome.refusals());
    });
}

http::Response window_by_json(const web::Visit& visit) {
    const Outcome<Done> outcome = moving_window(visit);
    return outcome ? campaign_json(visit) : visit.json_refused(outcome.refusals());
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/needs", see_needs, list_page);
    routes.post("/needs", change_needs, ask_by_form);
    routes.get("/needs/:id", see_needs, campaign_page);
    routes.post("/needs/:id/window", change_needs, window_by_form);
    routes.get("/api/v1/needs", see_needs, list_json);
    routes.post("/api/v1/needs", change_needs, ask_by_json);
    routes.get("/api/v1/needs/:id", see_needs, campaign_json);
    routes.post("/api/v1/needs/:id/window", change_needs, window_by_json);
    register_answers(routes);
    register_drafts(routes);
}

}  // namespace tiendo::needs
