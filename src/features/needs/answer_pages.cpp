// GET /needs/:id/units/:unit: what one unit answered; POST …/answers: what it answers; GET …/form and
// POST …/form: the same as a workbook, which fills in the form of the page and records nothing.
#include "features/needs/need_forms.h"
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

Refusals of_field(Refusals refusals, const std::string& field) {
    for (Refusal& refusal : refusals) refusal.field = field;
    return refusals;
}

Value halves(std::string_view current) {
    return list_of(std::vector<std::string_view>{"first", "second"}, [&](std::string_view half) {
        return Value::object({{"value", half}, {"current", half == current}});
    });
}

// What a workbook says, to be looked at before it is sent.
struct Filled {
    std::string file_name;
    std::vector<Said> said;
    imports::Report report;
};

void fill_in(Value& row, const programmes::Programme& programme, const Filled& filled) {
    for (const Said& one : filled.said)
        if (one.need.programme == programme.id)
            row.set("learners", one.need.learners).set("half", one.need.half).set("note", one.need.note);
}

Value filled_value(const web::Visit& visit, const Filled& filled) {
    Value value = imports::to_value(filled.report, "needs", visit.site.texts, visit.language);
    return std::move(value)
        .set("file_name", filled.file_name)
        .set("rows", filled.said.size())
        .set("has_rejections", !filled.report.rejections.empty());
}

Value page_value(const web::Visit& visit, db::Read& tx, const Place& place, const pages::Refused& refused,
                 const Filled* filled = nullptr) {
    const Seen seen = require(tx, visit.actor, place.campaign);
    const Asked asked = require_asked(tx, visit.actor, seen, place.unit);
    const pages::Forms forms(visit, refused);
    const bool office = organisations::may(tx, visit.actor, change_needs, seen.campaign.unit);
    const bool open = state_on(seen.campaign, visit.today()) == "open";
    const bool can_answer = office || (open && organisations::may(tx, visit.actor, answer_needs, place.unit));
    Value value = answer_value(tx, seen, asked, visit.today());
    const auto programmes = programmes_of(tx, place.campaign);
    auto programme = programmes.begin();
    Value rows = list_of(*value["needs"].list_items(), [&](Value row) {
        const std::string code = *row["code"].text();
        if (filled) fill_in(row, *programme, *filled);
        ++programme;
        Value half = forms.field("answers", "half-" + code, row["half"]);
        const std::string chosen = half["value"].text() ? *half["value"].text() : std::string();
        return std::move(row)
            .set("learners_field", forms.field("answers", "learners-" + code, row["learners"]))
            .set("note_field", forms.field("answers", "note-" + code, row["note"]))
            .set("halves", halves(chosen));
    });
    Value form;
    if (can_answer)
        form = forms.form("answers")
                   .set("rows", rows)
                   .set("asks_reason", office && !open)
                   .set("file", forms.field("form", "file"));
    return std::move(value)
        .set("title", asked.name)
        .set("campaign_id", place.campaign)
        .set("unit_id", place.unit)
        .set("needs", std::move(rows))
        .set("has_answers", !value["answers"].list_items()->empty())
        .set("answering", std::move(form))
        .set("filled", filled ? filled_value(visit, *filled) : Value())
        .set("export", "/needs/" + to_text(place.campaign) + "/units/" + to_text(place.unit) + "/form")
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

http::Response form(const web::Visit& visit) {
    const Place place = place_of(visit);
    return visit.database.read([&](db::Read& tx) {
        const Seen seen = require(tx, visit.actor, place.campaign);
        const Asked asked = require_asked(tx, visit.actor, seen, place.unit);
        return form_workbook(visit, answer_value(tx, seen, asked, visit.today()));
    });
}

Outcome<Filled> read_workbook(const web::Visit& visit, db::Read& tx, const Place& place) {
    const Seen seen = require(tx, visit.actor, place.campaign);
    const Asked asked = require_asked(tx, visit.actor, seen, place.unit);
    const bool office = organisations::may(tx, visit.actor, change_needs, seen.campaign.unit);
    if (!office && !organisations::may(tx, visit.actor, answer_needs, place.unit)) throw web::Forbidden{};
    const http::Upload* file = visit.request.upload("file");
    if (!file || file->size == 0) return Refusal{"file", "imports.file_required", {}};
    const auto readable = imports::readable_file(file->path());
    if (!readable) return of_field(readable.refusals(), "file");
    Filled filled{.file_name = file->name, .said = {}, .report = {}};
    const imports::Job job{.actor = visit.actor,
                           .texts = visit.site.texts,
                           .path = (*readable)->path,
                           .file_name = file->name,
                           .at = visit.now,
                           .today = visit.today()};
    filled.said = read_form(tx, job, {programmes_of(tx, place.campaign), {asked}}, filled.report);
    if (!filled.report.refusals.empty()) return of_field(filled.report.refusals, "file");
    return filled;
}

// Whoever sent the file looks at what it says, mends what was not taken, and sends the form.
http::Response fill_by_workbook(const web::Visit& visit) {
    const Place place = place_of(visit);
    return visit.database.read([&](db::Read& tx) {
        const auto filled = read_workbook(visit, tx, place);
        if (!filled)
            return visit.refused("needs/answer", page_value(visit, tx, place, {"form", filled.refusals()}),
                                 filled.refusals());
        return visit.page("needs/answer", page_value(visit, tx, place, {}, &*filled));
    });
}

}  // namespace

// Who may see a unit's needs may try; the verb asks whether he answers for the unit or is the office.
void register_answers(web::Routes& routes) {
    routes.get("/needs/:id/units/:unit", see_needs, answer_page);
    routes.post("/needs/:id/units/:unit/answers", see_needs, answer_by_form);
    const web::Options uploads{.pool = http::Pool::slow, .uploads = true, .body_limit = 8 << 20};
    routes.get("/needs/:id/units/:unit/form", see_needs, form);
    routes.post("/needs/:id/units/:unit/form", see_needs, fill_by_workbook, uploads);
    routes.get("/api/v1/needs/:id/units/:unit", see_needs, answer_json);
    routes.post("/api/v1/needs/:id/units/:unit/answers", see_needs, answer_by_json);
}

}  // namespace tiendo::needs
