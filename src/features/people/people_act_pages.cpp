// POST /people and what hangs on /people/:id: what is said of a person, by a form or as JSON.
#include "base/text.h"
#include "features/people/people_pages.h"
#include "features/people/phrases.h"
#include "features/programmes/programmes.h"

namespace tiendo::people {
namespace {

// What a verb is told: the person as the register has it now, and what was sent about it.
struct Told {
    db::Write& tx;
    const web::Visit& visit;
    const Person& person;
    pages::Reader& sent;
    const Act& act;
    FactId fact;
};
using Verb = Outcome<Done> (*)(const Told&);

// A year, a month or a day, as people write it.
std::optional<Birth> birth_of(pages::Reader& sent) {
    const std::string written = sent.text("birth_date");
    if (written.empty()) return std::nullopt;
    if (const auto guess = read_date(written)) return Birth{guess->date, guess->precision};
    sent.refuse("birth_date", "import.no_date", {written});
    return std::nullopt;
}

Person said_of(pages::Reader& sent, Person person) {
    person.full_name = sent.required_text("full_name");
    person.family_name = sent.text("family_name");
    person.birth = birth_of(sent);
    person.sex = sent.choice("sex", {"male", "female"}).value_or("");
    // A number that nobody was shown stays when nothing was typed over it.
    if (const std::string id = sent.text("national_id"); !id.empty()) person.national_id = id;
    if (const std::string card = sent.text("party_card"); !card.empty()) person.party_card = card;
    return person;
}

Outcome<Done> identity(const Told& told) {
    const Person after = said_of(told.sent, told.person);
    if (told.sent.refused()) return told.sent.refusals();
    return change_identity(told.tx, told.visit.actor, told.person, after, told.act);
}

// "grade.specialist" is the kind and its value, "position.party" the kind and its body.
Fact fact_of(const Told& told) {
    const std::string what = told.sent.required_text("what");
    const std::size_t dot = what.find('.');
    const auto kind = parse_kind(what.substr(0, dot));
    const std::string rest = dot == std::string::npos ? "" : what.substr(dot + 1);
    if (!kind) {
        if (!what.empty()) told.sent.refuse("what", "people.value_unknown", {what});
        return {};
    }
    const std::string written = told.sent.text("detail");
    const i18n::Texts& texts = told.visit.site.texts;
    Fact fact{.kind = *kind};
    if (*kind == Kind::position || *kind == Kind::planned_position) {
        fact.body = rest.empty() ? "government" : rest;
        fact.detail = told.sent.required_text("detail");
        fact.level = Phrases(texts, "level", position_levels()).in_title(written);
        if (fact.body == "party") fact.value = Phrases(texts, "office", party_offices()).in_title(written);
    } else if (*kind == Kind::unit) {
        const auto unit = organisations::UnitNames(told.tx).find(told.sent.required_text("detail"));
        if (unit)
            fact.value = to_text(*unit);
        else if (!written.empty())
            told.sent.refuse("detail", "people.unit_unknown");
    } else if (*kind == Kind::certificate) {
        // Of a programme that is taught here, however it was named; another one is kept as it was written.
        const std::string named = rest.empty() ? told.sent.required_text("detail") : rest;
        const auto programme = programmes::find_programme(told.tx, named);
        if (programme)
            fact.value = programme->code;
        else if (rest.empty())
            fact.value = written;
        else
            told.sent.refuse("what", "people.value_unknown", {what});
    } else if (values_of(*kind).empty()) {
        fact.value = told.sent.required_text("detail");
    } else {
        fact.value = rest;
        fact.detail = written;
    }
    return fact;
}

Outcome<Done> stating(const Told& told) {
    Fact fact = fact_of(told);
    fact.from = told.sent.day("from");
    fact.until = told.sent.day("until");
    if (fact.kind == Kind::rating) {
        // Of a whole year: the year alone, or any day of it.
        if (const auto year = told.sent.year("detail"); year && !fact.from) fact.from = Date::of(*year, 1, 1);
        if (fact.from) fact.from = Date::of(fact.from->year(), 1, 1);
        fact.detail.clear();
        fact.until.reset();
    }
    if (told.sent.refused()) return told.sent.refusals();
    Act act = told.act;
    if (const std::string number = told.sent.text("document"); !number.empty())
        act.source.document = documents::record(told.tx, told.visit.actor,
                                                {.id = {},
                                                 .kind = "decision",
                                                 .title = number,
                                                 .number = number,
                                                 .dated_on = std::nullopt,
                                                 .file_digest = "",
                                                 .file_name = ""},
                                                told.act.at);
    const auto stated = state(told.tx, told.visit.actor, told.person, std::move(fact), act);
    if (!stated) return stated.refusals();
    return Done{};
}

Outcome<Done> ending(const Told& told) {
    const auto until = told.sent.required_day("until");
    if (!until) return told.sent.refusals();
    return end(told.tx, told.visit.actor, told.person, told.fact, *until, told.act);
}

Outcome<Done> withdrawal(const Told& told) {
    return withdraw(told.tx, told.visit.actor, told.person, told.fact, told.act);
}

Outcome<Done> happen(const web::Visit& visit, Verb verb, bool of_fact) {
    const PersonId id{web::id_of(visit, "id")};
    const FactId fact{of_fact ? web::id_of(visit, "fact") : 0};
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        pages::Reader sent = pages::Reader::of_body(visit);
        if (sent.refused()) return sent.refusals();
        const Person person = require_for_change(tx, visit.actor, id);
        return verb({tx, visit, person, sent, Act{visit.now, visit.today(), sent.text("reason"), {}}, fact});
    });
}

// The form of a fact is named after it; the others after the last word of their address.
web::Handler by_form(std::string form, Verb verb, bool of_fact = false) {
    return [form = std::move(form), verb, of_fact](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb, of_fact);
        const PersonId id{web::id_of(visit, "id")};
        if (!outcome) {
            const std::string name = of_fact ? std::to_string(web::id_of(visit, "fact")) : form;
            return refused_page(visit, id, {name, outcome.refusals()});
        }
        return visit.redirect("/people/" + to_text(id), "act.recorded");
    };
}

web::Handler by_json(Verb verb, bool of_fact = false) {
    return [verb, of_fact](const web::Visit& visit) {
        const Outcome<Done> outcome = happen(visit, verb, of_fact);
        if (!outcome) return visit.json_refused(outcome.refusals());
        const PersonId id{web::id_of(visit, "id")};
        return visit.database.read([&](db::Read& tx) {
            return visit.json(person_json_value(visit, tx, require(tx, visit.actor, id), Sensitive::masked));
        });
    };
}

// --- somebody new ---------------------------------------------------------------------------

// Two of one name and day of birth may be two people; who registers the second one says so.
void ask_about_twin(db::Read& tx, const web::Visit& visit, pages::Reader& sent, const Person& said) {
    if (!said.birth) return;
    const auto known = tx.find<std::string>(
        R"sql(
        select u.name from people p join units u on u.id = p.unit
        where p.search = :search and p.birth_date = :born and p.birth_precision = :precision
          and p.merged_into is null and (:id = '' or p.national_id is null)
          and exists (select 1 from reach r where r.account = :actor and r.permission = :permission
                      and r.unit = p.unit)
        order by p.id limit 1)sql",
        {{"search", fold(said.full_name)},
         {"born", said.birth->date},
         {"precision", to_text(said.birth->precision)},
         {"id", said.national_id},
         {"actor", visit.actor.account},
         {"permission", see_people.name}},
        [](const db::Row& row) { return row.text(0); });
    if (known) sent.refuse("another", "people.twin_known", {said.full_name, birth_text(said), *known});
}

Outcome<PersonId> enter(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<PersonId> {
        pages::Reader sent = pages::Reader::of_body(visit);
        Person said = said_of(sent, {});
        said.position = sent.text("position");
        const auto unit = organisations::UnitNames(tx).find(sent.required_text("unit"));
        if (unit)
            said.unit = *unit;
        else if (!sent.text("unit").empty())
            sent.refuse("unit", "people.unit_unknown");
        if (!said.birth && said.national_id.empty() && !sent.refused())
            sent.refuse("birth_date", "people.birth_or_id_missing", {said.full_name});
        if (!sent.refused() && sent.text("another").empty()) ask_about_twin(tx, visit, sent, said);
        if (sent.refused()) return sent.refusals();
        return register_person(tx, visit.actor, std::move(said),
                               Act{visit.now, visit.today(), sent.text("reason"), {}});
    });
}

Value entry_value(const web::Visit& visit, const Refusals& refusals) {
    Value value = Value::object({{"title", visit.text("people.register")}});
    for (const char* name : {"full_name", "family_name", "birth_date", "national_id", "party_card", "unit",
                             "position", "another"})
        value.set(name, web::form_field(visit, name, {}, refusals));
    return value;
}

http::Response entry_page(const web::Visit& visit) {
    return visit.page("people/entry", entry_value(visit, {}));
}

http::Response entry(const web::Visit& visit) {
    const auto made = enter(visit);
    if (!made) return visit.refused("people/entry", entry_value(visit, made.refusals()), made.refusals());
    return visit.redirect("/people/" + to_text(*made), "act.recorded");
}

http::Response entry_json(const web::Visit& visit) {
    const auto made = enter(visit);
    if (!made) return visit.json_refused(made.refusals());
    return visit.database.read([&](db::Read& tx) {
        return visit.json(person_json_value(visit, tx, require(tx, visit.actor, *made), Sensitive::masked),
                          201);
    });
}

}  // namespace

void register_acts(web::Routes& routes) {
    routes.get("/people/new", change_people, entry_page);
    routes.post("/people", change_people, entry);
    routes.post("/people/:id/identity", change_people, by_form("identity", identity));
    routes.post("/people/:id/facts", change_people, by_form("facts", stating));
    routes.post("/people/:id/facts/:fact/end", change_people, by_form("end", ending, true));
    routes.post("/people/:id/facts/:fact/withdrawal", change_people, by_form("withdrawal", withdrawal, true));
    routes.post("/api/v1/people", change_people, entry_json);
    routes.post("/api/v1/people/:id/identity", change_people, by_json(identity));
    routes.post("/api/v1/people/:id/facts", change_people, by_json(stating));
    routes.post("/api/v1/people/:id/facts/:fact/end", change_people, by_json(ending, true));
    routes.post("/api/v1/people/:id/facts/:fact/withdrawal", change_people, by_json(withdrawal, true));
}

}  // namespace tiendo::people
