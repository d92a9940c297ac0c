// Text separated by commas, semicolons, tabs or bars; every cell is text.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "platform/office/reading.h"

namespace tiendo::office {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::string_view separators = "\t;,|";  // the first of equals wins

// The source as UTF-8, piece by piece; a piece never ends inside a character.
class Utf8Pieces {
 public:
    explicit Utf8Pieces(const Bytes& bytes) : bytes_(bytes) {
        const std::string start = bytes.read(0, 3);
        if (start.starts_with("\xEF\xBB\xBF"))
            at_ = 3;
        else if (start.starts_with("\xFF\xFE"))
            at_ = 2, coding_ = Coding::utf16_low_first;
        else if (start.starts_with("\xFE\xFF"))
            at_ = 2, coding_ = Coding::utf16_high_first;
    }

    // False at the end.
    bool next(std::string& piece) {
        const std::string read = bytes_.read(at_, piece_bytes);
        if (read.empty()) {
            if (!rest_.empty()) refuse_here();
            return false;
        }
        at_ += static_cast<std::int64_t>(read.size());
        rest_ += read;
        piece.clear();
        if (coding_ == Coding::utf8)
            take_utf8(piece);
        else
            take_utf16(piece);
        return true;
    }

 private:
    enum class Coding { utf8, utf16_low_first, utf16_high_first };

    [[noreturn]] void refuse_here() const { refuse("office.csv_encoding", {std::to_string(line_)}); }

    void put(char32_t c, std::string& piece) {
        if (c == 0 || c == 0xfffe || c == 0xffff) refuse_here();
        if (c == '\n') ++line_;
        if (c < 0x80) {
            piece += static_cast<char>(c);
            return;
        }
        const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        constexpr std::array<int, 4> lead = {0, 0xc0, 0xe0, 0xf0};
        piece += static_cast<char>(lead[static_cast<std::size_t>(more)] | static_cast<int>(c >> (6 * more)));
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6)
            piece += static_cast<char>(0x80 | (c >> shift & 0x3f));
    }

    void take_utf8(std::string& piece) {
        constexpr std::array<char32_t, 4> smallest = {0, 0x80, 0x800, 0x10000};
        std::size_t i = 0;
        while (i < rest_.size()) {
            const auto first = static_cast<unsigned char>(rest_[i]);
            const std::size_t more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
            if ((first >= 0x80 && first < 0xc2) || first > 0xf4) refuse_here();
            if (i + more >= rest_.size()) break;
            char32_t c = more == 0 ? first : first & (0x3fu >> more);
            for (std::size_t k = 1; k <= more; ++k) {
                const auto next = static_cast<unsigned char>(rest_[i + k]);
                if ((next & 0xc0) != 0x80) refuse_here();
                c = c << 6 | (next & 0x3f);
            }
            if (c < smallest[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) refuse_here();
            put(c, piece);
            i += more + 1;
        }
        rest_.erase(0, i);
    }

    void take_utf16(std::string& piece) {
        const auto unit = [&](std::size_t i) {
            const auto low = static_cast<unsigned char>(rest_[i]),
                       high = static_cast<unsigned char>(rest_[i + 1]);
            return static_cast<char32_t>(coding_ == Coding::utf16_low_first ? high << 8 | low
                                                                            : low << 8 | high);
        };
        std::size_t i = 0;
        while (i + 2 <= rest_.size()) {
            char32_t c = unit(i);
            std::size_t taken = 2;
            if (c >= 0xd800 && c < 0xdc00) {
                if (i + 4 > rest_.size()) break;
                const char32_t low = unit(i + 2);
                if (low < 0xdc00 || low >= 0xe000) refuse_here();
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                taken = 4;
            } else if (c >= 0xdc00 && c < 0xe000) {
                refuse_here();
            }
            put(c, piece);
            i += taken;
        }
        rest_.erase(0, i);
    }

    const Bytes& bytes_;
    std::int64_t at_ = 0;
    Coding coding_ = Coding::utf8;
    std::string rest_;
    int line_ = 1;
};

// How many cells the first lines would have with that separator: how often the most
// frequent number of cells beyond one occurs. A table repeats itself; prose does not.
int evidence(std::string_view text, char separator) {
    std::map<int, int> lines_with;
    int cells = 1, lines = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size() && lines < 50; ++i) {
        if (text[i] == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (text[i] == separator) {
            ++cells;
        } else if (text[i] == '\n') {
            ++lines_with[cells];
            ++lines;
            cells = 1;
        }
    }
    if (lines < 50) ++lines_with[cells];
    int best = 0;
    for (const auto& [count, times] : lines_with)
        if (count > 1) best = std::max(best, times);
    return best;
}

char likely_separator(std::string_view text) {
    char best = ',';
    int most = 0;
    for (const char separator : separators)
        if (const int found = evidence(text, separator); found > most) {
            most = found;
            best = separator;
        }
    return best;
}

class CsvRows {
 public:
    CsvRows(Delivery& delivery, char separator) : delivery_(delivery), separator_(separator) {}

    Next take(std::string_view piece) {
        for (const char c : piece) {
            if (take(c)) continue;
            return next_;
        }
        return Next::row;
    }

    Next end() {
        if (state_ == State::quoted) refuse("office.csv_quote", {std::to_string(quote_line_)});
        if (state_ != State::row_begin || column_ > 0) end_row();
        return next_;
    }

 private:
    enum class State { row_begin, cell_begin, plain, quoted, quote_in_quoted };

    bool take(char c) {
        if (c == '\n') ++line_;
        if (state_ == State::quoted) {
            if (c == '"')
                state_ = State::quote_in_quoted;
            else
                add(c);
            return true;
        }
        if (std::exchange(after_return_, false) && c == '\n') return true;
        if (state_ == State::quote_in_quoted && c == '"') {
            add(c);
            state_ = State::quoted;
        } else if (c == separator_) {
            end_cell();
            state_ = State::cell_begin;
        } else if (c == '\n' || c == '\r') {
            after_return_ = c == '\r';
            end_row();
            return next_ == Next::row;
        } else if (c == '"' && (state_ == State::row_begin || state_ == State::cell_begin)) {
            state_ = State::quoted;
            quote_line_ = line_;
        } else {
            state_ = State::plain;
            add(c);
        }
        return true;
    }

    void add(char c) {
        text_ += c;
        if (static_cast<std::int64_t>(text_.size()) <= delivery_.limits().cell_bytes) return;
        if (state_ == State::quoted) refuse("office.csv_quote", {std::to_string(quote_line_)});
        delivery_.check_length(text_.size(), column_, row_);
    }

    void end_cell() {
        unwrap();
        if (!text_.empty()) {
            Cell& cell = delivery_.cell(column_, row_);
            cell.kind = Cell::Kind::text;
            cell.text.swap(text_);
            if (delivery_.limits().legacy != LegacyText::by_font)
                cell.from_legacy_font = read_legacy(cell.text, LegacyFont::none, delivery_.limits().legacy);
        }
        text_.clear();
        if (column_ < delivery_.limits().columns) ++column_;
    }

    void end_row() {
        end_cell();
        next_ = delivery_.deliver(row_, false);
        ++row_;
        column_ = 0;
        state_ = State::row_begin;
    }

    // ="001085001234" is how programs keep the zeros through Excel, and '+84 how they keep
    // Excel from calculating (csv_line writes it so).
    void unwrap() {
        const std::size_t first = text_.find_first_not_of('\'');
        if (text_.size() >= 3 && text_.starts_with("=\"") && text_.find('"', 2) == text_.size() - 1)
            text_ = text_.substr(2, text_.size() - 3);
        else if (first != 0 && first != std::string::npos &&
                 std::string_view("=+-@\t\r\n").find(text_[first]) != std::string_view::npos)
            text_.erase(0, 1);
    }

    Delivery& delivery_;
    char separator_;
    State state_ = State::row_begin;
    bool after_return_ = false;
    std::string text_;
    int column_ = 0, row_ = 1, line_ = 1, quote_line_ = 1;
    Next next_ = Next::row;
};

}  // namespace

int read_csv(const Bytes& bytes, Delivery& delivery) {
    if (delivery.begin_sheet({1, "", false}) != Next::row) return 1;
    Utf8Pieces pieces(bytes);
    std::string piece;
    if (!pieces.next(piece)) return 1;
    std::string_view first = piece;
    char separator = 0;
    // Excel's own way to say it: a line "sep=;" that is not part of the table.
    if (first.starts_with("sep=") && first.size() > 5 && (first[5] == '\n' || first[5] == '\r')) {
        separator = first[4];
        first.remove_prefix(first.substr(5).starts_with("\r\n") ? 7 : 6);
    } else {
        separator = likely_separator(first);
    }
    CsvRows rows(delivery, separator);
    if (rows.take(first) != Next::row) return 1;
    while (pieces.next(piece))
        if (rows.take(piece) != Next::row) return 1;
    rows.end();
    return 1;
}

}  // namespace tiendo::office
