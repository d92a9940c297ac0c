// GET / and /search.
#include "features/dashboard/dashboard.h"
#include "features/dashboard/work.h"
#include "features/organisations/organisations.h"
#include "features/reports/reports.h"

namespace tiendo::dashboard {
namespace {

Value lists_value(const std::vector<EntryList>& lists) {
    return list_of(lists, [](const EntryList& list) { return to_value(list); });
}

// How the plan of the year stands today; null without a plan, and for those who may see none.
Value statement_value(const web::Visit& visit, db::Read& tx) {
    if (!visit.actor.may(reports::see_statements)) return nullptr;
    const reports::Statement statement =
        reports::statement(tx, visit.actor, {visit.today().year(), {visit.today(), std::nullopt}, {}});
    return statement.plan_version ? reports::pace_value(statement) : Value();
}

Value dashboard_value(const web::Visit& visit, db::Read& tx) {
    return Value::object({{"centre", organisations::centre(tx).name},
                          {"as_of", visit.today()},
                          {"work", lists_value(work_lists(tx, visit.actor, visit.today()))},
                          {"statement", statement_value(visit, tx)}});
}

http::Response first_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("dashboard/dashboard",
                          dashboard_value(visit, tx).set("title", visit.text("dashboard.title")));
    });
}

http::Response first_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(dashboard_value(visit, tx)); });
}

Value search_value(const web::Visit& visit, db::Read& tx) {
    const std::string written(visit.request.asked("q"));
    return Value::object({{"q", written}, {"groups", lists_value(found(tx, visit.actor, written))}});
}

http::Response search_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        return visit.page("dashboard/search",
                          search_value(visit, tx).set("title", visit.text("search.title")));
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
