// POST /programmes/:id/trial: a person judged by the rules, as a page and as a piece of one.
#include <algorithm>

#include "features/eligibility/programme_pages.h"

namespace tiendo::eligibility {
namespace {

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

}  // namespace

std::string verdict(const std::optional<bool>& eligible) {
    return !eligible ? "null" : *eligible ? "true" : "false";
}

std::string judgement_html(const web::Visit& visit, const Judgement& judgement) {
    Value value = to_value(judgement, visit.site.texts, visit.language);
    const auto row = [&](Value rule) {
        const Value waived = rule["waived"];
        if (waived.is_null()) return rule;
        return std::move(rule).set(
            "waived", visit.text("eligibility.waived_by", {*waived["by"].text(), *waived["document"].text(),
                                                           *waived["reason"].text()}));
    };
    Value rules = list_of(*value["rules"].list_items(), row);
    value.set("rules", std::move(rules)).set("verdict", verdict(judgement.eligible));
    return visit.fragment("eligibility/judgement", std::move(value)).body;
}

void register_judgements(web::Routes& routes) {
    routes.post("/programmes/:id/trial", see_eligibility, trial_page);
    routes.post("/api/v1/programmes/:id/judgements", see_eligibility, judgement_json);
}

}  // namespace tiendo::eligibility
