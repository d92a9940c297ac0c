// GET /needs/:id/units/:unit: what one unit answered; POST …/answers: what it answers.
#include "features/needs/needs_pages.h"
#include "features/needs/needs_presenter.h"
#include "platform/pages/reader.h"

namespace tiendo::needs {
namespace {

struct Place {
    CampaignId campaign;
    organisations::UnitId unit;
};
Place place_of(const web::Visit& visit) {
    return {CampaignId{web::id_of(visit, "id")}, organisations::UnitId{web::id_of(visit, "unit")}};
}

Value halves(std::string_view current) {
    return list_of(std::vector<std::string_view>{"first", "second"}, [&](std::string_view half) {
        return Value::object({{"value", half}, {"current", half == current}});
    });
}

Value page_value(const web::Visit& visit, db::Read& tx, const Place& place, const pages::Refused& refused) {
    const Seen seen = require(tx, visit.actor, place.campaign);
    const Asked asked = require_asked(tx, visit.actor, seen, place.unit);
    const pages::Forms forms(visit, refused);
    const bool office = organisations::may(tx, visit.actor, change_needs, seen.campaign.unit);
    const bool open = state_on(seen.campaign, visit.today()) == "open";
    const bool can_answer = office || (open && organisations::may(tx, visit.actor, answer_needs, place.unit));
    Value value = answer_value(tx, seen, asked, visit.today());
    Value rows = list_of(*value["needs"].list_items(), [&](Value row) {
        const std::string code = *row["code"].text();
        Value half = forms.field("answers", "half-" + code, row["half"]);
        const std::string chosen = half["value"].text() ? *half["value"].text() : std::string();
        return row.set("learners_field", forms.field("answers", "learners-" + code, row["learners"]))
            .set("note_field", forms.field("answers", "note-" + code, row["note"]))
            .set("halves", halves(chosen));
    });
    Value form;
    if (can_answer) form = forms.form("answers").set("rows", rows).set("asks_reason", office && !open);
    return value.set("title", asked.name)
        .set("campaign_id", place.campaign)
        .set("unit_id", place.unit)
        .set("needs", std::move(rows))
        .set("has_answers", !value["answers"].list_items()->empty())
        .set("answering", std::move(form))
        .set("export", nullptr)
        .set("print_url", nullptr);
}

http::Response answer_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("needs/answer", page_value(visit, tx, place_of(visit), {})); });
}

http::Response answer_json(const web::Visit& visit) {
    const Place place = place_of(visit);
    return visit.database.read([&](db::Read& tx) {
        const Seen seen = require(tx, visit.actor, place.campaign);
        return visit.json(
            answer_value(tx, seen, require_asked(tx, visit.actor, seen, place.unit), visit.today()));
    });
}

// A programme for which no number was said is not answered; 0 is an answer.
Outcome<Done> answering(const web::Visit& visit) {
    const Place place = place_of(visit);
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Seen seen = require(tx, visit.actor, place.campaign);
        std::vector<Need> needs;
        for (const programmes::Programme& programme : programmes_of(tx, place.campaign)) {
            const auto learners = sent.count("learners-" + programme.code);
            const auto half = sent.choice("half-" + programme.code, {"first", "second"});
            if (learners)
                needs.push_back(
                    {programme.id, *learners, half.value_or(""), sent.text("note-" + programme.code)});
        }
        if (sent.refused()) return sent.refusals();
        return answer(tx, visit.actor, seen, place.unit, needs, sent.text("reason"), visit.today(),
                      visit.now);
    });
}

http::Response answer_by_form(const web::Visit& visit) {
    const Outcome<Done> outcome = answering(visit);
    const Place place = place_of(visit);
    if (outcome)
        return visit.redirect("/needs/" + to_text(place.campaign) + "/units/" + to_text(place.unit),
                              "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("needs/answer", page_value(visit, tx, place, {"answers", outcome.refusals()}),
                             outcome.refusals());
    });
}

http::Response answer_by_json(const web::Visit& visit) {
    const Outcome<Done> outcome = answering(visit);
    return outcome ? answer_json(visit) : visit.json_refused(outcome.refusals());
}

}  // namespace

// Who may see a unit's needs may try; the verb asks whether he answers for the unit or is the office.
void register_answers(web::Routes& routes) {
    routes.get("/needs/:id/units/:unit", see_needs, answer_page);
    routes.post("/needs/:id/units/:unit/answers", see_needs, answer_by_form);
    routes.get("/api/v1/needs/:id/units/:unit", see_needs, answer_json);
    routes.post("/api/v1/needs/:id/units/:unit/answers", see_needs, answer_by_json);
}

}  // namespace tiendo::needs
