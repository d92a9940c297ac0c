// What must hold for any workbook at all, used by the fuzzers.
#pragma once
#include <cstdlib>
#include <vector>

#include "platform/office/table.h"

namespace tiendo::office {

inline Limits fuzz_limits() {
    Limits limits;
    limits.unpacked_bytes = 4'000'000;
    limits.shared_text_bytes = 1'000'000;
    limits.cells = 100'000;
    limits.columns = 200;
    limits.merged_ranges = 1'000;
    return limits;
}

inline void check_row(const SheetRow& row, int last_number) {
    const Limits limits = fuzz_limits();
    if (row.number <= last_number) std::abort();
    if (row.cells.empty() || row.cells.back().empty() ||
        row.cells.size() > static_cast<std::size_t>(limits.columns))
        std::abort();
    for (const Cell& cell : row.cells) {
        if (cell.empty() != cell.text.empty() && cell.kind != Cell::Kind::text) std::abort();
        if (cell.kind == Cell::Kind::text && cell.text.empty()) std::abort();
        if (cell.kind == Cell::Kind::date && !cell.date) std::abort();
        (void)date_of(cell);
        (void)count_of(cell);
    }
}

// Reads the bytes as a workbook and as a table, twice over: nothing may hang on what came before.
inline void check_workbook(std::string_view bytes) {
    const Limits limits = fuzz_limits();
    int last = 0;
    std::int64_t rows = 0;
    const auto opened = read_sheets(
        memory(bytes), limits,
        [&](const SheetInfo&) {
            last = 0;
            return Next::row;
        },
        [&](const SheetRow& row) {
            check_row(row, last);
            last = row.number;
            ++rows;
            return Next::row;
        });
    if (opened.refused() && opened.refusals().front().message.rfind("office.", 0) != 0) std::abort();
    static const std::vector<Column> columns = {
        {"name", {"Họ và tên", "A"}, true}, {"born", {"Ngày sinh", "B"}, true, true}, {"count", {"Số lớp"}}};
    TableOptions options;
    options.limits = limits;
    std::int64_t handed = 0;
    const auto report = read_table(memory(bytes), columns, options, [&](const TableRow& row) {
        if (row.where("name").empty() || row.where("born").empty()) std::abort();
        (void)row.text("name");
        (void)date_of(row["born"]);
        (void)row.text("count");
        ++handed;
        return Next::row;
    });
    if (report && (handed != report->rows || handed > rows)) std::abort();
    if (opened && report.refused()) {
        for (const Refusal& refusal : report.refusals())
            if (refusal.message != "office.no_header" && refusal.message != "office.column_missing")
                std::abort();
    }
    const auto looked = look_at_tables(memory(bytes), columns, options);
    if (looked && report && looked->tables.size() < report->tables.size()) std::abort();
}

}  // namespace tiendo::office
