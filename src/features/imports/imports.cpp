#include "features/imports/imports.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "features/imports/column_notes.h"
#include "features/imports/imports_presenter.h"
#include "features/imports/problem_groups.h"

namespace tiendo::imports {
namespace {

std::vector<LookOver>& lookers() {
    static std::vector<LookOver> all;
    return all;
}

std::vector<Importer>& offered() {
    static std::vector<Importer> all;
    return all;
}

// The alternatives that a text lists in every language ("Mã lớp | Lớp").
std::vector<std::string> alternatives(const i18n::Texts& texts, const std::string& key) {
    std::vector<std::string> all;
    for (const i18n::Language language : i18n::languages) {
        const std::string listed = texts.text(language, key);
        for (const std::string_view piece : split(listed, '|')) all.push_back(clean(piece));
    }
    return all;
}

void shorten(std::string& text) {
    constexpr std::size_t longest = 300;
    if (text.size() <= longest) return;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(end);
    text += "…";
}

}  // namespace

std::string heading(const i18n::Texts& texts, i18n::Language language, std::string_view kind,
                    const std::string& field) {
    if (field.empty()) return "";
    const std::string listed = texts.text(language, "column." + std::string(kind) + "." + field);
    return clean(split(listed, '|').front());
}

Value to_value(const Rejection& rejection, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language) {
    return Value::object(
        {{"sheet", rejection.sheet},
         {"row", rejection.row},
         {"column", heading(texts, language, kind, rejection.column)},
         {"field", rejection.column},
         {"found", rejection.found},
         {"problem", rejection.problem.message},
         {"message", texts.text(language, rejection.problem.message, rejection.problem.arguments)},
         {"expected",
          texts.text(language, rejection.problem.message + ".expected", rejection.problem.arguments)},
         {"nearest", rejection.nearest}});
}

void Report::reject(Rejection rejection) {
    constexpr std::size_t kept_at_most = 100'000;
    if (rejected_rows_.emplace(rejection.sheet, rejection.row).second) ++rejected;
    if (rejections.size() >= kept_at_most) return;
    // A cell may hold a megabyte; to find it again its beginning is enough.
    shorten(rejection.found);
    for (std::string& argument : rejection.problem.arguments) shorten(argument);
    rejections.push_back(std::move(rejection));
}

Value to_value(const Report& report, std::string_view kind, const i18n::Texts& texts,
               i18n::Language language) {
    const auto text_of = [&](const Refusal& refusal) {
        return Value(texts.text(language, refusal.message, refusal.arguments));
    };
    constexpr std::size_t listed_at_most = 1'000;
    const std::span listed(report.rejections.data(), std::min(report.rejections.size(), listed_at_most));
    return Value::object(
        {{"new", report.added},
         {"changed", report.changed},
         {"unchanged", report.unchanged},
         {"rejected", report.rejected},
         {"rejections",
          list_of(listed,
                  [&](const Rejection& rejection) { return to_value(rejection, kind, texts, language); })},
         {"groups",
          list_of(grouped(report.rejections, 10),
                  [&](const ProblemGroup& group) { return to_value(group, kind, texts, language); })},
         {"notes", list_of(report.notes, text_of)},
         {"refusals", list_of(report.refusals, text_of)}});
}

std::vector<office::Column> columns_of(const Importer& importer, const i18n::Texts& texts) {
    std::vector<office::Column> columns;
    const auto add = [&](const std::string& field, bool required) {
        columns.push_back({field, alternatives(texts, "column." + importer.kind + "." + field), required});
    };
    for (const std::string& field : importer.required) {
        add(field, true);
        if (const auto others = importer.alternatives.find(field); others != importer.alternatives.end())
            columns.back().stood_in_by = others->second;
    }
    for (const std::string& field : importer.optional) add(field, false);
    for (office::Column& column : columns) {
        const auto filled = importer.filled_down.find(column.field);
        column.fill_down = filled != importer.filled_down.end();
        if (column.fill_down) column.filled_while_same = filled->second;
    }
    return columns;
}

std::string term(const i18n::Texts& texts, std::string_view set,
                 std::initializer_list<std::string_view> values, std::string_view written) {
    const std::string wanted = fold(written);
    for (const std::string_view value : values)
        for (const std::string& name :
             alternatives(texts, "term." + std::string(set) + "." + std::string(value)))
            if (fold(name) == wanted) return std::string(value);
    return "";
}

Choices choices(const i18n::Texts& texts, std::string_view set,
                std::initializer_list<std::string_view> values, std::string_view written) {
    Choices choices;
    std::vector<std::string> names;
    for (const std::string_view value : values) {
        const std::string key = "term." + std::string(set) + "." + std::string(value);
        for (std::string& name : alternatives(texts, key)) names.push_back(std::move(name));
        std::string called;
        for (const i18n::Language language : i18n::languages)
            called += (called.empty() ? "" : " / ") + clean(split(texts.text(language, key), '|').front());
        choices.listed += (choices.listed.empty() ? "" : ", ") + called;
    }
    choices.nearest = nearest(written, names);
    return choices;
}

namespace {

// Some problems show only when rows are compared; they are listed where they stand in the file.
void put_in_order(std::vector<Rejection>& rejections) {
    std::map<std::string, std::size_t> sheets;  // by name, in the order in which they first appear
    for (const Rejection& rejection : rejections) sheets.try_emplace(rejection.sheet, sheets.size());
    const auto place = [&](const Rejection& rejection) {
        return std::pair(sheets.at(rejection.sheet), rejection.row);
    };
    std::stable_sort(rejections.begin(), rejections.end(),
                     [&](const Rejection& a, const Rejection& b) { return place(a) < place(b); });
}

}  // namespace

namespace {

Report run_once(db::Database& database, const Importer& importer, Job& job, Keep keep,
                const WithIt& with_it) {
    Report report;
    database.write([&](db::Write& tx) -> Outcome<Done> {
        // What two files say of one person is judged one after the other.
        tx.lock("imports");
        job.document = documents::record(tx, job.actor,
                                         {.id = {},
                                          .kind = "workbook",
                                          .title = job.file_name,
                                          .number = "",
                                          .dated_on = std::nullopt,
                                          .file_digest = job.file_digest,
                                          .file_name = job.file_name,
                                          .file_bytes = job.file_bytes},
                                         job.at);
        const std::int64_t first = next_id();
        report = importer.record(tx, job);
        if (report.added > 0)
            for (const LookOver& look : lookers()) look(tx, job, first, report);
        put_in_order(report.rejections);
        const bool anything_new = report.added + report.changed > 0;
        const bool in_order = !report.month_first || job.date_order == office::DateOrder::month_first;
        const bool takeable = report.acceptable() || (importer.rows_stand_alone &&
                                                      job.options.leave_rejected && report.refusals.empty());
        if (keep == Keep::no || !takeable || !anything_new || !in_order)
            return Refusal{"", "import.not_kept", {}};
        report.document = job.document;
        if (with_it) with_it(tx, report);
        return Done{};
    });
    return report;
}

}  // namespace

Report run(db::Database& database, const Importer& importer, Job job, Keep keep, const WithIt& with_it) {
    Report report = run_once(database, importer, job, keep, with_it);
    if (!report.month_first) return report;
    // Only the whole file shows in which order it writes day and month.
    job.date_order = office::DateOrder::month_first;
    return run_once(database, importer, job, keep, with_it);
}

Outcome<std::shared_ptr<ReadableFile>> readable_file(const std::string& path) {
    const auto opened = office::read_sheets(
        office::file(path), {}, [](const office::SheetInfo&) { return office::Next::stop; },
        [](const office::SheetRow&) { return office::Next::stop; });
    auto readable = std::make_shared<ReadableFile>(ReadableFile{path, nullptr});
    if (opened || opened.refusals().front().message != "office.old_format") return readable;
    auto converted = office::convert_to_xlsx(path, opened.refusals().front().arguments.front());
    if (!converted) return converted.refusals();
    readable->converted = *converted;
    readable->path = readable->converted->path();
    return readable;
}

namespace {

// A total stands below what it counts, or above: the whole table, or the part since the one before.
void check_declared(const Importer& importer, Report& report, const office::FoundTable& table) {
    const auto rows_at = [&](std::size_t total) {
        return total < table.totals.size() ? table.totals[total].rows_before : table.rows;
    };
    for (std::size_t i = 0; i < table.totals.size(); ++i) {
        const office::TotalRow& total = table.totals[i];
        const std::int64_t above = total.rows_before, before = i == 0 ? 0 : rows_at(i - 1);
        if (!total.declared || *total.declared == table.rows || *total.declared == above ||
            *total.declared == above - before || *total.declared == rows_at(i + 1) - above)
            continue;
        const auto& optional = importer.optional;
        const bool numbered = std::find(optional.begin(), optional.end(), "number") != optional.end();
        const std::string field = numbered ? "number" : importer.required.front();
        const std::string counted =
            std::to_string(i + 1 == table.totals.size() ? table.rows : above - before);
        report.reject({table.sheet,
                       total.number,
                       field,
                       total.text,
                       {field, "import.total_disagrees", {counted, std::to_string(*total.declared)}},
                       ""});
    }
}

}  // namespace

namespace {

// Nobody means to be recorded as "NguyÔn": such a row waits until somebody says how the file is read.
bool refuse_old_font(const std::vector<office::Column>& columns, const office::TableRow& row,
                     Report& report) {
    for (const office::Cell& cell : row.cells()) {
        if (cell.kind != office::Cell::Kind::text || cell.from_legacy_font) continue;
        const office::LegacyFont font = office::certain_by_letters(cell.text);
        if (font == office::LegacyFont::none) continue;
        const auto column = std::find_if(columns.begin(), columns.end(),
                                         [&](const office::Column& one) { return &row[one.field] == &cell; });
        if (column == columns.end()) continue;
        const bool vni = font == office::LegacyFont::vni;
        const std::string found = clean(cell.text);
        std::string read = cell.text;
        office::turn_to_unicode(read, font);
        report.reject(
            {std::string(row.sheet),
             row.number,
             column->field,
             found,
             {column->field, "import.old_font", {found, vni ? "VNI" : "TCVN3", vni ? "vni" : "tcvn3"}},
             clean(read)});
        return true;
    }
    return false;
}

}  // namespace

Outcome<office::TableReport> read_rows(const Importer& importer, const Job& job, Report& report,
                                       const std::function<void(const office::TableRow&)>& each_row) {
    office::TableOptions options;
    options.mapping = job.options.mapping;
    options.limits.legacy = job.options.legacy;
    options.ditto = alternatives(job.texts, "import.ditto");
    std::int64_t rows = 0;
    office::LegacyWatch legacy(job.options.legacy);
    const auto columns = columns_of(importer, job.texts);
    const bool as_told = job.options.legacy != office::LegacyText::by_font;
    const auto take = [&](const office::TableRow& row) {
        legacy.see(row);
        if (as_told || !refuse_old_font(columns, row, report)) each_row(row);
        if (++rows % 1'000 == 0 && job.progress) job.progress(rows);
        return office::Next::row;
    };
    auto read = office::read_table(office::file(job.path), columns, options, take);
    if (!read) {
        report.refusals.insert(report.refusals.end(), read.refusals().begin(), read.refusals().end());
        return read;
    }
    if (job.progress) job.progress(rows);
    report.legacy = legacy.finding(office::file(job.path));
    for (const office::FoundTable& table : read->tables)
        if (table.hidden_rows > 0)
            report.notes.push_back(
                {"", "import.hidden_rows", {table.sheet, std::to_string(table.hidden_rows)}});
    for (const office::SkippedSheet& sheet : read->skipped)
        if (sheet.why == office::SkippedSheet::Why::hidden)
            report.notes.push_back({"", "import.hidden_sheet", {sheet.sheet}});
        else if (sheet.why == office::SkippedSheet::Why::column_missing)
            report.notes.push_back({"", "import.sheet_without_column", {sheet.sheet}});
    note_columns(report, importer, job, *read);
    if (importer.total_counts_rows)
        for (const office::FoundTable& table : read->tables) check_declared(importer, report, table);
    if (rows == 0) report.refusals.push_back({"", "import.no_rows", {}});
    return read;
}

std::string place_of(const office::TableRow& row) {
    return row.sheet.empty() ? std::to_string(row.number)
                             : std::string(row.sheet) + "!" + std::to_string(row.number);
}

void check_total(Report& report, const office::FoundTable& table, const office::TotalRow& total,
                 const std::string& field, std::optional<std::int64_t> sum) {
    const auto declared = total.values.find(field);
    if (declared == total.values.end() || !sum) return;
    if (const auto number = read_count(declared->second); number && *number != *sum)
        report.reject({table.sheet,
                       total.number,
                       field,
                       declared->second,
                       {field, "import.total_disagrees", {std::to_string(*sum), declared->second}},
                       ""});
}

std::optional<std::string> text_refusing_errors(Report& report, const office::TableRow& row,
                                                const std::string& field) {
    const office::Cell& cell = row[field];
    std::string text = row.text(field);
    // A .csv keeps an error as its text.
    static const std::set<std::string, std::less<>> errors{"#N/A",   "#REF!",  "#VALUE!", "#DIV/0!",
                                                           "#NAME?", "#NULL!", "#NUM!"};
    if (cell.kind != office::Cell::Kind::error && !errors.contains(text)) return text;
    report.reject({std::string(row.sheet),
                   row.number,
                   field,
                   cell.text,
                   {field, "import.cell_error", {cell.text}},
                   ""});
    return std::nullopt;
}

void look_over(LookOver look) { lookers().push_back(std::move(look)); }
void offer(Importer importer) { offered().push_back(std::move(importer)); }
const std::vector<Importer>& importers() { return offered(); }

}  // namespace tiendo::imports
