#include "made_sheet.h"

#include "centre.h"
#include "platform/office/made_workbook.h"

namespace tiendo::tests {
namespace {

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '&')
            result += "&amp;";
        else if (c == '<')
            result += "&lt;";
        else
            result += c;
    }
    return result;
}

std::string text_cell(std::string_view place, int style, std::string_view text) {
    return "<c r=\"" + std::string(place) + "\" s=\"" + std::to_string(style) +
           "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(text) + "</t></is></c>";
}

std::string cell(const std::string& place, std::string_view written) {
    const std::string begin = "<c r=\"" + place + "\"";
    if (written.starts_with("tcvn3:")) return text_cell(place, 1, written.substr(6));
    if (written.starts_with("vni:")) return text_cell(place, 2, written.substr(4));
    if (written.starts_with('#') && written.size() > 1 && written[1] >= '0' && written[1] <= '9')
        return begin + "><v>" + std::string(written.substr(1)) + "</v></c>";
    if (written.starts_with('@')) return begin + " s=\"3\"><v>" + std::string(written.substr(1)) + "</v></c>";
    if (written.starts_with('!')) return begin + " t=\"e\"><v>" + std::string(written.substr(1)) + "</v></c>";
    return text_cell(place, 0, written);
}

std::string sheet_part(const MadeSheet& sheet) {
    std::string rows;
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        std::string cells;
        for (std::size_t column = 0; column < sheet.rows[i].size(); ++column)
            if (!sheet.rows[i][column].empty())
                cells += cell(office::cell_name(static_cast<int>(column), number), sheet.rows[i][column]);
        if (cells.empty()) continue;
        rows += "<row r=\"" + std::to_string(number) + "\"" +
                (sheet.hidden_rows.contains(number) ? " hidden=\"1\"" : "") + ">" + cells + "</row>";
    }
    std::string merged;
    for (const std::string& range : sheet.merged) merged += "<mergeCell ref=\"" + range + "\"/>";
    return R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)" +
           rows + "</sheetData>" + (merged.empty() ? "" : "<mergeCells>" + merged + "</mergeCells>") +
           "</worksheet>";
}

}  // namespace

void write_sheets(const std::string& path, const std::vector<MadeSheet>& sheets) {
    const std::string names =
        R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
        R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
    const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    office::MadeXlsx made;
    made.styles =
        "<fonts><font><name val=\"Arial\"/></font><font><name val=\".VnTime\"/></font>"
        "<font><name val=\"VNI-Times\"/></font></fonts>"
        "<cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/>"
        "<xf numFmtId=\"0\" fontId=\"2\"/><xf numFmtId=\"14\" fontId=\"0\"/></cellXfs>";
    std::string list,
        relations = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
                    "<Relationship Id=\"styles\" Type=\"" +
                    type + "styles\" Target=\"styles.xml\"/>";
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" r:id=\"s" + number + "\"" +
                (sheets[i].hidden ? " state=\"hidden\"" : "") + "/>";
        relations += "<Relationship Id=\"s" + number + "\" Type=\"" + type +
                     "worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
        made.more.push_back({"xl/worksheets/sheet" + number + ".xml", sheet_part(sheets[i])});
    }
    made.more.push_back(
        {"xl/workbook.xml", "<workbook " + names + "><sheets>" + list + "</sheets></workbook>"});
    made.more.push_back({"xl/_rels/workbook.xml.rels", relations + "</Relationships>"});
    write_text(path, made.zipped());
}

}  // namespace tiendo::tests
