// Any bytes as .csv; and what was read, written again, reads the same.
#include "platform/office/csv_writer.h"
#include "platform/office/fuzz_checks.h"

namespace {

using namespace tiendo::office;

std::vector<std::vector<std::string>> cells_of(std::string_view bytes, bool& csv) {
    std::vector<std::vector<std::string>> rows;
    const auto opened = read_sheets(
        memory(bytes), fuzz_limits(), [](const SheetInfo&) { return Next::row; },
        [&](const SheetRow& row) {
            auto& texts = rows.emplace_back();
            for (const Cell& cell : row.cells) texts.push_back(cell.text);
            return Next::row;
        });
    csv = opened && opened->format == Format::csv;
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_workbook(bytes);
    bool csv = false;
    const auto rows = cells_of(bytes, csv);
    if (!csv || rows.empty()) return 0;
    // With 200 cells in every row the comma is the likeliest separator whatever they hold.
    std::string again(csv_mark);
    for (const auto& texts : rows) {
        std::vector<ListCell> line;
        for (const std::string& text : texts) line.push_back(std::string_view(text));
        line.resize(200);
        again += csv_line(line);
    }
    bool still_csv = false;
    auto read = cells_of(again, still_csv);
    for (auto& texts : read)
        while (!texts.empty() && texts.back().empty()) texts.pop_back();
    // Control characters and markup make other bytes of the same cells; those are not .csv.
    if (still_csv && read != rows) std::abort();
    return 0;
}
