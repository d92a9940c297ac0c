#include "platform/office/made_workbook.h"

#include <zip.h>

#include <algorithm>
#include <stdexcept>

namespace tiendo::office {
namespace {

constexpr std::string_view xml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view main_names =
    R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
constexpr std::string_view relations_names =
    R"(xmlns="http://schemas.openxmlformats.org/package/2006/relationships")";
constexpr std::string_view relation_type =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relation(int number, std::string_view type, std::string_view target) {
    return "<Relationship Id=\"rId" + std::to_string(number) + "\" Type=\"" + std::string(relation_type) +
           std::string(type) + "\" Target=\"" + std::string(target) + "\"/>";
}

}  // namespace

std::string zip_of(const std::vector<MadePart>& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error(zip_error_strerror(&error));
    zip_source_keep(memory);
    for (const MadePart& part : parts)
        zip_file_add(zip, part.name.c_str(),
                     zip_source_buffer(zip, part.content.data(), part.content.size(), 0), ZIP_FL_OVERWRITE);
    if (zip_close(zip) != 0) throw std::runtime_error(zip_strerror(zip));
    zip_source_open(memory);
    zip_source_seek(memory, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(memory)), '\0');
    zip_source_seek(memory, 0, SEEK_SET);
    zip_source_read(memory, bytes.data(), bytes.size());
    zip_source_close(memory);
    zip_source_free(memory);
    return bytes;
}

std::string MadeXlsx::zipped() const {
    const std::string head(xml), names(main_names), package(relations_names);
    std::vector<MadePart> parts = {
        {"[Content_Types].xml",
         head + R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)"},
        {"_rels/.rels", head + "<Relationships " + package + ">" +
                            relation(1, "officeDocument", "xl/workbook.xml") + "</Relationships>"},
        {"xl/workbook.xml",
         head + "<workbook " + names + "><workbookPr " + workbook_properties +
             "/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         head + "<Relationships " + package + ">" + relation(1, "worksheet", "worksheets/sheet1.xml") +
             (styles.empty() ? "" : relation(2, "styles", "styles.xml")) +
             (strings.empty() ? "" : relation(3, "sharedStrings", "/xl/sharedStrings.xml")) +
             "</Relationships>"},
        {"xl/worksheets/sheet1.xml", head + "<worksheet " + names + "><sheetData>" + rows + "</sheetData>" +
                                         after_rows + "</worksheet>"}};
    if (!styles.empty())
        parts.push_back({"xl/styles.xml", head + "<styleSheet " + names + ">" + styles + "</styleSheet>"});
    if (!strings.empty())
        parts.push_back({"xl/sharedStrings.xml", head + "<sst " + names + ">" + strings + "</sst>"});
    for (const MadePart& other : more) {
        std::erase_if(parts, [&](const MadePart& part) { return part.name == other.name; });
        if (!other.content.empty()) parts.push_back(other);
    }
    return zip_of(parts);
}

std::string ods_of(const std::string& tables, const std::string& styles, const std::vector<MadePart>& more) {
    std::vector<MadePart> parts = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
        {"content.xml",
         std::string(xml) +
             R"(<office:document-content xmlns:office="o" xmlns:style="s" xmlns:text="t" xmlns:table="ta" )"
             R"(xmlns:number="n" xmlns:fo="f" xmlns:calcext="c" xmlns:draw="d">)"
             "<office:automatic-styles>" +
             styles + "</office:automatic-styles><office:body><office:spreadsheet>" + tables +
             "</office:spreadsheet></office:body></office:document-content>"},
        {"META-INF/manifest.xml", std::string(xml) + R"(<manifest:manifest xmlns:manifest="m"/>)"}};
    for (const MadePart& other : more) {
        std::erase_if(parts, [&](const MadePart& part) { return part.name == other.name; });
        parts.push_back(other);
    }
    return zip_of(parts);
}

std::string ods_rows(const std::string& rows) {
    return ods_of("<table:table table:name=\"S\">" + rows + "</table:table>");
}

std::string shown(const Cell& cell) {
    std::string result;
    if (cell.covered == Cell::Covered::from_left) result += '<';
    if (cell.covered == Cell::Covered::from_above) result += '^';
    if (cell.from_formula) result += '=';
    if (cell.from_legacy_font) result += '~';
    switch (cell.kind) {
        case Cell::Kind::number: result += '#'; break;
        case Cell::Kind::date: result += '@'; break;
        case Cell::Kind::boolean: result += '?'; break;
        case Cell::Kind::error: result += '!'; break;
        default: break;
    }
    result += cell.text;
    if (cell.kind == Cell::Kind::date && cell.precision != Precision::day)
        result += "/" + std::string(to_text(cell.precision));
    return result;
}

std::string shown(const Source& source, const Limits& limits) {
    std::string result;
    const auto opened = read_sheets(
        source, limits,
        [&](const SheetInfo& info) {
            if (info.number > 1 || info.hidden)
                result += "-- " + info.name + (info.hidden ? " (hidden)" : "") + "\n";
            return Next::row;
        },
        [&](const SheetRow& row) {
            result += std::to_string(row.number) + (row.hidden ? "h:" : ":");
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                result += (i == 0 ? " " : " | ") + shown(row.cells[i]);
            result += "\n";
            return Next::row;
        });
    if (!opened.refused()) return result;
    result = "refused: " + opened.refusals().front().message;
    for (const std::string& argument : opened.refusals().front().arguments) result += " | " + argument;
    return result;
}

std::string shown(std::string_view bytes, const Limits& limits) { return shown(memory(bytes), limits); }

}  // namespace tiendo::office
