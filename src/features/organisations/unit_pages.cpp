// GET /units/:id: what a unit is, was called and became, and the forms for what happens to it.
#include "features/organisations/units_pages.h"
#include "features/organisations/units_presenter.h"

namespace tiendo::organisations {
namespace {

UnitView& beside_unit() {
    static UnitView view = nullptr;
    return view;
}

Value kind_choices(std::string_view current) {
    return list_of(kinds, [&](std::string_view kind) {
        return Value::object({{"value", kind}, {"current", kind == current}});
    });
}

Value form_of(const pages::Forms& forms, const char* name) {
    return forms.form(name).set("basis", forms.field(name, "basis"));
}

// The forms that make sense now; null where one does not.
void set_forms(Value& value, const web::Visit& visit, const Unit& unit, const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    Value child, renaming, move, merger, dissolution, reinstatement, removal;
    renaming = form_of(forms, "renaming")
                   .set("name", forms.field("renaming", "name", unit.name))
                   .set("from", forms.field("renaming", "from"));
    if (!unit.ends_on)
        child = form_of(forms, "units")
                    .set("name", forms.field("units", "name"))
                    .set("code", forms.field("units", "code"))
                    .set("begins_on", forms.field("units", "begins_on"))
                    .set("split_from", forms.field("units", "split_from"))
                    .set("kinds", kind_choices("affiliated_unit"));
    if (unit.parent && !unit.ends_on) {
        move = form_of(forms, "move")
                   .set("parent", forms.field("move", "parent"))
                   .set("from", forms.field("move", "from", visit.today()));
        merger = form_of(forms, "merger")
                     .set("into", forms.field("merger", "into"))
                     .set("from", forms.field("merger", "from", visit.today()));
        dissolution =
            form_of(forms, "dissolution").set("from", forms.field("dissolution", "from", visit.today()));
    }
    if (unit.parent) removal = forms.form("removal");
    if (unit.ends_on) reinstatement = form_of(forms, "reinstatement");
    const bool again = refused.form == "description";
    const std::string kind = again ? std::string(visit.request.sent("kind")) : unit.kind;
    Value description = form_of(forms, "description")
                            .set("code", forms.field("description", "code", unit.code))
                            .set("begins_on", forms.field("description", "begins_on", unit.begins_on))
                            .set("kinds", unit.parent ? kind_choices(kind) : Value::list())
                            .set("has_kinds", unit.parent.has_value());
    value.set("child", std::move(child))
        .set("renaming", std::move(renaming))
        .set("move", std::move(move))
        .set("merger", std::move(merger))
        .set("dissolution", std::move(dissolution))
        .set("reinstatement", std::move(reinstatement))
        .set("description", std::move(description))
        .set("removal", std::move(removal));
}

// What was changed, as the reader's language says it.
Value told(const web::Visit& visit, Value event) {
    for (const char* name : {"before", "after"}) {
        const std::string said = *event[name].text();
        if (said.empty()) continue;
        if (*event["kind"].text() == "kind_changed") event.set(name, visit.text("units.kind." + said));
        if (*event["kind"].text() == "beginning_changed") event.set(name, i18n::date(visit.language, said));
    }
    return event;
}

Value page_value(const web::Visit& visit, db::Read& tx, const Unit& unit, const pages::Refused& refused) {
    Value value = portrait(tx, visit.actor, unit);
    Value events =
        list_of(*value["events"].list_items(), [&](Value event) { return told(visit, std::move(event)); });
    const bool can_change = visit.actor.may(change_units) && may(tx, visit.actor, change_units, unit.id);
    value.set("title", unit.name)
        .set("events", std::move(events))
        .set("has_former_names", value["names"].list_items()->size() > 1)
        .set("has_children", !value["children"].list_items()->empty())
        .set("can_change", can_change)
        .set("export", nullptr)
        .set("print_url", "/units/" + to_text(unit.id) + "?print=1")
        .set("beside_html", beside_unit() ? Value(beside_unit()(visit, tx, unit)) : Value());
    set_forms(value, visit, unit, refused);
    return value;
}

http::Response unit_page(const web::Visit& visit) {
    const UnitId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.page("organisations/unit", page_value(visit, tx, require(tx, visit.actor, id), {}));
    });
}

}  // namespace

http::Response refused_page(const web::Visit& visit, UnitId id, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("organisations/unit",
                             page_value(visit, tx, require(tx, visit.actor, id), refused), refused.refusals);
    });
}

http::Response unit_json(const web::Visit& visit) {
    const UnitId id{web::id_of(visit, "id")};
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(portrait(tx, visit.actor, require(tx, visit.actor, id))); });
}

void show_beside_unit(UnitView view) { beside_unit() = view; }

void register_unit(web::Routes& routes) {
    routes.get("/units/:id", see_units, unit_page);
    routes.get("/api/v1/units/:id", see_units, unit_json);
}

}  // namespace tiendo::organisations
