// GET /cohorts and /cohorts/:id, as pages, as workbooks and as JSON.
#include "features/cohorts/cohorts_pages.h"

#include "features/cohorts/cohorts_presenter.h"
#include "features/cohorts/cohorts_store.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/workbook.h"

namespace tiendo::cohorts {
namespace {

using Column = office::ListColumn;
constexpr int rows_of_a_page = 100;
constexpr int all_rows = 1'000'000;

RosterView& roster_view() {
    static RosterView view;
    return view;
}

// --- the list -------------------------------------------------------------------------------

Filter filter_of(pages::Reader& asked) {
    Filter filter{.year = asked.year("year"), .role = {}, .state = {}, .words = asked.text("q")};
    const auto role = asked.choice("role", {"organiser", "co_organised", "joint_delivery", "support"});
    if (role) filter.role = parse_role(*role);
    const auto state =
        asked.choice("state", {"proposed", "decided", "convening", "roster_locked", "running", "assessed",
                               "closed", "filed", "postponed", "merged", "cancelled"});
    if (state) filter.state = parse_state(*state);
    return filter;
}

std::optional<Cursor> cursor_of(const pages::Place& place) {
    if (place.at_beginning() || place.number(1) == 0) return std::nullopt;
    return Cursor{parse_date(place.key[0]), CohortId{place.number(1)}};
}

std::vector<std::string> key_of(const Cohort& cohort) {
    const auto& planned = cohort.planned_opens_on;
    const auto opens_on = cohort.facts.opened_on ? cohort.facts.opened_on
                          : planned              ? std::optional(planned->date)
                                                 : std::nullopt;
    return {opens_on ? to_text(*opens_on) : "none", to_text(cohort.id)};
}

Value list_value(const web::Visit& visit, db::Read& tx, const Filter& filter) {
    const pages::Place begun = pages::place_of(visit.request, 2);
    const Listing listing = cohorts(tx, visit.actor, filter, visit.today(), cursor_of(begun), rows_of_a_page);
    const auto shown = static_cast<std::int64_t>(listing.rows.size());
    const auto last = listing.rows.empty() ? std::vector<std::string>{} : key_of(listing.rows.back().cohort);
    const auto row = [&](const Listed& listed) { return to_value(listed); };
    return Value::object({{"count", listing.total},
                          {"cohorts", list_of(listing.rows, row)},
                          {"paging", pages::paging(visit.request, begun, shown, listing.total, last)}});
}

Value choices(const std::vector<std::string>& values, std::string_view current) {
    return list_of(values, [&](const std::string& value) {
        return Value::object({{"value", value}, {"current", value == current}});
    });
}

// What the page has beside the list: the choices of its filter, and where its numbers lead.
Value with_filter(const web::Visit& visit, db::Read& tx, Value value) {
    const http::Request& request = visit.request;
    std::vector<std::string> years;
    if (const Span span = span_of_cohorts(tx, visit.actor); span.first)
        for (int year = span.last->year(); year >= span.first->year(); --year)
            years.push_back(std::to_string(year));
    Value rows = list_of(*value["cohorts"].list_items(), [&](Value row) {
        const bool abroad = *row["kind"].text() == to_text(Kind::overseas_delegation);
        const Value year = row["year"].is_null() ? Value("") : Value(std::to_string(*row["year"].number()));
        row.set("delegation", abroad);
        return std::move(row).set("figure", pages::address("/figures", {{"measure", "learners_started"},
                                                                        {"cohort", *row["code"].text()},
                                                                        {"year", *year.text()},
                                                                        {"as_of", to_text(visit.today())}}));
    });
    const bool filtered = !request.asked("q").empty() || !request.asked("year").empty() ||
                          !request.asked("role").empty() || !request.asked("state").empty();
    return std::move(value)
        .set("cohorts", std::move(rows))
        .set("title", visit.text("cohort.list"))
        .set("can_see_plan", visit.actor.may(plan::see_plan))
        .set("can_import", visit.actor.may(change_cohorts))
        .set("q", request.asked("q"))
        .set("filtered", filtered)
        .set("years", choices(years, request.asked("year")))
        .set("roles",
             choices({"organiser", "co_organised", "joint_delivery", "support"}, request.asked("role")))
        .set("states", choices({"proposed", "decided", "convening", "roster_locked", "running", "assessed",
                                "closed", "filed", "postponed", "merged", "cancelled"},
                               request.asked("state")))
        .set("export", pages::here(request, {{"format", "xlsx"}, {"after", ""}}))
        .set("print_url", pages::here(request, {{"print", "1"}}));
}

office::ListCell cell(const std::optional<Date>& day) {
    return day ? office::ListCell(*day) : office::ListCell();
}

http::Response list_workbook(const web::Visit& visit, db::Read& tx, const Filter& filter) {
    const std::string title = visit.text("cohort.list");
    const office::ListLayout layout{
        .sheet = title,
        .titles = {title},
        .columns = {{visit.text("cohort.code"), {}, 18},
                    {visit.text("cohort.programme"), {}, 50},
                    {visit.text("cohort.kind")},
                    {visit.text("cohort.role")},
                    {visit.text("cohort.partner"), {}, 40},
                    {visit.text("cohort.place")},
                    {visit.text("cohort.planned_opens_on")},
                    {visit.text("cohort.opened_on"), Column::Kind::date},
                    {visit.text("cohort.closed_on"), Column::Kind::date},
                    {visit.text("cohort.state")},
                    {visit.text("unit.learners"), Column::Kind::quantity},
                    {visit.text("cohort.expected_learners"), Column::Kind::quantity}}};
    const Listing listing = cohorts(tx, visit.actor, filter, visit.today(), std::nullopt, all_rows);
    return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
        for (const auto& [cohort, learners, state] : listing.rows) {
            const auto& planned = cohort.planned_opens_on;
            const auto& expected = cohort.expected_learners;
            writer.row(
                {cohort.code, cohort.programme.name, visit.text("kind." + std::string(to_text(cohort.kind))),
                 visit.text("role." + std::string(to_text(cohort.role))), cohort.partner, cohort.place,
                 planned ? i18n::date(visit.language, to_text(*planned)) : "", cell(cohort.facts.opened_on),
                 cell(cohort.facts.closed_on), visit.text("cohort.state." + std::string(to_text(state))),
                 cohort.facts.opened_on ? office::ListCell(learners) : office::ListCell(),
                 expected ? office::ListCell(*expected) : office::ListCell()});
        }
    });
}

http::Response list_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    Filter filter = filter_of(asked);
    return visit.database.read([&](db::Read& tx) {
        if (asked.refused())
            return visit.refused("cohorts/cohorts", with_filter(visit, tx, list_value(visit, tx, filter)),
                                 asked.refusals());
        if (visit.request.asked("format") == "xlsx") return list_workbook(visit, tx, filter);
        return visit.page("cohorts/cohorts", with_filter(visit, tx, list_value(visit, tx, filter)));
    });
}

http::Response list_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Filter filter = filter_of(asked);
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx, filter)); });
}

// --- one cohort -----------------------------------------------------------------------------

Value page_value(const web::Visit& visit, db::Read& tx, const Cohort& cohort, const pages::Refused& refused) {
    const Portrait seen = portrait(tx, visit.actor, cohort, visit.today());
    Value value = to_value(seen, visit.today());
    const bool can_change = visit.actor.may(change_cohorts) &&
                            organisations::may(tx, visit.actor, change_cohorts, cohort.organiser_unit);
    value.set("title", cohort.code)
        .set("figure", figure_of(cohort, visit.today()))
        .set("learners", value["learners"].is_null() ? Value(0) : value["learners"])
        .set("has_field_trips", !value["field_trips"].list_items()->empty())
        .set("has_history", seen.whole)
        .set("can_see_plan", visit.actor.may(plan::see_plan))
        .set("can_see_documents", visit.actor.may(documents::see_documents))
        .set("has_size_rule", seen.size.verdict() != "no_rule")
        .set("asks_size", seen.whole && !cohort.facts.opened_on && !cohort.facts.cancelled_on)
        .set("can_change", can_change)
        .set("tabs", tabs(visit, tx, cohort, ""))
        .set("export", nullptr)
        .set("print_url", "/cohorts/" + to_text(cohort.id) + "?print=1")
        .set("roster_html", roster_view().html ? Value(roster_view().html(visit, tx, cohort)) : Value());
    set_forms(value, tx, visit, cohort, refused);
    return value;
}

http::Response cohort_page(const web::Visit& visit) {
    const CohortId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        const Cohort cohort = require(tx, visit.actor, id);
        if (visit.request.asked("format") == "xlsx" && roster_view().workbook)
            return roster_view().workbook(visit, tx, cohort);
        return visit.page("cohorts/cohort", page_value(visit, tx, cohort, {}));
    });
}

}  // namespace

http::Response refused_page(const web::Visit& visit, CohortId id, const pages::Refused& refused) {
    return visit.database.read([&](db::Read& tx) {
        const Cohort cohort = require(tx, visit.actor, id);
        return visit.refused("cohorts/cohort", page_value(visit, tx, cohort, refused), refused.refusals);
    });
}

http::Response cohort_json(const web::Visit& visit) {
    const CohortId id{web::id_of(visit, "id")};
    return visit.database.read([&](db::Read& tx) {
        const Cohort cohort = require(tx, visit.actor, id);
        return visit.json(to_value(portrait(tx, visit.actor, cohort, visit.today()), visit.today()));
    });
}

void show_rosters(RosterView view) { roster_view() = std::move(view); }

void register_routes(web::Routes& routes, const files::Store& store) {
    routes.get("/cohorts", see_cohorts, list_page);
    routes.get("/cohorts/:id", see_cohorts, cohort_page);
    routes.get("/api/v1/cohorts", see_cohorts, list_json);
    routes.get("/api/v1/cohorts/:id", see_cohorts, cohort_json);
    register_acts(routes);
    register_life(routes, store);
    register_descriptions(routes, store);
}

}  // namespace tiendo::cohorts
