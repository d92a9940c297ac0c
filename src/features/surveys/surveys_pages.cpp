// GET /cohorts/:id/survey: what learners and units said, and the forms that ask them.
#include "features/surveys/surveys_pages.h"

#include "base/text.h"
#include "platform/pages/workbook.h"

namespace tiendo::surveys {
namespace {

using Column = office::ListColumn;

cohorts::CohortId cohort_of(const web::Visit& visit) { return cohorts::CohortId{web::id_of(visit, "id")}; }
std::string address_of(const web::Visit& visit) {
    return "/cohorts/" + to_text(cohort_of(visit)) + "/survey";
}

bool may(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort, web::Permission permission) {
    return visit.actor.may(permission) &&
           organisations::may(tx, visit.actor, permission, cohort.organiser_unit);
}

cohorts::Cohort require_cohort(const web::Visit& visit, db::Read& tx) {
    const cohorts::Cohort cohort = cohorts::require(tx, visit.actor, cohort_of(visit));
    if (!may(visit, tx, cohort, see_surveys)) throw web::NotFound{};
    return cohort;
}

Value both_surveys(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    const auto value = [&](Audience audience) {
        const auto survey = find_survey(tx, cohort.id, audience);
        return survey ? survey_value(visit, tx, *survey) : Value();
    };
    return Value::object({{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
                          {"programme", cohort.programme.name},
                          {"learners", value(Audience::learners)},
                          {"units", value(Audience::units)}});
}

// The form that opens a survey or moves its end; "ending" beside it while it is open.
Value asking_form(const web::Visit& visit, const pages::Forms& forms, const Value& survey,
                  Audience audience) {
    const std::string form = std::string(to_text(audience)) + "-opening";
    constexpr int days = 14;
    return forms.form(form)
        .set("audience", to_text(audience))
        .set("again", !survey.is_null())
        .set("for_learners", audience == Audience::learners)
        .set("ending", !survey.is_null() && *survey["state"].text() == "open")
        .set("closes_on", forms.field(form, "closes_on", visit.today() + days))
        .set("lecturers", forms.field(form, "lecturers"));
}

Value page_value(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort,
                 const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    Value value = both_surveys(visit, tx, cohort);
    const bool can_change = may(visit, tx, cohort, change_surveys);
    Value asking_learners, asking_units, due;
    if (can_change && cohort.facts.opened_on && !cohort.facts.cancelled_on) {
        asking_learners = asking_form(visit, forms, value["learners"], Audience::learners);
        asking_units = asking_form(visit, forms, value["units"], Audience::units);
    }
    if (cohort.facts.closed_on) due = follow_up_due(*cohort.facts.closed_on, terms_on(tx, visit.today()));
    return std::move(value)
        .set("title", visit.text("surveys.title", {cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, cohort, "survey"))
        .set("follow_up_due", due)
        .set("asking_learners", std::move(asking_learners))
        .set("asking_units", std::move(asking_units))
        .set("export", address_of(visit) + "?format=xlsx")
        .set("print_url", address_of(visit) + "?print=1");
}

void write_rows(office::ListWriter& writer, const std::string& about, const Value& rated) {
    for (const Value& row : *rated.list_items()) {
        std::vector<office::ListCell> cells{std::string_view(about), std::string_view(*row["text"].text()),
                                            *row["count"].number()};
        const std::string mean = row["mean"].is_null() ? "" : *row["mean"].text();
        cells.push_back(mean);
        for (const Value& share : *row["shares"].list_items()) cells.push_back(*share["count"].number());
        writer.row(cells);
    }
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const cohorts::Cohort& cohort) {
    office::ListLayout layout{.sheet = visit.text("cohort.tab.survey"),
                              .titles = {visit.text("surveys.title", {cohort.code}), cohort.programme.name},
                              .columns = {{visit.text("surveys.about"), {}, 28},
                                          {visit.text("surveys.question"), {}, 60},
                                          {visit.text("surveys.ratings"), Column::Kind::quantity},
                                          {visit.text("surveys.mean")}}};
    for (std::int64_t rating = 1; rating <= best_rating; ++rating)
        layout.columns.push_back(
            {visit.text("surveys.gave", {std::to_string(rating)}), Column::Kind::quantity});
    const Value both = both_surveys(visit, tx, cohort);
    const std::string name = visit.text("cohort.tab.survey") + " " + slug(cohort.code) + ".xlsx";
    return pages::workbook(layout, name, [&](office::ListWriter& writer) {
        for (const char* audience : {"learners", "units"}) {
            const Value& survey = both[audience];
            if (survey.is_null()) continue;
            const std::string said_by = visit.text("surveys.audience." + std::string(audience));
            write_rows(writer, said_by, survey["rated"]);
            for (const Value& lecturer : *survey["lecturers"].list_items())
                write_rows(writer, *lecturer["name"].text(), lecturer["rated"]);
        }
    });
}

http::Response survey_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const cohorts::Cohort cohort = require_cohort(visit, tx);
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, cohort);
        return visit.page("surveys/survey", page_value(visit, tx, cohort, {}));
    });
}

http::Response survey_json(const web::Visit& visit) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(both_surveys(visit, tx, require_cohort(visit, tx))); });
}

// --- what is done -----------------------------------------------------------------------------

cohorts::Cohort require_for_asking(const web::Visit& visit, db::Write& tx) {
    const cohorts::Cohort cohort = cohorts::require(tx, visit.actor, cohort_of(visit));
    if (!may(visit, tx, cohort, change_surveys)) throw web::Forbidden{};
    return cohort;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n'))
        if (std::string name = clean(line); !name.empty()) lines.push_back(std::move(name));
    return lines;
}

Outcome<Done> opening(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto audience = sent.required_choice("audience", {"learners", "units"});
        const auto closes_on = sent.required_day("closes_on");
        if (sent.refused()) return sent.refusals();
        const Opening wanted{*parse_audience(*audience), *closes_on, lines_of(sent.text("lecturers"))};
        const auto opened = open(tx, visit.actor, require_for_asking(visit, tx), wanted, visit.today(),
                                 {visit.now, sent.text("reason"), {}});
        if (!opened) return opened.refusals();
        return Done{};
    });
}

Outcome<Done> ending(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto audience = sent.required_choice("audience", {"learners", "units"});
        if (sent.refused()) return sent.refusals();
        const auto survey = find_survey(tx, require_for_asking(visit, tx).id, *parse_audience(*audience));
        if (!survey) throw web::NotFound{};
        return end(tx, visit.actor, *survey, visit.today(), {visit.now, sent.text("reason"), {}});
    });
}

web::Handler by_form(Outcome<Done> (*verb)(const web::Visit&)) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = verb(visit);
        if (outcome) return visit.redirect(address_of(visit), "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            const std::string form = std::string(visit.request.sent("audience")) + "-opening";
            return visit.refused("surveys/survey",
                                 page_value(visit, tx, require_cohort(visit, tx), {form, outcome.refusals()}),
                                 outcome.refusals());
        });
    };
}

web::Handler by_json(Outcome<Done> (*verb)(const web::Visit&)) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = verb(visit);
        return outcome ? survey_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/cohorts/:id/survey", see_surveys, survey_page);
    routes.post("/cohorts/:id/survey/opening", change_surveys, by_form(opening));
    routes.post("/cohorts/:id/survey/ending", change_surveys, by_form(ending));
    routes.get("/api/v1/cohorts/:id/survey", see_surveys, survey_json);
    routes.post("/api/v1/cohorts/:id/survey/opening", change_surveys, by_json(opening));
    routes.post("/api/v1/cohorts/:id/survey/ending", change_surveys, by_json(ending));
    register_answering(routes);
}

}  // namespace tiendo::surveys
