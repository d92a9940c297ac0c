// GET /people/:id, and what is sensitive of it shown once to who says why.
#include "features/people/people_pages.h"
#include "features/people/phrases.h"
#include "features/programmes/programmes.h"
#include "platform/audit/audit.h"

namespace tiendo::people {
namespace {

std::vector<PersonView>& person_views() {
    static std::vector<PersonView> views;
    return views;
}

std::string shown_with(const web::Visit& visit, db::Read& tx, const Person& person, Sensitive sensitive) {
    std::string html;
    for (const PersonView& view : person_views()) html += view(visit, tx, person, sensitive);
    return html;
}

bool may_change(const web::Visit& visit, db::Read& tx, const Person& person) {
    return visit.actor.may(change_people) && organisations::may(tx, visit.actor, change_people, person.unit);
}

// What a form may say of a person: "grade.specialist", "position.party", "certificate.new-members", "phone".
Value choices(const web::Visit& visit, db::Read& tx) {
    Value groups = Value::list();
    for (const Kind kind : kinds()) {
        const std::string name(to_text(kind));
        Value options = Value::list();
        const auto add = [&](const std::string& value, const std::string& title) {
            options.push(Value::object({{"value", value}, {"title", title}}));
        };
        for (const std::string_view value : values_of(kind))
            add(name + "." + std::string(value), called(visit.site.texts, visit.language, name, value));
        if (kind == Kind::position) {
            for (const char* body : {"party", "government", "mass_organisation"})
                add(name + "." + body, called(visit.site.texts, visit.language, "body", body));
        } else if (kind == Kind::certificate) {
            for (const programmes::Programme& programme : programmes::programmes(tx))
                add(name + "." + programme.code, programme.name);
            add(name, visit.text("people.other_certificate"));
        } else if (values_of(kind).empty()) {
            add(name, visit.text("people.kind." + name));
        }
        groups.push(Value::object({{"group", visit.text("people.kind." + name)}, {"options", options}}));
    }
    return groups;
}

void set_forms(Value& value, const web::Visit& visit, db::Read& tx, const Person& person,
               const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    Value identity = forms.form("identity");
    identity.set("full_name", forms.field("identity", "full_name", person.full_name))
        .set("family_name", forms.field("identity", "family_name", person.family_name))
        .set("birth_date",
             forms.field("identity", "birth_date", i18n::date(visit.language, birth_text(person))))
        .set("national_id", forms.field("identity", "national_id"))
        .set("party_card", forms.field("identity", "party_card"))
        .set("male", person.sex == "male")
        .set("female", person.sex == "female")
        .set("no_sex", person.sex.empty());
    Value stating = forms.form("facts");
    stating.set("what", forms.field("facts", "what")).set("choices", choices(visit, tx));
    for (const char* name : {"detail", "from", "until", "document"})
        stating.set(name, forms.field("facts", name));
    value.set("identity", std::move(identity)).set("stating", std::move(stating));
}

// The forms beside a fact that stands: it ended, or was a mistake.
Value with_acts(const Value& groups, const web::Visit& visit, PersonId person, bool can_change,
                const pages::Refused& refused) {
    const pages::Forms forms(visit, refused);
    return list_of(*groups.list_items(), [&](Value group) {
        group.set("kind_name", visit.text("people.kind." + *group["kind"].text()));
        Value facts = list_of(*group["facts"].list_items(), [&](Value fact) {
            const std::string& id = *fact["id"].text();
            Value acts;
            if (can_change && *fact["state"].text() != "withdrawn")
                acts = forms.form(id)
                           .set("open", refused.form == id)
                           .set("person", person)
                           .set("until", forms.field(id, "until", visit.today()));
            return std::move(fact)
                .set("acts", std::move(acts))
                .set("withdrawn", *fact["state"].text() == "withdrawn");
        });
        return std::move(group).set("facts", std::move(facts));
    });
}

http::Response person_page(const web::Visit& visit) {
    const PersonId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        const Person person = require(tx, visit.actor, id);
        return visit.page("people/person", person_value(visit, tx, person, {}, Sensitive::masked));
    });
}

http::Response person_json(const web::Visit& visit) {
    const PersonId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        return visit.json(person_json_value(visit, tx, require(tx, visit.actor, id), Sensitive::masked));
    });
}

// Shown once, in the answer itself: another look needs another reason.
template <class Answer, class Refuse>
http::Response disclose(const web::Visit& visit, Answer answer, Refuse refuse) {
    const PersonId id{web::id_of(visit, "id")};
    const auto shown = visit.database.write([&](db::Write& tx) -> Outcome<http::Response> {
        const Person person = require(tx, visit.actor, id);
        if (!may_be_shown(tx, visit.actor, person)) throw web::Forbidden{};
        pages::Reader sent = pages::Reader::of_body(visit);
        const std::string reason = sent.required_text("reason");
        if (sent.refused()) return sent.refusals();
        note_disclosure(tx, visit.actor, person, reason, visit.now);
        return answer(tx, person);
    });
    return shown ? *shown : refuse(id, shown.refusals());
}

http::Response disclosure(const web::Visit& visit) {
    return disclose(
        visit,
        [&](db::Read& tx, const Person& person) {
            return visit.page("people/person", person_value(visit, tx, person, {}, Sensitive::shown));
        },
        [&](PersonId id, const Refusals& refusals) {
            return refused_page(visit, id, {"disclosure", refusals});
        });
}

http::Response disclosure_json(const web::Visit& visit) {
    return disclose(
        visit,
        [&](db::Read& tx, const Person& person) {
            return visit.json(person_json_value(visit, tx, person, Sensitive::shown));
        },
        [&](PersonId, const Refusals& refusals) { return visit.json_refused(refusals); });
}

}  // namespace

bool may_be_shown(db::Read& tx, const web::Actor& actor, const Person& person) {
    return actor.may(see_sensitive) && actor.may(see_national_ids) &&
           organisations::may(tx, actor, see_sensitive, person.unit) &&
           organisations::may(tx, actor, see_national_ids, person.unit);
}

void note_disclosure(db::Write& tx, const web::Actor& actor, const Person& person, const std::string& reason,
                     Instant at) {
    audit::record(tx, actor, at,
                  {"person.disclose", "person", person.id.value, Value::object({{"reason", reason}})});
}

Value facts_value(const web::Visit& visit, db::Read& tx, const Person& person, Sensitive sensitive) {
    return history_value(history_of(tx, person.id), visit.site.texts, visit.language, visit.actor,
                         visit.today(), sensitive);
}

Value person_json_value(const web::Visit& visit, db::Read& tx, const Person& person, Sensitive sensitive) {
    const auto names = unit_names(tx, std::span(&person, 1));
    const bool shown = sensitive == Sensitive::shown;
    return to_value(person, names.at(person.unit), sensitive)
        .set("party_card", shown ? Value(person.party_card) : Value())
        .set("merged_into", person.merged_into)
        .set("facts", facts_value(visit, tx, person, sensitive));
}

Value person_value(const web::Visit& visit, db::Read& tx, const Person& person, const pages::Refused& refused,
                   Sensitive sensitive) {
    Value value = person_json_value(visit, tx, person, sensitive);
    const bool can_change = !person.merged_into && may_change(visit, tx, person);
    const pages::Forms forms(visit, refused);
    Value groups = with_acts(value["facts"], visit, person.id, can_change, refused);
    const bool has_facts = !groups.list_items()->empty();
    value.set("facts", std::move(groups))
        .set("has_facts", has_facts)
        .set("title", person.full_name)
        .set("has_card", !person.party_card.empty())
        .set("shown", sensitive == Sensitive::shown)
        .set("disclosure", sensitive == Sensitive::masked && may_be_shown(tx, visit.actor, person)
                               ? forms.form("disclosure")
                               : Value())
        .set("can_change", can_change)
        .set("beside_html", shown_with(visit, tx, person, sensitive));
    set_forms(value, visit, tx, person, refused);
    return value;
}

http::Response refused_page(const web::Visit& visit, PersonId id, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        const Person person = require(tx, visit.actor, id);
        return visit.refused("people/person", person_value(visit, tx, person, refused, Sensitive::masked),
                             refused.refusals);
    });
}

void show_with_person(PersonView view) { person_views().push_back(std::move(view)); }

void register_routes(web::Routes& routes) {
    register_lists(routes);
    register_acts(routes);
    routes.get("/people/:id", see_people, person_page);
    routes.post("/people/:id/disclosure", see_sensitive, disclosure);
    routes.get("/api/v1/people/:id", see_people, person_json);
    routes.post("/api/v1/people/:id/disclosure", see_sensitive, disclosure_json);
}

}  // namespace tiendo::people
