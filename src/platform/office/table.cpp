#include "platform/office/table.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/text.h"
#include "platform/office/table_fill.h"
#include "platform/office/table_header.h"
#include "platform/office/table_rows.h"

namespace tiendo::office {
namespace {

constexpr std::size_t most_samples = 3, most_totals = 100;
constexpr std::int64_t sampled_rows = 50;
constexpr std::size_t longest_sample = 200;

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) {
        if (result.size() > 500) return result + ", …";
        result += (result.empty() ? "" : ", ") + text;
    }
    return result;
}

std::string expected(const Column& column) {
    return column.headers.empty() ? column.field : column.headers.front();
}

std::vector<std::string> header_texts(const std::vector<FoundColumn>& columns) {
    std::vector<std::string> texts;
    for (const FoundColumn& column : columns) texts.push_back(column.header);
    return texts;
}

}  // namespace

const Cell& TableRow::operator[](std::string_view field) const {
    static const Cell none;
    const auto place = columns_->find(field);
    if (place == columns_->end() || static_cast<std::size_t>(place->second) >= cells_->size()) return none;
    const Cell& cell = (*cells_)[static_cast<std::size_t>(place->second)];
    return cell.covered == Cell::Covered::from_left ? none : cell;
}

std::string TableRow::text(std::string_view field) const { return clean((*this)[field].text); }

std::string TableRow::where(std::string_view field) const {
    const auto place = columns_->find(field);
    return place == columns_->end() ? std::string() : cell_name(place->second, number);
}

std::span<const Cell> TableRow::cells() const { return *cells_; }

// Reads the sheets of one workbook, one after the other: keeps the first rows of each until
// the header is clear, then hands over row after row.
class TableReader {
 public:
    enum class Purpose { read, look };
    TableReader(std::span<const Column> columns, const TableOptions& options, Purpose purpose,
                const std::function<Next(const TableRow&)>& each_row)
        : columns_(columns),
          options_(options),
          purpose_(purpose),
          each_row_(each_row),
          wanted_(columns),
          fill_down_(columns, options.ditto) {
        within_ = std::max(options.header_within, options.mapping.header_row);
    }

    Next begin(const SheetInfo& info) {
        end();
        if (stopped_) return Next::stop;
        names_.push_back(info.name);
        if (!options_.sheet.empty() && clean(options_.sheet) != clean(info.name)) {
            report_.skipped.push_back({info.name, SkippedSheet::Why::other_sheet});
            return Next::sheet;
        }
        if (info.hidden && options_.sheet.empty()) {
            report_.skipped.push_back({info.name, SkippedSheet::Why::hidden});
            return Next::sheet;
        }
        open_ = true;
        table_ = FoundTable{};
        table_.sheet = info.name;
        table_.sheet_number = info.number;
        return Next::row;
    }

    Next take(const SheetRow& row) {
        if (judge_) return take_below(row);
        waiting_.push_back(row);
        // Two more rows than are searched: the last may be the first of a header of three.
        if (static_cast<int>(waiting_.size()) < within_ + 2 && row.number < last_searched()) return Next::row;
        return settle();
    }

    // The sheet is read, or given up.
    void end() {
        if (!open_) return;
        if (!judge_) settle();
        if (!open_) return;  // no header, or the receiver had enough while settling
        open_ = false;
        if (judge_) report_.tables.push_back(std::move(table_));
        report_.rows += table_.rows;
        judge_.reset();
        waiting_.clear();
        fill_down_.begin_sheet();
        section_.clear();
    }

    Outcome<TableReport> answer(Format format) {
        report_.format = format;
        const bool looked_for_sheet =
            !options_.sheet.empty() &&
            std::find_if(names_.begin(), names_.end(), [&](const std::string& name) {
                return clean(name) == clean(options_.sheet);
            }) == names_.end();
        if (looked_for_sheet) return Refusal{"", "office.no_such_sheet", {options_.sheet, joined(names_)}};
        if (purpose_ == Purpose::look || !report_.tables.empty()) return std::move(report_);
        return why_no_table();
    }

 private:
    int last_searched() const {
        return options_.mapping.header_row > 0 ? options_.mapping.header_row + 3 : 1 << 30;
    }

    // Decides on the header from the rows waiting, and hands over those below it.
    Next settle() {
        const std::span<const SheetRow> searched(
            waiting_.data(), std::min(waiting_.size(), static_cast<std::size_t>(within_) + 2));
        bool has_header = options_.mapping.header_row != Mapping::no_header;
        FoundHeader header =
            has_header ? find_header(searched, wanted_, options_.mapping.header_row) : no_header(searched);
        const bool to_be_found = options_.mapping.header_row == 0 && purpose_ == Purpose::look;
        if (to_be_found && header.fields == 0 && header.columns.size() < 2)
            if (FoundHeader none = no_header(searched); none.columns.size() > 1) {
                has_header = false;
                header = std::move(none);
            }
        by_field_ = columns_by_field(header, options_.mapping);
        table_.columns = header.columns;
        for (FoundColumn& column : table_.columns) {
            column.field.clear();
            for (const auto& [field, place] : by_field_)
                if (place == column.column) column.field = field;
        }
        for (const Column& column : columns_)
            if (lacks(column, [&](const std::string& field) { return by_field_.contains(field); }))
                table_.missing.push_back(column.field);
        const bool chosen = options_.mapping.header_row != 0 && !by_field_.empty();
        const bool words_enough =
            header.fields >= std::min<int>(2, static_cast<int>(columns_.size())) && header.fields > 0;
        if (has_header && !header.columns.empty()) table_.header_row = searched[header.last].number;
        if (has_header && chosen) table_.header_row = options_.mapping.header_row;
        const bool found = (words_enough || chosen) && table_.missing.empty();
        if (!found && (!nearest_ || nearest_->missing.size() > table_.missing.size()))
            nearest_ = table_, nearest_is_header_ = words_enough;
        if (!found && purpose_ == Purpose::read) {
            report_.skipped.push_back({table_.sheet, words_enough ? SkippedSheet::Why::column_missing
                                                                  : SkippedSheet::Why::no_header});
            open_ = false;
            waiting_.clear();
            return Next::sheet;
        }
        judge_.emplace(header, columns_, by_field_);
        std::vector<SheetRow> rows = std::move(waiting_);
        waiting_.clear();
        for (const SheetRow& row : rows) {
            if (row.number <= table_.header_row) continue;
            if (const Next next = take_below(row); next != Next::row) return next;
        }
        return Next::row;
    }

    Next take_below(const SheetRow& row) {
        if (table_.end_row != 0) {
            ++table_.rows_after_end;
            return Next::row;
        }
        switch (judge_->judge(row)) {
            case RowJudge::Kind::blank:
            case RowJudge::Kind::column_numbers:
            case RowJudge::Kind::repeated_header: return Next::row;
            case RowJudge::Kind::section:
                section_ = judge_->words();
                fill_down_.begin_section();
                return Next::row;
            case RowJudge::Kind::total: add_total(row); return Next::row;
            case RowJudge::Kind::end:
                table_.end_row = row.number;
                table_.rows_after_end = 1;
                return Next::row;
            case RowJudge::Kind::body: break;
        }
        ++table_.rows;
        if (row.hidden) ++table_.hidden_rows;
        count_values(row);
        if (table_.rows <= sampled_rows) add_samples(row);
        if (purpose_ == Purpose::look) return table_.rows < sampled_rows ? Next::row : Next::sheet;
        TableRow handed = view_of(row);
        const bool fills = fill_down_.is_asked_for();
        const std::vector<Cell> filled =
            fills ? fill_down_.filled(row, by_field_, table_) : std::vector<Cell>{};
        if (fills) handed.cells_ = &filled;
        const Next next = each_row_(handed);
        stopped_ = next == Next::stop;
        if (next != Next::row) end();
        return next;
    }

    TableRow view_of(const SheetRow& row) const {
        TableRow view;
        view.sheet = table_.sheet;
        view.number = row.number;
        view.hidden = row.hidden;
        view.section = section_;
        view.cells_ = &row.cells;
        view.columns_ = &by_field_;
        return view;
    }

    // A value below no heading is in a column all the same, and somebody should hear of it.
    void count_values(const SheetRow& row) {
        auto column = table_.columns.begin();
        for (std::size_t i = 0; i < std::min(row.cells.size(), most_columns); ++i) {
            if (!holds(row.cells, i)) continue;
            const int place = static_cast<int>(i);
            column = std::find_if(column, table_.columns.end(),
                                  [&](const FoundColumn& one) { return one.column >= place; });
            if (column == table_.columns.end() || column->column != place)
                column = table_.columns.insert(column, {place, "", "", {}});
            ++column->values;
        }
    }

    void add_total(const SheetRow& row) {
        if (table_.totals.size() >= most_totals) return;
        TotalRow total;
        total.number = row.number;
        total.text = judge_->words();
        total.declared = count_within(total.text);
        total.rows_before = table_.rows;
        const TableRow view = view_of(row);
        for (const auto& [field, column] : by_field_)
            if (std::string text = view.text(field); !text.empty() && text != total.text)
                total.values[field] = std::move(text);
        table_.totals.push_back(std::move(total));
    }

    void add_samples(const SheetRow& row) {
        for (FoundColumn& column : table_.columns) {
            const auto index = static_cast<std::size_t>(column.column);
            if (column.samples.size() >= most_samples || index >= row.cells.size() ||
                row.cells[index].empty())
                continue;
            std::string sample = clean(row.cells[index].text.substr(0, longest_sample));
            if (std::find(column.samples.begin(), column.samples.end(), sample) == column.samples.end())
                column.samples.push_back(std::move(sample));
        }
    }

    Refusals why_no_table() const {
        std::vector<std::string> required;
        for (const Column& column : columns_)
            if (column.required) required.push_back(expected(column));
        if (!nearest_ || !nearest_is_header_) {
            const std::string row =
                nearest_ && nearest_->header_row != 0 ? std::to_string(nearest_->header_row) : "";
            return {{"",
                     "office.no_header",
                     {joined(required), row, nearest_ ? joined(header_texts(nearest_->columns)) : ""}}};
        }
        const std::vector<std::string> found = header_texts(nearest_->columns);
        Refusals refusals;
        for (const Column& column : columns_) {
            if (std::find(nearest_->missing.begin(), nearest_->missing.end(), column.field) ==
                nearest_->missing.end())
                continue;
            refusals.push_back({column.field,
                                "office.column_missing",
                                {expected(column), joined(found), nearest(expected(column), found),
                                 nearest_->sheet, std::to_string(nearest_->header_row)}});
        }
        return refusals;
    }

    std::span<const Column> columns_;
    const TableOptions& options_;
    Purpose purpose_;
    const std::function<Next(const TableRow&)>& each_row_;
    Wanted wanted_;
    int within_ = 0;
    TableReport report_;
    std::vector<std::string> names_;
    std::optional<FoundTable> nearest_;  // of the sheets without a table
    bool nearest_is_header_ = false;
    bool open_ = false, stopped_ = false;
    FoundTable table_;
    std::vector<SheetRow> waiting_;
    std::map<std::string, int, std::less<>> by_field_;
    std::optional<RowJudge> judge_;
    std::string section_;
    std::map<std::string, std::string>
        last_beside_;  // of the fields beside them, in the row of the last value
    FillDown fill_down_;
};

namespace {

Outcome<TableReport> go_through(const Source& source, std::span<const Column> columns,
                                const TableOptions& options, TableReader::Purpose purpose,
                                const std::function<Next(const TableRow&)>& each_row) {
    TableReader reader(columns, options, purpose, each_row);
    const auto opened = read_sheets(
        source, options.limits, [&](const SheetInfo& info) { return reader.begin(info); },
        [&](const SheetRow& row) { return reader.take(row); });
    if (opened.refused()) return opened.refusals();
    reader.end();
    return reader.answer(opened->format);
}

}  // namespace

Outcome<TableReport> read_table(const Source& source, std::span<const Column> columns,
                                const TableOptions& options,
                                const std::function<Next(const TableRow&)>& each_row) {
    return go_through(source, columns, options, TableReader::Purpose::read, each_row);
}

Outcome<TableReport> look_at_tables(const Source& source, std::span<const Column> columns,
                                    const TableOptions& options) {
    return go_through(source, columns, options, TableReader::Purpose::look, {});
}

}  // namespace tiendo::office
