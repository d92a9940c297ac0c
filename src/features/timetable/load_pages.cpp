// GET /timetable/load and /lecturers/:id/fees: who teaches how much, and what it is paid.
#include <array>

#include "features/timetable/timetable_pages.h"
#include "platform/pages/address.h"
#include "platform/pages/workbook.h"

namespace tiendo::timetable {
namespace {

using Column = office::ListColumn;

// Periods of one lecturer by month of a year.
struct MonthlyLoad {
    teaching::LecturerId lecturer;
    std::string name;
    std::array<std::int64_t, 12> periods{};
    std::int64_t total = 0;
};

std::vector<MonthlyLoad> monthly(const std::vector<Load>& loads) {
    std::vector<MonthlyLoad> all;
    for (const Load& load : loads) {
        if (all.empty() || all.back().lecturer != load.lecturer) all.push_back({load.lecturer, load.name});
        all.back().periods[static_cast<std::size_t>(load.held_on.month() - 1)] += load.periods;
        all.back().total += load.periods;
    }
    return all;
}

http::Response load_workbook(const web::Visit& visit, int year, const std::vector<MonthlyLoad>& all) {
    office::ListLayout layout{.sheet = visit.text("timetable.load"),
                              .titles = {visit.text("timetable.load_of", {std::to_string(year)})},
                              .columns = {{visit.text("field.full_name"), {}, 28}}};
    for (int month = 1; month <= 12; ++month)
        layout.columns.push_back({std::to_string(month), Column::Kind::quantity, 6});
    layout.columns.push_back({visit.text("timetable.total"), Column::Kind::quantity, 8});
    return pages::workbook(
        layout, visit.text("timetable.load") + " " + std::to_string(year) + ".xlsx",
        [&](office::ListWriter& writer) {
            for (const MonthlyLoad& one : all) {
                std::vector<office::ListCell> cells{one.name};
                for (const std::int64_t periods : one.periods)
                    cells.push_back(periods > 0 ? office::ListCell(periods) : office::ListCell());
                cells.push_back(one.total);
                writer.row(cells);
            }
        });
}

Value load_value(int year, const std::vector<MonthlyLoad>& all) {
    return Value::object(
        {{"year", year},
         {"lecturers", list_of(all, [](const MonthlyLoad& one) {
              return Value::object(
                  {{"id", one.lecturer},
                   {"full_name", one.name},
                   {"months",
                    list_of(one.periods,
                            [](std::int64_t periods) {
                                return Value::object({{"periods", periods > 0 ? Value(periods) : Value()}});
                            })},
                   {"total", one.total}});
          })}});
}

std::vector<MonthlyLoad> load_of_year(db::Read& tx, const web::Actor& actor, int year) {
    return monthly(loads(tx, actor, std::nullopt, *Date::of(year, 1, 1), *Date::of(year, 12, 31)));
}

http::Response load_page(const web::Visit& visit) {
    pages::Reader reader = pages::Reader::of_query(visit);
    const int year = reader.year("year").value_or(visit.today().year());
    return visit.database.read([&](db::Read& tx) {
        const auto all = load_of_year(tx, visit.actor, year);
        if (visit.request.asked("format") == "xlsx") return load_workbook(visit, year, all);
        Value months = Value::list();
        for (int month = 1; month <= 12; ++month) months.push(Value::object({{"month", month}}));
        Value value = load_value(year, all);
        return visit.page("timetable/load",
                          value.set("title", visit.text("timetable.load_of", {std::to_string(year)}))
                              .set("month_heads", std::move(months))
                              .set("previous_url", "/timetable/load?year=" + std::to_string(year - 1))
                              .set("next_url", "/timetable/load?year=" + std::to_string(year + 1))
                              .set("export", pages::here(visit.request, {{"format", "xlsx"}}))
                              .set("print_url", pages::here(visit.request, {{"print", "1"}})));
    });
}

http::Response load_json(const web::Visit& visit) {
    pages::Reader reader = pages::Reader::of_query(visit);
    const int year = reader.year("year").value_or(visit.today().year());
    if (reader.refused()) return visit.json_refused(reader.refusals());
    return visit.database.read(
        [&](db::Read& tx) { return visit.json(load_value(year, load_of_year(tx, visit.actor, year))); });
}

// --- the fee statement --------------------------------------------------------------------------

struct Paid {
    Load load;
    std::optional<std::int64_t> per_period, amount;  // none: no fee in force that day
};
struct Statement {
    teaching::Lecturer lecturer;
    Date first, last;
    std::vector<Paid> lines;
    std::int64_t periods = 0, amount = 0, unpaid = 0;  // unpaid: periods without a fee in force
};

Statement statement_of(db::Read& tx, const web::Actor& actor, teaching::LecturerId id, Date first,
                       Date last) {
    Statement statement{.lecturer = teaching::require_lecturer(tx, actor, id), .first = first, .last = last};
    const auto fees = teaching::fees_of(tx, id);
    for (Load& load : loads(tx, actor, id, first, last)) {
        Paid paid;
        if (const auto fee = teaching::fee_on(fees, load.held_on)) {
            paid.per_period = fee->per_period;
            paid.amount = fee->per_period * load.periods;
            statement.amount += *paid.amount;
        } else {
            statement.unpaid += load.periods;
        }
        statement.periods += load.periods;
        paid.load = std::move(load);
        statement.lines.push_back(std::move(paid));
    }
    return statement;
}

Value to_value(const Statement& statement) {
    return Value::object({{"lecturer", Value::object({{"id", statement.lecturer.id},
                                                      {"full_name", statement.lecturer.full_name},
                                                      {"organisation", statement.lecturer.organisation}})},
                          {"first", statement.first},
                          {"last", statement.last},
                          {"lines", list_of(statement.lines,
                                            [](const Paid& paid) {
                                                return Value::object({{"held_on", paid.load.held_on},
                                                                      {"cohort", paid.load.cohort_code},
                                                                      {"topic", paid.load.topic},
                                                                      {"periods", paid.load.periods},
                                                                      {"per_period", paid.per_period},
                                                                      {"amount", paid.amount}});
                                            })},
                          {"periods", statement.periods},
                          {"amount", statement.amount},
                          {"unpaid", statement.unpaid > 0 ? Value(statement.unpaid) : Value()}});
}

http::Response fee_workbook(const web::Visit& visit, const Statement& statement) {
    const office::ListLayout layout{
        .sheet = visit.text("timetable.fee_statement"),
        .titles = {visit.text("timetable.fee_statement") + ": " + statement.lecturer.full_name,
                   i18n::date(visit.language, statement.first) + " – " +
                       i18n::date(visit.language, statement.last)},
        .columns = {{visit.text("field.held_on"), Column::Kind::date},
                    {visit.text("cohort.code"), {}, 16},
                    {visit.text("field.topic"), {}, 50},
                    {visit.text("field.periods"), Column::Kind::quantity},
                    {visit.text("field.per_period"), Column::Kind::quantity, 14},
                    {visit.text("timetable.amount"), Column::Kind::quantity, 16}}};
    const std::string name =
        visit.text("timetable.fee_statement") + " " + statement.lecturer.full_name + ".xlsx";
    return pages::workbook(layout, name, [&](office::ListWriter& writer) {
        const auto money = [](const std::optional<std::int64_t>& amount) {
            return amount ? office::ListCell(*amount) : office::ListCell();
        };
        for (const Paid& paid : statement.lines)
            writer.row({paid.load.held_on, paid.load.cohort_code, paid.load.topic, paid.load.periods,
                        money(paid.per_period), money(paid.amount)});
        const std::string total = visit.text("timetable.total");
        writer.bold_row({total, {}, {}, statement.periods, {}, statement.amount});
    });
}

Outcome<Days> days_asked(const web::Visit& visit) {
    pages::Reader reader = pages::Reader::of_query(visit);
    const Date today = visit.today();
    const Date first = reader.day("first").value_or(*Date::of(today.year(), 1, 1));
    const Date last = reader.day("last").value_or(*Date::of(first.year(), 12, 31));
    if (last < first)
        reader.refuse("last", "teaching.ends_before_it_begins", {to_text(last), to_text(first)});
    if (reader.refused()) return reader.refusals();
    return Days{first, last};
}

http::Response fees_page(const web::Visit& visit) {
    const teaching::LecturerId id{web::id_of(visit, "id")};
    const auto days = days_asked(visit);
    return visit.database.read([&](db::Read& tx) {
        const Days usual = days ? *days : Days{*Date::of(visit.today().year(), 1, 1), visit.today()};
        const Statement statement = statement_of(tx, visit.actor, id, usual.first, usual.last);
        if (days && visit.request.asked("format") == "xlsx") return fee_workbook(visit, statement);
        Value value = to_value(statement);
        value.set("title", visit.text("timetable.fee_statement"))
            .set("export", pages::here(visit.request, {{"format", "xlsx"}}))
            .set("print_url", pages::here(visit.request, {{"print", "1"}}));
        return days ? visit.page("timetable/fees", std::move(value))
                    : visit.refused("timetable/fees", std::move(value), days.refusals());
    });
}

http::Response fees_json(const web::Visit& visit) {
    const teaching::LecturerId id{web::id_of(visit, "id")};
    const auto days = days_asked(visit);
    if (!days) return visit.json_refused(days.refusals());
    return visit.database.read([&](db::Read& tx) {
        return visit.json(to_value(statement_of(tx, visit.actor, id, days->first, days->last)));
    });
}

}  // namespace

void register_load_pages(web::Routes& routes) {
    routes.get("/timetable/load", see_timetable, load_page);
    routes.get("/lecturers/:id/fees", see_timetable, fees_page);
    routes.get("/api/v1/timetable/load", see_timetable, load_json);
    routes.get("/api/v1/lecturers/:id/fees", see_timetable, fees_json);
}

}  // namespace tiendo::timetable
