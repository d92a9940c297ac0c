// GET /people: who is in the register, as a page, a workbook and JSON.
#include <map>

#include "features/people/people_pages.h"
#include "features/people/phrases.h"
#include "platform/audit/audit.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/workbook.h"

namespace tiendo::people {
namespace {

using Column = office::ListColumn;
constexpr int rows_of_a_page = 100;

std::string asked_words(const web::Visit& visit) { return std::string(visit.request.asked("q")); }

// {"people","first_url","next_url"}: a list of a million is not counted to show a hundred of it.
Value list_value(const web::Visit& visit, db::Read& tx) {
    const http::Request& request = visit.request;
    const pages::Place begun = pages::place_of(request, 1);
    const auto after = begun.number(0) == 0 ? std::nullopt : std::optional(PersonId{begun.number(0)});
    auto people = found(tx, visit.actor, {asked_words(visit), after, rows_of_a_page + 1});
    const bool more = people.size() > rows_of_a_page;
    if (more) people.resize(rows_of_a_page);
    const std::string last = people.empty() ? "" : to_text(people.back().id);
    const auto seen = begun.seen + static_cast<std::int64_t>(people.size());
    const std::string next = std::to_string(seen) + "." + last;
    return Value::object(
        {{"people", list_value(tx, people, Sensitive::masked)},
         {"first_url", begun.at_beginning() ? Value() : Value(pages::here(request, {{"after", ""}}))},
         {"next_url", more ? Value(pages::here(request, {{"after", next}})) : Value()}});
}

bool may_disclose(const web::Visit& visit) {
    return visit.actor.may(see_national_ids) && visit.actor.may(see_sensitive);
}

Value page_value(const web::Visit& visit, db::Read& tx, const Refusals& refusals) {
    Value value = list_value(visit, tx);
    const bool has_rows = !value["people"].list_items()->empty();
    Value disclosure;
    if (has_rows && may_disclose(visit))
        disclosure = Value::object(
            {{"open", !refusals.empty()}, {"reason", web::form_field(visit, "reason", {}, refusals)}});
    const bool several = !value["first_url"].is_null() || !value["next_url"].is_null();
    return std::move(value)
        .set("title", visit.text("people.list"))
        .set("has_more_pages", several)
        .set("disclosure_url", pages::address("/people/disclosure", {{"q", asked_words(visit)}}))
        .set("q", asked_words(visit))
        .set("can_change", visit.actor.may(change_people))
        .set("disclosure", std::move(disclosure))
        .set("export", has_rows
                           ? Value(pages::address("/people", {{"q", asked_words(visit)}, {"format", "xlsx"}}))
                           : Value())
        .set("print_url", nullptr);
}

office::ListLayout layout_of(const web::Visit& visit, Sensitive sensitive) {
    office::ListLayout layout{.sheet = visit.text("people.list"),
                              .titles = {visit.text("people.list")},
                              .columns = {{visit.text("roster.ordinal"), Column::Kind::integer},
                                          {visit.text("people.full_name"), {}, 28},
                                          {visit.text("people.birth_date"), Column::Kind::date},
                                          {visit.text("people.sex"), {}, 8},
                                          {visit.text("people.national_id"), {}, 16},
                                          {visit.text("people.unit"), {}, 36},
                                          {visit.text("people.position"), {}, 28}}};
    if (sensitive == Sensitive::shown)
        for (const char* column :
             {"people.party_card", "people.kind.membership", "people.kind.party_cell",
              "people.kind.party_committee", "people.kind.ethnicity", "people.kind.religion"})
            layout.columns.push_back({visit.text(column), {}, 18});
    return layout;
}

// What of some kind holds today, by person.
std::map<PersonId, std::string> held_now(const web::Visit& visit, const std::vector<Fact>& facts, Kind kind) {
    std::map<PersonId, std::string> held;
    for (const Fact& fact : facts)
        if (fact.kind == kind && fact.holds_on(visit.today()))
            held[fact.person] = called(visit.site.texts, visit.language, to_text(kind), fact.value);
    return held;
}

std::int64_t write_rows(const web::Visit& visit, db::Read& tx, office::ListWriter& writer,
                        Sensitive sensitive) {
    constexpr int together = 2'000;
    std::int64_t ordinal = 0;
    Search search{asked_words(visit), std::nullopt, together};
    for (;;) {
        const auto people = found(tx, visit.actor, search);
        const auto names = unit_names(tx, people);
        std::vector<PersonId> ids;
        for (const Person& person : people) ids.push_back(person.id);
        const auto facts = sensitive == Sensitive::shown ? facts_of(tx, ids) : std::vector<Fact>{};
        auto memberships = held_now(visit, facts, Kind::membership);
        auto cells_of_the_party = held_now(visit, facts, Kind::party_cell);
        auto committees = held_now(visit, facts, Kind::party_committee);
        auto ethnicities = held_now(visit, facts, Kind::ethnicity);
        auto religions = held_now(visit, facts, Kind::religion);
        for (const Person& person : people) {
            const bool whole_day = person.birth && person.birth->precision == Precision::day;
            const std::string birth = i18n::date(visit.language, birth_text(person));
            std::vector<office::ListCell> cells{
                ++ordinal,
                person.full_name,
                whole_day ? office::ListCell(person.birth->date) : office::ListCell(birth),
                person.sex.empty() ? "" : visit.text("sex." + person.sex),
                sensitive == Sensitive::shown ? person.national_id : masked(person.national_id),
                names.at(person.unit),
                person.position};
            if (sensitive == Sensitive::shown)
                for (const std::string& cell :
                     {person.party_card, memberships[person.id], cells_of_the_party[person.id],
                      committees[person.id], ethnicities[person.id], religions[person.id]})
                    cells.emplace_back(cell);
            writer.row(cells);
        }
        if (people.size() < together) return ordinal;
        search.after = people.back().id;
    }
}

http::Response workbook(const web::Visit& visit, db::Read& tx, Sensitive sensitive, std::int64_t& rows) {
    return pages::workbook(
        layout_of(visit, sensitive), visit.text("people.list") + ".xlsx",
        [&](office::ListWriter& writer) { rows = write_rows(visit, tx, writer, sensitive); });
}

http::Response list_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        std::int64_t rows = 0;
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, Sensitive::masked, rows);
        return visit.page("people/people", page_value(visit, tx, {}));
    });
}

http::Response list_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx)); });
}

// What is sensitive leaves the house only with a reason, and the trail keeps it.
http::Response disclosure(const web::Visit& visit) {
    if (!may_disclose(visit)) throw web::Forbidden{};
    const auto disclosed = visit.database.write([&](db::Write& tx) -> Outcome<http::Response> {
        pages::Reader sent = pages::Reader::of_body(visit);
        const std::string reason = sent.required_text("reason");
        if (sent.refused()) return sent.refusals();
        std::int64_t rows = 0;
        http::Response response = workbook(visit, tx, Sensitive::shown, rows);
        audit::record(tx, visit.actor, visit.now,
                      {"people.disclose", "people", 0, Value::object({{"reason", reason}, {"rows", rows}})});
        return response;
    });
    if (disclosed) return *disclosed;
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("people/people", page_value(visit, tx, disclosed.refusals()),
                             disclosed.refusals());
    });
}

}  // namespace

void register_lists(web::Routes& routes) {
    routes.get("/people", see_people, list_page);
    routes.post("/people/disclosure", see_sensitive, disclosure, {.pool = http::Pool::slow});
    routes.get("/api/v1/people", see_people, list_json);
}

}  // namespace tiendo::people
