// OpenDocument spreadsheets: all sheets are one part, content.xml.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/number_text.h"
#include "platform/office/legacy_font.h"
#include "platform/office/number_format.h"
#include "platform/office/xml.h"

namespace tiendo::office {
namespace {

constexpr int last_row = 16'777'216;
constexpr std::size_t most_styles = 10'000;
constexpr int far_column = 1'000'000;  // beyond any limit; where columns stop being counted

class ManifestHandler : public XmlHandler {
 public:
    void open(std::string_view name, const Attributes&) override {
        if (name == "encryption-data") encrypted = enough = true;
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}
    bool encrypted = false;
};

// "PT08H06M00S" in minutes; none when it is a day or more, or no duration.
std::optional<int> minutes_of_duration(std::string_view text) {
    if (!text.starts_with("PT")) return std::nullopt;
    int minutes = 0;
    for (std::size_t at = 2; at < text.size();) {
        int value = 0;
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
        if (error != std::errc{} || value < 0 || value > 100'000) return std::nullopt;
        at = static_cast<std::size_t>(end - text.data());
        if (at >= text.size()) return std::nullopt;
        if (text[at] == 'H')
            minutes += value * 60;
        else if (text[at] == 'M')
            minutes += value;
        else
            break;  // seconds, with their fraction
        ++at;
    }
    return minutes < 24 * 60 ? std::optional(minutes) : std::nullopt;
}

// What a cell is, from its attributes and, at its end, its paragraphs.
struct OdsCell {
    std::string type, value, string_value, formula, shown;
    bool has_string_value = false, has_formula = false, is_error = false;
    LegacyFont font = LegacyFont::none;

    bool nothing() const { return type.empty() && shown.empty() && !has_formula; }
    bool make(Cell& cell, LegacyText legacy) const;  // false when it is empty
};

bool OdsCell::make(Cell& cell, LegacyText legacy) const {
    const std::string& text = has_string_value ? string_value : shown;
    cell = Cell{};
    cell.from_formula = has_formula;
    if (is_error) {
        cell.kind = Cell::Kind::error;
        cell.text = shown.empty() ? "#?" : shown;
    } else if ((type == "float" || type == "currency" || type == "percentage") &&
               set_number(cell, value, {}, Epoch::from_1900)) {
        // Zeros in front are of the format, which the shown text tells without looking it up.
        const bool digits =
            !shown.empty() && shown[0] == '0' && shown.find_first_not_of("0123456789") == std::string::npos;
        if (digits && cell.integer && read_count(shown) == cell.integer) cell.text = shown;
    } else if (const auto date = type == "date" ? read_date(value) : std::nullopt;
               date && date->precision == Precision::day) {
        const auto seen = read_date(shown);
        const bool coarser =
            seen && seen->precision != Precision::day && seen->date.year() == date->date.year();
        set_date(cell, date->date, coarser ? seen->precision : Precision::day, date->minute_of_day);
    } else if (const auto minutes = type == "time" ? minutes_of_duration(value) : std::nullopt; minutes) {
        set_time(cell, *minutes);
    } else if (type == "boolean") {
        cell.kind = Cell::Kind::boolean;
        cell.text = value == "true" ? "true" : "false";
    } else if (!text.empty()) {
        cell.kind = Cell::Kind::text;
        cell.text = text;
        cell.from_legacy_font = read_legacy(cell.text, font, legacy);
    } else if (has_formula && type.empty()) {
        cell.kind = Cell::Kind::error;
        cell.text = formula.empty() ? "=" : formula;
    } else {
        return false;
    }
    return true;
}

class ContentHandler : public XmlHandler {
 public:
    explicit ContentHandler(Delivery& delivery) : delivery_(delivery) {}

    void open(std::string_view name, const Attributes& attributes) override {
        ++depth_;
        if (skipped_from_ != 0) return;
        if (in_paragraph_) {
            open_in_paragraph(name, attributes);
        } else if (in_cell_) {
            // Comments, drawings and tables within cells have paragraphs too, further down.
            if (name == "p" && depth_ == cell_depth_ + 1)
                begin_paragraph();
            else
                skip();
        } else if (!in_table_) {
            open_outside(name, attributes);
        } else if (name == "table-cell" || name == "covered-table-cell") {
            begin_cell(attributes);
        } else if (name == "table-row") {
            begin_row(attributes);
        } else if (name == "table-column") {
            add_columns(attributes);
        } else if (name == "shapes" || name == "table" || name == "forms" || name == "scenario") {
            skip();
        }
    }

    void close(std::string_view name) override {
        if (skipped_from_ == depth_)
            skipped_from_ = 0;
        else if (skipped_from_ == 0)
            close_seen(name);
        --depth_;
    }

    void text(std::string_view piece) override {
        if (skipped_from_ != 0 || !in_paragraph_) return;
        cell_.shown += piece;
        delivery_.check_length(cell_.shown.size(), std::min(column_, far_column), static_cast<int>(row_));
    }

    int sheets = 0;

 private:
    void skip() { skipped_from_ = depth_; }

    void open_outside(std::string_view name, const Attributes& attributes) {
        if (name == "table") {
            begin_table(attributes);
        } else if (name == "style") {
            style_ = attributes.get("name").substr(0, 200);
            styles_font_ = attributes.get("family") == "table-cell";
        } else if (name == "table-properties") {
            if (attributes.get("display") == "false" && hidden_styles_.size() < most_styles)
                hidden_styles_.insert(style_);
        } else if (name == "text-properties" && styles_font_) {
            auto font = legacy_font(attributes.get("font-name"));
            if (font == LegacyFont::none) font = legacy_font(attributes.get("font-family"));
            if (font != LegacyFont::none && legacy_styles_.size() < most_styles)
                legacy_styles_[style_] = font;
        } else if (name == "tracked-changes" || name == "dde-links" || name == "content-validations") {
            skip();
        }
    }

    void begin_table(const Attributes& attributes) {
        const std::string style(attributes.get("style-name"));
        // What LibreOffice remembers of other workbooks that formulas refer to.
        if (style == "ta_extref") return skip();
        SheetInfo info{++sheets, std::string(attributes.get("name").substr(0, 1000)),
                       hidden_styles_.contains(style)};
        const Next wanted = delivery_.begin_sheet(std::move(info));
        if (wanted == Next::stop) enough = true;
        if (wanted != Next::row) return skip();
        in_table_ = true;
        table_depth_ = depth_;
        row_ = 1;
        column_fonts_.clear();
    }

    LegacyFont font_of_style(std::string_view style) const {
        const auto found = legacy_styles_.find(style);
        return found == legacy_styles_.end() ? LegacyFont::none : found->second;
    }

    void add_columns(const Attributes& attributes) {
        const LegacyFont font = font_of_style(attributes.get("default-cell-style-name"));
        const auto repeated = static_cast<std::size_t>(
            std::clamp(attributes.number("number-columns-repeated", 1), 1, delivery_.limits().columns));
        column_fonts_.resize(
            std::min(column_fonts_.size() + repeated, static_cast<std::size_t>(delivery_.limits().columns)),
            font);
    }

    void begin_row(const Attributes& attributes) {
        column_ = 0;
        row_repeated_ = std::clamp(attributes.number("number-rows-repeated", 1), 1, last_row);
        const std::string_view visibility = attributes.get("visibility");
        row_hidden_ = visibility == "collapse" || visibility == "filter";
        row_font_ = font_of_style(attributes.get("default-cell-style-name"));
    }

    void end_row() {
        if (delivery_.row_has_cells() && row_ + row_repeated_ - 1 > last_row)
            refuse_damaged("content.xml", "row " + std::to_string(row_ + row_repeated_ - 1));
        const Next answer =
            row_ > last_row ? Next::row
                            : delivery_.deliver_repeated(static_cast<int>(row_), row_hidden_, row_repeated_);
        row_ = std::min<std::int64_t>(row_ + row_repeated_, last_row + 1);
        if (answer == Next::row) return;
        in_table_ = false;
        if (answer == Next::stop) enough = true;
        skipped_from_ = table_depth_;  // nothing more of this table
    }

    void begin_cell(const Attributes& attributes) {
        in_cell_ = true;
        cell_depth_ = depth_;
        paragraphs_ = 0;
        cell_ = OdsCell{};
        cell_repeated_ = std::clamp(attributes.number("number-columns-repeated", 1), 1, far_column);
        cell_.type = attributes.get("value-type");
        cell_.is_error = attributes.has("value-type", "error");
        for (const std::string_view value : {"value", "date-value", "time-value", "boolean-value"})
            if (const auto found = attributes.find(value)) cell_.value = *found;
        if (const auto found = attributes.find("string-value")) {
            cell_.has_string_value = true;
            cell_.string_value = *found;
        }
        if (const auto found = attributes.find("formula")) {
            cell_.has_formula = true;
            cell_.formula = found->substr(0, 200);
            if (const std::size_t colon = cell_.formula.find(":="); colon < 8)
                cell_.formula.erase(0, colon + 1);
        }
        cell_.font = font_of_cell(attributes);
        const int rows = std::clamp(attributes.number("number-rows-spanned", 1), 1, last_row);
        const int columns = std::clamp(attributes.number("number-columns-spanned", 1), 1, far_column);
        if ((rows > 1 || columns > 1) && row_ <= last_row)
            delivery_.add_merged(
                {static_cast<int>(row_), column_, static_cast<int>(row_) + rows - 1, column_ + columns - 1});
    }

    LegacyFont font_of_cell(const Attributes& attributes) const {
        if (legacy_styles_.empty()) return LegacyFont::none;
        if (const auto style = attributes.find("style-name")) return font_of_style(*style);
        if (row_font_ != LegacyFont::none) return row_font_;
        const auto column = static_cast<std::size_t>(column_);
        return column < column_fonts_.size() ? column_fonts_[column] : LegacyFont::none;
    }

    void end_cell() {
        in_cell_ = false;
        Cell made;
        const int row = static_cast<int>(std::min<std::int64_t>(row_, last_row));
        delivery_.check_length(cell_.string_value.size(), column_, row);
        if (!cell_.nothing() && cell_.make(made, delivery_.limits().legacy))
            for (int i = 0; i < cell_repeated_; ++i) delivery_.cell(column_ + i, row) = made;
        column_ = std::min(column_ + cell_repeated_, far_column);
    }

    void begin_paragraph() {
        in_paragraph_ = true;
        if (paragraphs_++ > 0) cell_.shown += '\n';
    }

    void open_in_paragraph(std::string_view name, const Attributes& attributes) {
        if (name == "s")
            cell_.shown.append(static_cast<std::size_t>(std::clamp(attributes.number("c", 1), 1, 1000)), ' ');
        else if (name == "tab")
            cell_.shown += '\t';
        else if (name == "line-break")
            cell_.shown += '\n';
        else if (name == "ruby-text" || name == "annotation" || name == "frame")
            skip();
    }

    void close_seen(std::string_view name) {
        if (in_paragraph_) {
            if (name == "p" && depth_ == cell_depth_ + 1) in_paragraph_ = false;
        } else if (in_cell_) {
            if (depth_ == cell_depth_) end_cell();
        } else if (in_table_ && name == "table-row") {
            end_row();
        } else if (name == "table") {
            in_table_ = false;
        }
    }

    Delivery& delivery_;
    int depth_ = 0, skipped_from_ = 0, table_depth_ = 0, cell_depth_ = 0, paragraphs_ = 0;
    bool in_table_ = false, in_cell_ = false, in_paragraph_ = false;
    std::int64_t row_ = 1;
    int row_repeated_ = 1, column_ = 0, cell_repeated_ = 1;
    bool row_hidden_ = false, styles_font_ = false;
    LegacyFont row_font_ = LegacyFont::none;
    OdsCell cell_;
    std::string style_;
    std::set<std::string, std::less<>> hidden_styles_;
    std::map<std::string, LegacyFont, std::less<>> legacy_styles_;
    std::vector<LegacyFont> column_fonts_;
};

}  // namespace

int read_ods(Archive& archive, Delivery& delivery) {
    if (archive.has("META-INF/manifest.xml")) {
        ManifestHandler manifest;
        parse_xml(archive, "META-INF/manifest.xml", manifest, Doctype::bare);
        if (manifest.encrypted) refuse("office.encrypted");
    }
    ContentHandler content(delivery);
    parse_xml(archive, "content.xml", content);
    return content.sheets;
}

}  // namespace tiendo::office
