// What happens to a unit: the rules. Each verb holds the tree while it decides.
#include <algorithm>

#include "base/text.h"
#include "features/organisations/organisations.h"
#include "features/organisations/unit_store.h"
#include "platform/audit/audit.h"

namespace tiendo::organisations {
namespace {

// Nobody else changes the tree until the transaction ends; what the verb was told is looked at anew.
Unit hold(db::Write& tx, UnitId id) {
    tx.lock("unit tree");
    const auto unit = find_unit(tx, id);
    if (!unit) throw web::NotFound{};
    return *unit;
}

std::int64_t below(db::Read& tx, UnitId unit, UnitId above) {
    return tx.integer(R"sql(select count(*) from unit_ancestors where unit = :unit and ancestor = :above)sql",
                      {{"unit", unit}, {"above", above}});
}

void tell(db::Write& tx, const web::Actor& actor, const Unit& unit, std::string_view action, const Act& act,
          Value detail) {
    detail.set("code", unit.code).set("name", unit.name);
    if (!act.reason.empty()) detail.set("reason", act.reason);
    if (!act.basis.empty()) detail.set("basis", act.basis);
    audit::record(tx, actor, act.at, {action, "unit", unit.id.value, std::move(detail)});
}

Refusals refusals_of_day(const Unit& unit, std::optional<Date> from, const Act& act) {
    if (from && *from > act.today)
        return {{"from", "unit.day_in_future", {to_text(*from), to_text(act.today)}}};
    if (from && unit.begins_on && *from < *unit.begins_on)
        return {{"from", "unit.day_before_beginning", {to_text(*from), to_text(*unit.begins_on)}}};
    return {};
}

Refusals refusals_of_end(db::Read& tx, const Unit& unit, Date from, const Act& act) {
    if (!unit.parent) return {{"", "unit.is_centre", {unit.name}}};
    if (unit.ends_on) return {{"from", "unit.has_ended", {unit.name, to_text(*unit.ends_on)}}};
    if (const auto successors = tx.integer(R"sql(
            select count(*) from units where successor = :unit and ends_on > :from)sql",
                                           {{"unit", unit.id}, {"from", from}});
        successors > 0)
        return {{"from", "unit.absorbed_later", {unit.name, to_text(from)}}};
    return refusals_of_day(unit, from, act);
}

// None when the code is free, or the unit's own.
std::optional<Refusal> refusal_of_code(db::Read& tx, const std::string& code, UnitId own) {
    const auto taken = find_unit(tx, code);
    if (!taken || taken->id == own) return std::nullopt;
    return Refusal{"code", "unit.code_taken", {code, taken->name}};
}

bool is_kind(std::string_view kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }

}  // namespace

Outcome<UnitId> make(db::Write& tx, const web::Actor& actor, const NewUnit& unit, const Act& act) {
    const Unit parent = hold(tx, unit.parent);
    if (unit.name.empty()) return Refusal{"name", "unit.name_missing", {}};
    if (!is_kind(unit.kind)) return Refusal{"kind", "unit.kind_unknown", {unit.kind}};
    if (parent.ends_on) return Refusal{"parent", "unit.has_ended", {parent.name, to_text(*parent.ends_on)}};
    if (unit.begins_on && *unit.begins_on > act.today)
        return Refusal{"begins_on", "unit.day_in_future", {to_text(*unit.begins_on), to_text(act.today)}};
    std::string code = unit.code.empty() ? slug(unit.name) : unit.code;
    if (unit.code.empty())
        while (find_unit(tx, code)) code += "-2";
    else if (const auto taken = refusal_of_code(tx, code, {}))
        return *taken;
    Unit made{{}, parent.id, code, unit.name, unit.kind, unit.begins_on};
    made.id = insert_unit(tx, actor.account, made, act);
    if (unit.split_from) {
        insert_event(tx, actor.account, *unit.split_from,
                     {.kind = "split_off", .effective_on = unit.begins_on, .other = made.id}, act);
        insert_event(tx, actor.account, made.id,
                     {.kind = "split_from", .effective_on = unit.begins_on, .other = *unit.split_from}, act);
    }
    tell(tx, actor, made, "unit.make", act, Value::object({{"parent", parent.code}, {"kind", made.kind}}));
    return made.id;
}

Outcome<Done> rename(db::Write& tx, const web::Actor& actor, const Unit& told, const std::string& name,
                     std::optional<Date> from, const Act& act) {
    const Unit unit = hold(tx, told.id);
    if (name.empty()) return Refusal{"name", "unit.name_missing", {}};
    if (Refusals wrong = refusals_of_day(unit, from, act); !wrong.empty()) return wrong;
    const std::string before = from ? name_on(tx, unit.id, *from) : unit.name;
    if (before == name) return Refusal{"name", "unit.same_name", {name}};
    insert_name(tx, actor.account, unit.id, name, from ? from : named_since(tx, unit.id), act.at);
    insert_event(
        tx, actor.account, unit.id,
        {.kind = from ? "renamed" : "name_corrected", .effective_on = from, .before = before, .after = name},
        act);
    tell(tx, actor, unit, from ? "unit.rename" : "unit.correct_name", act,
         Value::object({{"to", name}, {"from", from}}));
    return Done{};
}

Outcome<Done> move(db::Write& tx, const web::Actor& actor, const Unit& told, const Unit& told_parent,
                   Date from, const Act& act) {
    const Unit unit = hold(tx, told.id), parent = hold(tx, told_parent.id);
    if (!unit.parent) return Refusal{"parent", "unit.is_centre", {unit.name}};
    if (Refusals wrong = refusals_of_day(unit, from, act); !wrong.empty()) return wrong;
    if (parent.ends_on) return Refusal{"parent", "unit.has_ended", {parent.name, to_text(*parent.ends_on)}};
    if (below(tx, parent.id, unit.id) > 0)
        return Refusal{"parent", "unit.beneath_itself", {unit.name, parent.name}};
    if (unit.parent == parent.id) return Refusal{"parent", "unit.same_parent", {parent.name}};
    const auto before = find_unit(tx, *unit.parent);
    insert_place(tx, actor.account, unit.id, parent.id, from, act.at);
    settle_ancestors(tx, unit.id);
    insert_event(tx, actor.account, unit.id,
                 {.kind = "moved",
                  .effective_on = from,
                  .other = parent.id,
                  .before = before->name,
                  .after = parent.name},
                 act);
    tell(tx, actor, unit, "unit.move", act,
         Value::object({{"to", parent.code}, {"before", before->code}, {"from", from}}));
    return Done{};
}

Outcome<Done> merge(db::Write& tx, const web::Actor& actor, const Unit& told, const Unit& told_into,
                    Date from, const Act& act) {
    const Unit unit = hold(tx, told.id), into = hold(tx, told_into.id);
    if (Refusals wrong = refusals_of_end(tx, unit, from, act); !wrong.empty()) return wrong;
    if (into.ends_on) return Refusal{"into", "unit.has_ended", {into.name, to_text(*into.ends_on)}};
    if (!into.has_begun_by(from))
        return Refusal{"into", "unit.not_begun", {into.name, to_text(*into.begins_on)}};
    if (below(tx, into.id, unit.id) > 0)
        return Refusal{"into", "unit.beneath_itself", {unit.name, into.name}};
    insert_places_of_children(tx, actor.account, unit.id, into.id, from, act);
    update_end(tx, unit.id, from, into.id);
    settle_ancestors(tx, into.id);
    insert_event(tx, actor.account, unit.id, {.kind = "merged_into", .effective_on = from, .other = into.id},
                 act);
    insert_event(tx, actor.account, into.id, {.kind = "absorbed", .effective_on = from, .other = unit.id},
                 act);
    tell(tx, actor, unit, "unit.merge", act, Value::object({{"into", into.code}, {"from", from}}));
    return Done{};
}

Outcome<Done> dissolve(db::Write& tx, const web::Actor& actor, const Unit& told, Date from, const Act& act) {
    const Unit unit = hold(tx, told.id);
    if (Refusals wrong = refusals_of_end(tx, unit, from, act); !wrong.empty()) return wrong;
    if (const auto left = children_left(tx, unit.id, from); left > 0)
        return Refusal{"from", "unit.has_children", {unit.name, std::to_string(left)}};
    update_end(tx, unit.id, from, std::nullopt);
    insert_event(tx, actor.account, unit.id, {.kind = "dissolved", .effective_on = from}, act);
    tell(tx, actor, unit, "unit.dissolve", act, Value::object({{"from", from}}));
    return Done{};
}

Outcome<Done> reinstate(db::Write& tx, const web::Actor& actor, const Unit& told, const Act& act) {
    const Unit unit = hold(tx, told.id);
    if (!unit.ends_on) return Refusal{"", "unit.has_not_ended", {unit.name}};
    if (act.reason.empty()) return Refusal{"reason", "unit.reason_required", {}};
    if (const auto parent = find_unit(tx, *unit.parent); parent->ends_on)
        return Refusal{"", "unit.has_ended", {parent->name, to_text(*parent->ends_on)}};
    update_end(tx, unit.id, std::nullopt, std::nullopt);
    settle_ancestors(tx, unit.id);
    insert_event(tx, actor.account, unit.id, {.kind = "reinstated", .other = unit.successor}, act);
    tell(tx, actor, unit, "unit.reinstate", act, Value::object({{"ended", unit.ends_on}}));
    return Done{};
}

Outcome<Done> describe(db::Write& tx, const web::Actor& actor, const Unit& said, const Act& act) {
    const Unit unit = hold(tx, said.id);
    if (said.code.empty()) return Refusal{"code", "unit.code_missing", {}};
    if (const auto taken = refusal_of_code(tx, said.code, unit.id)) return *taken;
    if (said.kind != unit.kind && (!is_kind(said.kind) || !unit.parent))
        return Refusal{"kind", "unit.kind_unknown", {said.kind}};
    if (said.begins_on && unit.ends_on && *unit.ends_on <= *said.begins_on)
        return Refusal{
            "begins_on", "unit.begins_after_end", {to_text(*said.begins_on), to_text(*unit.ends_on)}};
    if (said.begins_on && *said.begins_on > act.today)
        return Refusal{"begins_on", "unit.day_in_future", {to_text(*said.begins_on), to_text(act.today)}};
    const auto day_text = [](const std::optional<Date>& day) { return day ? to_text(*day) : std::string(); };
    const auto note = [&](std::string_view kind, const std::string& before, const std::string& after) {
        if (before != after)
            insert_event(tx, actor.account, unit.id, {.kind = kind, .before = before, .after = after}, act);
    };
    note("code_changed", unit.code, said.code);
    note("kind_changed", unit.kind, said.kind);
    note("beginning_changed", day_text(unit.begins_on), day_text(said.begins_on));
    update_description(tx, unit.id, said.code, said.kind, said.begins_on);
    tell(tx, actor, unit, "unit.describe", act,
         Value::object({{"code", said.code}, {"kind", said.kind}, {"begins_on", said.begins_on}}));
    return Done{};
}

Outcome<Done> remove(db::Write& tx, const web::Actor& actor, const Unit& told, const Act& act) {
    const Unit unit = hold(tx, told.id);
    if (!unit.parent) return Refusal{"", "unit.is_centre", {unit.name}};
    delete_unit(tx, unit.id);
    tell(tx, actor, unit, "unit.remove", act, Value::object({{"kind", unit.kind}}));
    return Done{};
}

void remove_made_by(db::Write& tx, const web::Actor& actor, Id<documents::Document> list, const Act& act) {
    tx.lock("unit tree");
    // What lies deepest goes first.
    const auto made = tx.all<UnitId>(
        R"sql(
        select m.unit from unit_events m
        where m.document = :list and m.kind = 'made'
        order by (select count(*) from unit_ancestors a where a.unit = m.unit) desc, m.id desc)sql",
        {{"list", list}}, [](const db::Row& row) { return row.id<UnitId>(0); });
    tx.run(R"sql(delete from unit_events where document = :list)sql", {{"list", list}});
    std::vector<Unit> units;
    for (const UnitId id : made) units.push_back(*find_unit(tx, id));
    for (const Unit& unit : units) update_end(tx, unit.id, std::nullopt, std::nullopt);
    for (const Unit& unit : units) {
        delete_unit(tx, unit.id);
        tell(tx, actor, unit, "unit.remove", act, Value::object({{"kind", unit.kind}}));
    }
}

}  // namespace tiendo::organisations
