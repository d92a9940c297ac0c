#include "platform/office/xlsx_writer.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "base/text.h"

namespace tiendo::office {
namespace {

constexpr const char* font = "Times New Roman";
constexpr std::int64_t longest_exact = 999'999'999'999'999;  // Excel shows 15 digits
constexpr int excel_rows = 1'048'576;

// Names of sheets: at most 31 characters, none of []:*?/\, no quote at the ends.
std::string sheet_name(std::string_view wanted, const std::set<std::string>& taken) {
    std::string name = clean(wanted);
    for (char& c : name)
        if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = '-';
    const auto shorten = [](std::string& text, std::size_t characters) {
        while (length_of(text) > characters) {
            while ((text.back() & 0xc0) == 0x80) text.pop_back();
            text.pop_back();
        }
        while (text.ends_with(' ')) text.pop_back();
    };
    shorten(name, 31);
    while (!name.empty() && name.front() == '\'') name.erase(0, 1);
    while (!name.empty() && name.back() == '\'') name.pop_back();
    if (name.empty()) name = "Sheet" + std::to_string(taken.size() + 1);
    std::string unique = name;
    for (int i = 2; taken.contains(fold(unique)); ++i) {
        const std::string number = " (" + std::to_string(i) + ")";
        unique = name;
        shorten(unique, 31 - number.size());
        unique += number;
    }
    return unique;
}

// What XML can hold: valid UTF-8 without U+FFFE and U+FFFF. One bad byte would make Excel
// refuse the whole workbook.
bool fits_xml(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto byte = [&](std::size_t at) {
            return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
        };
        const unsigned first = byte(i);
        const std::size_t more = first < 0x80   ? 0
                                 : first < 0xc2 ? 9
                                 : first < 0xe0 ? 1
                                 : first < 0xf0 ? 2
                                 : first < 0xf5 ? 3
                                                : 9;
        if (more == 9) return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((byte(i + k) & 0xc0) != 0x80) return false;
        const unsigned second = byte(i + 1);
        if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
            (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ||
            (first == 0xef && second == 0xbf && byte(i + 2) >= 0xbe))
            return false;
        i += more + 1;
    }
    return true;
}

// Excel reads _x000D_ as a control character, so text that merely looks so is marked.
std::string for_excel(std::string_view text) {
    std::string result = fits_xml(text) ? std::string(text) : clean(text);
    std::erase(result, '\0');
    const auto hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    for (std::size_t at = result.find("_x"); at != std::string::npos && at + 7 <= result.size();
         at = result.find("_x", at + 1))
        if (hex(result[at + 2]) && hex(result[at + 3]) && hex(result[at + 4]) && hex(result[at + 5]) &&
            result[at + 6] == '_')
            result.insert(at, "_x005F"), at += 6;
    return result;
}

std::string day_text(Date date) {
    const std::string iso = to_text(date);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

// Excel's days begin with 1900, and count a day of February 1900 that never was.
std::optional<int> serial_of(Date date) {
    const int serial = date.days + 25'569;
    if (serial >= 61) return serial;
    return serial >= 2 ? std::optional(serial - 1) : std::nullopt;
}

std::optional<double> percent_value(std::string_view text) {
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() ||
        (text[0] != '-' && (text[0] < '0' || text[0] > '9')))
        return std::nullopt;
    return value / 100;
}

double width_of(const ListColumn& column) {
    if (column.width > 0) return column.width;
    const auto title = static_cast<int>(length_of(column.title)) + 2;
    switch (column.kind) {
        case ListColumn::Kind::text: return std::clamp(title, 14, 40);
        case ListColumn::Kind::date: return std::clamp(title, 12, 20);
        default: return std::clamp(title, 9, 20);
    }
}

void require(lxw_error error) {
    if (error == LXW_NO_ERROR) return;
    if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        throw std::length_error("a cell of more than 32,767 characters");
    throw std::runtime_error(std::string("workbook: ") + lxw_strerror(error));
}

std::string temporary_path() {
    std::string path = (std::filesystem::temp_directory_path() / "tiendo-XXXXXX").string();
    const int file = ::mkstemp(path.data());
    if (file < 0) throw std::system_error(errno, std::generic_category(), path);
    ::close(file);
    return path;
}

}  // namespace

struct ListWriter::Open {
    // The formats of one column, plain and bold.
    struct Formats {
        lxw_format *plain, *bold;
    };

    std::string path;
    bool in_memory = false;
    lxw_workbook* workbook = nullptr;
    lxw_worksheet* worksheet = nullptr;
    ListLayout layout;
    std::vector<Formats> formats;
    Formats days{nullptr, nullptr}, wholes{nullptr, nullptr};
    std::set<std::string> names;
    int row = 0, header_row = 0;
    bool finished = false;

    Open(std::string to, bool memory) : path(std::move(to)), in_memory(memory) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        workbook = workbook_new_opt(path.c_str(), &options);
        if (workbook == nullptr) throw std::bad_alloc();
        // The same list gives the same bytes: no hour of writing inside.
        lxw_doc_properties properties{};
        properties.created = 946'684'800;
        workbook_set_properties(workbook, &properties);
    }
    ~Open() {
        if (workbook != nullptr) lxw_workbook_free(workbook);
        if (in_memory) ::unlink(path.c_str());
    }

    lxw_format* format(double size, bool bold, bool border, const char* number = nullptr) {
        lxw_format* result = workbook_add_format(workbook);
        format_set_font_name(result, font);
        format_set_font_size(result, size);
        if (bold) format_set_bold(result);
        if (border) {
            format_set_border(result, LXW_BORDER_THIN);
            format_set_align(result, LXW_ALIGN_VERTICAL_TOP);
        }
        if (number != nullptr) format_set_num_format(result, number);
        return result;
    }

    Formats pair(const char* number, bool wrap, int align = LXW_ALIGN_NONE) {
        Formats result{format(11, false, true, number), format(11, true, true, number)};
        for (lxw_format* one : {result.plain, result.bold}) {
            if (wrap) format_set_text_wrap(one);
            if (align != LXW_ALIGN_NONE) format_set_align(one, static_cast<std::uint8_t>(align));
        }
        return result;
    }

    Formats formats_of(const ListColumn& column) {
        switch (column.kind) {
            case ListColumn::Kind::text: return pair(nullptr, true);
            case ListColumn::Kind::integer: return pair("0", false);
            case ListColumn::Kind::quantity: return pair("#,##0", false);
            case ListColumn::Kind::date: return pair("dd/mm/yyyy", false, LXW_ALIGN_CENTER);
            case ListColumn::Kind::percent: break;
        }
        const auto places = static_cast<std::size_t>(std::clamp(column.decimals, 0, 6));
        return pair(("0" + (places == 0 ? "" : "." + std::string(places, '0')) + "%").c_str(), false);
    }

    void begin(const ListLayout& next) {
        end_sheet();
        layout = next;
        const std::string name = sheet_name(layout.sheet, names);
        names.insert(fold(name));
        worksheet = workbook_add_worksheet(workbook, name.c_str());
        if (worksheet == nullptr) throw std::runtime_error("workbook: sheet " + name);
        row = 0;
        formats.clear();
        for (const ListColumn& column : layout.columns) formats.push_back(formats_of(column));
        if (days.plain == nullptr) days = pair("dd/mm/yyyy", false), wholes = pair("0", false);
        for (std::size_t i = 0; i < layout.columns.size(); ++i) {
            const auto place = static_cast<lxw_col_t>(i);
            require(worksheet_set_column(worksheet, place, place, width_of(layout.columns[i]), nullptr));
        }
        write_titles();
        write_header();
        for_paper();
    }

    void write_titles() {
        for (std::size_t i = 0; i < layout.titles.size(); ++i, ++row) {
            lxw_format* style = format(i == 0 ? 14 : 12, i == 0, false);
            require(worksheet_write_string(worksheet, static_cast<lxw_row_t>(row), 0,
                                           for_excel(layout.titles[i]).c_str(), style));
        }
        if (row > 0) ++row;  // a blank row, so that filters and sorting keep off the titles
    }

    void write_header() {
        lxw_format* style = format(11, true, true);
        format_set_text_wrap(style);
        format_set_align(style, LXW_ALIGN_CENTER);
        format_set_align(style, LXW_ALIGN_VERTICAL_CENTER);
        format_set_bg_color(style, 0xE7ECF2);
        header_row = row++;
        for (std::size_t i = 0; i < layout.columns.size(); ++i)
            require(worksheet_write_string(worksheet, static_cast<lxw_row_t>(header_row),
                                           static_cast<lxw_col_t>(i),
                                           for_excel(layout.columns[i].title).c_str(), style));
    }

    void for_paper() {
        constexpr std::uint8_t a4 = 9;
        worksheet_set_paper(worksheet, a4);
        if (layout.landscape) worksheet_set_landscape(worksheet);
        worksheet_fit_to_pages(worksheet, 1, 0);
        worksheet_set_margins(worksheet, 0.6, 0.4, 0.6, 0.7);
        worksheet_repeat_rows(worksheet, static_cast<lxw_row_t>(header_row),
                              static_cast<lxw_row_t>(header_row));
        worksheet_freeze_panes(worksheet, static_cast<lxw_row_t>(header_row + 1), 0);
        std::string footer;
        for (const char c : layout.footer.substr(0, 150))
            footer += c == '&' ? std::string("&&") : std::string(1, c);
        worksheet_set_footer(worksheet, for_excel("&L" + footer + "&R&P/&N").c_str());
    }

    void end_sheet() {
        if (worksheet == nullptr || layout.columns.empty()) return;
        worksheet_autofilter(worksheet, static_cast<lxw_row_t>(header_row), 0,
                             static_cast<lxw_row_t>(std::max(row - 1, header_row)),
                             static_cast<lxw_col_t>(layout.columns.size() - 1));
    }

    void write(std::span<const ListCell> cells, bool bold) {
        if (row >= excel_rows) throw std::length_error("more than 1,048,576 rows");
        static const ListCell nothing;
        for (std::size_t i = 0; i < std::max(cells.size(), layout.columns.size()); ++i)
            put(static_cast<lxw_col_t>(i), i, i < cells.size() ? cells[i] : nothing, bold);
        ++row;
    }

    void put(lxw_col_t place, std::size_t index, const ListCell& cell, bool bold) {
        const auto at = static_cast<lxw_row_t>(row);
        const ListColumn::Kind kind =
            index < formats.size() ? layout.columns[index].kind : ListColumn::Kind::text;
        const auto style = [&](const Formats& both) { return bold ? both.bold : both.plain; };
        lxw_format* own = index < formats.size() ? style(formats[index]) : nullptr;
        const auto as_text = [&](std::string_view text) {
            return worksheet_write_string(worksheet, at, place, for_excel(text).c_str(), own);
        };
        if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) {
            const auto percent = kind == ListColumn::Kind::percent ? percent_value(*text) : std::nullopt;
            require(percent ? worksheet_write_number(worksheet, at, place, *percent, own) : as_text(*text));
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            const bool exact = *number >= -longest_exact && *number <= longest_exact;
            if (kind == ListColumn::Kind::text || !exact) return require(as_text(std::to_string(*number)));
            // In a column of dates a number is a year; as a date it would be a day of 1905.
            const bool foreign = kind == ListColumn::Kind::date || kind == ListColumn::Kind::percent;
            require(worksheet_write_number(worksheet, at, place, static_cast<double>(*number),
                                           foreign ? style(wholes) : own));
        } else if (const auto* date = std::get_if<Date>(&cell)) {
            const auto serial = serial_of(*date);
            if (kind == ListColumn::Kind::text || !serial) return require(as_text(day_text(*date)));
            require(worksheet_write_number(worksheet, at, place, *serial,
                                           kind == ListColumn::Kind::date ? own : style(days)));
        } else {
            require(worksheet_write_blank(worksheet, at, place, own));
        }
    }

    void finish() {
        if (finished) return;
        finished = true;
        end_sheet();
        const lxw_error error = workbook_close(std::exchange(workbook, nullptr));
        if (error != LXW_NO_ERROR) ::unlink(path.c_str());
        require(error);
    }
};

ListWriter ListWriter::to_file(const std::string& path, const ListLayout& layout) {
    auto open = std::make_unique<Open>(path, false);
    open->begin(layout);
    return ListWriter(std::move(open));
}

ListWriter ListWriter::to_memory(const ListLayout& layout) {
    auto open = std::make_unique<Open>(temporary_path(), true);
    open->begin(layout);
    return ListWriter(std::move(open));
}

ListWriter::ListWriter(std::unique_ptr<Open> open) : open_(std::move(open)) {}
ListWriter::ListWriter(ListWriter&&) noexcept = default;
ListWriter::~ListWriter() = default;

void ListWriter::sheet(const ListLayout& layout) { open_->begin(layout); }
void ListWriter::row(std::span<const ListCell> cells) { open_->write(cells, false); }
void ListWriter::bold_row(std::span<const ListCell> cells) { open_->write(cells, true); }
void ListWriter::finish() { open_->finish(); }

std::string ListWriter::bytes() {
    open_->finish();
    std::ifstream in(open_->path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), {});
}

}  // namespace tiendo::office
