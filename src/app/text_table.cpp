#include "app/text_table.h"

#include <algorithm>

#include "base/text.h"

namespace tiendo::app {

std::string TextTable::text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], length_of(row[i]));
    }
    std::string text;
    for (const auto& row : rows_) {
        if (!text.empty()) text += '\n';
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (i > 0) text += "  ";
            if (row.empty()) {
                for (std::size_t n = 0; n < widths[i]; ++n) text += "─";
                continue;
            }
            const std::string cell = i < row.size() ? row[i] : "";
            const std::string gap(widths[i] - length_of(cell), ' ');
            text += i == 0 ? cell + gap : gap + cell;
        }
    }
    return text;
}

}  // namespace tiendo::app
