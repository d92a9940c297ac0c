// Lists as workbooks: a title, a header that stays in sight, rows in any number with
// memory that does not grow, ready to print on A4.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"

namespace tiendo::office {

struct ListColumn {
    enum class Kind {
        text,      // always text, also when it begins with = + - @ (no formula is ever written)
        integer,   // 2017
        quantity,  // 16,212: with thousands separated as the reader's Excel does it
        percent,   // from percent_text ("87.5"): the number 0.875 shown as 87.5%
        date,      // dd/mm/yyyy
    };
    std::string title;
    Kind kind = Kind::text;
    int width = 0;     // in characters; 0: by title and kind
    int decimals = 1;  // of percent
};

// One value. Text in a column of another kind stays text ("no target", "85" in a column of
// dates); nothing leaves the cell empty. A cell owns its text: what it was made from ("a" or a
// name, by ?:) is often gone before the row is written.
struct ListCell : std::variant<std::monostate, std::string, std::int64_t, Date> {
    using variant::variant;
    ListCell() = default;
    ListCell(std::string_view text) : variant(std::string(text)) {}
};

struct ListLayout {
    std::string sheet;                // name of the sheet, made fit for Excel; empty: "Sheet1"
    std::vector<std::string> titles;  // lines above the header, the first one large
    std::vector<ListColumn> columns;
    bool landscape = true;
    std::string footer;  // left of the page number
};

// Writes rows in order. Text is cut at no length: beyond Excel's 32,767 characters, or
// beyond its 1,048,576 rows, std::length_error.
class ListWriter {
 public:
    // To a file, which is complete after finish(); an unfinished one is removed.
    static ListWriter to_file(const std::string& path, const ListLayout& layout);
    // Into memory; bytes() after finish().
    static ListWriter to_memory(const ListLayout& layout);
    ListWriter(ListWriter&&) noexcept;
    ~ListWriter();

    // A further sheet with its own layout; rows go there from now on.
    void sheet(const ListLayout& layout);
    void row(std::span<const ListCell> cells);
    void row(std::initializer_list<ListCell> cells) { row({cells.begin(), cells.size()}); }
    // A row in bold, for totals and section headings.
    void bold_row(std::span<const ListCell> cells);
    void bold_row(std::initializer_list<ListCell> cells) { bold_row({cells.begin(), cells.size()}); }
    void finish();
    std::string bytes();

 private:
    struct Open;
    explicit ListWriter(std::unique_ptr<Open> open);
    std::unique_ptr<Open> open_;
};

}  // namespace tiendo::office
