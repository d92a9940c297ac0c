// GET /units/:id/count: learners by unit for a year, as a page, as a workbook and as JSON; and what
// the page of a unit shows of it.
#include <algorithm>

#include "features/participation/participation.h"
#include "features/reports/unit_count.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::reports {
namespace {

UnitQuestion question_of(const web::Visit& visit, db::Read& tx, pages::Reader& asked) {
    UnitQuestion question{
        .unit = organisations::require(tx, visit.actor, organisations::UnitId{web::id_of(visit, "id")})};
    const auto as_of = asked.day("as_of");
    question.year = asked.year("year").value_or(as_of.value_or(visit.today()).year());
    question.follow_successors = !asked.text("follow_successors").empty();
    // Successors are those of today: in a year that is over nobody had succeeded yet.
    const Date last_day = question.follow_successors ? visit.today() : *Date::of(question.year, 12, 31);
    question.view = {as_of.value_or(std::min(visit.today(), last_day)), asked.moment("known_at")};
    return question;
}

Value page_value(const web::Visit& visit, db::Read& tx, const UnitQuestion& question) {
    Value value = unit_counts(tx, visit.actor, question);
    Value rows = list_of(*value["units"].list_items(), [](Value row) {
        constexpr std::int64_t deepest_indent = 4;
        return std::move(row).set("indent", std::min(*row["depth"].number(), deepest_indent));
    });
    return std::move(value)
        .set("units", std::move(rows))
        .set("title", visit.text("unit_count.title", {std::to_string(question.year)}))
        .set("export", pages::here(visit.request, {{"format", "xlsx"}}))
        .set("print_url", pages::here(visit.request, {{"print", "1"}}));
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const UnitQuestion& question) {
    using Column = office::ListColumn;
    const std::string title = visit.text("unit_count.title", {std::to_string(question.year)});
    const office::ListLayout layout{.sheet = visit.text("unit_count.sheet"),
                                    .titles = {title, visit.text("statement.as_of") + " " +
                                                          i18n::date(visit.language, question.view.as_of)},
                                    .columns = {{visit.text("units.name"), {}, 50},
                                                {visit.text("units.code"), {}, 24},
                                                {visit.text("unit_count.own"), Column::Kind::quantity},
                                                {visit.text("unit_count.total"), Column::Kind::quantity}}};
    return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
        for (const UnitCount& count : count_by_unit(tx, visit.actor, question))
            writer.row({count.unit.name, count.unit.code, count.own, count.total});
    });
}

http::Response count_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    return visit.database.read([&](db::Read& tx) {
        const UnitQuestion question = question_of(visit, tx, asked);
        if (asked.refused())
            return visit.refused("reports/unit_count", page_value(visit, tx, question), asked.refusals());
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, question);
        return visit.page("reports/unit_count", page_value(visit, tx, question));
    });
}

http::Response count_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    return visit.database.read([&](db::Read& tx) {
        const UnitQuestion question = question_of(visit, tx, asked);
        if (asked.refused()) return visit.json_refused(asked.refusals());
        return visit.json(unit_counts(tx, visit.actor, question));
    });
}

}  // namespace

std::string shown_beside_unit(const web::Visit& visit, db::Read& tx, const organisations::Unit& unit) {
    if (!visit.actor.may(participation::see_rosters)) return "";
    const UnitQuestion question{
        .unit = unit, .year = visit.today().year(), .view = {visit.today(), std::nullopt}};
    Value value = unit_counts(tx, visit.actor, question);
    const auto& rows = *value["units"].list_items();
    const Value own = rows.empty() ? Value() : rows.front();
    return visit.fragment("reports/unit_learners", value.set("own", own)).body;
}

void register_unit_counts(web::Routes& routes) {
    routes.get("/units/:id/count", participation::see_rosters, count_page);
    routes.get("/api/v1/units/:id/count", participation::see_rosters, count_json);
}

}  // namespace tiendo::reports
