#include "features/imports/workbooks.h"

#include <algorithm>

#include "base/text.h"
#include "features/imports/imports_presenter.h"
#include "features/imports/upload.h"
#include "platform/pages/workbook.h"

namespace tiendo::imports {
namespace {

using Reasons = std::map<std::pair<std::string, int>, std::string>;  // by sheet and row

Reasons reasons_of(const web::Visit& visit, const Import& import) {
    Reasons reasons;
    visit.database.read([&](db::Read& tx) {
        each_rejection(tx, import.id, [&](const Rejection& rejection) {
            const Value value = to_value(rejection, import.kind, visit.site.texts, visit.language);
            std::string& reason = reasons[{rejection.sheet, rejection.row}];
            reason +=
                reason.empty() ? visit.text("imports.row", {std::to_string(rejection.row)}) + ": " : "; ";
            const auto text = [&](const char* member) { return *value[member].text(); };
            if (!text("column").empty()) reason += text("column") + ": ";
            reason += text("message");
            if (!text("expected").empty()) reason += " " + visit.text("imports.expected", {text("expected")});
            if (!text("nearest").empty())
                reason += " " + visit.text("imports.nearest") + " " + text("nearest");
        });
    });
    return reasons;
}

// A column keeps the header it had, unless only a person's choice, or the row of headings above, told what
// it means: "Giới tính" over "Nữ" is not "Giới tính Nữ".
office::ListLayout layout_of(const web::Visit& visit, const Import& import, const office::FoundTable& table) {
    const bool by_hand = !import.options.mapping.columns.empty();
    office::ListLayout layout;
    layout.sheet = table.sheet;
    for (const office::FoundColumn& column : table.columns) {
        const auto place = static_cast<std::size_t>(column.column);
        if (layout.columns.size() <= place) layout.columns.resize(place + 1);
        const bool renamed = (by_hand || column.is_joined) && !column.field.empty();
        layout.columns[place].title =
            renamed ? heading(visit.site.texts, visit.language, import.kind, column.field) : column.header;
    }
    layout.columns.push_back({visit.text("imports.reason"), office::ListColumn::Kind::text, 80});
    return layout;
}

std::string text_of(const office::Cell& cell, i18n::Language language) {
    if (cell.covered == office::Cell::Covered::from_left) return "";
    const bool day = cell.kind == office::Cell::Kind::date && cell.date && cell.precision == Precision::day &&
                     !cell.minute_of_day;
    return day && language == i18n::Language::vi ? i18n::date(language, *cell.date) : cell.text;
}

void write_row(office::ListWriter& writer, std::size_t columns, const std::vector<std::string>& texts,
               const std::string& reason) {
    std::vector<office::ListCell> cells(columns);
    for (std::size_t i = 0; i + 1 < columns && i < texts.size(); ++i)
        if (!texts[i].empty()) cells[i] = std::string_view(texts[i]);
    cells.back() = std::string_view(reason);
    writer.row(cells);
}

class Sorter {
 public:
    Sorter(const web::Visit& visit, const Import& import, const office::TableReport& found,
           office::ListWriter& writer)
        : visit_(visit),
          import_(import),
          found_(found),
          writer_(writer),
          reasons_(reasons_of(visit, import)) {}

    void take(const office::TableRow& row) {
        begin(std::string(row.sheet));
        const auto reason = reasons_.find({std::string(row.sheet), row.number});
        if (reason == reasons_.end()) return;
        std::vector<std::string> texts;
        for (const office::Cell& cell : row.cells()) texts.push_back(text_of(cell, visit_.language));
        write_row(writer_, columns_, texts, reason->second);
        reasons_.erase(reason);
    }
    // What is no row of the table, such as a row of totals, is named by its reason alone.
    void finish() {
        for (const auto& [place, reason] : reasons_) {
            begin(place.first);
            write_row(writer_, columns_, {}, reason);
        }
    }

 private:
    void begin(const std::string& sheet) {
        if (sheet_ == sheet) return;
        const auto table = std::find_if(found_.tables.begin(), found_.tables.end(),
                                        [&](const auto& one) { return one.sheet == sheet; });
        if (table == found_.tables.end()) return;
        const office::ListLayout layout = layout_of(visit_, import_, *table);
        if (sheet_) writer_.sheet(layout);
        sheet_ = sheet;
        columns_ = layout.columns.size();
    }

    const web::Visit& visit_;
    const Import& import_;
    const office::TableReport& found_;
    office::ListWriter& writer_;
    Reasons reasons_;
    std::optional<std::string> sheet_;
    std::size_t columns_ = 1;
};

// "danh sách.xlsx" without its ending.
std::string stem_of(const std::string& file_name) {
    const std::size_t dot = file_name.rfind('.');
    return dot == std::string::npos || dot == 0 ? file_name : file_name.substr(0, dot);
}

}  // namespace

http::Response list_workbook(const web::Visit& visit) {
    constexpr int at_once = 1'000;
    const std::string title = visit.text("imports.list");
    const office::ListLayout layout{
        .sheet = title,
        .titles = {title},
        .columns = {{visit.text("imports.file"), {}, 40},
                    {visit.text("imports.kind"), {}, 24},
                    {visit.text("imports.state"), {}, 20},
                    {visit.text("imports.rows"), office::ListColumn::Kind::quantity},
                    {visit.text("imports.uploaded"), {}, 18},
                    {visit.text("audit.actor"), {}, 28}}};
    return visit.database.read([&](db::Read& tx) {
        return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
            for (std::int64_t after = 0;;) {
                const auto some = imports(tx, visit.actor, after, at_once);
                for (const Import& import : some)
                    writer.row(
                        {import.file_name, visit.text("imports.kind." + import.kind),
                         visit.text("imports.state." + std::string(to_text(import.state))), import.rows_read,
                         i18n::moment(visit.language, import.uploaded_at, visit.offset), import.uploaded_by});
                if (some.size() < static_cast<std::size_t>(at_once)) break;
                after = some.back().id.value;
            }
        });
    });
}

http::Response rejected_workbook(const web::Visit& visit, const Desk& desk, const Import& import,
                                 const Importer& importer) {
    const std::string path = desk.store.path_of(import.file_digest);
    const auto found = look(importer, visit.site.texts, path, import.options.mapping, import.options.legacy);
    if (!found || found->tables.empty()) throw web::NotFound{};
    const std::string name =
        stem_of(import.file_name) + " - " + visit.text("imports.rejected_file") + ".xlsx";
    return pages::workbook(
        layout_of(visit, import, found->tables.front()), name, [&](office::ListWriter& writer) {
            Sorter sorter(visit, import, *found, writer);
            Job job{.actor = visit.actor, .texts = visit.site.texts, .path = path};
            job.options = import.options;
            Report unread;
            read_rows(importer, job, unread, [&](const office::TableRow& row) { sorter.take(row); });
            sorter.finish();
        });
}

http::Response empty_workbook(const web::Visit& visit, const Importer& importer) {
    office::ListLayout layout;
    layout.sheet = visit.text("imports.kind." + importer.kind);
    const auto add = [&](const std::string& field, std::string_view mark) {
        layout.columns.push_back(
            {heading(visit.site.texts, visit.language, importer.kind, field) + std::string(mark)});
    };
    // People read from the left: what must be filled in stands before what may be.
    for (const std::string& field : importer.required) add(field, " *");
    for (const std::string& field : importer.optional) add(field, "");
    return pages::workbook(layout, slug(layout.sheet) + ".xlsx", [](office::ListWriter&) {});
}

http::Response received_file(const Desk& desk, const Import& import) {
    const std::string path = desk.store.path_of(import.file_digest);
    return http::download(http::FileBody{path, static_cast<std::uint64_t>(import.file_bytes), nullptr},
                          import.file_name, "application/octet-stream");
}

}  // namespace tiendo::imports
