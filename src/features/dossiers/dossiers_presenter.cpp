#include "features/dossiers/dossiers_presenter.h"

#include <map>

#include "features/dossiers/dossiers_store.h"

namespace tiendo::dossiers {
namespace {

Value to_value(const Checked& one, i18n::Language language) {
    const bool was_said = one.state == "attached" || one.state == "waived";
    const auto& paper = one.state == "attached" ? one.paper : std::nullopt;
    return Value::object({{"code", one.item.code},
                          {"name", one.item.name.in(language)},
                          {"due", to_text(one.item.due)},
                          {"state", one.state},
                          {"is_missing", one.is_missing()},
                          {"paper", paper ? Value(paper->id) : Value()},
                          {"paper_title", paper ? Value(paper->title) : Value()},
                          {"paper_dated_on", paper ? Value(paper->dated_on) : Value()},
                          {"reason", was_said ? Value(one.reason) : Value()},
                          {"recorded_by", was_said ? Value(one.recorded_by) : Value()},
                          {"recorded_at", was_said ? Value(*one.recorded_at) : Value()}});
}

Value to_value(const Seat& seat) {
    return Value::object({{"id", std::to_string(seat.id)},
                          {"body", to_text(seat.body)},
                          {"name", seat.name},
                          {"duty", seat.duty},
                          {"learner", seat.learner}});
}

// [{"group": 1, "learners": [{"id", "full_name", "unit"}]}], those in no group apart.
Value groups_value(const std::vector<Grouped>& learners) {
    std::map<std::int64_t, Value> groups;
    for (const Grouped& one : learners)
        if (one.group > 0)
            groups[one.group].push(
                Value::object({{"id", one.learner}, {"full_name", one.full_name}, {"unit", one.unit_name}}));
    return list_of(groups, [](const auto& group) {
        return Value::object({{"group", group.first},
                              {"size", group.second.list_items()->size()},
                              {"learners", group.second}});
    });
}

Value to_value(const CostLine& line, i18n::Language language) {
    return Value::object({{"id", std::to_string(line.id)},
                          {"stage", to_text(line.stage)},
                          {"kind", line.kind},
                          {"kind_name", line.kind_name.in(language)},
                          {"amount_dong", line.amount_dong},
                          {"note", line.note},
                          {"paper_number", line.paper_number}});
}

Value amounts(std::int64_t planned, std::int64_t spent) {
    return Value::object({{"planned", planned}, {"spent", spent}, {"left", planned - spent}});
}

Value to_value(const Event& event, i18n::Language language) {
    return Value::object({{"kind", event.kind},
                          {"item", event.item.in(language)},
                          {"who", event.said["name"]},
                          {"amount_dong", event.said["amount_dong"]},
                          {"document_number", event.document_number},
                          {"recorded_at", event.recorded_at},
                          {"recorded_by", event.recorded_by},
                          {"reason", event.reason}});
}

Value learners_value(const std::vector<Grouped>& learners, const pages::Forms& forms) {
    return list_of(learners, [&](const Grouped& one) {
        const std::string name = "group-" + to_text(one.learner);
        return Value::object(
            {{"id", one.learner},
             {"full_name", one.full_name},
             {"unit", one.unit_name},
             {"field_name", name},
             {"group", forms.field("groups", name, one.group > 0 ? Value(one.group) : Value())}});
    });
}

// A choice of the checklist in a form: what is still missing first to hand, everything there.
Value items_to_choose(const std::vector<Checked>& items, std::string_view chosen, i18n::Language language) {
    return list_of(items, [&](const Checked& one) {
        return Value::object({{"value", one.item.code},
                              {"title", one.item.name.in(language)},
                              {"current", one.item.code == chosen}});
    });
}

}  // namespace

Value dossier_value(db::Read& tx, const cohorts::Cohort& cohort, Date today, i18n::Language language) {
    const auto items = checklist(tx, cohort, today);
    const auto costs = costs_of(tx, cohort.id);
    std::int64_t lacking = 0, planned = 0, spent = 0;
    for (const Checked& one : items) lacking += one.is_missing() ? 1 : 0;
    const auto totals = totals_of(costs);
    for (const CostTotal& total : totals) planned += total.planned, spent += total.spent;
    return Value::object(
        {{"cohort", Value::object({{"id", cohort.id}, {"code", cohort.code}})},
         {"programme", cohort.programme.name},
         {"items", list_of(items, [&](const Checked& one) { return to_value(one, language); })},
         {"missing", lacking},
         {"seats", list_of(seats_of(tx, cohort.id), [](const Seat& seat) { return to_value(seat); })},
         {"groups", groups_value(groups_of(tx, cohort.id))},
         {"costs", list_of(costs, [&](const CostLine& line) { return to_value(line, language); })},
         {"kinds",
          list_of(totals,
                  [&](const CostTotal& total) {
                      return amounts(total.planned, total.spent).set("name", total.kind.in(language));
                  })},
         {"total", amounts(planned, spent)},
         {"events", list_of(history_of(tx, cohort.id),
                            [&](const Event& event) { return to_value(event, language); })}});
}

void set_forms(Value& value, db::Read& tx, const web::Visit& visit, const cohorts::Cohort& cohort,
               const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    const auto learners = groups_of(tx, cohort.id);
    const auto items = checklist(tx, cohort, visit.today());
    const auto chosen = [&](std::string_view form, std::string_view name) {
        return refused.form == form ? visit.request.sent(name) : std::string_view();
    };
    const auto item_form = [&](const char* form) {
        Value made = forms.form(form);
        return std::move(made)
            .set("items", items_to_choose(items, chosen(form, "item"), visit.language))
            .set("paper_number", forms.field(form, "number"))
            .set("dated_on", forms.field(form, "dated_on"));
    };
    const Date day = cohort.facts.opened_on.value_or(visit.today());
    const auto kinds = in_force_on(tx, HouseList::cost_kinds, day);
    Value seats = forms.form("seats");
    seats.set("name", forms.field("seats", "name"))
        .set("duty", forms.field("seats", "duty"))
        .set("learner_refusal", forms.field("seats", "learner")["refusal"])
        .set("learners", learners_value(learners, forms));
    Value costs = forms.form("costs");
    costs
        .set("kinds",
             list_of(kinds,
                     [&](const Listed& kind) {
                         return Value::object({{"value", kind.code},
                                               {"title", kind.name.in(visit.language)},
                                               {"current", kind.code == chosen("costs", "cost_kind")}});
                     }))
        .set("amount", forms.field("costs", "amount"))
        .set("note", forms.field("costs", "note"))
        .set("paper_number", forms.field("costs", "number"));
    value.set("evidence", item_form("evidence"))
        .set("waiver", item_form("waivers"))
        .set("reopening", item_form("reopening"))
        .set("seat", std::move(seats))
        .set("division", forms.form("division").set("groups", forms.field("division", "groups")))
        .set("grouping", forms.form("groups").set("learners", learners_value(learners, forms)))
        .set("cost", std::move(costs))
        .set("striking", forms.form("striking"));
}

}  // namespace tiendo::dossiers
