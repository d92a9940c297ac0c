#include "platform/office/sheet.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/text.h"
#include "platform/office/archive.h"
#include "platform/office/reading.h"

namespace tiendo::office {
namespace {

std::string in_utf16(std::string_view ascii) {
    std::string result;
    for (const char c : ascii) (result += c) += '\0';
    return result;
}

// Excel 97 to 2003, and everything with a password, is a small file system of named
// streams (OLE). The names stand as UTF-16 anywhere in it.
[[noreturn]] void refuse_compound_file(const Bytes& bytes) {
    struct Stream {
        std::string name;
        std::string message, argument;
    };
    const Stream streams[] = {
        {in_utf16("EncryptedPackage"), "office.encrypted", ""},
        {in_utf16("WordDocument"), "office.other_document", "Word"},
        {in_utf16("PowerPoint Document"), "office.other_document", "PowerPoint"},
        {in_utf16("Workbook"), "office.old_format", ".xls"},
        {in_utf16("Book"), "office.old_format", ".xls"},
    };
    constexpr std::size_t window = 1'000'000, overlap = 64;
    std::size_t found = std::size(streams);
    for (std::int64_t at = 0; at < bytes.size(); at += static_cast<std::int64_t>(window - overlap)) {
        const std::string piece = bytes.read(at, window);
        for (std::size_t i = 0; i < found; ++i)
            if (piece.find(streams[i].name) != std::string::npos) found = i;
    }
    if (found == std::size(streams)) refuse("office.not_workbook");
    const Stream& stream = streams[found];
    refuse(stream.message,
           stream.argument.empty() ? std::vector<std::string>{} : std::vector{stream.argument});
}

// What begins with a sign of its own and is no workbook of ours.
void refuse_known_others(const Bytes& bytes, std::string_view start) {
    using namespace std::string_view_literals;
    if (start.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) refuse_compound_file(bytes);
    for (const std::string_view early_excel :
         {"\x09\x08\x10\x00"sv, "\x09\x08\x08\x00"sv, "\x09\x04\x06\x00"sv, "\x09\x02\x06\x00"sv,
          "\x09\x00\x04\x00"sv})
        if (start.starts_with(early_excel)) refuse("office.old_format", {".xls"});
    struct Sign {
        std::string_view bytes;
        const char* name;
    };
    for (const Sign& sign : {Sign{"%PDF", "PDF"}, Sign{"{\\rtf", "Word (RTF)"}, Sign{"Rar!", "RAR"},
                             Sign{"7z\xBC\xAF", "7z"}, Sign{"\x89PNG", "PNG"}, Sign{"\xFF\xD8\xFF", "JPEG"},
                             Sign{"GIF8", "GIF"}, Sign{"\x1F\x8B", "gzip"}})
        if (start.starts_with(sign.bytes)) refuse("office.other_document", {sign.name});
}

// Programs that write a web page, or XML, and call it .xls.
void refuse_markup(std::string_view start) {
    std::string text = lower_ascii(start);
    std::erase(text, '\0');  // UTF-16 of such a page
    const std::size_t first = text.find('<');
    if (first == std::string::npos || text.find_first_not_of(" \t\r\n\xEF\xBB\xBF\xFF\xFE", 0) != first)
        return;
    const std::string_view markup = std::string_view(text).substr(first);
    if (markup.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string_view::npos)
        refuse("office.old_format", {"XML 2003"});
    if (markup.find("opendocument") != std::string_view::npos) refuse("office.old_format", {".fods"});
    for (const std::string_view tag :
         {"<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body"})
        if (markup.starts_with(tag) ||
            (markup.starts_with("<?xml") && markup.find(tag) != std::string_view::npos))
            refuse("office.old_format", {"HTML"});
    if (markup.starts_with("<?xml")) refuse("office.other_document", {"XML"});
}

// Text has no bytes that only programs write; UTF-16 must say so with its mark.
void require_text(std::string_view start) {
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) return;
    for (const char c : start)
        if ((c >= 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') ||
            c == 0x7f)
            refuse("office.not_workbook");
}

Format format_of(Archive& archive) {
    constexpr std::string_view open_document = "application/vnd.oasis.opendocument.";
    const std::string kind = archive.beginning("mimetype", 120);
    if (kind.starts_with(open_document)) {
        if (kind.compare(open_document.size(), 11, "spreadsheet") == 0) return Format::ods;
        refuse("office.other_document", {"OpenDocument " + clean(kind.substr(open_document.size()))});
    }
    if (archive.has("word/document.xml")) refuse("office.other_document", {"Word"});
    if (archive.has("ppt/presentation.xml")) refuse("office.other_document", {"PowerPoint"});
    if (archive.has("Index/Document.iwa")) refuse("office.other_document", {"Apple Numbers"});
    if (archive.has("xl/workbook.bin")) refuse("office.old_format", {".xlsb"});
    if (archive.has("xl/workbook.xml") || (archive.has("[Content_Types].xml") && archive.has("_rels/.rels")))
        return Format::xlsx;
    if (archive.has("content.xml") && archive.has("META-INF/manifest.xml")) return Format::ods;
    refuse("office.other_document", {"ZIP"});
}

Opened read(const Source& source, const Limits& limits, Delivery& delivery) {
    const Bytes bytes(source);
    if (bytes.size() == 0) refuse("office.empty");
    if (bytes.size() > limits.file_bytes)
        refuse("office.too_large", {megabytes(bytes.size()), megabytes(limits.file_bytes)});
    const std::string start = bytes.read(0, 64 * 1024);
    if (start.starts_with("PK\3\4") || start.starts_with("PK\5\6") || start.starts_with("PK\x07\x08")) {
        Archive archive(bytes, limits);
        const Format format = format_of(archive);
        const int sheets = format == Format::ods ? read_ods(archive, delivery) : read_xlsx(archive, delivery);
        if (sheets == 0) refuse("office.no_sheets");
        return {format, sheets};
    }
    refuse_known_others(bytes, start);
    refuse_markup(start);
    require_text(start);
    return {Format::csv, read_csv(bytes, delivery)};
}

}  // namespace

Outcome<Opened> read_sheets(const Source& source, const Limits& limits, const OnSheet& on_sheet,
                            const OnRow& on_row) {
    try {
        Delivery delivery(limits, on_sheet, on_row);
        return read(source, limits, delivery);
    } catch (const Refused& refused) {
        return refused.refusal;
    }
}

std::optional<DateGuess> date_of(const Cell& cell) {
    constexpr std::int64_t first_year = 1900, last_year = 2100;
    switch (cell.kind) {
        case Cell::Kind::date: {
            DateGuess guess;
            guess.date = *cell.date;
            guess.precision = cell.precision;
            guess.minute_of_day = cell.minute_of_day;
            return guess;
        }
        case Cell::Kind::number: {
            if (!cell.integer) return read_date(cell.text);  // 3.1985 is March 1985
            const std::int64_t number = *cell.integer;
            if (number >= first_year && number <= last_year) {
                DateGuess guess;
                guess.date = *Date::of(static_cast<int>(number), 1, 1);
                guess.precision = Precision::year;
                return guess;
            }
            if (number < 1 || !cell.date) return read_date(cell.text);  // 15031985, 19850315
            // 1031985 is a first of March without its zero, not a day of the year 4725.
            if (cell.text.size() == 7)
                if (const auto digits = read_date("0" + cell.text)) return digits;
            DateGuess guess;
            guess.date = *cell.date;
            return guess;
        }
        case Cell::Kind::text: return read_date(cell.text);
        default: return std::nullopt;
    }
}

std::optional<std::int64_t> count_of(const Cell& cell) {
    if (cell.kind == Cell::Kind::number) return cell.integer;
    return cell.kind == Cell::Kind::text ? read_count(cell.text) : std::nullopt;
}

std::string cell_name(int column, int row) {
    std::string letters;
    for (int rest = column; rest >= 0; rest = rest / 26 - 1)
        letters.insert(letters.begin(), static_cast<char>('A' + rest % 26));
    return letters + std::to_string(row);
}

}  // namespace tiendo::office
