// GET /cohorts/:id/assessment: the scheme, the results, the board and the decision.
#include "features/assessment/assessment_pages.h"

#include <algorithm>

#include "base/text.h"
#include "platform/pages/workbook.h"

namespace tiendo::assessment {
namespace {

using Column = office::ListColumn;

Value board_value(db::Read& tx, const Assessment& assessment) {
    return list_of(board_of(tx, assessment.cohort.id), [](const Seat& seat) {
        return Value::object({{"id", std::to_string(seat.id)}, {"name", seat.name}, {"duty", seat.duty}});
    });
}

Value whole_value(const web::Visit& visit, db::Read& tx, const Assessment& assessment) {
    const auto learners = graded(tx, assessment);
    const Date day = assessment.cohort.facts.opened_on.value_or(visit.today());
    auto events = history_of(tx, assessment.cohort.id);
    std::reverse(events.begin(), events.end());
    Value held_back = Value::list();
    for (const Graded& one : learners)
        if (one.held_back)
            held_back.push(
                Value::object({{"id", one.participation},
                               {"message", visit.site.texts.text(visit.language, *one.held_back)}}));
    const bool has_held_back = !held_back.list_items()->empty();
    return assessment_value(assessment, learners)
        .set("held_back", std::move(held_back))
        .set("has_held_back", has_held_back)
        .set("aims", aims_value(aims_on(tx, day), learners, visit.language))
        .set("board", board_value(tx, assessment))
        .set("events", list_of(events, [](const Event& event) { return to_value(event); }));
}

// The forms that make sense now; null where one does not.
void set_forms(Value& value, const web::Visit& visit, db::Read& tx, const Assessment& assessment,
               const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const bool is_set_up = !assessment.scheme.components.empty();
    Value scheme, locking, unlocking, seat;
    if (assessment.locked_on) {
        unlocking = forms.form("unlocking")
                        .set("certificates", cohorts::standing_certificates(tx, assessment.cohort.id));
    } else {
        scheme = scheme_form(forms, is_set_up ? assessment.scheme
                                              : offered_scheme(tx, assessment.cohort, visit.today()))
                     .set("again", is_set_up);
        if (is_set_up)
            locking = forms.form("locking")
                          .set("decision_number", forms.field("locking", "number"))
                          .set("dated_on", forms.field("locking", "dated_on", visit.today()));
    }
    if (is_set_up)
        seat = forms.form("seats")
                   .set("name", forms.field("seats", "name"))
                   .set("duty", forms.field("seats", "duty"));
    value.set("scheme", std::move(scheme))
        .set("locking", std::move(locking))
        .set("unlocking", std::move(unlocking))
        .set("seat", std::move(seat));
}

Value page_value(const web::Visit& visit, db::Read& tx, const Assessment& assessment,
                 const pages::Refused& refused) {
    const auto may = [&](web::Permission permission) {
        return visit.actor.may(permission) &&
               organisations::may(tx, visit.actor, permission, assessment.cohort.organiser_unit);
    };
    Value value = whole_value(visit, tx, assessment);
    const bool has_learners = *value["counts"]["learners"].number() > 0;
    const bool has_board = !value["board"].list_items()->empty();
    const bool has_events = !value["events"].list_items()->empty();
    value.set("title", visit.text("assessment.title", {assessment.cohort.code}))
        .set("tabs", cohorts::tabs(visit, tx, assessment.cohort, "assessment"))
        .set("can_change", may(change_assessment))
        .set("can_mark", may(enter_marks))
        .set("has_learners", has_learners)
        .set("has_board", has_board)
        .set("has_history", has_events)
        .set("export", address_of(visit) + "?format=xlsx")
        .set("print_url", address_of(visit) + "?print=1");
    set_forms(value, visit, tx, assessment, refused);
    return value;
}

// --- the results as a workbook ----------------------------------------------------------------

office::ListLayout layout_of(const web::Visit& visit, const Assessment& assessment) {
    office::ListLayout layout{.sheet = visit.text("cohort.tab.assessment"),
                              .titles = {visit.text("assessment.title", {assessment.cohort.code}),
                                         assessment.cohort.programme.name},
                              .columns = {{visit.text("roster.ordinal"), Column::Kind::integer},
                                          {visit.text("roster.full_name"), {}, 28},
                                          {visit.text("roster.unit_alone"), {}, 36}}};
    for (const Component& component : assessment.scheme.components)
        layout.columns.push_back({component.name, {}, 14});
    layout.columns.push_back({visit.text("assessment.total"), {}, 10});
    layout.columns.push_back({visit.text("scheme.band"), {}, 14});
    layout.columns.push_back({visit.text("participation.result"), {}, 18});
    return layout;
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const Assessment& assessment) {
    const auto learners = graded(tx, assessment);
    const std::string name =
        visit.text("cohort.tab.assessment") + " " + slug(assessment.cohort.code) + ".xlsx";
    const auto written = [&](const std::optional<Mark>& mark) {
        return mark ? i18n::decimal(visit.language, to_text(*mark)) : std::string();
    };
    return pages::workbook(layout_of(visit, assessment), name, [&](office::ListWriter& writer) {
        std::int64_t ordinal = 0;
        for (const Graded& one : learners) {
            std::vector<std::string> texts;  // a cell only looks at its text
            for (const Component& component : assessment.scheme.components)
                texts.push_back(written(counting_mark(component, one.marked.at(component.id))));
            texts.push_back(written(one.result.total));
            texts.push_back(one.result.band ? assessment.scheme.bands[*one.result.band].name : "");
            texts.push_back(one.result.total
                                ? visit.text(one.result.passed ? "result.completed" : "result.not_completed")
                                : "");
            std::vector<office::ListCell> cells{++ordinal, one.full_name, one.unit_name};
            cells.insert(cells.end(), texts.begin(), texts.end());
            writer.row(cells);
        }
    });
}

http::Response assessment_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Assessment assessment = require_assessment(tx, visit.actor, cohort_of(visit));
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, assessment);
        return visit.page("assessment/assessment", page_value(visit, tx, assessment, {}));
    });
}

http::Response assessment_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.json(whole_value(visit, tx, require_assessment(tx, visit.actor, cohort_of(visit))));
    });
}

// --- what is done -----------------------------------------------------------------------------

// What a verb is told: the assessment under its lock, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Assessment& assessment;
    pages::Reader& sent;
    const cohorts::Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Outcome<Done> scheme(const Told& told) {
    Scheme said = programmes::scheme_sent(told.sent);
    if (told.sent.refused()) return told.sent.refusals();
    return set_up(told.tx, told.visit.actor, told.assessment, std::move(said), told.act);
}

Outcome<Done> locking(const Told& told) {
    const Decision decision{told.sent.text("number"), told.sent.required_day("dated_on").value_or(Date{})};
    if (told.sent.refused()) return told.sent.refusals();
    return lock(told.tx, told.visit.actor, told.assessment, decision, told.visit.today(), told.act);
}

Outcome<Done> unlocking(const Told& told) {
    return unlock(told.tx, told.visit.actor, told.assessment, told.act);
}

Outcome<Done> seats(const Told& told) {
    return seat(told.tx, told.visit.actor, told.assessment, told.sent.text("name"), told.sent.text("duty"),
                told.act);
}

Outcome<Done> unseating(const Told& told) {
    const std::int64_t which = parse_id(told.sent.required_text("seat"));
    if (told.sent.refused()) return told.sent.refusals();
    return unseat(told.tx, told.visit.actor, told.assessment, which, told.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Assessment assessment = require_to_change(tx, visit.actor, cohort_of(visit));
        return verb({tx, visit, assessment, sent, cohorts::Act{visit.now, sent.text("reason"), {}}});
    });
}

web::Handler by_form(std::string form, Verb verb) {
    return [form = std::move(form), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        if (outcome) return visit.redirect(address_of(visit), "act.recorded");
        return visit.database.read([&](db::Read& tx) {
            const Assessment assessment = require_assessment(tx, visit.actor, cohort_of(visit));
            return visit.refused("assessment/assessment",
                                 page_value(visit, tx, assessment, {form, outcome.refusals()}),
                                 outcome.refusals());
        });
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? assessment_json(visit) : visit.json_refused(outcome.refusals());
    };
}

}  // namespace

void register_routes(web::Routes& routes, const files::Store& store) {
    routes.get("/cohorts/:id/assessment", see_assessment, assessment_page);
    routes.post("/cohorts/:id/assessment", change_assessment, by_form("assessment", scheme));
    routes.post("/cohorts/:id/assessment/locking", change_assessment, by_form("locking", locking));
    routes.post("/cohorts/:id/assessment/unlocking", change_assessment, by_form("unlocking", unlocking));
    routes.post("/cohorts/:id/assessment/seats", change_assessment, by_form("seats", seats));
    routes.post("/cohorts/:id/assessment/unseating", change_assessment, by_form("unseating", unseating));
    routes.get("/api/v1/cohorts/:id/assessment", see_assessment, assessment_json);
    routes.post("/api/v1/cohorts/:id/assessment", change_assessment, by_json(scheme));
    routes.post("/api/v1/cohorts/:id/assessment/locking", change_assessment, by_json(locking));
    routes.post("/api/v1/cohorts/:id/assessment/unlocking", change_assessment, by_json(unlocking));
    register_aims(routes);
    register_marking(routes, store);
}

}  // namespace tiendo::assessment
