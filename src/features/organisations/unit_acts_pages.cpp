// POST /units, /units/:id/renaming and their like: what happens to a unit, by a form or as JSON.
#include "base/text.h"
#include "features/organisations/units_pages.h"
#include "platform/pages/reader.h"

namespace tiendo::organisations {
namespace {

// What a verb is told: the unit as it is now, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Unit& unit;
    pages::Reader& sent;
    const Act& act;
};
using Verb = Outcome<Done> (*)(const Told&);

Unit require_for_change(db::Read& tx, const web::Actor& actor, UnitId id) {
    Unit unit = require(tx, actor, id);
    if (!may(tx, actor, change_units, id)) throw web::Forbidden{};
    return unit;
}

// Another unit, named by its id, its code or its name; one that ended gives way to one that is.
std::optional<Unit> named(const Told& told, std::string_view field) {
    const std::string said = told.sent.required_text(field);
    if (said.empty()) return std::nullopt;
    std::vector<Unit> fits;
    std::vector<std::string> names;
    for (Unit& unit : units(told.tx, told.visit.actor)) {
        if (to_text(unit.id) == said || unit.code == said) return unit;
        names.push_back(unit.name);
        if (fold(unit.name) == fold(said)) fits.push_back(std::move(unit));
    }
    if (fits.size() > 1) std::erase_if(fits, [](const Unit& unit) { return unit.ends_on.has_value(); });
    if (fits.size() == 1) return fits.front();
    if (fits.empty())
        told.sent.refuse(field, "unit.unknown", {said, nearest(said, names)});
    else
        told.sent.refuse(field, "unit.several", {said, fits[0].code, fits[1].code});
    return std::nullopt;
}

Outcome<Done> renaming(const Told& told) {
    const std::string name = told.sent.required_text("name");
    const auto from = told.sent.day("from");
    if (told.sent.refused()) return told.sent.refusals();
    return rename(told.tx, told.visit.actor, told.unit, name, from, told.act);
}

Outcome<Done> moving(const Told& told) {
    const auto parent = named(told, "parent");
    const auto from = told.sent.required_day("from");
    if (told.sent.refused()) return told.sent.refusals();
    return move(told.tx, told.visit.actor, told.unit,
                require_for_change(told.tx, told.visit.actor, parent->id), *from, told.act);
}

Outcome<Done> merger(const Told& told) {
    const auto into = named(told, "into");
    const auto from = told.sent.required_day("from");
    if (told.sent.refused()) return told.sent.refusals();
    return merge(told.tx, told.visit.actor, told.unit,
                 require_for_change(told.tx, told.visit.actor, into->id), *from, told.act);
}

Outcome<Done> dissolution(const Told& told) {
    const auto from = told.sent.required_day("from");
    if (!from) return told.sent.refusals();
    return dissolve(told.tx, told.visit.actor, told.unit, *from, told.act);
}

Outcome<Done> reinstatement(const Told& told) {
    return reinstate(told.tx, told.visit.actor, told.unit, told.act);
}

Outcome<Done> description(const Told& told) {
    Unit said = told.unit;
    said.code = told.sent.required_text("code");
    if (const std::string kind = told.sent.text("kind"); !kind.empty()) said.kind = kind;
    said.begins_on = told.sent.day("begins_on");
    if (told.sent.refused()) return told.sent.refusals();
    return describe(told.tx, told.visit.actor, said, told.act);
}

Act act_of(const web::Visit& visit, const pages::Reader& sent) {
    return {
        .at = visit.now, .today = visit.today(), .reason = sent.text("reason"), .basis = sent.text("basis")};
}

Outcome<Done> happen(const web::Visit& visit, Verb verb) {
    const UnitId id{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Unit unit = require_for_change(tx, visit.actor, id);
        return verb({tx, visit, unit, sent, act_of(visit, sent)});
    });
}

web::Handler by_form(std::string act, Verb verb) {
    return [act = std::move(act), verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        const UnitId id{web::id_of(visit, "id")};
        if (!outcome) return refused_page(visit, id, {act, outcome.refusals()});
        return visit.redirect("/units/" + to_text(id), "act.recorded");
    };
}

web::Handler by_json(Verb verb) {
    return [verb](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb);
        return outcome ? unit_json(visit) : visit.json_refused(outcome.refusals());
    };
}

// Below the unit in the path; with "split_from", that one gave it birth.
Outcome<UnitId> make_below(const web::Visit& visit) {
    const UnitId parent{web::id_of(visit, "id")};
    return visit.database.write([&](db::Write& tx) -> Outcome<UnitId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Unit above = require_for_change(tx, visit.actor, parent);
        const Act act = act_of(visit, sent);
        NewUnit unit{.parent = parent,
                     .code = sent.text("code"),
                     .name = sent.required_text("name"),
                     .kind = sent.required_text("kind"),
                     .begins_on = sent.day("begins_on")};
        if (!sent.text("split_from").empty()) {
            const auto origin = named({tx, visit, above, sent, act}, "split_from");
            if (origin) unit.split_from = require_for_change(tx, visit.actor, origin->id).id;
        }
        if (sent.refused()) return sent.refusals();
        return make(tx, visit.actor, unit, act);
    });
}

http::Response make_by_form(const web::Visit& visit) {
    const Outcome<UnitId> made = make_below(visit);
    if (!made) return refused_page(visit, UnitId{web::id_of(visit, "id")}, {"units", made.refusals()});
    return visit.redirect("/units/" + to_text(*made), "act.recorded");
}

http::Response make_by_json(const web::Visit& visit) {
    const Outcome<UnitId> made = make_below(visit);
    if (!made) return visit.json_refused(made.refusals());
    return visit.database.read([&](db::Read& tx) {
        return visit.json(Value::object({{"id", *made}, {"code", find_unit(tx, *made)->code}}), 201);
    });
}

// What refers to a unit stands in tables of many features; the database knows them all.
Outcome<Done> removal(const web::Visit& visit) {
    try {
        return happen(visit, [](const Told& told) -> Outcome<Done> {
            return remove(told.tx, told.visit.actor, told.unit, told.act);
        });
    } catch (const db::Conflict&) {
        return Refusal{"", "unit.has_history", {}};
    }
}

http::Response remove_by_form(const web::Visit& visit) {
    const Outcome<Done> removed = removal(visit);
    if (!removed)
        return refused_page(visit, UnitId{web::id_of(visit, "id")}, {"removal", removed.refusals()});
    return visit.redirect("/units", "unit.removed");
}

http::Response remove_by_json(const web::Visit& visit) {
    const Outcome<Done> removed = removal(visit);
    return removed ? visit.json(Value::object({{"removed", true}})) : visit.json_refused(removed.refusals());
}

}  // namespace

void register_acts(web::Routes& routes) {
    routes.post("/units/:id/units", change_units, make_by_form);
    routes.post("/units/:id/renaming", change_units, by_form("renaming", renaming));
    routes.post("/units/:id/move", change_units, by_form("move", moving));
    routes.post("/units/:id/merger", change_units, by_form("merger", merger));
    routes.post("/units/:id/dissolution", change_units, by_form("dissolution", dissolution));
    routes.post("/units/:id/reinstatement", change_units, by_form("reinstatement", reinstatement));
    routes.post("/units/:id/description", change_units, by_form("description", description));
    routes.post("/units/:id/removal", change_units, remove_by_form);
    routes.post("/api/v1/units/:id/units", change_units, make_by_json);
    routes.post("/api/v1/units/:id/renaming", change_units, by_json(renaming));
    routes.post("/api/v1/units/:id/move", change_units, by_json(moving));
    routes.post("/api/v1/units/:id/merger", change_units, by_json(merger));
    routes.post("/api/v1/units/:id/dissolution", change_units, by_json(dissolution));
    routes.post("/api/v1/units/:id/reinstatement", change_units, by_json(reinstatement));
    routes.post("/api/v1/units/:id/description", change_units, by_json(description));
    routes.post("/api/v1/units/:id/removal", change_units, remove_by_json);
}

}  // namespace tiendo::organisations
