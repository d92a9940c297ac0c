// GET and POST /programmes/:id/waivers: a person let off a rule, for good or for one cohort; POST
// /waivers/:id/withdrawal; and what stands of them on a person's page.
#include <algorithm>

#include "features/eligibility/eligibility_store.h"
#include "features/eligibility/programme_pages.h"
#include "features/eligibility/words.h"

namespace tiendo::eligibility {
namespace {

// What is asked for or sent: in the address of the form, and in its hidden fields.
struct Asked {
    programmes::Programme programme;
    people::Person person;
    Date on;
    std::optional<std::int64_t> cohort;
    std::string cohort_name, rule, back;
};

Asked asked_of(const web::Visit& visit, db::Read& tx, pages::Reader& sent) {
    const auto programme = require_programme(visit, tx, change_eligibility);
    Asked asked{programme,
                people::require(tx, visit.actor, people::PersonId{parse_id(sent.text("person_id"))}),
                sent.day("day").value_or(visit.today()),
                std::nullopt,
                "",
                sent.text("rule"),
                web::local_path(sent.text("back")).value_or("")};
    if (const std::string cohort = sent.text("cohort"); !cohort.empty()) {
        asked.cohort = parse_id(cohort);
        asked.cohort_name = name_of_cohort(tx, visit.actor, programme.id, *asked.cohort);
    }
    return asked;
}

// --- the form of its own ----------------------------------------------------------------------

Value form_value(const web::Visit& visit, db::Read& tx, const Asked& asked, const Refusals& refusals) {
    Value rules = Value::list();
    for (const Rule& rule : in_force(rules_of(tx, asked.programme.id), asked.on))
        if (rule.waivable)
            rules.push(Value::object({{"value", rule.code},
                                      {"message", message_of(rule, visit.language)},
                                      {"current", rule.code == asked.rule}}));
    Value value = Value::object({{"title", visit.text("eligibility.waive")},
                                 {"programme", asked.programme.id},
                                 {"name", asked.programme.name},
                                 {"person", asked.person.id},
                                 {"full_name", asked.person.full_name},
                                 {"day", asked.on},
                                 {"cohort", asked.cohort ? Value(std::to_string(*asked.cohort)) : Value()},
                                 {"cohort_name", asked.cohort_name},
                                 {"back", asked.back},
                                 {"rules", std::move(rules)},
                                 {"export", nullptr},
                                 {"print_url", nullptr}});
    for (const char* name : {"reason", "document_number", "document_date"})
        value.set(name, web::form_field(visit, name, {}, refusals));
    return value;
}

http::Response form_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        pages::Reader query = pages::Reader::of_query(visit);
        const Asked asked = asked_of(visit, tx, query);
        return visit.page("eligibility/waiver", form_value(visit, tx, asked, {}));
    });
}

// --- waiving -----------------------------------------------------------------------------------

Outcome<Done> record_waiver(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Asked asked = asked_of(visit, tx, sent);
        const auto dated_on = sent.day("document_date");
        if (sent.refused()) return sent.refusals();
        const std::string number = sent.text("document_number");
        return waive(tx, visit.actor,
                     {.person = asked.person.id,
                      .programme = asked.programme.id,
                      .cohort = asked.cohort,
                      .rule = asked.rule,
                      .reason = sent.text("reason")},
                     {.kind = "decision", .title = number, .number = number, .dated_on = dated_on}, asked.on,
                     visit.now);
    });
}

http::Response waiver_by_form(const web::Visit& visit) {
    const Outcome<Done> outcome = record_waiver(visit);
    return visit.database.read([&](db::Read& tx) {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Asked asked = asked_of(visit, tx, sent);
        // The rules of the programme have the form beneath the trial of a person.
        const bool on_rules = sent.text("page") == "rules";
        const std::string rules = "/programmes/" + to_text(asked.programme.id) + "/rules";
        if (outcome)
            return visit.redirect(asked.back.empty() ? rules : asked.back, "eligibility.waiver_recorded");
        if (!on_rules)
            return visit.refused("eligibility/waiver", form_value(visit, tx, asked, outcome.refusals()),
                                 outcome.refusals());
        return visit.refused("eligibility/rules",
                             rules_page_value(visit, tx, asked.programme, asked.on,
                                              Judged{asked.person, asked.on}, outcome.refusals()),
                             outcome.refusals());
    });
}

http::Response waiver_by_json(const web::Visit& visit) {
    const Outcome<Done> outcome = record_waiver(visit);
    return outcome ? visit.json(Value::object({{"done", true}})) : visit.json_refused(outcome.refusals());
}

// --- withdrawing ----------------------------------------------------------------------------------

struct Withdrawn {
    Outcome<Done> outcome;
    people::PersonId person;
};
Withdrawn record_withdrawal(const web::Visit& visit) {
    people::PersonId person;
    auto outcome = visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Waiver waiver = require_waiver(tx, visit.actor, WaiverId{web::id_of(visit, "id")});
        if (!organisations::may(tx, visit.actor, change_eligibility, organisations::centre(tx).id))
            throw web::Forbidden{};
        person = waiver.person;
        if (sent.refused()) return sent.refusals();
        return withdraw(tx, visit.actor, waiver, sent.text("reason"), visit.now);
    });
    return {std::move(outcome), person};
}

http::Response withdrawal_by_form(const web::Visit& visit) {
    const Withdrawn withdrawn = record_withdrawal(visit);
    const std::string page = "/people/" + to_text(withdrawn.person) + "#eligibility";
    if (withdrawn.outcome) return visit.redirect(page, "eligibility.waiver_withdrawn");
    return visit.database.read([&](db::Read& tx) {
        const people::Person person = people::require(tx, visit.actor, withdrawn.person);
        return visit.refused(
            "eligibility/withdrawal",
            Value::object({{"title", visit.text("eligibility.withdraw_waiver")},
                           {"waiver", std::to_string(web::id_of(visit, "id"))},
                           {"person", person.id},
                           {"full_name", person.full_name},
                           {"reason", web::form_field(visit, "reason", {}, withdrawn.outcome.refusals())},
                           {"export", nullptr},
                           {"print_url", nullptr}}),
            withdrawn.outcome.refusals());
    });
}

http::Response withdrawal_by_json(const web::Visit& visit) {
    const Withdrawn withdrawn = record_withdrawal(visit);
    return withdrawn.outcome ? visit.json(Value::object({{"done", true}}))
                             : visit.json_refused(withdrawn.outcome.refusals());
}

// --- on a person's page ----------------------------------------------------------------------------

std::string cohort_name(const web::Visit& visit, db::Read& tx, const Waiver& waiver) {
    if (!waiver.cohort) return "";
    try {
        return name_of_cohort(tx, visit.actor, waiver.programme, *waiver.cohort);
    } catch (const web::NotFound&) {
        return "…";
    }
}

Value to_value(const web::Visit& visit, db::Read& tx, const Waiver& waiver) {
    const auto programme = programmes::find_programme(tx, waiver.programme);
    return Value::object({{"waiver", waiver.id},
                          {"rule", waiver.rule},
                          {"programme_name", programme ? programme->name : ""},
                          {"cohort_name", cohort_name(visit, tx, waiver)},
                          {"reason", waiver.reason},
                          {"document", waiver.document_title},
                          {"granted_by", waiver.granted_by},
                          {"recorded_at", waiver.recorded_at},
                          {"withdrawn_at", waiver.withdrawn_at},
                          {"withdrawn_by", waiver.withdrawn_by},
                          {"withdrawn_reason", waiver.withdrawn_reason}});
}

// Those of one person in one programme, with those that were withdrawn.
http::Response waivers_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto programme = require_programme(visit, tx, see_eligibility);
        const auto query = pages::Reader::of_query(visit);
        const auto person =
            people::require(tx, visit.actor, people::PersonId{parse_id(query.text("person_id"))});
        auto waivers = waivers_there_were(tx, person.id);
        std::erase_if(waivers, [&](const Waiver& one) { return one.programme != programme.id; });
        return visit.json(Value::object(
            {{"waivers", list_of(waivers, [&](const Waiver& one) { return to_value(visit, tx, one); })}}));
    });
}

}  // namespace

std::string person_html(const web::Visit& visit, db::Read& tx, people::PersonId person,
                        people::Sensitive sensitive) {
    if (!visit.actor.may(see_eligibility)) return {};
    const bool can_change =
        visit.actor.may(change_eligibility) &&
        organisations::may(tx, visit.actor, change_eligibility, organisations::centre(tx).id);
    const auto judged = judge_everywhere(tx, visit.actor, person, visit.today(), sensitive);
    const auto programme = [&](const JudgedProgramme& one) {
        const auto& rules = one.judgement.rules;
        const bool waivable = std::any_of(rules.begin(), rules.end(), [](const RuleResult& result) {
            return result.rule->waivable && !result.waiver && result.result != Result::pass;
        });
        return Value::object(
            {{"programme", one.programme.id},
             {"name", one.programme.name},
             {"verdict", verdict(one.judgement.eligible)},
             {"judgement_html", judgement_html(visit, one.judgement)},
             {"waive_url", can_change && waivable ? Value("/programmes/" + to_text(one.programme.id) +
                                                          "/waivers?person_id=" + to_text(person) +
                                                          "&back=/people/" + to_text(person))
                                                  : Value()}});
    };
    const auto waivers = waivers_there_were(tx, person);
    const auto waiver = [&](const Waiver& one) {
        return to_value(visit, tx, one).set("can_withdraw", can_change && !one.withdrawn_at);
    };
    return visit
        .fragment("eligibility/person", Value::object({{"programmes", list_of(judged, programme)},
                                                       {"has_waivers", !waivers.empty()},
                                                       {"waivers", list_of(waivers, waiver)}}))
        .body;
}

void register_waivers(web::Routes& routes) {
    routes.get("/programmes/:id/waivers", change_eligibility, form_page);
    routes.post("/programmes/:id/waivers", change_eligibility, waiver_by_form);
    routes.post("/waivers/:id/withdrawal", change_eligibility, withdrawal_by_form);
    routes.get("/api/v1/programmes/:id/waivers", see_eligibility, waivers_json);
    routes.post("/api/v1/programmes/:id/waivers", change_eligibility, waiver_by_json);
    routes.post("/api/v1/waivers/:id/withdrawal", change_eligibility, withdrawal_by_json);
}

}  // namespace tiendo::eligibility
