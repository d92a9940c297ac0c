// GET /delegations: the delegations and field trips of a year, what is due next, and the rules behind it.
#include "features/delegations/delegations_pages.h"
#include "features/field_trips/field_trips.h"
#include "platform/pages/address.h"
#include "platform/pages/workbook.h"

namespace tiendo::delegations {
namespace {

using Column = office::ListColumn;
using field_trips::State;
using field_trips::Trip;

struct Row {
    Listed listed;
    std::optional<Owed> next;
};
struct YearOf {
    int year = 0;
    std::vector<Row> delegations;
    std::vector<Trip> trips;
};

YearOf year_of(const web::Visit& visit, db::Read& tx, int year) {
    YearOf found{.year = year, .delegations = {}, .trips = {}};
    const auto rules = all_rules(tx);
    const auto settled = paperwork_of_year(tx, visit.actor, year);
    for (Listed& listed : delegations_of_year(tx, visit.actor, year)) {
        auto next = next_owed(listed, rules, settled, visit.today(), visit.language);
        found.delegations.push_back({std::move(listed), std::move(next)});
    }
    found.trips = field_trips::trips_of_year(tx, visit.actor, year, visit.offset);
    return found;
}

Value trips_in(const std::vector<Trip>& trips, State state) {
    Value list = Value::list();
    for (const Trip& trip : trips)
        if (trip.said.state == state) list.push(field_trips::to_value(trip));
    return list;
}

Value year_value(const web::Visit& visit, const YearOf& found) {
    return Value::object({{"year", found.year},
                          {"delegations", list_of(found.delegations,
                                                  [&](const Row& row) {
                                                      return to_value(row.listed, row.next, visit.today());
                                                  })},
                          {"trips_made", trips_in(found.trips, State::took_place)},
                          {"trips_planned", trips_in(found.trips, State::planned)}});
}

// --- the rules --------------------------------------------------------------------------------

bool may_change_rules(const web::Visit& visit, db::Read& tx) {
    return visit.actor.may(change_delegations) &&
           organisations::may(tx, visit.actor, change_delegations, organisations::centre(tx).id);
}

Value rule_form(const pages::Forms& forms, const web::Visit& visit, const std::vector<Rule>& rules) {
    const Value code = forms.field("rules", "code")["value"];
    return forms.form("rules")
        .set("choices", list_of(rules,
                                [&](const Rule& rule) {
                                    return Value::object({{"value", rule.code},
                                                          {"title", name_of(rule, visit.language)},
                                                          {"current", code == Value(rule.code)}});
                                }))
        .set("code", forms.field("rules", "code"))
        .set("time_allowed", forms.field("rules", "time_allowed"))
        .set("valid_from", forms.field("rules", "valid_from"))
        .set("basis", forms.field("rules", "basis"))
        .set("verified_by", forms.field("rules", "verified_by"));
}

int year_asked(const web::Visit& visit, pages::Reader& asked) {
    return asked.year("year").value_or(visit.today().year());
}

Value page_value(const web::Visit& visit, db::Read& tx, int year, const pages::Refused& refused) {
    const auto rules = all_rules(tx);
    const auto now = in_force(rules, visit.today());
    Value value = year_value(visit, year_of(visit, tx, year));
    const auto has = [&](std::string_view list) { return !value[list].list_items()->empty(); };
    const bool has_delegations = has("delegations"), has_made = has("trips_made"),
               has_planned = has("trips_planned");
    const auto address = [&](int of) {
        return pages::address("/delegations", {{"year", std::to_string(of)}});
    };
    return std::move(value)
        .set("title", visit.text("delegation.list"))
        .set("has_delegations", has_delegations)
        .set("has_trips_made", has_made)
        .set("has_trips_planned", has_planned)
        .set("year_before", year - 1)
        .set("year_after", year + 1)
        .set("before_url", address(year - 1))
        .set("after_url", address(year + 1))
        .set("rules", list_of(now, [&](const Rule& rule) { return to_value(rule, visit.language); }))
        .set("rule", may_change_rules(visit, tx) ? rule_form(pages::Forms(visit, refused), visit,
                                                             in_force(rules, Date::of(9999, 1, 1).value()))
                                                 : Value())
        .set("export", address(year) + "&format=xlsx")
        .set("print_url", address(year) + "&print=1");
}

// --- the list as a workbook -------------------------------------------------------------------

office::ListLayout layout_of(const web::Visit& visit, int year) {
    const std::string title = visit.text("delegation.list");
    return {.sheet = title,
            .titles = {title, std::to_string(year)},
            .columns = {{visit.text("delegation.kind"), {}, 14},
                        {visit.text("cohort.code"), {}, 18},
                        {visit.text("delegation.where"), {}, 24},
                        {visit.text("delegation.departs_on"), Column::Kind::date},
                        {visit.text("delegation.returns_on"), Column::Kind::date},
                        {visit.text("delegation.days"), Column::Kind::integer},
                        {visit.text("field_trip.head_count"), Column::Kind::quantity},
                        {visit.text("cohort.state"), {}, 14},
                        {visit.text("delegation.next"), {}, 32},
                        {visit.text("delegation.next_on"), Column::Kind::date},
                        {visit.text("field_trip.cost_planned"), Column::Kind::quantity},
                        {visit.text("field_trip.cost_spent"), Column::Kind::quantity}}};
}

office::ListCell cell(const std::optional<Date>& day) {
    return day ? office::ListCell(*day) : office::ListCell();
}
office::ListCell cell(const std::optional<std::int64_t>& number) {
    return number ? office::ListCell(*number) : office::ListCell();
}

void write_delegation_row(office::ListWriter& writer, const web::Visit& visit, const Row& row) {
    const auto& [listed, next] = row;
    const Value value = to_value(listed, next, visit.today());
    const std::string kind = visit.text("kind.overseas_delegation");
    const std::string stage = visit.text("delegation.stage." + *value["stage"].text());
    const std::string owed = !next                     ? std::string()
                             : next->what == "reports" ? visit.text("delegation.next_reports")
                                                       : next->name;
    const auto* days = value["days"].number();
    writer.row({kind, listed.code, listed.countries, cell(listed.departs_on), cell(listed.returns_on),
                days ? office::ListCell(*days) : office::ListCell(),
                listed.members > 0 ? office::ListCell(listed.members) : cell(listed.expected), stage, owed,
                next ? office::ListCell(next->on) : office::ListCell(), cell(listed.cost_planned),
                cell(listed.cost_spent)});
}

void write_trip_row(office::ListWriter& writer, const web::Visit& visit, const Trip& trip) {
    const auto& said = trip.said;
    const std::string kind = visit.text("delegation.kind_trip");
    const std::string state = visit.text("field_trip.state." + std::string(field_trips::to_text(said.state)));
    const std::int64_t days = field_trips::days_of(said);
    writer.row({kind, trip.cohort_code, said.place, cell(said.starts_on),
                cell(said.ends_on ? said.ends_on : said.starts_on),
                days > 0 ? office::ListCell(days) : office::ListCell(), said.head_count, state,
                office::ListCell(), office::ListCell(), cell(said.cost_planned), cell(said.cost_spent)});
}

http::Response workbook(const web::Visit& visit, const YearOf& found) {
    const std::string name = visit.text("delegation.list") + " " + std::to_string(found.year) + ".xlsx";
    return pages::workbook(layout_of(visit, found.year), name, [&](office::ListWriter& writer) {
        for (const Row& row : found.delegations) write_delegation_row(writer, visit, row);
        for (const Trip& trip : found.trips) write_trip_row(writer, visit, trip);
    });
}

http::Response year_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const int year = year_asked(visit, asked);
    return visit.database.read([&](db::Read& tx) {
        if (asked.refused())
            return visit.refused("delegations/year", page_value(visit, tx, year, {}), asked.refusals());
        if (visit.request.asked("format") == "xlsx") return workbook(visit, year_of(visit, tx, year));
        return visit.page("delegations/year", page_value(visit, tx, year, {}));
    });
}

http::Response year_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const int year = year_asked(visit, asked);
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(year_value(visit, year_of(visit, tx, year))); });
}

Outcome<Done> say_rule(const web::Visit& visit) {
    return visit.database.write([&](db::Write& tx) -> Outcome<Done> {
        if (!may_change_rules(visit, tx)) throw web::Forbidden{};
        pages::Reader sent = pages::Reader::of_body(visit);
        Rule said;
        said.code = sent.required_text("code");
        said.amount = sent.count("time_allowed");
        said.valid_from = sent.required_day("valid_from");
        said.basis = sent.required_text("basis");
        said.verified_by = sent.text("verified_by");
        if (sent.refused()) return sent.refusals();
        return set_rule(tx, visit.actor, said, {visit.now, "", {}});
    });
}

http::Response rule_by_form(const web::Visit& visit) {
    const auto outcome = say_rule(visit);
    if (outcome) return visit.redirect("/delegations#rules", "act.recorded");
    return visit.database.read([&](db::Read& tx) {
        return visit.refused("delegations/year",
                             page_value(visit, tx, visit.today().year(), {"rules", outcome.refusals()}),
                             outcome.refusals());
    });
}

}  // namespace

void register_year(web::Routes& routes) {
    routes.get("/delegations", see_delegations, year_page);
    routes.post("/delegations/rules", change_delegations, rule_by_form);
    routes.get("/api/v1/delegations", see_delegations, year_json);
}

}  // namespace tiendo::delegations
