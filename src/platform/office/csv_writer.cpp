#include "platform/office/csv_writer.h"

namespace tiendo::office {
namespace {

void append(std::string& line, std::string_view text) {
    // Behind apostrophes too, so that read_csv, which takes one off, gives the text back.
    const std::size_t first = text.find_first_not_of('\'');
    const bool formula = first != std::string_view::npos &&
                         std::string_view("=+-@\t\r\n").find(text[first]) != std::string_view::npos;
    const bool quoted = text.find_first_of(",;|\"\r\n\t") != std::string_view::npos ||
                        text.starts_with(' ') || text.ends_with(' ') || text.starts_with("sep=");
    if (quoted) line += '"';
    if (formula) line += '\'';
    for (const char c : text) {
        if (c == '"') line += '"';
        if (c != '\0') line += c;
    }
    if (quoted) line += '"';
}

}  // namespace

std::string csv_line(const std::vector<ListCell>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += ',';
        if (const auto* text = std::get_if<std::string>(&cells[i]))
            append(line, *text);
        else if (const auto* number = std::get_if<std::int64_t>(&cells[i]))
            line += std::to_string(*number);
        else if (const auto* date = std::get_if<Date>(&cells[i]))
            line += to_text(*date);
    }
    return line + "\r\n";
}

}  // namespace tiendo::office
