#include "features/imports/column_notes.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace tiendo::imports {
namespace {

constexpr std::size_t most_columns_told = 30;

// "“Đoàn thể”", or the letter of a column without a heading.
std::string called(const office::FoundColumn& column) {
    if (!column.header.empty()) return "“" + column.header + "”";
    const std::string cell = office::cell_name(column.column, 1);
    return cell.substr(0, cell.size() - 1);
}

// Whom nobody misses: serial numbers, signatures, remarks, and why a row was rejected before.
std::set<std::string> passed_over(const i18n::Texts& texts) {
    std::set<std::string> folded;
    for (const i18n::Language language : i18n::languages)
        for (const char* key : {"import.columns_passed_over", "imports.reason"}) {
            const std::string listed = texts.text(language, key);
            for (const std::string_view piece : split(listed, '|')) folded.insert(fold(piece));
        }
    return folded;
}

void note_unread(Report& report, const Job& job, const office::TableReport& read) {
    const std::set<std::string> ignored = passed_over(job.texts);
    std::vector<std::pair<std::string, std::int64_t>> unread;  // a heading of several sheets once
    for (const office::FoundTable& table : read.tables)
        for (const office::FoundColumn& column : table.columns) {
            if (!column.field.empty() || column.values == 0) continue;
            if (!column.header.empty() && ignored.contains(fold(column.header))) continue;
            const std::string name = called(column);
            const auto known = std::find_if(unread.begin(), unread.end(),
                                            [&](const auto& one) { return one.first == name; });
            if (known != unread.end())
                known->second += column.values;
            else
                unread.emplace_back(name, column.values);
        }
    if (unread.empty()) return;
    std::string listed;
    for (std::size_t i = 0; i < std::min(unread.size(), most_columns_told); ++i)
        listed += (i == 0 ? "" : ", ") + unread[i].first + " (" + std::to_string(unread[i].second) + ")";
    if (unread.size() > most_columns_told) listed += ", …";
    report.notes.push_back({"", "import.columns_unread", {listed}});
}

void note_filled(Report& report, const office::FoundTable& table) {
    for (const auto& [field, filled] : table.filled) {
        const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                         [&, name = field](const auto& one) { return one.field == name; });
        std::string rows;
        for (const int row : filled.first_rows) rows += (rows.empty() ? "" : ", ") + std::to_string(row);
        if (filled.count > static_cast<std::int64_t>(filled.first_rows.size())) rows += " …";
        if (!table.sheet.empty()) rows += ", " + table.sheet;
        report.notes.push_back(
            {"",
             "import.filled_down",
             {std::to_string(filled.count), column == table.columns.end() ? field : called(*column), rows}});
    }
}

}  // namespace

void note_columns(Report& report, const Importer& importer, const Job& job, const office::TableReport& read) {
    for (const office::FoundTable& table : read.tables) note_filled(report, table);
    // Whoever chose the columns has seen the others.
    const bool by_hand = !job.options.mapping.columns.empty();
    if (!by_hand && !importer.reads_other_columns) note_unread(report, job, read);
}

}  // namespace tiendo::imports
