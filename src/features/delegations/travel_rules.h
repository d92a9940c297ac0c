// What a journey abroad asks for by its days: how long it is, how long a passport must last, when papers
// and reports are due. Pure functions; the amounts are data (delegation_rules) with days of validity.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tiendo::delegations {

// What a code asks for from a day on.
struct Rule {
    std::string kind;  // report: days after the return; passport: months beyond it; paperwork: days
                       // before the departure
    std::string code;
    std::string name_vi, name_en;
    std::optional<std::int64_t> amount;  // none: from that day on it is no longer asked for
    std::optional<Date> valid_from;      // none: always
    std::string basis, verified_by;
};
// Of each code the rule in force on that day, in the order given; those that no longer ask are left out.
// The rows of one code stand in the order in which they take effect.
std::vector<Rule> in_force(std::span<const Rule> rules, Date day);
// The amount of one code; none when nothing of that code is asked for.
std::optional<std::int64_t> amount_of(std::span<const Rule> rules, std::string_view code);

// Both days count: 4 to 16 March are 13 days.
int days_between(Date departs_on, Date returns_on);
// The same day so many months later, or the last of that month when it has no such day.
Date months_after(Date day, std::int64_t months);

// The last day on which a passport must still be valid; none when no return or no rule is known.
std::optional<Date> passport_needed_until(std::optional<Date> returns_on, std::optional<std::int64_t> months);
// missing: no number or no last day is known. unjudged: the journey has no days yet.
enum class Passport { missing, expires_early, good, unjudged };
std::string_view to_text(Passport passport);
Passport judge_passport(bool has_number, std::optional<Date> expires_on, std::optional<Date> needed_until);

// Due days after the return, for a report whose first deadline is a reminder and whose last is the end.
struct Deadlines {
    std::optional<Date> due_on, last_due_on;
};
Deadlines report_deadlines(std::optional<Date> returns_on, std::span<const Rule> rules);
// expected: the journey lies ahead or has no days. awaited: due today or later. late: past the first
// deadline. overdue: past the last. received, received_late.
enum class Report { expected, awaited, late, overdue, received, received_late };
std::string_view to_text(Report report);
bool is_late(Report report);  // late or overdue
Report judge_report(bool has_returned, const Deadlines& deadlines, std::optional<Date> received_on,
                    Date today);

// Paperwork: done, open, overdue.
std::string_view paperwork_state(std::optional<Date> done_on, std::optional<Date> due_on, Date today);

}  // namespace tiendo::delegations
