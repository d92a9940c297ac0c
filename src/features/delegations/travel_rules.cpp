#include "features/delegations/travel_rules.h"

#include <algorithm>

namespace tiendo::delegations {

std::vector<Rule> in_force(std::span<const Rule> rules, Date day) {
    std::vector<Rule> found;
    for (const Rule& rule : rules) {
        if (rule.valid_from && *rule.valid_from > day) continue;
        const auto earlier =
            std::find_if(found.begin(), found.end(), [&](const Rule& one) { return one.code == rule.code; });
        if (earlier == found.end())
            found.push_back(rule);
        else
            *earlier = rule;
    }
    std::erase_if(found, [](const Rule& rule) { return !rule.amount; });
    return found;
}

std::optional<std::int64_t> amount_of(std::span<const Rule> rules, std::string_view code) {
    for (const Rule& rule : rules)
        if (rule.code == code) return rule.amount;
    return std::nullopt;
}

int days_between(Date departs_on, Date returns_on) { return returns_on - departs_on + 1; }

Date months_after(Date day, std::int64_t months) {
    const std::int64_t counted = std::int64_t{day.year()} * 12 + day.month() - 1 + months;
    const int year = static_cast<int>(counted / 12), month = static_cast<int>(counted % 12) + 1;
    return Date::of(year, month, day.day()).value_or(last_day_of_month(year, month));
}

std::optional<Date> passport_needed_until(std::optional<Date> returns_on,
                                          std::optional<std::int64_t> months) {
    if (!returns_on || !months) return std::nullopt;
    return months_after(*returns_on, *months);
}

Passport judge_passport(bool has_number, std::optional<Date> expires_on, std::optional<Date> needed_until) {
    if (!has_number || !expires_on) return Passport::missing;
    if (!needed_until) return Passport::unjudged;
    return *expires_on < *needed_until ? Passport::expires_early : Passport::good;
}

Deadlines report_deadlines(std::optional<Date> returns_on, std::span<const Rule> rules) {
    const auto after = [&](std::string_view code) -> std::optional<Date> {
        const auto days = amount_of(rules, code);
        if (!returns_on || !days) return std::nullopt;
        return *returns_on + static_cast<int>(*days);
    };
    return {after("report"), after("report_last")};
}

Report judge_report(bool has_returned, const Deadlines& deadlines, std::optional<Date> received_on,
                    Date today) {
    const auto& [due_on, last_due_on] = deadlines;
    if (received_on) return due_on && *received_on > *due_on ? Report::received_late : Report::received;
    if (!has_returned || !due_on) return Report::expected;
    if (last_due_on && today > *last_due_on) return Report::overdue;
    return today > *due_on ? Report::late : Report::awaited;
}

std::string_view paperwork_state(std::optional<Date> done_on, std::optional<Date> due_on, Date today) {
    if (done_on) return "done";
    return due_on && today > *due_on ? "overdue" : "open";
}

bool is_late(Report report) { return report == Report::late || report == Report::overdue; }

std::string_view to_text(Passport passport) {
    switch (passport) {
        case Passport::missing: return "missing";
        case Passport::expires_early: return "expires_early";
        case Passport::good: return "good";
        case Passport::unjudged: break;
    }
    return "unjudged";
}

std::string_view to_text(Report report) {
    switch (report) {
        case Report::expected: return "expected";
        case Report::awaited: return "awaited";
        case Report::late: return "late";
        case Report::overdue: return "overdue";
        case Report::received: return "received";
        case Report::received_late: break;
    }
    return "received_late";
}

}  // namespace tiendo::delegations
