// GET / and /search: what to do next, how the plan stands, and where to find a thing.
#include "features/dashboard/dashboard.h"
#include "features/dashboard/search.h"
#include "features/dashboard/work.h"
#include "features/organisations/organisations.h"
#include "features/reports/reports.h"

namespace tiendo::dashboard {
namespace {

// How the plan of this year stands today, else the newest one at its end; null without a plan,
// and for those who may see none.
Value statement_value(const web::Visit& visit, db::Read& tx) {
    if (!visit.actor.may(reports::see_statements)) return nullptr;
    const auto plans = plan::plans(tx, visit.actor);
    if (plans.empty()) return nullptr;
    const Date today = visit.today();
    const bool has_this_year = plan::find_plan(tx, visit.actor, today.year()).has_value();
    const int year = has_this_year ? today.year() : plans.front().year;
    const Date as_of = std::min(today, *Date::of(year, 12, 31));
    return reports::pace_value(reports::statement(tx, visit.actor, {year, {as_of, std::nullopt}, {}}));
}

Value dashboard_value(const web::Visit& visit, db::Read& tx) {
    return Value::object({{"centre", organisations::centre(tx).name},
                          {"as_of", visit.today()},
                          {"work", to_value(work_lists(tx, visit.actor, visit.today(), visit.now))},
                          {"statement", statement_value(visit, tx)},
                          {"openings", next_openings(tx, visit.actor, visit.today())}});
}

http::Response first_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        Value value = dashboard_value(visit, tx);
        value.set("title", visit.text("dashboard.title"))
            .set("lacks_plan", visit.actor.may(plan::see_plan) && value["statement"].is_null())
            .set("can_import", visit.actor.may(plan::change_plan))
            .set("has_openings", !value["openings"].list_items()->empty());
        return visit.page("dashboard/dashboard", std::move(value));
    });
}

http::Response first_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(dashboard_value(visit, tx)); });
}

Value search_value(const web::Visit& visit, db::Read& tx) {
    const std::string written(visit.request.asked("q"));
    return Value::object({{"q", written}, {"groups", to_value(found(tx, visit.actor, written))}});
}

http::Response search_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        Value value = search_value(visit, tx);
        value.set("title", visit.text("search.title")).set("search", value["q"]);
        return visit.page("dashboard/search", std::move(value));
    });
}

http::Response search_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(search_value(visit, tx)); });
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/", web::signed_in, first_page);
    routes.get("/search", web::signed_in, search_page);
    routes.get("/api/v1/dashboard", web::signed_in, first_json);
    routes.get("/api/v1/search", web::signed_in, search_json);
}

}  // namespace tiendo::dashboard
