// GET /statements/:year, as a page, for paper, as a workbook and as JSON.
#include <algorithm>

#include "features/reports/figure_pages.h"
#include "features/reports/reports.h"
#include "features/reports/statement_presenter.h"
#include "features/reports/unit_count.h"
#include "platform/pages/address.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::reports {
namespace {

constexpr std::int64_t most_decimals = 6;

int year_asked_for(const web::Visit& visit) {
    const std::string said(visit.request.parameter("year"));
    const std::int64_t year = parse_id(said);
    if (year < 1900 || year > 2200) throw web::NotFound{};
    return static_cast<int>(year);
}

// As of today, or the last day of a year that has gone, unless the reader says otherwise. What
// he says wrongly is refused, and stays at that.
Question question_of(const web::Visit& visit, pages::Reader& asked) {
    Question question{.year = year_asked_for(visit)};
    const Date today = std::min(visit.today(), *Date::of(question.year, 12, 31));
    question.view = {asked.day("as_of").value_or(today), asked.moment("known_at")};
    const auto rounding = asked.choice("rounding", {"half-up", "truncate"});
    if (rounding) question.style.rounding = *parse_rounding(*rounding);
    const auto decimals = asked.count("decimals").value_or(question.style.decimals);
    if (decimals > most_decimals)
        asked.refuse("decimals", "form.too_large", {asked.text("decimals"), std::to_string(most_decimals)});
    else
        question.style.decimals = static_cast<int>(decimals);
    return question;
}

// 2017-06-10T09:30, as an input of type datetime-local wants it.
std::string wall_clock(const web::Visit& visit, Instant moment) {
    std::string text = local_text(moment, visit.offset);
    std::replace(text.begin(), text.end(), ' ', 'T');
    return text;
}

Value choices(std::initializer_list<std::string> values, const std::string& current) {
    return list_of(values, [&](const std::string& value) {
        return Value::object({{"value", value}, {"current", value == current}});
    });
}

Value corrected_value(const web::Visit& visit, db::Read& tx, const Question& question) {
    const std::int64_t postings = corrections_since(tx, visit.actor, question);
    if (postings == 0) return {};
    return Value::object({{"postings", postings},
                          {"url", pages::address("/figures", {{"measure", "learners_started"},
                                                              {"year", std::to_string(question.year)},
                                                              {"as_of", to_text(question.view.as_of)}})}});
}

// What was wrong with each part of the dial; null where nothing was.
Value wrong_value(const web::Visit& visit, const Refusals& refusals) {
    Value wrong = Value::object();
    for (const char* name : {"as_of", "known_at", "rounding", "decimals"}) wrong.set(name, nullptr);
    for (const Refusal& refusal : refusals)
        wrong.set(refusal.field, visit.site.texts.text(visit.language, refusal));
    return wrong;
}

Value page_value(const web::Visit& visit, db::Read& tx, const Statement& found, const Refusals& refusals) {
    const Question& question = found.question;
    const auto& known_at = question.view.known_at;
    const std::string rounding(to_text(question.style.rounding));
    const http::Request& request = visit.request;
    return pace_value(found)
        .set("title", visit.text("statement.title", {std::to_string(question.year)}))
        .set("known_at_local", known_at ? Value(wall_clock(visit, *known_at)) : Value())
        .set("known_now", known_at ? Value(pages::here(request, {{"known_at", ""}})) : Value())
        .set("roundings", choices({"half-up", "truncate"}, rounding))
        .set("decimal_choices", choices({"0", "1", "2"}, std::to_string(question.style.decimals)))
        .set("wrong", wrong_value(visit, refusals))
        .set("corrected", corrected_value(visit, tx, question))
        .set("apart", apart_value(found))
        .set("trip_parts", trips_value(found))
        .set("export", pages::here(request, {{"format", "xlsx"}}))
        .set("print_url", pages::here(request, {{"print", "1"}}));
}

http::Response statement_workbook(const web::Visit& visit, const Statement& found) {
    const std::string title = visit.text("statement.title", {std::to_string(found.question.year)});
    return pages::workbook(title + ".xlsx", [&](const std::string& path) {
        write_workbook(found, visit.site.texts, visit.language, path);
    });
}

http::Response statement_page(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Question question = question_of(visit, asked);
    return visit.database.read([&](db::Read& tx) {
        const Statement found = statement(tx, visit.actor, question);
        if (asked.refused())
            return visit.refused("reports/statement", page_value(visit, tx, found, asked.refusals()),
                                 asked.refusals());
        if (visit.request.asked("format") == "xlsx") return statement_workbook(visit, found);
        return visit.page("reports/statement", page_value(visit, tx, found, {}));
    });
}

http::Response statement_json(const web::Visit& visit) {
    pages::Reader asked = pages::Reader::of_query(visit);
    const Question question = question_of(visit, asked);
    if (asked.refused()) return visit.json_refused(asked.refusals());
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(to_value(statement(tx, visit.actor, question))); });
}

// To the newest year that has a plan; without any plan to the one that goes on.
http::Response newest(const web::Visit& visit) {
    const auto plans = visit.database.read([&](db::Read& tx) { return plan::plans(tx, visit.actor); });
    const int year = plans.empty() ? visit.today().year() : plans.front().year;
    return visit.redirect(visit.request.path + "/" + std::to_string(year));
}

}  // namespace

void register_routes(web::Routes& routes) {
    routes.get("/statements", see_statements, newest);
    routes.get("/statements/:year", see_statements, statement_page);
    routes.get("/api/v1/statements", see_statements, newest);
    routes.get("/api/v1/statements/:year", see_statements, statement_json);
    register_figures(routes);
    register_unit_counts(routes);
}

}  // namespace tiendo::reports
