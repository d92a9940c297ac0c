// GET /certificates: what was issued, found by what people know of it; and those running out.
#include "features/certificates/certificates_pages.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/workbook.h"

namespace tiendo::certificates {
namespace {

using Column = office::ListColumn;
constexpr int rows_of_a_page = 100;
constexpr std::array<std::string_view, 5> states{"valid", "expired", "replaced", "revoked", "requested"};
constexpr std::int64_t furthest_months = 60;

struct Asked {
    Filter filter;
    std::optional<std::int64_t> months;
};

Asked asked_of(const web::Visit& visit) {
    pages::Reader query = pages::Reader::of_query(visit);
    Asked asked;
    asked.filter.today = visit.today();
    asked.filter.series = query.text("series");
    asked.filter.cohort = query.text("cohort");
    asked.filter.words = query.text("q");
    asked.filter.year = query.year("year");
    asked.filter.state =
        query.choice("state", {"valid", "expired", "replaced", "revoked", "requested"}).value_or("");
    asked.months = query.count("expiring");
    if (asked.months) {
        asked.months = std::min(*asked.months, furthest_months);
        asked.filter.expires_by = after_months(visit.today(), *asked.months);
    }
    return asked;
}

std::optional<Place> place_of(const pages::Place& begun) {
    if (begun.at_beginning()) return std::nullopt;
    return Place{begun.number(0), begun.key.at(1), begun.number(2)};
}

Value list_value(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    const pages::Place begun = pages::place_of(visit.request, 3);
    const auto rows = lines(tx, visit.actor, asked.filter, place_of(begun), rows_of_a_page);
    const std::int64_t total = count_of_lines(tx, visit.actor, asked.filter);
    std::vector<std::string> last;
    if (!rows.empty())
        last = {std::to_string(rows.back().book_year), rows.back().series,
                std::to_string(rows.back().register_number)};
    return Value::object(
        {{"count", total},
         {"certificates", list_of(rows, [&](const Line& line) { return to_value(line, visit.today()); })},
         {"paging", pages::paging(visit.request, begun, std::ssize(rows), total, last)}});
}

office::ListLayout layout_of(const web::Visit& visit) {
    const auto text = [&](const char* key) { return visit.text(key); };
    return {.sheet = text("certificate.list"),
            .titles = {text("certificate.list")},
            .columns = {{text("certificate.register_text"), {}, 18},
                        {text("certificate.serial"), {}, 16},
                        {text("certificate.code"), {}, 20},
                        {text("certificate.full_name"), {}, 28},
                        {text("certificate.birth"), {}, 12},
                        {text("certificate.unit_name"), {}, 36},
                        {text("certificate.programme_name"), {}, 40},
                        {text("certificate.cohort_code"), {}, 16},
                        {text("certificate.band"), {}, 14},
                        {text("certificate.issued_on"), Column::Kind::date},
                        {text("certificate.valid_until"), Column::Kind::date},
                        {text("certificate.state"), {}, 14},
                        {text("certificate.handed_over_on"), Column::Kind::date}}};
}

http::Response workbook(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    constexpr int together = 2'000;
    const auto day = [](const std::optional<Date>& date) {
        return date ? office::ListCell(*date) : office::ListCell("");
    };
    return pages::workbook(
        layout_of(visit), visit.text("certificate.list") + ".xlsx", [&](office::ListWriter& writer) {
            std::optional<Place> after;
            for (bool more = true; more;) {
                const auto rows = lines(tx, visit.actor, asked.filter, after, together);
                more = std::ssize(rows) == together;
                for (const Line& one : rows) {
                    after = Place{one.book_year, one.series, one.register_number};
                    const std::string birth = i18n::date(visit.language, one.birth);
                    const std::string state =
                        visit.text("certificate.state." + std::string(state_on(one, visit.today())));
                    writer.row({one.register_text, one.serial, one.code, one.full_name, birth, one.unit_name,
                                one.programme_name, one.cohort_code, one.band, day(one.issued_on),
                                day(one.valid_until), state, day(one.handed_over_on)});
                }
            }
        });
}

Value page_value(const web::Visit& visit, db::Read& tx, const Asked& asked) {
    Value value = list_value(visit, tx, asked);
    return std::move(value)
        .set("title", visit.text("certificate.list"))
        .set("q", asked.filter.words)
        .set("year", asked.filter.year)
        .set("cohort_code", asked.filter.cohort)
        .set("expiring", asked.months)
        .set("filtered", !visit.request.query.empty())
        .set("series_list", series_choices(tx, asked.filter.series))
        .set("states", choices(states, asked.filter.state))
        .set("can_see_series",
             organisations::may(tx, visit.actor, see_certificates, organisations::centre(tx).id))
        .set("books", list_of(books(tx, visit.actor),
                              [](const Book& book) {
                                  return Value::object(
                                      {{"series", book.series},
                                       {"mark", book.mark},
                                       {"year", book.year},
                                       {"url", pages::address("/certificates/book",
                                                              {{"series", book.series},
                                                               {"year", std::to_string(book.year)}})}});
                              }))
        .set("export", pages::here(visit.request, {{"format", "xlsx"}, {"after", ""}}))
        .set("print_url", pages::here(visit.request, {{"print", "1"}}));
}

http::Response list_page(const web::Visit& visit) {
    const Asked asked = asked_of(visit);
    return visit.database.read([&](db::Read& tx) {
        if (visit.request.asked("format") == "xlsx") return workbook(visit, tx, asked);
        return visit.page("certificates/certificates", page_value(visit, tx, asked));
    });
}

http::Response list_json(const web::Visit& visit) {
    const Asked asked = asked_of(visit);
    return visit.database.read([&](db::Read& tx) { return visit.json(list_value(visit, tx, asked)); });
}

// --- the book, as it is printed and bound -------------------------------------------------------

struct WholeBook {
    Series series;
    std::vector<Line> lines;
};
WholeBook require_book(const web::Visit& visit, db::Read& tx) {
    pages::Reader query = pages::Reader::of_query(visit);
    const auto series = find_series(tx, query.text("series"));
    const auto year = query.year("year");
    if (!series || !year) throw web::NotFound{};
    constexpr int most = 1'000'000;
    WholeBook book{*series,
                   lines(tx, visit.actor, {.series = series->code, .year = year, .today = visit.today()},
                         std::nullopt, most)};
    if (book.lines.empty()) throw web::NotFound{};
    return book;
}

http::Response book_workbook(const web::Visit& visit, const WholeBook& book) {
    const auto text = [&](const char* key) { return visit.text(key); };
    const std::string year = std::to_string(book.lines.front().book_year);
    const office::ListLayout layout{
        .sheet = book.series.mark + " " + year,
        .titles = {visit.text("certificate.book", {book.series.mark, year}), book.series.name},
        .columns = {{text("certificate.register_text"), {}, 18},
                    {text("certificate.serial"), {}, 16},
                    {text("certificate.full_name"), {}, 28},
                    {text("certificate.birth"), {}, 12},
                    {text("certificate.unit_name"), {}, 36},
                    {text("certificate.programme_name"), {}, 40},
                    {text("certificate.cohort_code"), {}, 16},
                    {text("certificate.band"), {}, 14},
                    {text("certificate.decision"), {}, 22},
                    {text("certificate.issued_on"), Column::Kind::date},
                    {text("certificate.note"), {}, 20},
                    {text("certificate.received_by"), {}, 24}}};
    return pages::workbook(
        layout, visit.text("certificate.book", {book.series.mark, year}) + ".xlsx",
        [&](office::ListWriter& writer) {
            for (const Line& one : book.lines) {
                const std::string birth = i18n::date(visit.language, one.birth);
                const std::string_view state = state_on(one, visit.today());
                const std::string note = state == "revoked" || state == "replaced"
                                             ? visit.text("certificate.state." + std::string(state))
                                             : "";
                const std::string received =
                    one.handed_over_on
                        ? i18n::date(visit.language, *one.handed_over_on) + " " + one.received_by
                        : "";
                writer.row({one.register_text, one.serial, one.full_name, birth, one.unit_name,
                            one.programme_name, one.cohort_code, one.band, one.decision_number, one.issued_on,
                            note, received});
            }
        });
}

http::Response book_page(const web::Visit& visit) {
    return visit.database.read([&](db::Read& tx) {
        const WholeBook book = require_book(visit, tx);
        if (visit.request.asked("format") == "xlsx") return book_workbook(visit, book);
        const std::string year = std::to_string(book.lines.front().book_year);
        Value rows = list_of(book.lines, [&](const Line& line) {
            const std::string_view state = state_on(line, visit.today());
            return to_value(line, visit.today()).set("fallen", state == "revoked" || state == "replaced");
        });
        return visit.page("certificates/book",
                          Value::object({{"title", visit.text("certificate.book", {book.series.mark, year})},
                                         {"series_name", book.series.name},
                                         {"count", book.lines.size()},
                                         {"certificates", std::move(rows)},
                                         {"export", pages::here(visit.request, {{"format", "xlsx"}})},
                                         {"print_url", pages::here(visit.request, {{"print", "1"}})}}));
    });
}

}  // namespace

Value series_choices(db::Read& tx, std::string_view current) {
    return list_of(all_series(tx), [&](const Series& series) {
        return Value::object({{"code", series.code},
                              {"mark", series.mark},
                              {"name", series.name},
                              {"current", series.code == current}});
    });
}

void register_books(web::Routes& routes) {
    routes.get("/certificates", see_certificates, list_page);
    routes.get("/certificates/book", see_certificates, book_page);
    routes.get("/api/v1/certificates", see_certificates, list_json);
}

}  // namespace tiendo::certificates
