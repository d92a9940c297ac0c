#include "features/delegations/delegations_presenter.h"

#include <algorithm>

namespace tiendo::delegations {
namespace {

template <class Rows, class Which>
std::int64_t count(const Rows& rows, Which which) {
    return std::count_if(rows.begin(), rows.end(), which);
}

Value to_value(const Leg& leg) {
    return Value::object({{"id", std::to_string(leg.id)},
                          {"from_day", leg.from_day},
                          {"to_day", leg.to_day},
                          {"days", days_between(leg.from_day, leg.to_day)},
                          {"country", leg.country},
                          {"place", leg.place},
                          {"host", leg.host},
                          {"purpose", leg.purpose}});
}

Value to_value(const PaperworkItem& item, Date today, i18n::Language language) {
    return Value::object({{"code", item.rule.code},
                          {"name", name_of(item.rule, language)},
                          {"days_before", *item.rule.amount},
                          {"due_on", item.due_on},
                          {"responsible", item.responsible},
                          {"done_on", item.done_on},
                          {"document_number", item.document_number},
                          {"note", item.note},
                          {"state", paperwork_state(item.done_on, item.due_on, today)}});
}

// A visa that ends before the journey does.
bool ends_early(const Visa& visa, const std::optional<Date>& returns_on) {
    return visa.state == "granted" && visa.valid_until && returns_on && *visa.valid_until < *returns_on;
}
bool is_settled(const Visa& visa) { return visa.state == "granted" || visa.state == "not_needed"; }

Value to_value(const Visa& visa, const std::optional<Date>& returns_on) {
    return Value::object({{"country", visa.country},
                          {"state", visa.state.empty() ? "unknown" : visa.state},
                          {"applied_on", visa.applied_on},
                          {"granted_on", visa.granted_on},
                          {"valid_until", visa.valid_until},
                          {"ends_early", ends_early(visa, returns_on)}});
}

// What every member is judged by.
struct Measure {
    std::optional<Date> passport_needed_until;
    Deadlines deadlines;
    bool has_returned = false;
};
Measure measure_of(const Portrait& portrait, Date today) {
    const auto& returns_on = portrait.delegation.returns_on;
    return {passport_needed_until(returns_on, amount_of(portrait.rules, "passport")),
            report_deadlines(returns_on, portrait.rules), has_returned(portrait.delegation, today)};
}
Passport passport_of(const Member& member, const Measure& measure) {
    return judge_passport(!member.passport_number.empty(), member.passport_expires_on,
                          measure.passport_needed_until);
}
Report report_of(const Member& member, const Measure& measure, Date today) {
    return judge_report(measure.has_returned, measure.deadlines, member.report_received_on, today);
}

Value file_value(const Portrait& portrait, const Member& member) {
    const documents::Document& file = member.report_file;
    if (file.file_digest.empty()) return nullptr;
    return Value::object({{"name", file.file_name},
                          {"bytes", file.file_bytes},
                          {"url", "/cohorts/" + to_text(portrait.delegation.cohort.id) +
                                      "/delegation/reports/" + to_text(member.id) + "/file"}});
}

Value member_value(const Portrait& portrait, const Member& member, const Measure& measure, Date today) {
    const auto& returns_on = portrait.delegation.returns_on;
    const std::string number = people::masked(member.passport_number);
    const Passport passport = passport_of(member, measure);
    const Report report = report_of(member, measure, today);
    const bool late = is_late(report);
    return Value::object(
        {{"id", member.id},
         {"full_name", member.full_name},
         {"unit", member.unit_name},
         {"position", member.position},
         {"is_leader", portrait.delegation.leader == member.id},
         {"passport_number", number},
         {"passport_expires_on", member.passport_expires_on},
         {"passport_state", to_text(passport)},
         {"passport_early", passport == Passport::expires_early},
         {"visas", list_of(member.visas, [&](const Visa& visa) { return to_value(visa, returns_on); })},
         {"briefed", member.briefed},
         {"report", Value::object({{"state", to_text(report)},
                                   {"late", late},
                                   {"received_on", member.report_received_on},
                                   {"document_number", member.report_number},
                                   {"file", file_value(portrait, member)}})}});
}

Value counts_value(const Portrait& portrait, const Measure& measure, Date today) {
    const auto& members = portrait.members;
    std::int64_t visas = 0, visas_settled = 0;
    for (const Member& member : members) {
        visas += static_cast<std::int64_t>(member.visas.size());
        visas_settled += count(member.visas, is_settled);
    }
    return Value::object(
        {{"members", members.size()},
         {"expected", portrait.delegation.cohort.expected_learners},
         {"passports", count(members,
                             [&](const Member& one) {
                                 const Passport passport = passport_of(one, measure);
                                 return passport == Passport::good || passport == Passport::unjudged;
                             })},
         {"visas", visas},
         {"visas_settled", visas_settled},
         {"briefed", count(members, [](const Member& one) { return one.briefed; })},
         {"paperwork", portrait.paperwork.size()},
         {"paperwork_done",
          count(portrait.paperwork, [](const PaperworkItem& item) { return item.done_on.has_value(); })},
         {"reports", count(members, [](const Member& one) { return one.report_received_on.has_value(); })},
         {"reports_late",
          count(members, [&](const Member& one) { return is_late(report_of(one, measure, today)); })}});
}

Value warning(std::string_view kind, std::int64_t concerned, std::optional<Date> on) {
    return Value::object({{"kind", kind}, {"count", concerned}, {"on", on}});
}

// What somebody ought to look at. Papers matter until the delegation is back, reports afterwards.
Value warnings_of(const Portrait& portrait, const Measure& measure, Date today) {
    Value warnings = Value::list();
    const Delegation& delegation = portrait.delegation;
    const auto add = [&](std::string_view kind, std::int64_t concerned, std::optional<Date> on) {
        if (concerned > 0) warnings.push(warning(kind, concerned, on));
    };
    const auto& members = portrait.members;
    const auto passports = [&](Passport state) {
        return count(members, [&](const Member& one) { return passport_of(one, measure) == state; });
    };
    const auto& opened_on = delegation.cohort.facts.opened_on;
    if (opened_on && delegation.departs_on && *opened_on != *delegation.departs_on)
        warnings.push(warning("days_differ", 1, opened_on));
    if (!measure.has_returned) {
        add("passport_missing", passports(Passport::missing), std::nullopt);
        add("paperwork_overdue",
            count(portrait.paperwork,
                  [&](const PaperworkItem& item) {
                      return paperwork_state(item.done_on, item.due_on, today) == "overdue";
                  }),
            std::nullopt);
    }
    add("passport_early", passports(Passport::expires_early), measure.passport_needed_until);
    add("visa_early",
        count(members,
              [&](const Member& one) {
                  return std::any_of(one.visas.begin(), one.visas.end(), [&](const Visa& visa) {
                      return ends_early(visa, delegation.returns_on);
                  });
              }),
        delegation.returns_on);
    add("reports_late",
        count(members, [&](const Member& one) { return is_late(report_of(one, measure, today)); }),
        measure.deadlines.due_on);
    return warnings;
}

Value leader_value(const Portrait& portrait) {
    for (const Member& member : portrait.members)
        if (portrait.delegation.leader == member.id)
            return Value::object({{"id", member.id}, {"full_name", member.full_name}});
    return nullptr;
}

Value costs_value(std::span<const Cost> costs) {
    return list_of(costs, [](const Cost& cost) {
        return Value::object({{"name", cost.name}, {"planned", cost.planned}, {"spent", cost.spent}});
    });
}

std::optional<std::int64_t> journey_days(const std::optional<Date>& departs_on,
                                         const std::optional<Date>& returns_on) {
    if (!departs_on || !returns_on || *returns_on < *departs_on) return std::nullopt;
    return days_between(*departs_on, *returns_on);
}

// forecast, travelling, returned or cancelled
std::string_view stage(bool cancelled, bool departed, bool returned) {
    return cancelled ? "cancelled" : returned ? "returned" : departed ? "travelling" : "forecast";
}

}  // namespace

std::string_view name_of(const Rule& rule, i18n::Language language) {
    return language == i18n::Language::vi ? rule.name_vi : rule.name_en;
}

Value to_value(const Rule& rule, i18n::Language language) {
    return Value::object({{"kind", rule.kind},
                          {"code", rule.code},
                          {"name", name_of(rule, language)},
                          {"amount", rule.amount},
                          {"valid_from", rule.valid_from},
                          {"basis", rule.basis},
                          {"verified_by", rule.verified_by}});
}

std::int64_t planned_of(std::span<const Cost> costs) {
    std::int64_t sum = 0;
    for (const Cost& cost : costs) sum += cost.planned.value_or(0);
    return sum;
}

std::int64_t spent_of(std::span<const Cost> costs) {
    std::int64_t sum = 0;
    for (const Cost& cost : costs) sum += cost.spent.value_or(0);
    return sum;
}

Value to_value(const Portrait& portrait, Date today, i18n::Language language) {
    const Delegation& delegation = portrait.delegation;
    const cohorts::Cohort& cohort = delegation.cohort;
    const Measure measure = measure_of(portrait, today);
    std::int64_t ordinal = 0;
    return Value::object(
        {{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
         {"programme", cohort.programme.name},
         {"stage", stage(cohort.facts.cancelled_on.has_value(), has_departed(delegation, today),
                         measure.has_returned)},
         {"planned_opens_on",
          cohort.planned_opens_on ? Value(cohorts::to_text(*cohort.planned_opens_on)) : Value()},
         {"sponsor", delegation.sponsor},
         {"sending_bodies", delegation.sending_bodies.empty() ? cohort.partner : delegation.sending_bodies},
         {"countries",
          list_of(countries_of(delegation), [](const std::string& name) { return Value(name); })},
         {"departs_on", delegation.departs_on},
         {"returns_on", delegation.returns_on},
         {"days", journey_days(delegation.departs_on, delegation.returns_on)},
         {"leader", leader_value(portrait)},
         {"briefed_on", delegation.briefed_on},
         {"briefing_place", delegation.briefing_place},
         {"passport_needed_until", measure.passport_needed_until},
         {"report_due_on", measure.deadlines.due_on},
         {"report_last_due_on", measure.deadlines.last_due_on},
         {"legs", list_of(portrait.legs, [](const Leg& leg) { return to_value(leg); })},
         {"paperwork", list_of(portrait.paperwork,
                               [&](const PaperworkItem& item) { return to_value(item, today, language); })},
         {"members",
          list_of(portrait.members,
                  [&](const Member& member) {
                      return member_value(portrait, member, measure, today).set("ordinal", ++ordinal);
                  })},
         {"costs", costs_value(portrait.costs)},
         {"cost_planned", planned_of(portrait.costs)},
         {"cost_spent", spent_of(portrait.costs)},
         {"counts", counts_value(portrait, measure, today)},
         {"warnings", warnings_of(portrait, measure, today)},
         {"events", list_of(portrait.events, [](const Event& event) {
              return Value::object({{"kind", event.kind},
                                    {"what", event.what},
                                    {"recorded_at", event.recorded_at},
                                    {"recorded_by", event.recorded_by},
                                    {"reason", event.reason}});
          })}});
}

std::optional<Owed> next_owed(const Listed& listed, std::span<const Rule> rules,
                              std::span<const Settlement> settled, Date today, i18n::Language language) {
    if (listed.cancelled_on) return std::nullopt;
    const bool returned =
        listed.opened_on && *listed.opened_on <= today && listed.returns_on && *listed.returns_on <= today;
    const Date day = listed.returns_on.value_or(listed.departs_on.value_or(today));
    const auto holding = in_force(rules, day);
    if (returned) {
        const auto [due_on, last_due_on] = report_deadlines(listed.returns_on, holding);
        if (!due_on || listed.reports_received >= listed.members) return std::nullopt;
        return Owed{"reports", "", *due_on, today > *due_on};
    }
    if (!listed.departs_on) return std::nullopt;
    const auto is_done = [&](const Rule& rule) {
        return std::any_of(settled.begin(), settled.end(), [&](const Settlement& one) {
            return one.cohort == listed.id && one.code == rule.code && one.done_on;
        });
    };
    std::optional<Owed> next;
    for (const Rule& rule : holding) {
        if (rule.kind != "paperwork" || is_done(rule)) continue;
        const Date due_on = *listed.departs_on + -static_cast<int>(*rule.amount);
        if (!next || due_on < next->on)
            next = Owed{"paperwork", std::string(name_of(rule, language)), due_on, today > due_on};
    }
    return next;
}

Value to_value(const Listed& listed, const std::optional<Owed>& next, Date today) {
    const bool departed = listed.opened_on && *listed.opened_on <= today;
    const bool returned = departed && listed.returns_on && *listed.returns_on <= today;
    const auto& planned = listed.planned_opens_on;
    Value owed;
    if (next)
        owed = Value::object(
            {{"what", next->what}, {"name", next->name}, {"on", next->on}, {"overdue", next->overdue}});
    return Value::object({{"id", listed.id},
                          {"code", listed.code},
                          {"countries", listed.countries},
                          {"stage", stage(listed.cancelled_on.has_value(), departed, returned)},
                          {"planned_opens_on", planned ? Value(cohorts::to_text(*planned)) : Value()},
                          {"departs_on", listed.departs_on},
                          {"returns_on", listed.returns_on},
                          {"days", journey_days(listed.departs_on, listed.returns_on)},
                          {"members", listed.members},
                          {"expected", listed.expected},
                          {"reports", listed.reports_received},
                          {"cost_planned", listed.cost_planned},
                          {"cost_spent", listed.cost_spent},
                          {"next", std::move(owed)}});
}

}  // namespace tiendo::delegations
