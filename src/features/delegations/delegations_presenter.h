// What pages and JSON say of delegations; private to this feature.
#pragma once
#include "features/delegations/delegations_store.h"
#include "platform/pages/forms.h"
#include "platform/web/web.h"

namespace tiendo::delegations {

std::string_view name_of(const Rule& rule, i18n::Language language);
Value to_value(const Rule& rule, i18n::Language language);

// One delegation whole. Numbers of passports are masked.
Value to_value(const Portrait& portrait, Date today, i18n::Language language);

// One row of the list of a year, with what is due next of it: {"what", "on", "overdue"} or null.
struct Owed {
    std::string what;  // paperwork or reports
    std::string name;  // of the paper; empty for reports
    Date on;
    bool overdue = false;
};
std::optional<Owed> next_owed(const Listed& listed, std::span<const Rule> rules,
                              std::span<const Settlement> settled, Date today, i18n::Language language);
Value to_value(const Listed& listed, const std::optional<Owed>& next, Date today);

// Of the cost lines or of a list: the sum of those that are known.
std::int64_t planned_of(std::span<const Cost> costs);
std::int64_t spent_of(std::span<const Cost> costs);

}  // namespace tiendo::delegations
