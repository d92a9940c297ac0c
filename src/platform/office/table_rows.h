// What a row below the header is, by its words: totals, headings, signatures, or a body row.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "platform/office/table_header.h"

namespace tiendo::office {

// "Tổng cộng", "TỔNG SỐ: 640 người", "Cộng I", "Total"; not the name "Tống Công" and not
// "Tổng công ty".
bool says_total(std::string_view text);

// What knowing the columns of a table lets one say about its rows.
class RowJudge {
 public:
    RowJudge(const FoundHeader& header, std::span<const Column> columns,
             const std::map<std::string, int, std::less<>>& by_field);

    enum class Kind { blank, column_numbers, repeated_header, total, section, end, body };
    Kind judge(const SheetRow& row);
    // The words that made the last row judged a total or a section.
    const std::string& words() const { return words_; }

 private:
    bool numbered(const SheetRow& row) const;
    bool is_column_numbers(const SheetRow& row) const;
    bool is_repeated_header(const SheetRow& row) const;
    bool is_total(const SheetRow& row);
    bool is_section(const SheetRow& row);
    bool is_signature(const SheetRow& row) const;
    int required_present(const SheetRow& row) const;

    std::map<int, std::string> headers_;  // folded, by column
    std::vector<int> required_;           // columns
    int ordinal_ = -1;                    // the column of "STT"
    bool near_header_ = true, after_total_ = false;
    bool any_body_ = false;
    std::string words_;
};

}  // namespace tiendo::office
