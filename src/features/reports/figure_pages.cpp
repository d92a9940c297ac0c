// GET /figures: a figure and the postings it is the sum of, as a page, as a workbook and as JSON.
#include "features/reports/figure_pages.h"

#include <algorithm>

#include "base/text.h"
#include "features/participation/participation.h"
#include "features/reports/reports.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"
#include "platform/pages/workbook.h"

namespace tiendo::reports {
namespace {

using Column = office::ListColumn;

void find_programme(db::Read& tx, pages::Reader& asked, FigureQuestion& question) {
    const std::string said = asked.text("programme");
    if (said.empty()) return;
    question.programme = programmes::find_programme(tx, said);
    if (!question.programme)
        asked.refuse("programme", "figure.programme_unknown",
                     {said, nearest(said, programmes::programme_names(tx))});
}

// Of one line; its programme comes with it, so that the page says what it shows.
void find_line(db::Read& tx, const web::Actor& actor, pages::Reader& asked, FigureQuestion& question) {
    if (asked.text("line").empty()) return;
    const auto found = plan::find_line(tx, plan::LineId{parse_id(asked.text("line"))});
    if (!found || !plan::find_plan(tx, actor, found->year)) throw web::NotFound{};
    question.line = found->line.id;
    question.programme = found->line.programme;
    question.year = found->year;
}

// Of the people of a unit, for whoever may see its rosters.
void find_unit(const web::Visit& visit, db::Read& tx, pages::Reader& asked, FigureQuestion& question) {
    if (!visit.actor.may(participation::see_rosters)) throw web::Forbidden{};
    const organisations::UnitId id{parse_id(asked.text("unit"))};
    question.unit = UnitScope{organisations::require(tx, visit.actor, id), !asked.text("beneath").empty(),
                              !asked.text("follow_successors").empty()};
}

// Figures of a plan are what statements are made of, and seen by who sees those; a cohort's
// are seen with the cohort.
FigureQuestion question_of(const web::Visit& visit, db::Read& tx, pages::Reader& asked) {
    FigureQuestion question{.year = asked.year("year").value_or(visit.today().year())};
    const auto measure =
        asked.required_choice("measure", {"cohorts_opened", "cohorts_closed", "learners_started",
                                          "learners_completed", "periods_attended", "certificates_issued"});
    if (measure) question.measure = *ledger::parse_measure(*measure);
    find_programme(tx, asked, question);
    find_line(tx, visit.actor, asked, question);
    if (const std::string code = asked.text("cohort"); !code.empty())
        question.cohort = cohorts::require(tx, visit.actor, code);
    else if (!asked.text("unit").empty())
        find_unit(visit, tx, asked, question);
    else if (!visit.actor.may(see_statements))
        throw web::Forbidden{};
    const Date last_day = question.cohort ? visit.today() : *Date::of(question.year, 12, 31);
    question.view = {asked.day("as_of").value_or(std::min(visit.today(), last_day)),
                     asked.moment("known_at")};
    return question;
}

FigureCursor cursor_of(const pages::Place& begun) {
    if (begun.at_beginning()) return {};
    return {begun.number(0), parse_date(begun.key[1]), begun.number(2)};
}

FigureCursor after(const FigureRow& row) { return {row.plan_line, row.effective_on, row.posting.value}; }

Value definition_of(const FigureQuestion& question) {
    Value programme, cohort, unit;
    if (const auto& of = question.unit)
        unit = Value::object({{"id", of->unit.id},
                              {"name", of->unit.name},
                              {"beneath", of->beneath},
                              {"follow_successors", of->follow_successors}});
    if (const auto& of = question.programme)
        programme = Value::object({{"code", of->code}, {"title", of->name}});
    if (const auto& of = question.cohort) cohort = Value::object({{"id", of->id}, {"code", of->code}});
    return Value::object({{"measure", ledger::to_text(question.measure)},
                          {"year", question.year},
                          {"programme", std::move(programme)},
                          {"line", question.line},
                          {"cohort", std::move(cohort)},
                          {"unit", std::move(unit)},
                          {"as_of", question.view.as_of},
                          {"known_at", question.view.known_at}});
}

Value figure_value(const web::Visit& visit, db::Read& tx, const FigureQuestion& question) {
    constexpr int rows_of_a_page = 50;
    const pages::Place begun = pages::place_of(visit.request, 3);
    const auto rows = figure_rows(tx, visit.actor, question, cursor_of(begun), rows_of_a_page);
    const Figure found = figure(tx, visit.actor, question);
    std::vector<std::string> last;
    if (!rows.empty())
        last = {std::to_string(rows.back().plan_line), to_text(rows.back().effective_on),
                to_text(rows.back().posting)};
    return definition_of(question)
        .set("quantity", found.quantity)
        .set("size", found.postings)
        .set("postings", list_of(rows, [](const FigureRow& row) { return to_value(row); }))
        .set("paging", pages::paging(visit.request, begun, static_cast<std::int64_t>(rows.size()),
                                     found.postings, last));
}

Value page_value(const web::Visit& visit, db::Read& tx, const FigureQuestion& question) {
    Value value = figure_value(visit, tx, question);
    const bool may_open = visit.actor.may(documents::see_documents);
    Value rows = list_of(*value["postings"].list_items(), [&](Value row) {
        if (const auto* id = row["document"]["id"].text())
            row.set("document",
                    Value(row["document"]).set("url", may_open ? Value("/documents/" + *id) : Value()));
        return row;
    });
    const bool any = *value["size"].number() > 0;
    return std::move(value)
        .set("title", visit.text("measure." + std::string(ledger::to_text(question.measure))))
        .set("figure", value["quantity"])
        .set("rows", std::move(rows))
        .set("export", any ? Value(pages::here(visit.request, {{"format", "xlsx"}, {"after", ""}})) : Value())
        .set("print_url", nullptr);
}

// All postings, in pages of their own, so that memory stays flat over a million of them.
http::Response figure_workbook(const web::Visit& visit, db::Read& tx, const FigureQuestion& question) {
    constexpr int at_once = 5'000;
    const std::string title = visit.text("measure." + std::string(ledger::to_text(question.measure)));
    const std::string sum = i18n::number(visit.language, figure(tx, visit.actor, question).quantity);
    const office::ListLayout layout{
        .sheet = title,
        .titles = {title + ": " + sum,
                   visit.text("statement.as_of") + " " + i18n::date(visit.language, question.view.as_of)},
        .columns = {{visit.text("figure.quantity"), Column::Kind::quantity},
                    {visit.text("figure.effective_on"), Column::Kind::date},
                    {visit.text("cohort.code"), {}, 18},
                    {visit.text("statement.programme"), {}, 50},
                    {visit.text("roster.full_name"), {}, 28},
                    {visit.text("figure.unit"), {}, 36},
                    {visit.text("figure.behind"), {}, 40},
                    {visit.text("participation.source"), {}, 20},
                    {visit.text("act.reason_required"), {}, 30},
                    {visit.text("figure.recorded"), {}, 18},
                    {visit.text("figure.recorded_by"), {}, 24}}};
    return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
        for (FigureCursor cursor;;) {
            const auto rows = figure_rows(tx, visit.actor, question, cursor, at_once);
            if (rows.empty()) return;
            cursor = after(rows.back());
            for (const FigureRow& row : rows)
                writer.row({row.quantity, row.effective_on, row.cohort_code, row.programme_name,
                            row.person_name, row.unit_name, row.document_title, row.source_place, row.reason,
                            i18n::moment(visit.language, row.recorded_at, visit.offset), row.recorded_by});
        }
    });
}

// There is no figure to show beside what was asked wrongly.
http::Response nothing_to_show(const web::Visit& visit, const Refusals& refusals) {
    const auto message = [&](const Refusal& refusal) {
        return Value(visit.site.texts.text(visit.language, refusal));
    };
    return visit.page("web/error",
                      Value::object({{"title", visit.text("error.title.bad_request")},
                                     {"status", 422},
                                     {"kind", "bad_request"},
                                     {"messages", list_of(refusals, message)},
                                     {"incident", nullptr},
                                     {"back", "/"}}),
                      422);
}

http::Response figure_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        pages::Reader asked = pages::Reader::of_query(visit);
        const FigureQuestion question = question_of(visit, tx, asked);
        if (asked.refused()) return nothing_to_show(visit, asked.refusals());
        if (visit.request.asked("format") == "xlsx") return figure_workbook(visit, tx, question);
        return visit.page("reports/figure", page_value(visit, tx, question));
    });
}

http::Response figure_json(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        pages::Reader asked = pages::Reader::of_query(visit);
        const FigureQuestion question = question_of(visit, tx, asked);
        if (asked.refused()) return visit.json_refused(asked.refusals());
        return visit.json(figure_value(visit, tx, question));
    });
}

}  // namespace

void register_figures(web::Routes& routes) {
    routes.get("/figures", cohorts::see_cohorts, figure_page);
    routes.get("/api/v1/figures", cohorts::see_cohorts, figure_json);
}

}  // namespace tiendo::reports
