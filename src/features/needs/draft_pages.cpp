// GET and POST /needs/:id/draft: what was asked becomes a version of the plan, line by line.
#include "features/needs/needs_pages.h"
#include "features/needs/needs_presenter.h"
#include "platform/pages/reader.h"

namespace tiendo::needs {
namespace {

Seen require_to_draft(const web::Visit& visit, db::Read& tx) {
    const Seen seen = require(tx, visit.actor, CampaignId{web::id_of(visit, "id")});
    const bool office = organisations::may(tx, visit.actor, change_needs, seen.campaign.unit);
    if (!office || !organisations::may(tx, visit.actor, plan::change_plan, seen.campaign.unit))
        throw web::Forbidden{};
    return seen;
}

Value page_value(const web::Visit& visit, db::Read& tx, const pages::Refused& refused) {
    const Seen seen = require_to_draft(visit, tx);
    const pages::Forms forms(visit, refused);
    const auto size = pages::Reader::of_query(visit).count("size");
    Value value = draft_value(tx, visit.actor, seen, size, visit.today());
    Value rows = list_of(*value["lines"].list_items(), [&](Value row) {
        const std::string code = *row["code"].text();
        const bool offered = *row["learners"].number() > 0 && *row["lines"].number() < 2;
        return row
            .set("cohorts_field", forms.field("draft", "cohorts-" + code, offered ? row["cohorts"] : Value()))
            .set("learners_field",
                 forms.field("draft", "learners-" + code, offered ? row["learners"] : Value()))
            .set("several", *row["lines"].number() > 1);
    });
    const Date new_year = *Date::of(seen.campaign.year, 1, 1);
    return std::move(value)
        .set("title", visit.text("needs.draft_title", {std::to_string(seen.campaign.year)}))
        .set("lines", std::move(rows))
        .set("effective_on", forms.field("draft", "effective_on", new_year))
        .set("document_number", forms.field("draft", "document_number"))
        .set("note", forms.field("draft", "note", seen.campaign.title))
        .set("export", nullptr)
        .set("print_url", nullptr);
}

http::Response draft_page(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("needs/draft", page_value(visit, tx, {})); });
}

http::Response draft_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const auto size = asked.count("size");
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read([&](db::Read& tx) {
        return visit.json(draft_value(tx, visit.actor, require_to_draft(visit, tx), size, visit.today()));
    });
}

struct Laid {
    int year = 0, version = 0;
};

// A programme for which nothing was said keeps the line that the plan has.
Outcome<Laid> drafting(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Laid> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Seen seen = require_to_draft(visit, tx);
        require_for_change(tx, visit.actor, seen.campaign.id);
        DraftedPlan drafted{.effective_on = {},
                            .document_number = sent.text("document_number"),
                            .note = sent.text("note"),
                            .lines = {}};
        for (const programmes::Programme& programme : programmes_of(tx, seen.campaign.id)) {
            const auto cohorts = sent.count("cohorts-" + programme.code);
            const auto learners = sent.count("learners-" + programme.code);
            if (cohorts || learners) drafted.lines.push_back({programme, {cohorts, learners}});
        }
        const auto effective_on = sent.required_day("effective_on");
        if (sent.refused()) return sent.refusals();
        drafted.effective_on = *effective_on;
        const auto version = draft(tx, visit.actor, seen, drafted, visit.now);
        if (!version) return version.refusals();
        return Laid{seen.campaign.year, *version};
    });
}

http::Response draft_by_form(const web::Visit& visit) {
    const Outcome<Laid> laid = drafting(visit);
    if (laid) return visit.redirect("/plans/" + std::to_string(laid->year), "needs.drafted");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("needs/draft", page_value(visit, tx, {"draft", laid.refusals()}),
                             laid.refusals());
    });
}

http::Response draft_by_json(const web::Visit& visit) {
    const Outcome<Laid> laid = drafting(visit);
    if (!laid) return visit.json_refused(laid.refusals());
    return visit.json(Value::object({{"year", laid->year}, {"version", laid->version}}));
}

}  // namespace

void register_drafts(web::Routes& routes) {
    routes.get("/needs/:id/draft", change_needs, draft_page);
    routes.post("/needs/:id/draft", change_needs, draft_by_form);
    routes.get("/api/v1/needs/:id/draft", change_needs, draft_json);
    routes.post("/api/v1/needs/:id/draft", change_needs, draft_by_json);
}

}  // namespace tiendo::needs
