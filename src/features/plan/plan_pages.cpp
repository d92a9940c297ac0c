// GET /plans and /plans/:year, as pages, as workbooks and as JSON.
#include "features/plan/plan_presenter.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::plan {
namespace {

using Kind = office::ListColumn::Kind;

// cohorts::change_cohorts, which lies above: who may propose a cohort finds the way beside each line.
constexpr web::Permission propose_cohorts{"cohorts.change"};

office::ListCell cell(const std::optional<std::int64_t>& number) {
    return number ? office::ListCell(*number) : office::ListCell();
}

Value plans_value(const web::Visit& visit, db::Read& tx) {
    return Value::object({{"plans", list_of(summaries(tx, visit.actor, visit.today()),
                                            [](const Summary& summary) { return to_value(summary); })}});
}

http::Response plans_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        Value value = plans_value(visit, tx);
        value.set("title", visit.text("plan.list")).set("can_import", visit.actor.may(change_plan));
        return visit.page("plan/plans", std::move(value));
    });
}

http::Response plans_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(plans_value(visit, tx)); });
}

Board require_board(const web::Visit& visit, db::Read& tx) {
    const auto year = parse_id(std::string(visit.request.parameter("year")));
    const auto plan = year < 10'000 ? find_plan(tx, visit.actor, static_cast<int>(year)) : std::nullopt;
    if (!plan) throw web::NotFound{};
    Board board{*plan, versions(tx, plan->id), std::nullopt, stated_lines(tx, plan->id)};
    for (const Version& version : board.versions)
        if (version.effective_on <= visit.today()) board.in_force = version.id;
    return board;
}

http::Response plan_workbook(const web::Visit& visit, const Board& board) {
    const std::string title = visit.text("plan.title", {std::to_string(board.plan.year)});
    office::ListLayout layout{.sheet = title,
                              .titles = {title},
                              .columns = {{visit.text("plan.version", {""})},
                                          {visit.text("plan.programme"), {}, 60},
                                          {visit.text("plan.audience"), {}, 30},
                                          {visit.text("plan.target_cohorts"), Kind::quantity},
                                          {visit.text("plan.target_learners"), Kind::quantity},
                                          {visit.text("plan.duration")},
                                          {visit.text("plan.opens_in")},
                                          {visit.text("plan.place")},
                                          {visit.text("plan.lead"), {}, 30},
                                          {visit.text("plan.partners"), {}, 30}}};
    return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
        for (const Version& version : board.versions)
            for (const Stated& stated : board.stated) {
                if (stated.version != version.id) continue;
                const Line& line = stated.line;
                writer.row({visit.text("plan.version", {std::to_string(version.number)}), line.programme.name,
                            line.audience, cell(line.targets.cohorts), cell(line.targets.learners),
                            line.duration, line.opens_in, line.place, line.lead, line.partners});
            }
    });
}

BasisView& basis_view() {
    static BasisView view = nullptr;
    return view;
}

// Beside each line what it was drafted from; null: the plan itself is all there is.
Value with_basis(const web::Visit& visit, db::Read& tx, const Board& board, Value value) {
    const auto known = basis_view() ? basis_view()(visit, tx, board.plan.id) : std::vector<Basis>{};
    Value lines = list_of(*value["lines"].list_items(), [&](Value line) {
        Value basis;
        for (const Basis& one : known)
            if (to_text(one.line) == *line["id"].text())
                basis = Value::object({{"text", one.text}, {"url", one.url}});
        return std::move(line).set("basis", std::move(basis));
    });
    return std::move(value).set("lines", std::move(lines));
}

http::Response plan_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const Board board = require_board(visit, tx);
        if (visit.request.asked("format") == "xlsx") return plan_workbook(visit, board);
        Value value = with_basis(visit, tx, board, to_value(board));
        value.set("title", visit.text("plan.title", {std::to_string(board.plan.year)}))
            .set("can_propose", visit.actor.may(propose_cohorts))
            .set("export", pages::here(visit.request, {{"format", "xlsx"}}))
            .set("print_url", pages::here(visit.request, {{"print", "1"}}));
        return visit.page("plan/plan", std::move(value));
    });
}

http::Response plan_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) { return visit.json(to_value(require_board(visit, tx))); });
}

}  // namespace

void show_basis(BasisView view) { basis_view() = view; }

void register_routes(web::Routes& routes) {
    routes.get("/plans", see_plan, plans_page);
    routes.get("/plans/:year", see_plan, plan_page);
    routes.get("/api/v1/plans", see_plan, plans_json);
    routes.get("/api/v1/plans/:year", see_plan, plan_json);
}

}  // namespace tiendo::plan
