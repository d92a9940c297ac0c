#include "platform/office/xlsx_sheet.h"

#include <algorithm>
#include <utility>

namespace tiendo::office {
namespace {

constexpr int last_row = 1'048'576;
constexpr int last_column = 16'383;

struct Place {
    int column = 0, row = 0;
};

// "AB12"; none when it is no place of a sheet.
std::optional<Place> place_of(std::string_view reference) {
    std::size_t at = 0;
    int column = 0;
    for (; at < reference.size() && at < 3; ++at) {
        const char c = static_cast<char>(reference[at] & ~0x20);
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + (c - 'A' + 1);
    }
    const auto row = whole_number(reference.substr(at));
    if (column == 0 || column - 1 > last_column || !row || *row < 1 || *row > last_row) return std::nullopt;
    return Place{column - 1, *row};
}

// Merged ranges stand behind the rows they concern, so they are fetched before.
class MergedHandler : public XmlHandler {
 public:
    explicit MergedHandler(Delivery& delivery) : delivery_(delivery) {}
    void open(std::string_view name, const Attributes& attributes) override {
        if (name != "mergeCell") return;
        const std::string_view range = attributes.get("ref");
        const std::size_t colon = range.find(':');
        if (colon == std::string_view::npos) return;
        const auto first = place_of(range.substr(0, colon)), last = place_of(range.substr(colon + 1));
        if (!first || !last || last->row < first->row || last->column < first->column) return;
        delivery_.add_merged({first->row, first->column, last->row, last->column});
    }
    void close(std::string_view) override {}
    void text(std::string_view) override {}

 private:
    Delivery& delivery_;
};

// Few sheets have merged cells; looking for the word is ten times faster than reading the
// XML twice. Text in UTF-16 hides the word, and counts as having it.
bool may_have_merged(Archive& archive, const std::string& part) {
    constexpr std::string_view word = "mergeCell";
    std::string carried;
    bool found = false, first = true;
    archive.read(part, [&](std::string_view piece) {
        if (std::exchange(first, false)) {
            const auto byte = [&](std::size_t i) {
                return i < piece.size() ? static_cast<unsigned char>(piece[i]) : 0xff;
            };
            found = byte(0) == 0xff || byte(0) == 0xfe || byte(0) == 0 || byte(1) == 0;
        }
        carried += piece.substr(0, word.size());
        found = found || piece.find(word) != std::string_view::npos ||
                carried.find(word) != std::string_view::npos;
        carried = piece.substr(piece.size() - std::min(piece.size(), word.size()));
        return true;  // to the end: a checksum that fails is better known before the first row
    });
    return found;
}

class SheetHandler : public XmlHandler {
 public:
    SheetHandler(const SheetContext& context, const std::string& part, Delivery& delivery)
        : context_(context), part_(part), delivery_(delivery), inline_(delivery.limits().legacy) {}

    void open(std::string_view name, const Attributes& attributes) override {
        if (!in_rows_) {
            in_rows_ = name == "sheetData";
        } else if (name == "c") {
            begin_cell(attributes);
        } else if (name == "v") {
            in_value_ = true;
        } else if (name == "f") {
            in_formula_ = has_formula_ = true;
        } else if (name == "row") {
            begin_row(attributes);
        } else if (in_inline_) {
            inline_.open(name, attributes);
        } else if (name == "is") {
            in_inline_ = true;
            inline_.begin();
        }
    }

    void close(std::string_view name) override {
        if (!in_rows_) return;
        if (name == "c") {
            end_cell();
        } else if (name == "v") {
            in_value_ = false;
        } else if (name == "f") {
            in_formula_ = false;
        } else if (name == "row") {
            end_row();
        } else if (in_inline_) {
            inline_.close(name);
            if (name == "is") in_inline_ = false;
        } else if (name == "sheetData") {
            in_rows_ = false;
        }
    }

    void text(std::string_view piece) override {
        if (in_value_) {
            value_ += piece;
            delivery_.check_length(value_.size(), column_, row_);
        } else if (in_inline_) {
            inline_.text(piece);
            delivery_.check_length(inline_.length(), column_, row_);
        } else if (in_formula_ && formula_.size() < 200) {
            formula_ += piece.substr(0, 200);
        }
    }

    Next next = Next::row;

 private:
    void begin_row(const Attributes& attributes) {
        const int number = attributes.number("r", row_ + 1);
        // Rows in order are what lets merged cells be filled without holding the sheet.
        if (number <= row_ || number > last_row)
            refuse_damaged(part_, "row " + std::to_string(number) + " after row " + std::to_string(row_));
        row_ = number;
        row_hidden_ = attributes.truth("hidden");
        column_ = -1;
    }

    void end_row() {
        const Next answer = delivery_.deliver(row_, row_hidden_);
        if (answer == Next::row) return;
        next = answer;
        enough = true;
    }

    void begin_cell(const Attributes& attributes) {
        const auto reference = attributes.find("r");
        const auto place = reference ? place_of(*reference) : std::nullopt;
        if (reference && !place) refuse_damaged(part_, "cell " + std::string(reference->substr(0, 20)));
        column_ = place ? place->column : column_ + 1;
        const int style = attributes.number("s", 0);
        const auto index = static_cast<std::size_t>(style);
        style_ = style >= 0 && index < context_.styles.size() ? context_.styles[index] : CellStyle{};
        type_ = attributes.get("t");
        value_.clear();
        formula_.clear();
        inline_.begin();
        has_formula_ = in_value_ = in_formula_ = in_inline_ = false;
    }

    void end_cell() {
        if (type_ == "s")
            put_shared();
        else if (type_ == "inlineStr")
            put_text(inline_.length() == 0 ? value_ : inline_.result(), inline_.was_legacy());
        else if (type_ == "str")
            put_text(value_, false);
        else if (type_ == "b")
            put_boolean();
        else if (type_ == "e")
            put_error(value_);
        else if (type_ == "d")
            put_iso_date();
        else
            put_number();
    }

    Cell& put() {
        Cell& cell = delivery_.cell(column_, row_);
        cell.from_formula = has_formula_;
        return cell;
    }

    void put_text(std::string_view text, bool was_legacy) {
        if (text.empty()) return;
        delivery_.check_length(text.size(), column_, row_);
        Cell& cell = put();
        cell.kind = Cell::Kind::text;
        cell.text = text;
        cell.from_legacy_font = was_legacy || read_legacy(cell.text, style_.font, delivery_.limits().legacy);
    }

    void put_shared() {
        if (value_.empty()) return;
        const auto index = whole_number(value_);
        if (!index || *index < 0 || static_cast<std::size_t>(*index) >= context_.strings.size())
            refuse_damaged(part_, "shared text " + value_.substr(0, 20) + " of " +
                                      std::to_string(context_.strings.size()));
        const auto at = static_cast<std::size_t>(*index);
        put_text(context_.strings[at], context_.strings.was_legacy(at));
    }

    void put_boolean() {
        if (value_.empty()) return;
        Cell& cell = put();
        cell.kind = Cell::Kind::boolean;
        cell.text = value_ == "1" || value_ == "true" ? "true" : "false";
    }

    void put_error(std::string_view error) {
        Cell& cell = put();
        cell.kind = Cell::Kind::error;
        cell.text = error.empty() ? "#?" : error;
    }

    void put_iso_date() {
        const auto guess = read_date(value_);
        if (!guess) return put_text(value_, false);
        set_date(put(), guess->date, style_.format.precision, guess->minute_of_day);
    }

    void put_number() {
        if (value_.empty()) {
            // Written by a program that does not calculate; the value is not known to anybody.
            if (has_formula_) put_error("=" + formula_);
            return;
        }
        if (!set_number(put(), value_, style_.format, context_.epoch)) put_text(value_, false);
    }

    const SheetContext& context_;
    const std::string& part_;
    Delivery& delivery_;
    bool in_rows_ = false, in_value_ = false, in_formula_ = false, in_inline_ = false, has_formula_ = false;
    int row_ = 0, column_ = -1;
    bool row_hidden_ = false;
    CellStyle style_;
    std::string type_, value_, formula_;
    RichText inline_;
};

}  // namespace

Next read_xlsx_sheet(Archive& archive, const std::string& part, const SheetContext& context,
                     Delivery& delivery) {
    if (may_have_merged(archive, part)) {
        MergedHandler merged(delivery);
        parse_xml(archive, part, merged);
    }
    SheetHandler handler(context, part, delivery);
    parse_xml(archive, part, handler);
    return handler.next;
}

int read_xlsx(Archive& archive, Delivery& delivery) {
    const Workbook workbook = read_workbook(archive);
    const std::vector<CellStyle> styles = read_styles(archive, workbook.styles_part);
    SharedStrings strings;
    bool have_strings = workbook.shared_strings_part.empty() || !archive.has(workbook.shared_strings_part);
    int number = 0;
    for (const WorkbookSheet& sheet : workbook.sheets) {
        const Next wanted = delivery.begin_sheet({++number, sheet.name, sheet.hidden});
        if (wanted == Next::stop) break;
        if (wanted == Next::sheet) continue;
        if (!std::exchange(have_strings, true))
            strings.read(archive, workbook.shared_strings_part, delivery.limits().shared_text_bytes,
                         delivery.limits().legacy);
        if (read_xlsx_sheet(archive, sheet.part, {styles, strings, workbook.epoch}, delivery) == Next::stop)
            break;
    }
    return static_cast<int>(workbook.sheets.size());
}

}  // namespace tiendo::office
