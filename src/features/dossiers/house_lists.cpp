#include "features/dossiers/house_lists.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "features/dossiers/dossiers_store.h"
#include "platform/audit/audit.h"

namespace tiendo::dossiers {
namespace {

constexpr std::array<std::string_view, 3> due_names{"opening", "closing", "filing"};

Date begin_of(const Listed& one) { return one.valid_from.value_or(*Date::of(1, 1, 1)); }
Date end_of(const Listed& one) { return one.valid_to.value_or(*Date::of(9999, 12, 31)); }

// Both have days on which they are in force together.
bool meet(const Listed& one, const Listed& other) {
    return std::max(begin_of(one), begin_of(other)) < std::min(end_of(one), end_of(other));
}

struct Closed {
    std::string code;
    Date opened_on;
};
// The last to open, on a day on which one of them is in force and the other is not, of the closed cohorts.
std::optional<Closed> last_closed_between(db::Read& tx, const Listed& before, const Listed& after) {
    const auto [begin, later_begin] = std::minmax({begin_of(before), begin_of(after)});
    const auto [end, later_end] = std::minmax({end_of(before), end_of(after)});
    return tx.find<Closed>(
        R"sql(
        select c.code, c.opened_on from cohorts c
        where c.closed_on is not null
          and ((c.opened_on >= :begin and c.opened_on < :later_begin)
               or (c.opened_on >= :end and c.opened_on < :later_end))
        order by c.opened_on desc, c.id limit 1)sql",
        {{"begin", begin}, {"later_begin", later_begin}, {"end", end}, {"later_end", later_end}},
        [](const db::Row& row) {
            return Closed{row.text(0), row.date(1)};
        });
}

// Why it cannot stand on the list so; before it was added it was in force on no day.
Refusals faults_of(db::Read& tx, HouseList list, const Listed& said, const Listed* before) {
    Refusals refusals;
    if (said.name.vi.empty()) refusals.push_back({"name_vi", "form.required", {}});
    if (said.valid_from && said.valid_to && *said.valid_to < *said.valid_from)
        return {{"valid_to",
                 "dossier.ends_before_it_begins",
                 {to_text(*said.valid_to), to_text(*said.valid_from)}}};
    for (const Listed& other : all_of(tx, list))
        if (other.code != said.code && fold(other.name.vi) == fold(said.name.vi) && meet(other, said))
            refusals.push_back({"name_vi", "dossier.listed_twice", {other.name.vi}});
    if (list == HouseList::items) {
        Listed absent = said;
        absent.valid_from = end_of(said);
        const auto closed = last_closed_between(tx, before ? *before : absent, said);
        const bool begins_otherwise = !before || before->valid_from != said.valid_from;
        if (closed)
            refusals.push_back({begins_otherwise ? "valid_from" : "valid_to",
                                "dossier.listed_for_closed",
                                {closed->code, to_text(closed->opened_on), to_text(closed->opened_on + 1)}});
    }
    return refusals;
}

// A code of the name that no other has.
std::string code_of(const std::vector<Listed>& known, const Name& name) {
    std::string base = slug(name.en);
    std::replace(base.begin(), base.end(), '-', '_');
    if (base.empty()) base = std::to_string(next_id());
    const auto is_taken = [&](const std::string& code) {
        return std::any_of(known.begin(), known.end(), [&](const Listed& one) { return one.code == code; });
    };
    std::string code = base;
    for (int number = 2; is_taken(code); ++number) code = base + "_" + std::to_string(number);
    return code;
}

Value told(HouseList list, const Listed& one) {
    Value value = Value::object({{"code", one.code},
                                 {"name_vi", one.name.vi},
                                 {"name_en", one.name.en},
                                 {"valid_from", one.valid_from},
                                 {"valid_to", one.valid_to}});
    if (list == HouseList::items) value.set("due", to_text(one.due));
    return value;
}

void begin_change(db::Write& tx, const web::Actor& actor, Listed& said) {
    if (!may_change_lists(tx, actor)) throw web::Forbidden{};
    tx.lock("house_lists");
    if (said.name.en.empty()) said.name.en = said.name.vi;
}

}  // namespace

std::string_view to_text(cohorts::Due due) { return due_names[static_cast<std::size_t>(due)]; }

cohorts::Due parse_due(std::string_view text) {
    const auto found = std::find(due_names.begin(), due_names.end(), text);
    if (found == due_names.end()) return cohorts::Due::closing;
    return static_cast<cohorts::Due>(found - due_names.begin());
}

std::vector<Listed> in_force_on(db::Read& tx, HouseList list, Date day) {
    auto listed = all_of(tx, list);
    std::erase_if(listed, [&](const Listed& one) { return day < begin_of(one) || day >= end_of(one); });
    return listed;
}

Listed require_listed(db::Read& tx, HouseList list, std::string_view code) {
    for (Listed& one : all_of(tx, list))
        if (one.code == code) return std::move(one);
    throw web::NotFound{};
}

bool may_change_lists(db::Read& tx, const web::Actor& actor) {
    return actor.may(change_dossiers) &&
           organisations::may(tx, actor, change_dossiers, organisations::centre(tx).id);
}

Outcome<std::string> add(db::Write& tx, const web::Actor& actor, HouseList list, Listed said, Instant at) {
    begin_change(tx, actor, said);
    said.code.clear();
    const Refusals refusals = faults_of(tx, list, said, nullptr);
    if (!refusals.empty()) return refusals;
    const auto known = all_of(tx, list);
    said.code = code_of(known, said.name);
    insert_listed(tx, list, said, static_cast<std::int64_t>(known.size()) + 1);
    const bool is_item = list == HouseList::items;
    audit::record(tx, actor, at,
                  {is_item ? "dossier.add_item" : "dossier.add_cost_kind",
                   is_item ? "dossier_item" : "cost_kind", 0, told(list, said)});
    return said.code;
}

Outcome<Done> change(db::Write& tx, const web::Actor& actor, HouseList list, Listed said, Instant at) {
    begin_change(tx, actor, said);
    const Listed before = require_listed(tx, list, said.code);
    const Refusals refusals = faults_of(tx, list, said, &before);
    if (!refusals.empty()) return refusals;
    update_listed(tx, list, said);
    const bool is_item = list == HouseList::items;
    audit::record(
        tx, actor, at,
        {is_item ? "dossier.change_item" : "dossier.change_cost_kind", is_item ? "dossier_item" : "cost_kind",
         0, told(list, said).set("before", told(list, before))});
    return Done{};
}

}  // namespace tiendo::dossiers
