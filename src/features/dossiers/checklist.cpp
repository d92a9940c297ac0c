// What belongs into a dossier, and whether it is there.
#include <algorithm>
#include <map>

#include "features/dossiers/dossiers_store.h"

namespace tiendo::dossiers {
namespace {

std::map<std::string, Sight>& sights() {
    static std::map<std::string, Sight> all;
    return all;
}

bool is_seen(db::Read& tx, const cohorts::Cohort& cohort, const std::string& item) {
    const auto sight = sights().find(item);
    return sight != sights().end() && sight->second(tx, cohort);
}

std::vector<Listed> items_of(db::Read& tx, const cohorts::Cohort& cohort, Date today) {
    return in_force_on(tx, HouseList::items, cohort.facts.opened_on.value_or(today));
}

// Each with what was said of it, else with what the books show.
std::vector<Checked> check(db::Read& tx, const cohorts::Cohort& cohort, std::vector<Listed> items) {
    std::vector<Checked> list;
    if (items.empty()) return list;
    const auto said = said_of_items(tx, cohort.id);
    for (Listed& item : items) {
        Checked one;
        for (const Checked& known : said)
            if (known.item.code == item.code && known.state != "reopened") one = known;
        if (one.state.empty()) one.state = is_seen(tx, cohort, item.code) ? "seen" : "missing";
        one.item = std::move(item);
        list.push_back(std::move(one));
    }
    return list;
}

// The item as it stands, or why nothing can be said of it.
Outcome<Checked> find_item(db::Read& tx, const cohorts::Cohort& cohort, const std::string& code, Date today) {
    for (Checked& one : checklist(tx, cohort, today))
        if (one.item.code == code) return std::move(one);
    return Refusal{"item", "dossier.no_such_item", {code}};
}

}  // namespace

void see_item_by(std::string item, Sight sight) { sights()[std::move(item)] = std::move(sight); }

std::vector<Checked> checklist(db::Read& tx, const cohorts::Cohort& cohort, Date today) {
    return check(tx, cohort, items_of(tx, cohort, today));
}

std::vector<std::string> missing(db::Read& tx, const cohorts::Cohort& cohort, cohorts::Due due,
                                 const cohorts::Asking& asking) {
    auto items = items_of(tx, cohort, asking.today);
    std::erase_if(items, [&](const Listed& item) { return item.due > due; });
    std::vector<std::string> names;
    for (const Checked& one : check(tx, cohort, std::move(items)))
        if (one.is_missing()) names.push_back(one.item.name.in(asking.language));
    return names;
}

Outcome<Done> attach(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     const std::string& item, documents::Document paper, const cohorts::Act& act) {
    const auto found = find_item(tx, cohort, item, day_of(act.at, Offset{}));
    if (!found) return found.refusals();
    if (paper.number.empty() && paper.file_digest.empty())
        return Refusal{"number", "dossier.paper_required", {}};
    paper.kind = "dossier";
    const auto document = documents::record(tx, actor, paper, act.at);
    insert_event(tx, actor, cohort, {.kind = "attached", .item = item, .document = document}, act);
    return Done{};
}

Outcome<Done> waive(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                    const std::string& item, const cohorts::Act& act) {
    const auto found = find_item(tx, cohort, item, day_of(act.at, Offset{}));
    if (!found) return found.refusals();
    if (act.reason.empty()) return Refusal{"reason", "cohort.reason_required", {}};
    insert_event(tx, actor, cohort, {.kind = "waived", .item = item}, act);
    return Done{};
}

Outcome<Done> reopen(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort,
                     const std::string& item, const cohorts::Act& act) {
    const auto found = find_item(tx, cohort, item, day_of(act.at, Offset{}));
    if (!found) return found.refusals();
    if (found->state != "attached" && found->state != "waived")
        return Refusal{"item", "dossier.nothing_said", {found->item.name.vi}};
    if (act.reason.empty()) return Refusal{"reason", "cohort.reason_required", {}};
    insert_event(tx, actor, cohort, {.kind = "reopened", .item = item}, act);
    return Done{};
}

}  // namespace tiendo::dossiers
