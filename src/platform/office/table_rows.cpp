#include "platform/office/table_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/number_text.h"
#include "base/text.h"

namespace tiendo::office {
namespace {

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// I, IV, A, a: the ordinals of headings.
bool is_heading_ordinal(std::string_view folded) {
    if (folded.size() == 1) return folded[0] >= 'a' && folded[0] <= 'z';
    return !folded.empty() && folded.size() <= 6 &&
           folded.find_first_not_of("ivxlc") == std::string_view::npos;
}

// A cell's own words: what only shines through from a merged neighbour is not counted.
bool own(const Cell& cell) { return !cell.empty() && cell.covered == Cell::Covered::no; }

bool is_ordinal_header(std::string_view folded) {
    constexpr std::array<std::string_view, 9> words = {"stt",   "tt", "so tt",  "so thu tu", "s tt",
                                                       "s t t", "no", "thu tu", "ordinal"};
    return std::find(words.begin(), words.end(), folded) != words.end();
}

bool any_of(std::string_view text, std::initializer_list<std::string_view> pieces) {
    return std::any_of(pieces.begin(), pieces.end(),
                       [&](std::string_view piece) { return text.find(piece) != std::string_view::npos; });
}

bool starts_with_words(std::string_view text, std::string_view words) {
    return text.starts_with(words) && (text.size() == words.size() || text[words.size()] == ' ');
}

// After "cộng" or "tổng" only numbers of headings and figures may follow, "cong i ii", or a number and
// what it counts: "cong 3 nguoi".
bool only_ordinals(std::string_view text) {
    if (const std::size_t first = text.find_first_not_of(' ');
        first != std::string_view::npos && is_digits(text.substr(first, 1)))
        return true;
    for (const std::string_view word : split(text, ' '))
        if (!word.empty() && !is_digits(word) && !is_heading_ordinal(word) && word != "muc" && word != "phan")
            return false;
    return true;
}

// "(Danh sách này gồm có 03 đồng chí)"
bool counts_the_list(std::string_view words) {
    for (const std::string_view lead : {"an dinh ", "tong hop "})
        if (words.starts_with(lead)) words.remove_prefix(lead.size());
    if (!starts_with_words(words, "danh sach")) return false;
    bool after_verb = false;
    for (const std::string_view word : split(words.substr(std::string_view("danh sach").size()), ' ')) {
        if (word.empty() || word == "nay" || word == "tren" || word == "tat" || word == "ca") continue;
        if (is_digits(word)) return after_verb;
        if (word != "gom" && word != "co" && word != "bao") return false;
        after_verb = true;
    }
    return false;
}

}  // namespace

bool says_total(std::string_view text) {
    if (text.size() > 300) return false;
    const std::string cleaned = clean(text), folded = fold(cleaned);
    const std::string_view words = folded;
    const bool plain = std::all_of(cleaned.begin(), cleaned.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    // Folded, "Tống Công" (a name), "Tổng công ty" and "Tổng cộng" begin alike; the marks tell.
    const bool tong = plain || any_of(cleaned, {"ổ", "Ổ"});
    const bool cong = plain || any_of(cleaned, {"ộ", "Ộ"});
    const bool so = plain || any_of(cleaned, {"ố", "Ố"});
    if (starts_with_words(words, "tong cong"))
        return tong && cong && !starts_with_words(words, "tong cong ty");
    if (starts_with_words(words, "tong so")) return tong && so;
    if (starts_with_words(words, "tong")) return tong && only_ordinals(words.substr(4));
    if (starts_with_words(words, "cong")) return cong && only_ordinals(words.substr(4));
    if (counts_the_list(words)) return true;
    return starts_with_words(words, "total") || starts_with_words(words, "grand total") ||
           starts_with_words(words, "subtotal") || starts_with_words(words, "sub total") || words == "sum";
}

RowJudge::RowJudge(const FoundHeader& header, std::span<const Column> columns,
                   const std::map<std::string, int, std::less<>>& by_field) {
    for (const FoundColumn& found : header.columns) {
        headers_[found.column] = fold(found.header);
        if (ordinal_ < 0 && is_ordinal_header(headers_[found.column])) ordinal_ = found.column;
    }
    const auto require = [&](const std::string& field) {
        if (const auto place = by_field.find(field); place != by_field.end())
            required_.push_back(place->second);
    };
    for (const Column& column : columns) {
        if (!column.required) continue;
        if (by_field.contains(column.field))
            require(column.field);
        else
            for (const std::string& field : column.stood_in_by) require(field);
    }
}

// Whether the row has a number in the ordinal column; such a row is a person or a thing,
// whatever its words.
bool RowJudge::numbered(const SheetRow& row) const {
    const auto column = static_cast<std::size_t>(ordinal_);
    return ordinal_ >= 0 && column < row.cells.size() && own(row.cells[column]) &&
           count_of(row.cells[column]).has_value();
}

int RowJudge::required_present(const SheetRow& row) const {
    int count = 0;
    for (const int column : required_) {
        const auto index = static_cast<std::size_t>(column);
        if (index < row.cells.size() && !row.cells[index].empty() &&
            row.cells[index].covered != Cell::Covered::from_left)
            ++count;
    }
    return count;
}

// (1) (2) (3)..., 1 2 3..., A B 1 2..., (5)=(3)/(4): the row under the header by which
// columns are cited.
bool RowJudge::is_column_numbers(const SheetRow& row) const {
    std::int64_t last = 0;
    int numbers = 0, cells = 0;
    for (const Cell& cell : row.cells) {
        if (!own(cell)) continue;
        ++cells;
        const std::string text = clean(cell.text.substr(0, 60));
        const std::string folded = fold(text);
        const std::string first = folded.substr(0, folded.find(' '));
        if (text.find_first_not_of("0123456789()[]=+-*/:% .xX") != std::string::npos || !is_digits(first) ||
            first.size() > 2) {
            if (numbers == 0 && is_heading_ordinal(folded)) continue;
            return false;
        }
        const std::int64_t number = *read_count(first);
        if (numbers > 0 ? number != last + 1 : number > 2) return false;
        last = number;
        ++numbers;
    }
    return numbers >= 2 && cells * 2 >= static_cast<int>(headers_.size());
}

bool RowJudge::is_repeated_header(const SheetRow& row) const {
    int same = 0, other = 0;
    for (const auto& [column, header] : headers_) {
        const auto index = static_cast<std::size_t>(column);
        if (index >= row.cells.size() || row.cells[index].empty()) continue;
        const std::string folded =
            row.cells[index].text.size() > 600 ? std::string() : fold(row.cells[index].text);
        // Of a two-row header each row repeats its part.
        if (!folded.empty() &&
            (folded == header || (header.size() > folded.size() &&
                                  (header.starts_with(folded + " ") || header.ends_with(" " + folded)))))
            ++same;
        else
            ++other;
    }
    return same >= 2 && same > other;
}

bool RowJudge::is_total(const SheetRow& row) {
    if (numbered(row)) return false;
    for (const Cell& cell : row.cells) {
        if (!own(cell)) continue;
        if (cell.kind != Cell::Kind::text) return false;
        words_ = clean(cell.text.substr(0, 400));
        return says_total(words_);
    }
    return false;
}

// One text across the row, or behind an ordinal of headings: "II", "Đảng bộ Bộ Nội vụ".
bool RowJudge::is_section(const SheetRow& row) {
    int texts = 0;
    std::size_t place = 0;
    bool headed = false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const Cell& cell = row.cells[i];
        if (!own(cell)) {
            if (cell.covered == Cell::Covered::from_above) return false;
            continue;
        }
        if (cell.kind != Cell::Kind::text) return false;
        if (static_cast<int>(i) == ordinal_ && is_heading_ordinal(fold(cell.text.substr(0, 40)))) {
            headed = true;
            continue;
        }
        if (++texts > 1) return false;
        place = i;
    }
    if (texts != 1) return false;
    const bool merged_across =
        place + 1 < row.cells.size() && row.cells[place + 1].covered == Cell::Covered::from_left;
    // A name alone, and nothing else of a person, must be refused by the importer, not taken
    // for a heading here.
    const bool in_required =
        std::find(required_.begin(), required_.end(), static_cast<int>(place)) != required_.end();
    if (in_required && !merged_across && !headed) return false;
    words_ = clean(row.cells[place].text);
    return true;
}

bool RowJudge::is_signature(const SheetRow& row) const {
    if (numbered(row)) return false;
    if (!required_.empty() && required_present(row) == static_cast<int>(required_.size())) return false;
    constexpr std::array<std::string_view, 20> beginnings = {"nguoi lap",
                                                             "nguoi tong hop",
                                                             "nguoi ke khai",
                                                             "lap bieu",
                                                             "can bo lap",
                                                             "thu truong",
                                                             "ky ten",
                                                             "ky va ghi",
                                                             "ky ghi ro",
                                                             "ky dong dau",
                                                             "noi nhan",
                                                             "t m",
                                                             "tm",
                                                             "k t",
                                                             "kt",
                                                             "tuq",
                                                             "prepared by",
                                                             "approved by",
                                                             "signature",
                                                             "xac nhan cua"};
    for (const Cell& cell : row.cells) {
        if (!own(cell) || cell.kind != Cell::Kind::text || cell.text.size() > 400) continue;
        const std::string folded = fold(cell.text);
        for (const std::string_view beginning : beginnings)
            if (starts_with_words(folded, beginning)) return true;
        // "Hà Nội, ngày 05 tháng 3 năm 2020", also with the numbers left to be filled in.
        const std::size_t day = folded.find("ngay "), month = folded.find(" thang "),
                          year = folded.find(" nam ");
        if (day != std::string::npos && month != std::string::npos && year != std::string::npos &&
            day < month && month < year && day > 0)
            return true;
    }
    return false;
}

RowJudge::Kind RowJudge::judge(const SheetRow& row) {
    const bool near = std::exchange(near_header_, false);
    const auto own_cells = std::count_if(row.cells.begin(), row.cells.end(), own);
    const bool any_value = std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
        return !cell.empty() && cell.covered != Cell::Covered::from_left && !clean(cell.text).empty();
    });
    // A form numbered in advance has rows with nothing but their number.
    if (!any_value || (own_cells == 1 && numbered(row)) || own_cells == 0) return Kind::blank;
    if (near && is_column_numbers(row)) return Kind::column_numbers;
    if (is_repeated_header(row)) {
        near_header_ = true;
        return Kind::repeated_header;
    }
    if (is_total(row)) {
        after_total_ = any_body_;
        return Kind::total;
    }
    if (is_signature(row)) return Kind::end;
    if (is_section(row)) return Kind::section;
    // Below a total the table is over unless rows go on as before.
    if (after_total_ && !numbered(row)) {
        const int present = required_present(row);
        if (ordinal_ >= 0 || present * 2 < static_cast<int>(required_.size()) || present == 0)
            return Kind::end;
    }
    after_total_ = false;
    any_body_ = true;
    return Kind::body;
}

}  // namespace tiendo::office
