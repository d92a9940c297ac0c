// POST /programmes/:id/trial and /waivers: a person judged by the rules, and let off one of them.
#include <algorithm>

#include "features/eligibility/programme_pages.h"

namespace tiendo::eligibility {
namespace {

std::string verdict(const std::optional<bool>& eligible) {
    return !eligible ? "null" : *eligible ? "true" : "false";
}

// A person's number is sent in a form and not in an address, which is written into logs.
Outcome<Judged> judged_of(const web::Visit& visit, db::Read& tx, pages::Reader& sent) {
    const std::string number = sent.required_text("person");
    const Date on = sent.day("day").value_or(visit.today());
    if (sent.refused()) return sent.refusals();
    try {
        return Judged{people::require_by_number(tx, visit.actor, number), on};
    } catch (const web::NotFound&) {
        const auto digits =
            std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        return Refusal{"person", "eligibility.person_unknown", {number, std::to_string(digits)}};
    }
}

http::Response trial_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto programme = require_programme(visit, tx, see_eligibility);
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto judged = judged_of(visit, tx, sent);
        if (!judged)
            return visit.refused("eligibility/rules",
                                 rules_page_value(visit, tx, programme, visit.today(), {}, judged.refusals()),
                                 judged.refusals());
        return visit.page("eligibility/rules", rules_page_value(visit, tx, programme, judged->on, *judged));
    });
}

http::Response judgement_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const auto programme = require_programme(visit, tx, see_eligibility);
        pages::Reader sent = pages::Reader::of_body(visit);
        const auto judged = judged_of(visit, tx, sent);
        if (!judged) return visit.json_refused(judged.refusals());
        const std::vector<people::PersonId> people{judged->person.id};
        const auto judgements = judge(tx, visit.actor, {.programme = programme, .on = judged->on}, people);
        return visit.json(to_value(judgements.front(), visit.site.texts, visit.language));
    });
}

struct WaiverSent {
    programmes::Programme programme;
    Judged judged;
};

WaiverSent waiver_sent(const web::Visit& visit, db::Read& tx, pages::Reader& sent) {
    const auto programme = require_programme(visit, tx, change_eligibility);
    const people::PersonId person{parse_id(sent.text("person_id"))};
    return {programme, {people::require(tx, visit.actor, person), sent.day("day").value_or(visit.today())}};
}

Outcome<Done> record_waiver(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const WaiverSent asked = waiver_sent(visit, tx, sent);
        const auto dated_on = sent.day("document_date");
        if (sent.refused()) return sent.refusals();
        const std::string number = sent.text("document_number");
        return waive(tx, visit.actor,
                     {.person = asked.judged.person.id,
                      .programme = asked.programme.id,
                      .rule = sent.text("rule"),
                      .reason = sent.text("reason")},
                     {.kind = "decision", .title = number, .number = number, .dated_on = dated_on},
                     asked.judged.on, visit.now);
    });
}

http::Response waiver_by_form(const web::Visit& visit) {
    const Outcome<Done> outcome = record_waiver(visit);
    if (outcome)
        return visit.redirect("/programmes/" + std::to_string(web::id_of(visit, "id")) + "/rules",
                              "eligibility.waiver_recorded");
    return visit.database.read([&](db::Read& tx) {
        pages::Reader sent = pages::Reader::of_body(visit);
        const WaiverSent asked = waiver_sent(visit, tx, sent);
        return visit.refused(
            "eligibility/rules",
            rules_page_value(visit, tx, asked.programme, asked.judged.on, asked.judged, outcome.refusals()),
            outcome.refusals());
    });
}

http::Response waiver_by_json(const web::Visit& visit) {
    const Outcome<Done> outcome = record_waiver(visit);
    return outcome ? visit.json(Value::object({{"done", true}})) : visit.json_refused(outcome.refusals());
}

}  // namespace

std::string judgement_html(const web::Visit& visit, const Judgement& judgement) {
    Value value = to_value(judgement, visit.site.texts, visit.language);
    const auto row = [&](Value rule) {
        const Value waived = rule["waived"];
        if (waived.is_null()) return rule;
        return rule.set("waived",
                        visit.text("eligibility.waived_by", {*waived["by"].text(), *waived["document"].text(),
                                                             *waived["reason"].text()}));
    };
    Value rules = list_of(*value["rules"].list_items(), row);
    value.set("rules", std::move(rules)).set("verdict", verdict(judgement.eligible));
    return visit.fragment("eligibility/judgement", std::move(value)).body;
}

std::string person_html(const web::Visit& visit, db::Read& tx, people::PersonId person) {
    if (!visit.actor.may(see_eligibility)) return {};
    const auto judged = judge_everywhere(tx, visit.actor, person, visit.today());
    return visit
        .fragment("eligibility/person",
                  Value::object({{"programmes", list_of(judged,
                                                        [&](const JudgedProgramme& one) {
                                                            return Value::object(
                                                                {{"programme", one.programme.id},
                                                                 {"name", one.programme.name},
                                                                 {"verdict", verdict(one.judgement.eligible)},
                                                                 {"judgement_html",
                                                                  judgement_html(visit, one.judgement)}});
                                                        })}}))
        .body;
}

void register_judgements(web::Routes& routes) {
    routes.post("/programmes/:id/trial", see_eligibility, trial_page);
    routes.post("/programmes/:id/waivers", change_eligibility, waiver_by_form);
    routes.post("/api/v1/programmes/:id/judgements", see_eligibility, judgement_json);
    routes.post("/api/v1/programmes/:id/waivers", change_eligibility, waiver_by_json);
}

}  // namespace tiendo::eligibility
