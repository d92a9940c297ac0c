#include "features/attendance/counting_rules.h"

#include <algorithm>

#include "platform/audit/audit.h"

namespace tiendo::attendance {
namespace {

constexpr std::int64_t most_minutes = 240;  // a half-day: who comes later has missed it

struct Settled {
    std::string code;
    Date opening;
};
// The last to open, from that day on and before the other, of the cohorts that are closed or have results.
std::optional<Settled> last_settled(db::Read& tx, Date first, Date end) {
    return tx.find<Settled>(
        R"sql(
        select c.code, coalesce(c.opened_on, c.planned_opens_on) from cohorts c
        where coalesce(c.opened_on, c.planned_opens_on) >= :first
          and coalesce(c.opened_on, c.planned_opens_on) < :end
          and (c.closed_on is not null
               or exists (select 1 from assessment_events l
                          where l.cohort = c.id and l.kind = 'locked'
                            and not exists (select 1 from assessment_events o
                                            where o.cohort = c.id and o.kind in ('locked', 'unlocked')
                                              and o.id > l.id)))
        order by coalesce(c.opened_on, c.planned_opens_on) desc, c.id limit 1)sql",
        {{"first", first}, {"end", end}}, [](const db::Row& row) {
            return Settled{row.text(0), row.date(1)};
        });
}

// The day on which the next rule takes over.
Date end_of(const std::vector<DatedRule>& rules, Date valid_from) {
    Date end = *Date::of(9999, 12, 31);
    for (const DatedRule& one : rules)
        if (one.valid_from && *one.valid_from > valid_from) end = std::min(end, *one.valid_from);
    return end;
}

Value told(const DatedRule& rule) {
    return Value::object({{"valid_from", rule.valid_from},
                          {"late_after_minutes", rule.counting.late_after_minutes},
                          {"leave", to_text(rule.counting.leave)},
                          {"basis", rule.basis},
                          {"verified_by", rule.verified_by}});
}

}  // namespace

std::vector<DatedRule> all_rules(db::Read& tx) {
    return tx.all<DatedRule>(R"sql(
        select valid_from, late_after_minutes, leave, basis, verified_by from attendance_rules
        order by valid_from desc nulls last)sql",
                             {}, [](const db::Row& row) {
                                 return DatedRule{
                                     row.maybe_date(0),
                                     {row.integer(1), parse_leave(row.view(2)).value_or(Leave::missed)},
                                     row.text(3),
                                     row.text(4)};
                             });
}

CountingRule rule_on(db::Read& tx, Date day) {
    return tx
        .find<CountingRule>(
            R"sql(
            select late_after_minutes, leave from attendance_rules
            where valid_from is null or valid_from <= :day
            order by valid_from desc nulls last limit 1)sql",
            {{"day", day}},
            [](const db::Row& row) {
                return CountingRule{row.integer(0), parse_leave(row.view(1)).value_or(Leave::missed)};
            })
        .value_or(CountingRule{});
}

std::optional<Date> opening_of(const cohorts::Cohort& cohort) {
    if (cohort.facts.opened_on) return cohort.facts.opened_on;
    return cohort.planned_opens_on ? std::optional(cohort.planned_opens_on->date) : std::nullopt;
}

CountingRule rule_of(db::Read& tx, const cohorts::Cohort& cohort) {
    return rule_on(tx, opening_of(cohort).value_or(Date{}));
}

bool may_change_rules(db::Read& tx, const web::Actor& actor) {
    return actor.may(mark_attendance) &&
           organisations::may(tx, actor, mark_attendance, organisations::centre(tx).id);
}

Outcome<Done> record_rule(db::Write& tx, const web::Actor& actor, const DatedRule& rule, Date today,
                          Instant at) {
    if (!may_change_rules(tx, actor)) throw web::Forbidden{};
    tx.lock("attendance_rules");
    if (!rule.valid_from) return Refusal{"valid_from", "form.required", {}};
    const Date from = *rule.valid_from;
    const auto rules = all_rules(tx);
    const auto before = std::find_if(rules.begin(), rules.end(),
                                     [&](const DatedRule& one) { return one.valid_from == from; });
    Refusals refusals;
    if (rule.counting.late_after_minutes > most_minutes)
        refusals.push_back(
            {"late_after_minutes",
             "attendance.too_many_minutes",
             {std::to_string(rule.counting.late_after_minutes), std::to_string(most_minutes)}});
    if (rule.basis.empty()) refusals.push_back({"basis", "form.required", {}});
    if (before != rules.end() && from <= today)
        refusals.push_back({"valid_from", "attendance.rule_in_force", {to_text(from), to_text(today + 1)}});
    else if (rule.counting.leave != rule_on(tx, from).leave)
        if (const auto settled = last_settled(tx, from, end_of(rules, from)))
            refusals.push_back({"valid_from",
                                "attendance.rule_counts_settled",
                                {settled->code, to_text(settled->opening), to_text(settled->opening + 1)}});
    if (!refusals.empty()) return refusals;
    const std::int64_t id = next_id();
    tx.run(R"sql(
        insert into attendance_rules (id, valid_from, late_after_minutes, leave, basis, verified_by)
        values (:id, :valid_from, :late, :leave, :basis, :verified_by)
        on conflict (valid_from) do update set
            late_after_minutes = excluded.late_after_minutes, leave = excluded.leave,
            basis = excluded.basis, verified_by = excluded.verified_by)sql",
           {{"id", id},
            {"valid_from", from},
            {"late", rule.counting.late_after_minutes},
            {"leave", to_text(rule.counting.leave)},
            {"basis", rule.basis},
            {"verified_by", rule.verified_by}});
    Value detail = told(rule);
    if (before != rules.end()) detail.set("before", told(*before));
    audit::record(tx, actor, at, {"attendance.rule", "rule", 0, std::move(detail)});
    return Done{};
}

}  // namespace tiendo::attendance
