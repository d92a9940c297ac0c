// The forms on a cohort's page: what may happen to it next.
#include "features/cohorts/cohorts_pages.h"
#include "features/cohorts/cohorts_presenter.h"

namespace tiendo::cohorts {
namespace {

Value lines_to_choose(db::Read& tx, const Cohort& cohort) {
    return list_of(lines_it_may_count_to(tx, cohort), [&](const plan::Line& line) {
        return Value::object({{"value", line.id},
                              {"title", std::to_string(year_of(cohort)) + " · " + title_of(line)},
                              {"current", cohort.facts.plan_line == line.id}});
    });
}

Value decision_form(db::Read& tx, const Cohort& cohort, const pages::Forms& forms) {
    const auto decided = opening_decision(tx, cohort.id);
    const OpeningDecision now = decided ? decided->decision : OpeningDecision{};
    return forms.form("decision")
        .set("again", decided.has_value())
        .set("seen", decided ? std::to_string(decided->event) : "none")
        .set("decision_number", forms.field("decision", "number", now.paper.number))
        .set("dated_on", forms.field("decision", "dated_on", now.paper.dated_on))
        .set("signatory", forms.field("decision", "signatory", now.signatory))
        .set("signatory_title", forms.field("decision", "signatory_title", now.signatory_title));
}

Value merger_form(const web::Visit& visit, db::Read& tx, const Cohort& cohort, const pages::Forms& forms) {
    const auto others = cohorts_to_merge_into(tx, visit.actor, cohort);
    if (others.empty()) return nullptr;
    const Value into = forms.field("merger", "into");
    return forms.form("merger")
        .set("merged_on", forms.field("merger", "merged_on", visit.today()))
        .set("into_refusal", into["refusal"])
        .set("cohorts", list_of(others, [&](const Cohort& other) {
                 const auto& planned = other.planned_opens_on;
                 const std::string opens = other.facts.opened_on ? to_text(*other.facts.opened_on)
                                           : planned             ? to_text(*planned)
                                                                 : "";
                 const std::string id = to_text(other.id);
                 const bool chosen = into["value"].text() && *into["value"].text() == id;
                 return Value::object(
                     {{"value", id}, {"code", other.code}, {"opens_on", opens}, {"current", chosen}});
             }));
}

// Opening, closing and filing ask for the dossier, and say what is missing of it.
Value dossier_form(const web::Visit& visit, db::Read& tx, const Cohort& cohort, const pages::Forms& forms,
                   const char* form, Due due) {
    const auto missing = missing_evidence(tx, cohort, due, {visit.today(), visit.language});
    return forms.form(form)
        .set("has_missing", !missing.empty())
        .set("missing", list_of(missing, [](const std::string& name) {
                 return Value::object({{"name", name}});
             }));
}

void set_life(Value& value, db::Read& tx, const web::Visit& visit, const Cohort& cohort,
              const pages::Forms& forms) {
    const Facts& facts = cohort.facts;
    Value decision, going_ahead, postponement, merger, filing;
    if (!facts.cancelled_on) {
        decision = decision_form(tx, cohort, forms);
        if (!facts.opened_on) {
            going_ahead = forms.form("going-ahead");
            postponement = forms.form("postponement")
                               .set("postponed_until", forms.field("postponement", "postponed_until"));
        }
        if (!facts.closed_on) merger = merger_form(visit, tx, cohort, forms);
        if (facts.closed_on)
            filing = dossier_form(visit, tx, cohort, forms, "filing", Due::filing)
                         .set("again", facts.filed_on.has_value())
                         .set("filed_on", forms.field("filing", "filed_on", facts.filed_on));
    }
    value.set("decision_form", std::move(decision))
        .set("going_ahead", std::move(going_ahead))
        .set("postponement", std::move(postponement))
        .set("merger", std::move(merger))
        .set("filing", std::move(filing));
}

}  // namespace

void set_forms(Value& value, db::Read& tx, const web::Visit& visit, const Cohort& cohort,
               const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const Facts& facts = cohort.facts;
    Value opening, closing, counting, cancellation, reinstatement;
    if (!facts.cancelled_on) {
        const bool again = facts.opened_on.has_value();  // then it needs a reason anyway
        opening = (again ? forms.form("opening").set("has_missing", false).set("missing", Value::list())
                         : dossier_form(visit, tx, cohort, forms, "opening", Due::opening))
                      .set("again", again)
                      .set("opened_on", forms.field("opening", "opened_on", facts.opened_on));
        counting = forms.form("counting")
                       .set("counted", facts.plan_line.has_value())
                       .set("plan_lines", lines_to_choose(tx, cohort));
        cancellation = forms.form("cancellation")
                           .set("certificates", standing_certificates(tx, cohort.id))
                           .set("cancelled_on", forms.field("cancellation", "cancelled_on", visit.today()));
    }
    if (facts.opened_on && !facts.cancelled_on)
        closing = dossier_form(visit, tx, cohort, forms, "closing", Due::closing)
                      .set("again", facts.closed_on.has_value())
                      .set("closed_on", forms.field("closing", "closed_on", facts.closed_on));
    if (facts.cancelled_on) reinstatement = forms.form("reinstatement");
    value.set("opening", std::move(opening))
        .set("closing", std::move(closing))
        .set("counting", std::move(counting))
        .set("cancellation", std::move(cancellation))
        .set("reinstatement", std::move(reinstatement));
    set_life(value, tx, visit, cohort, forms);
}

}  // namespace tiendo::cohorts
