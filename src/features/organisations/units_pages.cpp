// GET /units: the tree of units, as a page, as a workbook and as JSON.
#include <algorithm>

#include "base/text.h"
#include "features/organisations/organisations.h"
#include "features/organisations/units_presenter.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/workbook.h"

namespace tiendo::organisations {
namespace {

// Those with the words asked for, in the order of the tree. Units are hundreds: all of them are
// read, because a tree has no order that a key could be continued from.
std::vector<Placed> asked_for(const web::Visit& visit, db::Read& tx) {
    auto placed = in_tree_order(units(tx, visit.actor));
    const std::string words = fold(visit.request.asked("q"));
    std::erase_if(placed, [&](const Placed& one) {
        return fold(one.unit.name + " " + one.unit.code).find(words) == std::string::npos;
    });
    return placed;
}

Value list_value(const web::Visit& visit, db::Read& tx) {
    constexpr std::ptrdiff_t at_once = 200;
    const auto all = asked_for(visit, tx);
    const pages::Place begun = pages::place_of(visit.request, 1);
    auto from = std::find_if(all.begin(), all.end(),
                             [&](const Placed& one) { return one.unit.id.value == begun.number(0); });
    from = from == all.end() ? all.begin() : from + 1;
    const std::vector<Placed> shown(from, from + std::min(at_once, all.end() - from));
    const std::string last = shown.empty() ? "" : to_text(shown.back().unit.id);
    const auto before = static_cast<std::int64_t>(from - all.begin());
    return Value::object(
        {{"count", all.size()},
         {"units", list_of(shown, [](const Placed& one) { return to_value(one); })},
         {"paging",
          pages::paging(visit.request, {before, before == 0 ? std::vector<std::string>{} : begun.key},
                        static_cast<std::int64_t>(shown.size()), static_cast<std::int64_t>(all.size()),
                        {last})}});
}

http::Response units_workbook(const web::Visit& visit, const std::vector<Placed>& units) {
    const office::ListLayout layout{.sheet = visit.text("units.title"),
                                    .titles = {visit.text("units.title")},
                                    .columns = {{visit.text("units.name"), {}, 50},
                                                {visit.text("units.code"), {}, 24},
                                                {visit.text("units.kind"), {}, 20},
                                                {visit.text("units.parent"), {}, 50}}};
    return pages::workbook(layout, "units.xlsx", [&](office::ListWriter& writer) {
        for (const Placed& one : units) {
            const std::string kind = visit.text("units.kind." + one.unit.kind);
            writer.row({one.unit.name, one.unit.code, kind, one.parent});
        }
    });
}

http::Response units_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        if (visit.request.asked("format") == "xlsx") return units_workbook(visit, asked_for(visit, tx));
        Value value = list_value(visit, tx);
        value.set("title", visit.text("units.title"))
            .set("q", visit.request.asked("q"))
            .set("filtered", !visit.request.asked("q").empty())
            .set("export", pages::here(visit.request, {{"format", "xlsx"}, {"after", ""}}))
            .set("print_url", nullptr);
        return visit.page("organisations/units", std::move(value));
    });
}

http::Response units_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx)); });
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/units", see_units, units_page);
    routes.get("/api/v1/units", see_units, units_json);
}

}  // namespace tiendo::organisations
