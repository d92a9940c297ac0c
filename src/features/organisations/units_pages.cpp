// GET /units: the tree of units, as a page, as a workbook and as JSON.
#include "features/organisations/units_pages.h"

#include <algorithm>

#include "base/text.h"
#include "features/organisations/units_presenter.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::organisations {
namespace {

// The tree as it stood on a day, or stands; folded at a level; with what has ended, or without.
struct Asked {
    std::optional<Date> day;
    int levels = 0;  // 0: all
    bool ended = false;
};

Asked asked_of(pages::Reader& asked) {
    const auto day = asked.day("as_of");
    const auto levels = asked.choice("levels", {"1", "2", "3"});
    return {day, levels ? std::stoi(*levels) : 0, !asked.text("ended").empty()};
}

// Those with the words asked for, in the order of the tree. Units are hundreds: all of them are
// read, because a tree has no order that a key could be continued from.
std::vector<Placed> asked_for(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    const Date day = asked.day.value_or(visit.today());
    auto all = asked.day ? units_on(tx, visit.actor, day) : units(tx, visit.actor);
    std::erase_if(all, [&](const Unit& unit) {
        return !unit.has_begun_by(day) || (unit.has_ended_by(day) && !asked.ended);
    });
    auto placed = in_tree_order(all);
    const std::string words = fold(visit.request.asked("q"));
    std::erase_if(placed, [&](const Placed& one) {
        if (words.empty()) return asked.levels > 0 && one.depth > asked.levels;
        return fold(one.unit.name + " " + one.unit.code).find(words) == std::string::npos;
    });
    return placed;
}

Value list_value(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    constexpr std::ptrdiff_t at_once = 200;
    const auto all = asked_for(visit, tx, asked);
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
    const office::ListLayout layout{
        .sheet = visit.text("units.title"),
        .titles = {visit.text("units.title")},
        .columns = {{visit.text("units.name"), {}, 50},
                    {visit.text("units.code"), {}, 24},
                    {visit.text("units.kind"), {}, 20},
                    {visit.text("units.parent"), {}, 50},
                    {visit.text("units.begins_on"), office::ListColumn::Kind::date},
                    {visit.text("units.ends_on"), office::ListColumn::Kind::date}}};
    const auto day = [](const std::optional<Date>& date) {
        return date ? office::ListCell(*date) : office::ListCell();
    };
    return pages::workbook(layout, "units.xlsx", [&](office::ListWriter& writer) {
        for (const Placed& one : units) {
            const std::string kind = visit.text("units.kind." + one.unit.kind);
            writer.row({one.unit.name, one.unit.code, kind, one.parent, day(one.unit.begins_on),
                        day(one.unit.ends_on)});
        }
    });
}

Value page_value(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    const http::Request& request = visit.request;
    Value value = list_value(visit, tx, asked);
    Value rows = list_of(*value["units"].list_items(), [](Value row) {
        constexpr std::int64_t deepest_indent = 4;
        return std::move(row).set("indent", std::min(*row["depth"].number(), deepest_indent));
    });
    const bool filtered = !request.asked("q").empty() || asked.day || asked.levels > 0 || asked.ended;
    const auto level = [&](int one) {
        return Value::object({{"value", std::to_string(one)}, {"current", asked.levels == one}});
    };
    return std::move(value)
        .set("units", std::move(rows))
        .set("title", visit.text("units.title"))
        .set("q", request.asked("q"))
        .set("as_of", request.asked("as_of"))
        .set("ended", asked.ended)
        .set("levels", list_of(std::vector{1, 2, 3}, level))
        .set("filtered", filtered)
        .set("export", pages::here(request, {{"format", "xlsx"}, {"after", ""}}))
        .set("print_url", nullptr);
}

http::Response units_page(const web::Visit& visit) {
    pages::Reader sent = pages::Reader::of_query(visit);
    const Asked asked = asked_of(sent);
    return visit.database.read([&](db::Read& tx) {
        if (sent.refused())
            return visit.refused("organisations/units", page_value(visit, tx, asked), sent.refusals());
        if (visit.request.asked("format") == "xlsx")
            return units_workbook(visit, asked_for(visit, tx, asked));
        return visit.page("organisations/units", page_value(visit, tx, asked));
    });
}

http::Response units_json(const web::Visit& visit) {
    pages::Reader sent = pages::Reader::of_query(visit);
    const Asked asked = asked_of(sent);
    if (sent.refused()) return visit.json_refused(sent.refusals());
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx, asked)); });
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/units", see_units, units_page);
    routes.get("/api/v1/units", see_units, units_json);
    register_unit(routes);
    register_acts(routes);
}

}  // namespace tiendo::organisations
