// GET /programmes/:id/rules, as a page and as JSON; and what a programme's own page shows of its rules.
#include "features/eligibility/programme_pages.h"

#include <map>
#include <set>

#include "features/eligibility/eligibility_store.h"
#include "platform/pages/address.h"

namespace tiendo::eligibility {
namespace {

http::Response rules_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Date on = asked.day("on").value_or(visit.today());
    return visit.database.read([&](db::Read& tx) {
        const auto programme = require_programme(visit, tx, see_eligibility);
        Value value = rules_page_value(visit, tx, programme, on, {});
        if (asked.refused()) return visit.refused("eligibility/rules", std::move(value), asked.refusals());
        return visit.page("eligibility/rules", std::move(value));
    });
}

http::Response rules_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Date on = asked.day("on").value_or(visit.today());
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read([&](db::Read& tx) {
        return visit.json(rules_value(visit, tx, require_programme(visit, tx, see_eligibility), on));
    });
}

// Who is judged, what came of it, and the form by which one rule is waived.
void set_judged(Value& value, const web::Visit& visit, db::Read& tx, const programmes::Programme& programme,
                const Judged& judged, const Refusals& refusals) {
    const std::vector<people::PersonId> people{judged.person.id};
    const Judgement judgement =
        judge(tx, visit.actor, {.programme = programme, .on = judged.on}, people).front();
    value.set("judged", Value::object({{"full_name", judged.person.full_name},
                                       {"national_id", people::masked(judged.person.national_id)},
                                       {"day", judged.on},
                                       {"judgement_html", judgement_html(visit, judgement)}}));
    Value waivable = Value::list();
    for (const RuleResult& result : judgement.rules)
        if (result.rule->waivable && !result.waiver && result.result != Result::pass)
            waivable.push(Value::object({{"value", result.rule->code},
                                         {"message", message_of(*result.rule, visit.language)},
                                         {"current", result.rule->code == visit.request.sent("rule")}}));
    if (waivable.list_items()->empty() || !programmes::may(tx, visit.actor, change_eligibility)) return;
    Value waiver = Value::object({{"open", !refusals.empty()},
                                  {"person", judged.person.id},
                                  {"day", judged.on},
                                  {"rules", std::move(waivable)}});
    for (const char* name : {"reason", "document_number", "document_date"})
        waiver.set(name, web::form_field(visit, name, {}, refusals));
    value.set("waiver", std::move(waiver));
}

}  // namespace

programmes::Programme require_programme(const web::Visit& visit, db::Read& tx, web::Permission permission) {
    const auto programme = programmes::find_programme(tx, programmes::ProgrammeId{web::id_of(visit, "id")});
    if (!programme || !programmes::may(tx, visit.actor, see_eligibility)) throw web::NotFound{};
    if (!programmes::may(tx, visit.actor, permission)) throw web::Forbidden{};
    return *programme;
}

Reader reader_of(const web::Visit& visit, db::Read& tx) {
    return {visit.site.texts, visit.language, programme_names(tx)};
}

Value rules_value(const web::Visit& visit, db::Read& tx, const programmes::Programme& programme, Date on) {
    const Reader reader = reader_of(visit, tx);
    const std::vector<Rule> rows = rules_of(tx, programme.id);
    const std::vector<Rule> rules = in_force(rows, on);
    std::set<RuleId> shown;
    for (const Rule& rule : rules) shown.insert(rule.id);
    Value others = Value::list();
    for (const Rule& rule : rows)
        if (!shown.contains(rule.id)) others.push(to_value(rule, reader));
    // A version of the programme carries the rules of its days.
    Value version;
    if (const auto in_force = programmes::version_on(tx, programme.id, on))
        version = Value::object(
            {{"number", in_force->number}, {"valid_from", in_force->valid_from}, {"basis", in_force->basis}});
    return Value::object({{"programme", programme.id},
                          {"code", programme.code},
                          {"name", programme.name},
                          {"on", on},
                          {"version", std::move(version)},
                          {"rules", list_of(rules, [&](const Rule& rule) { return to_value(rule, reader); })},
                          {"others", std::move(others)}});
}

Value rules_page_value(const web::Visit& visit, db::Read& tx, const programmes::Programme& programme, Date on,
                       const std::optional<Judged>& judged, const Refusals& refusals) {
    Value value = rules_value(visit, tx, programme, on);
    value.set("title", programme.name)
        .set("count", value["rules"].list_items()->size())
        .set("tabs", programmes::tabs(visit, tx, programme, "rules"))
        .set("has_others", !value["others"].list_items()->empty())
        .set("can_change", programmes::may(tx, visit.actor, change_eligibility))
        .set("asked_on", !visit.request.asked("on").empty())
        .set("export", nullptr)
        .set("print_url", pages::address("/programmes/" + to_text(programme.id) + "/rules",
                                         {{"on", to_text(on)}, {"print", "1"}}))
        .set("judged", nullptr)
        .set("waiver", nullptr)
        .set("trial", nullptr);
    if (visit.actor.may(people::see_people))
        value.set("trial", Value::object({{"person", web::form_field(visit, "person", {}, refusals)},
                                          {"day", web::form_field(visit, "day", on, refusals)}}));
    if (judged) set_judged(value, visit, tx, programme, *judged, refusals);
    return value;
}

programmes::Rules rules_shown(const web::Visit& visit, db::Read& tx, Date on) {
    programmes::Rules shown;
    if (!programmes::may(tx, visit.actor, see_eligibility)) return shown;
    const Reader reader = reader_of(visit, tx);
    std::map<programmes::ProgrammeId, std::vector<Rule>> rows;
    for (Rule& rule : all_rules(tx)) rows[rule.programme].push_back(std::move(rule));
    for (const auto& [programme, of_programme] : rows)
        for (const Rule& rule : in_force(of_programme, on))
            shown[programme].push_back({rule.code, std::string(to_text(rule.severity)),
                                        message_of(rule, visit.language), in_words(reader, rule.condition),
                                        rule.basis, rule.verified_by});
    return shown;
}

void register_routes(web::Routes& routes) {
    routes.get("/programmes/:id/rules", see_eligibility, rules_page);
    routes.get("/api/v1/programmes/:id/rules", see_eligibility, rules_json);
    register_rules(routes);
    register_judgements(routes);
    register_waivers(routes);
}

}  // namespace tiendo::eligibility
