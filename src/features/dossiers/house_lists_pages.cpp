// GET /dossier-items and /cost-kinds: what is on the lists of the house. One page and one form serve both.
#include "features/dossiers/dossiers_presenter.h"
#include "features/dossiers/dossiers_store.h"
#include "platform/pages/field_list.h"
#include "platform/pages/reader.h"

namespace tiendo::dossiers {
namespace {

using Handler = http::Response (*)(const web::Visit&, HouseList);

std::string address_of(HouseList list) { return list == HouseList::items ? "/dossier-items" : "/cost-kinds"; }

std::string code_of(const web::Visit& visit) { return std::string(visit.request.parameter("code")); }

std::string_view state_of(const Listed& one, Date today) {
    if (one.valid_to && *one.valid_to <= today) return "ended";
    return one.valid_from && *one.valid_from > today ? "ahead" : "in_force";
}

Value to_value(const web::Visit& visit, HouseList list, const Listed& one) {
    return Value::object({{"code", one.code},
                          {"name_vi", one.name.vi},
                          {"name_en", one.name.en},
                          {"due", list == HouseList::items ? Value(to_text(one.due)) : Value()},
                          {"valid_from", one.valid_from},
                          {"valid_to", one.valid_to},
                          {"state", state_of(one, visit.today())}});
}

Value list_value(const web::Visit& visit, db::Read& tx, HouseList list) {
    return Value::object({{"listed", list_of(all_of(tx, list), [&](const Listed& one) {
                               return to_value(visit, list, one);
                           })}});
}

// --- the form, for a new one and for one that is there --------------------------------------------

Value form_of(const web::Visit& visit, const pages::Refused& refused, HouseList list, const char* form,
              const Listed& one) {
    const bool is_new = one.code.empty();
    pages::FieldList fields(visit, refused, form);
    fields.text("name_vi", one.name.vi).required();
    if (!is_new) fields.hint("dossier.rename_hint");
    fields.text("name_en", one.name.en).hint("dossier.name_en_hint");
    if (list == HouseList::items) {
        std::vector<pages::Option> dues;
        for (const auto due : {cohorts::Due::opening, cohorts::Due::closing, cohorts::Due::filing}) {
            const std::string code(to_text(due));
            dues.push_back({code, visit.text("dossier.due." + code)});
        }
        fields.choice("due", dues, to_text(one.due));
    }
    fields.day("valid_from", one.valid_from).hint("dossier.valid_from_hint");
    if (is_new) fields.required();
    fields.day("valid_to", one.valid_to).hint("dossier.valid_to_hint");
    return fields.form();
}

// A program that changes one thing need not repeat the others.
Listed listed_sent(pages::Reader& sent, HouseList list, Listed one) {
    if (one.code.empty() || sent.says("name_vi")) one.name.vi = sent.required_text("name_vi");
    if (sent.says("name_en")) one.name.en = sent.text("name_en");
    if (list == HouseList::items)
        if (const auto due = sent.choice("due", {"opening", "closing", "filing"})) one.due = parse_due(*due);
    if (one.code.empty())
        one.valid_from = sent.required_day("valid_from");
    else if (sent.says("valid_from"))
        one.valid_from = sent.day("valid_from");
    if (sent.says("valid_to")) one.valid_to = sent.day("valid_to");
    return one;
}

// --- the list ---------------------------------------------------------------------------------------

Value list_page_value(const web::Visit& visit, db::Read& tx, HouseList list, const pages::Refused& refused) {
    const bool can_change = may_change_lists(tx, visit.actor);
    const bool is_items = list == HouseList::items;
    Value form;
    if (can_change) {
        Listed fresh;
        fresh.valid_from = visit.today();
        form = form_of(visit, refused, list, "listed", fresh);
    }
    // By the name in the reader's language, with the other below it.
    const bool in_english = visit.language == i18n::Language::en;
    const auto listed = all_of(tx, list);
    Value rows = list_of(listed, [&](const Listed& one) {
        const std::string& other = in_english ? one.name.vi : one.name.en;
        return to_value(visit, list, one)
            .set("name", one.name.in(visit.language))
            .set("other_name", one.name.vi == one.name.en ? Value() : Value(other));
    });
    return Value::object({{"listed", std::move(rows)}, {"count", listed.size()}})
        .set("title", visit.text(is_items ? "dossier.items" : "dossier.cost_kinds"))
        .set("lead", visit.text(is_items ? "dossier.items_lead" : "dossier.cost_kinds_lead"))
        .set("add", visit.text(is_items ? "dossier.add_item" : "dossier.add_cost_kind"))
        .set("is_items", is_items)
        .set("address", address_of(list))
        .set("can_change", can_change)
        .set("form", std::move(form));
}

http::Response list_page(const web::Visit& visit, HouseList list) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("dossiers/house_list", list_page_value(visit, tx, list, {}));
    });
}

http::Response list_json(const web::Visit& visit, HouseList list) {
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx, list)); });
}

Outcome<std::string> adding(const web::Visit& visit, HouseList list) {
    return visit.database.write([&](db::Write& tx) -> Outcome<std::string> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Listed said = listed_sent(sent, list, {});
        if (sent.refused()) return sent.refusals();
        return add(tx, visit.actor, list, said, visit.now);
    });
}

http::Response add_by_form(const web::Visit& visit, HouseList list) {
    const auto added = adding(visit, list);
    if (added) return visit.redirect(address_of(list), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("dossiers/house_list",
                             list_page_value(visit, tx, list, {"listed", added.refusals()}),
                             added.refusals());
    });
}

http::Response add_by_json(const web::Visit& visit, HouseList list) {
    const auto added = adding(visit, list);
    return added ? visit.json(Value::object({{"code", *added}}), 201) : visit.json_refused(added.refusals());
}

// --- one of the list --------------------------------------------------------------------------------

Value one_page_value(const web::Visit& visit, db::Read& tx, HouseList list, const pages::Refused& refused) {
    if (!may_change_lists(tx, visit.actor)) throw web::Forbidden{};
    const Listed one = require_listed(tx, list, code_of(visit));
    const Value form = form_of(visit, refused, list, "change", one);
    return Value::object(
        {{"title", one.name.in(visit.language)},
         {"list", visit.text(list == HouseList::items ? "dossier.items" : "dossier.cost_kinds")},
         {"address", address_of(list)},
         {"code", one.code},
         {"fields_html", form["fields_html"]}});
}

http::Response one_page(const web::Visit& visit, HouseList list) {
    return visit.database.read(
        [&](db::Read& tx) { return visit.page("dossiers/listed", one_page_value(visit, tx, list, {})); });
}

Outcome<Done> changing(const web::Visit& visit, HouseList list) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const Listed said = listed_sent(sent, list, require_listed(tx, list, code_of(visit)));
        if (sent.refused()) return sent.refusals();
        return change(tx, visit.actor, list, said, visit.now);
    });
}

http::Response change_by_form(const web::Visit& visit, HouseList list) {
    const auto changed = changing(visit, list);
    if (changed) return visit.redirect(address_of(list), "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("dossiers/listed",
                             one_page_value(visit, tx, list, {"change", changed.refusals()}),
                             changed.refusals());
    });
}

http::Response change_by_json(const web::Visit& visit, HouseList list) {
    const auto changed = changing(visit, list);
    return changed ? list_json(visit, list) : visit.json_refused(changed.refusals());
}

}  // namespace

void register_house_lists(web::Routes& routes) {
    const auto of_items = [](Handler answer) {
        return [answer](const web::Visit& visit) { return answer(visit, HouseList::items); };
    };
    const auto of_kinds = [](Handler answer) {
        return [answer](const web::Visit& visit) { return answer(visit, HouseList::cost_kinds); };
    };
    routes.get("/dossier-items", see_dossiers, of_items(list_page));
    routes.post("/dossier-items", change_dossiers, of_items(add_by_form));
    routes.get("/dossier-items/:code", change_dossiers, of_items(one_page));
    routes.post("/dossier-items/:code", change_dossiers, of_items(change_by_form));
    routes.get("/api/v1/dossier-items", see_dossiers, of_items(list_json));
    routes.post("/api/v1/dossier-items", change_dossiers, of_items(add_by_json));
    routes.post("/api/v1/dossier-items/:code", change_dossiers, of_items(change_by_json));
    routes.get("/cost-kinds", see_dossiers, of_kinds(list_page));
    routes.post("/cost-kinds", change_dossiers, of_kinds(add_by_form));
    routes.get("/cost-kinds/:code", change_dossiers, of_kinds(one_page));
    routes.post("/cost-kinds/:code", change_dossiers, of_kinds(change_by_form));
    routes.get("/api/v1/cost-kinds", see_dossiers, of_kinds(list_json));
    routes.post("/api/v1/cost-kinds", change_dossiers, of_kinds(add_by_json));
    routes.post("/api/v1/cost-kinds/:code", change_dossiers, of_kinds(change_by_json));
}

}  // namespace tiendo::dossiers
