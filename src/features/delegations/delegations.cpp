#include "features/delegations/delegations.h"

#include <algorithm>

#include "base/text.h"
#include "features/delegations/delegations_store.h"
#include "platform/audit/audit.h"

namespace tiendo::delegations {
namespace {

std::string trimmed(std::string_view text) {
    const auto begins = text.find_first_not_of(' ');
    if (begins == std::string_view::npos) return {};
    return std::string(text.substr(begins, text.find_last_not_of(' ') - begins + 1));
}

// What was not told of the journey, the cohort knows.
Delegation with_days(Delegation delegation) {
    const cohorts::Cohort& cohort = delegation.cohort;
    const auto& planned = cohort.planned_opens_on;
    if (!delegation.departs_on) {
        delegation.departs_on = cohort.facts.opened_on;
        if (!delegation.departs_on && planned && planned->precision == Precision::day)
            delegation.departs_on = planned->date;
    }
    if (!delegation.returns_on)
        delegation.returns_on = cohort.facts.closed_on ? cohort.facts.closed_on : cohort.planned_closes_on;
    return delegation;
}

Delegation require_cohort(db::Read& tx, const cohorts::Cohort& cohort) {
    if (cohort.kind != cohorts::Kind::overseas_delegation) throw web::NotFound{};
    return with_days(delegation_of(tx, cohort));
}

void tell(db::Write& tx, const web::Actor& actor, cohorts::CohortId cohort, std::string_view kind, Value said,
          const cohorts::Act& act) {
    insert_event(tx, actor, cohort, kind, said, act);
    if (!act.reason.empty()) said.set("reason", act.reason);
    audit::record(tx, actor, act.at,
                  {"delegation." + std::string(kind), "cohort", cohort.value, std::move(said)});
}

std::vector<PaperworkItem> checklist(db::Read& tx, const Delegation& delegation,
                                     std::span<const Rule> rules) {
    std::vector<PaperworkItem> items;
    const auto settled = paperwork_of(tx, delegation.cohort.id);
    for (const Rule& rule : rules) {
        if (rule.kind != "paperwork") continue;
        PaperworkItem item;
        for (const Settled& one : settled)
            if (one.code == rule.code) item = one.item;
        item.rule = rule;
        if (delegation.departs_on) item.due_on = *delegation.departs_on + -static_cast<int>(*rule.amount);
        items.push_back(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(), [](const PaperworkItem& a, const PaperworkItem& b) {
        return *a.rule.amount > *b.rule.amount;
    });
    return items;
}

// Days on which something was done, which cannot lie ahead.
void refuse_ahead(Refusals& refusals, const std::string& field, std::optional<Date> day, Date today) {
    if (day && *day > today)
        refusals.push_back({field, "delegation.day_ahead", {to_text(*day), to_text(today)}});
}

}  // namespace

std::vector<std::string> countries_of(const Delegation& delegation) {
    std::vector<std::string> countries;
    for (const std::string_view piece : split(delegation.countries, ';'))
        if (std::string name = trimmed(piece);
            !name.empty() && std::find(countries.begin(), countries.end(), name) == countries.end())
            countries.push_back(std::move(name));
    if (countries.empty() && !delegation.cohort.place.empty()) countries.push_back(delegation.cohort.place);
    return countries;
}

bool has_departed(const Delegation& delegation, Date day) {
    const cohorts::Facts& facts = delegation.cohort.facts;
    return facts.opened_on && *facts.opened_on <= day && !facts.cancelled_on;
}

bool has_returned(const Delegation& delegation, Date day) {
    return has_departed(delegation, day) && delegation.returns_on && *delegation.returns_on <= day;
}

Delegation require_delegation(db::Read& tx, const web::Actor& actor, cohorts::CohortId id) {
    const cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, see_delegations, cohort.organiser_unit)) throw web::NotFound{};
    return require_cohort(tx, cohort);
}

Delegation require_to_change(db::Write& tx, const web::Actor& actor, cohorts::CohortId id) {
    const cohorts::Cohort cohort = cohorts::require(tx, actor, id);
    if (!organisations::may(tx, actor, change_delegations, cohort.organiser_unit)) throw web::Forbidden{};
    tx.lock("cohort", id.value);
    return require_cohort(tx, cohorts::require(tx, actor, id));
}

Portrait portrait(db::Read& tx, const Delegation& delegation, Date today) {
    Portrait found{.delegation = delegation};
    const Date day = delegation.returns_on.value_or(delegation.departs_on.value_or(today));
    found.rules = in_force(all_rules(tx), day);
    found.legs = legs_of(tx, delegation.cohort.id);
    found.paperwork = checklist(tx, delegation, found.rules);
    found.members = members_of(tx, delegation);
    found.costs = costs_of(tx, delegation.cohort.id);
    found.events = events_of(tx, delegation.cohort.id);
    return found;
}

Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Delegation& said,
                       const cohorts::Act& act) {
    Refusals refusals;
    if (said.departs_on.has_value() != said.returns_on.has_value())
        refusals.push_back({said.departs_on ? "returns_on" : "departs_on", "form.required", {}});
    if (said.departs_on && said.returns_on && *said.returns_on < *said.departs_on)
        refusals.push_back({"returns_on",
                            "delegation.returns_before_departure",
                            {to_text(*said.returns_on), to_text(*said.departs_on)}});
    if (said.leader) {
        const auto members = members_of(tx, said);
        const auto is_it = [&](const Member& member) { return member.id == *said.leader; };
        if (std::none_of(members.begin(), members.end(), is_it))
            refusals.push_back({"leader", "delegation.no_member", {}});
    }
    if (!refusals.empty()) return refusals;
    write_delegation(tx, said);
    tell(tx, actor, said.cohort.id, "described",
         Value::object({{"what", said.countries},
                        {"sponsor", said.sponsor},
                        {"sending_bodies", said.sending_bodies},
                        {"departs_on", said.departs_on},
                        {"returns_on", said.returns_on},
                        {"leader", said.leader}}),
         act);
    return Done{};
}

Outcome<Done> add_leg(db::Write& tx, const web::Actor& actor, const Delegation& delegation, Leg leg,
                      const cohorts::Act& act) {
    Refusals refusals;
    if (leg.place.empty()) refusals.push_back({"place", "form.required", {}});
    if (leg.to_day < leg.from_day)
        refusals.push_back(
            {"to_day", "delegation.leg_ends_before_start", {to_text(leg.to_day), to_text(leg.from_day)}});
    for (const auto& [field, day] : {std::pair{"from_day", leg.from_day}, std::pair{"to_day", leg.to_day}})
        if (delegation.departs_on && delegation.returns_on &&
            (day < *delegation.departs_on || day > *delegation.returns_on))
            refusals.push_back(
                {field,
                 "delegation.leg_outside",
                 {to_text(day), to_text(*delegation.departs_on), to_text(*delegation.returns_on)}});
    if (!refusals.empty()) return refusals;
    leg.id = next_id();
    insert_leg(tx, delegation.cohort.id, leg);
    tell(tx, actor, delegation.cohort.id, "leg_added",
         Value::object({{"what", leg.place},
                        {"country", leg.country},
                        {"from_day", leg.from_day},
                        {"to_day", leg.to_day},
                        {"host", leg.host},
                        {"purpose", leg.purpose}}),
         act);
    return Done{};
}

Outcome<Done> remove_leg(db::Write& tx, const web::Actor& actor, const Delegation& delegation,
                         std::int64_t id, const cohorts::Act& act) {
    for (const Leg& leg : legs_of(tx, delegation.cohort.id)) {
        if (leg.id != id) continue;
        delete_leg(tx, delegation.cohort.id, id);
        tell(tx, actor, delegation.cohort.id, "leg_removed",
             Value::object({{"what", leg.place}, {"from_day", leg.from_day}, {"to_day", leg.to_day}}), act);
        return Done{};
    }
    throw web::NotFound{};
}

Outcome<Done> settle_paperwork(db::Write& tx, const web::Actor& actor, const Portrait& portrait,
                               std::string_view code, const PaperworkItem& said, Date today,
                               const cohorts::Act& act) {
    const auto& items = portrait.paperwork;
    const auto before = std::find_if(items.begin(), items.end(),
                                     [&](const PaperworkItem& item) { return item.rule.code == code; });
    Refusals refusals;
    if (before == items.end()) refusals.push_back({"item", "delegation.no_item", {std::string(code)}});
    refuse_ahead(refusals, "done_on", said.done_on, today);
    if (!refusals.empty()) return refusals;
    std::optional<documents::DocumentId> document;
    if (!said.document_number.empty() && said.document_number != before->document_number)
        document = documents::record(tx, actor,
                                     {.kind = "decision",
                                      .title = before->rule.name_vi,
                                      .number = said.document_number,
                                      .dated_on = said.done_on},
                                     act.at);
    const cohorts::CohortId cohort = portrait.delegation.cohort.id;
    write_paperwork(tx, cohort, {std::string(code), said}, document);
    tell(tx, actor, cohort, "paperwork",
         Value::object({{"what", before->rule.name_vi},
                        {"item", code},
                        {"responsible", said.responsible},
                        {"done_on", said.done_on},
                        {"before", before->done_on}}),
         act);
    return Done{};
}

Outcome<Done> update_members(db::Write& tx, const web::Actor& actor, const Portrait& before,
                             std::span<const Member> members, std::string_view kind, Date today,
                             const cohorts::Act& act) {
    Refusals refusals;
    Value changed = Value::list();
    for (std::size_t i = 0; i < members.size(); ++i) {
        const Member& one = members[i];
        const std::string whose = to_text(one.id);
        refuse_ahead(refusals, "report-" + whose, one.report_received_on, today);
        const Member& was = before.members[i];
        if (one.report_received_on != was.report_received_on ||
            one.report_file.file_digest != was.report_file.file_digest)
            changed.push(Value::object({{"participation", one.id},
                                        {"report_received_on", one.report_received_on},
                                        {"before", was.report_received_on},
                                        {"file", one.report_file.file_digest}}));
        for (const Visa& visa : one.visas) {
            refuse_ahead(refusals, "applied-" + whose, visa.applied_on, today);
            refuse_ahead(refusals, "granted-" + whose, visa.granted_on, today);
            if (visa.granted_on && visa.valid_until && *visa.valid_until < *visa.granted_on)
                refusals.push_back({"until-" + whose,
                                    "delegation.visa_ends_before_grant",
                                    {to_text(*visa.valid_until), to_text(*visa.granted_on)}});
        }
    }
    if (!refusals.empty()) return refusals;
    const cohorts::CohortId cohort = before.delegation.cohort.id;
    std::vector<Member> filed(members.begin(), members.end());
    for (Member& one : filed)
        if (!one.report_file.id && !one.report_file.file_digest.empty())
            one.report_file.id = documents::record(tx, actor, one.report_file, act.at);
    write_members(tx, cohort, filed);
    tell(tx, actor, cohort, kind,
         Value::object({{"what", ""}, {"members", members.size()}, {"reports", std::move(changed)}}), act);
    return Done{};
}

Outcome<Done> set_briefing(db::Write& tx, const web::Actor& actor, const Delegation& delegation,
                           std::optional<Date> briefed_on, const std::string& place,
                           const cohorts::Act& act) {
    Delegation said =
        delegation_of(tx, delegation.cohort);  // the days as they were told, not as they are known
    if (said.briefed_on == briefed_on && said.briefing_place == place) return Done{};
    said.briefed_on = briefed_on;
    said.briefing_place = place;
    write_delegation(tx, said);
    tell(tx, actor, delegation.cohort.id, "briefed",
         Value::object({{"what", place}, {"briefed_on", briefed_on}, {"before", delegation.briefed_on}}),
         act);
    return Done{};
}

Outcome<Done> put_cost(db::Write& tx, const web::Actor& actor, const Delegation& delegation, const Cost& cost,
                       const cohorts::Act& act) {
    if (cost.name.empty()) return Refusal{"name", "form.required", {}};
    write_cost(tx, delegation.cohort.id, cost);
    tell(tx, actor, delegation.cohort.id, "cost",
         Value::object({{"what", cost.name}, {"planned", cost.planned}, {"spent", cost.spent}}), act);
    return Done{};
}

Outcome<Done> set_rule(db::Write& tx, const web::Actor& actor, const Rule& said, const cohorts::Act& act) {
    constexpr std::int64_t most = 1000;
    Refusals refusals;
    const auto rules = all_rules(tx);
    const auto known =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.code == said.code; });
    if (known == rules.end()) refusals.push_back({"code", "delegation.no_item", {said.code}});
    if (!said.valid_from) refusals.push_back({"valid_from", "form.required", {}});
    if (said.amount && *said.amount > most)
        refusals.push_back({"time_allowed",
                            "delegation.amount_too_large",
                            {std::to_string(*said.amount), std::to_string(most)}});
    if (said.basis.empty()) refusals.push_back({"basis", "form.required", {}});
    if (!refusals.empty()) return refusals;
    Rule rule = *known;
    rule.amount = said.amount;
    rule.valid_from = said.valid_from;
    rule.basis = said.basis;
    rule.verified_by = said.verified_by;
    insert_rule(tx, actor, rule, act.at);
    audit::record(tx, actor, act.at,
                  {"delegation.rule", "rule", 0,
                   Value::object({{"code", rule.code},
                                  {"amount", rule.amount},
                                  {"valid_from", rule.valid_from},
                                  {"basis", rule.basis}})});
    return Done{};
}

}  // namespace tiendo::delegations
