// .ods as LibreOffice and others make it.
#include <doctest/doctest.h>

#include "platform/office/made_workbook.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

std::string cell(const std::string& attributes, const std::string& content = "") {
    return "<table:table-cell " + attributes + ">" + content + "</table:table-cell>";
}
std::string text(const std::string& words) {
    return cell("office:value-type=\"string\"", "<text:p>" + words + "</text:p>");
}
std::string row(const std::string& cells, const std::string& attributes = "") {
    return "<table:table-row " + attributes + ">" + cells + "</table:table-row>";
}
// Row 1 with these cells.
std::string one_row(const std::string& cells) { return shown(ods_rows(row(cells))); }

}  // namespace

TEST_CASE("kinds of cells") {
    CHECK(one_row(text("Đỗ Văn An") + cell("office:value-type=\"float\" office:value=\"1350\"",
                                           "<text:p>1.350</text:p>")) == "1: Đỗ Văn An | #1350\n");
    CHECK(one_row(cell("office:value-type=\"float\" office:value=\"8.5\"") +
                  cell("office:value-type=\"percentage\" office:value=\"0.875\"") +
                  cell("office:value-type=\"currency\" office:value=\"1500\"")) ==
          "1: #8.5 | #0.875 | #1500\n");
    CHECK(one_row(cell("office:value-type=\"boolean\" office:boolean-value=\"true\"") +
                  cell("office:value-type=\"boolean\" office:boolean-value=\"false\"")) ==
          "1: ?true | ?false\n");
    CHECK(one_row(cell("office:value-type=\"time\" office:time-value=\"PT08H06M00S\"") +
                  cell("office:value-type=\"time\" office:time-value=\"PT26H00M00S\"",
                       "<text:p>26:00</text:p>")) == "1: 08:06 | 26:00\n");
}

TEST_CASE("days, with as much of them as the sheet shows") {
    const auto day = [](const std::string& value, const std::string& words) {
        return one_row(cell("office:value-type=\"date\" office:date-value=\"" + value + "\"",
                            "<text:p>" + words + "</text:p>"));
    };
    CHECK(day("1985-03-15", "15/03/1985") == "1: @1985-03-15\n");
    CHECK(day("1985-03-01", "03/1985") == "1: @1985-03-01/month\n");
    CHECK(day("1985-01-01", "1985") == "1: @1985-01-01/year\n");
    CHECK(day("2017-06-17T08:06:00", "17/06/17 08:06") == "1: @2017-06-17 08:06\n");
    CHECK(day("2017-06-17T00:00:00.000000000", "") == "1: @2017-06-17\n");
    CHECK(day("nonsense", "15/03/1985") == "1: 15/03/1985\n");
}

TEST_CASE("zeros in front that the format shows") {
    CHECK(one_row(cell("office:value-type=\"float\" office:value=\"1085001234\"",
                       "<text:p>001085001234</text:p>")) == "1: #001085001234\n");
    CHECK(one_row(cell("office:value-type=\"float\" office:value=\"8\"", "<text:p>0,8</text:p>")) ==
          "1: #8\n");
}

TEST_CASE("paragraphs, blanks, spans; comments and drawings are not the cell's text") {
    CHECK(one_row(cell("office:value-type=\"string\"", "<text:p>Họ và</text:p><text:p>tên</text:p>")) ==
          "1: Họ và\ntên\n");
    CHECK(one_row(text("a<text:s text:c=\"3\"/>b<text:s/>c<text:tab/>d<text:line-break/>e")) ==
          "1: a   b c\td\ne\n");
    CHECK(one_row(text("Số <text:span>CC<text:a>CD</text:a></text:span>")) == "1: Số CCCD\n");
    CHECK(one_row(cell(
              "office:value-type=\"string\"",
              "<office:annotation><text:p>Xem "
              "lại</text:p></office:annotation><text:p>An</text:p><draw:frame><draw:text-box><text:p>hình</"
              "text:p></draw:text-box></draw:frame>")) == "1: An\n");
    CHECK(one_row(text("課<text:ruby><text:ruby-base>題</text:ruby-base><text:ruby-text>ka</text:ruby-text></"
                       "text:ruby>")) == "1: 課題\n");
}

TEST_CASE("formulas and errors") {
    CHECK(one_row(cell("table:formula=\"of:=SUM([.A2:.A3])\" office:value-type=\"float\" office:value=\"12\"",
                       "<text:p>12</text:p>")) == "1: =#12\n");
    CHECK(one_row(cell("table:formula=\"of:=NA()\" office:value-type=\"string\" office:string-value=\"\" "
                       "calcext:value-type=\"error\"",
                       "<text:p>#N/A</text:p>")) == "1: =!#N/A\n");
    CHECK(one_row(cell(
              "table:formula=\"of:=&quot;a&quot;\" office:value-type=\"string\" office:string-value=\"a\"",
              "<text:p>a</text:p>")) == "1: =a\n");
    CHECK(one_row(cell("table:formula=\"of:=IF(1;&quot;&quot;)\" office:value-type=\"string\" "
                       "office:string-value=\"\"",
                       "<text:p/>") +
                  text("x")) == "1:  | x\n");
    CHECK(one_row(cell("table:formula=\"of:=SUM([.A2:.A3])\"")) == "1: =!=SUM([.A2:.A3])\n");
}

TEST_CASE("repeated cells and rows") {
    CHECK(one_row(cell("table:number-columns-repeated=\"2\"") +
                  cell("table:number-columns-repeated=\"3\" office:value-type=\"float\" office:value=\"7\"") +
                  cell("table:number-columns-repeated=\"16379\"")) == "1:  |  | #7 | #7 | #7\n");
    CHECK(shown(ods_rows(row(text("a"), "table:number-rows-repeated=\"3\"") +
                         row(cell(""), "table:number-rows-repeated=\"5\"") + row(text("b")) +
                         row(cell("table:number-columns-repeated=\"16384\""),
                             "table:number-rows-repeated=\"1048567\""))) == "1: a\n2: a\n3: a\n9: b\n");
}

TEST_CASE("repetition does not blow up") {
    CHECK(one_row(cell(
              "table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"7\"")) ==
          "refused: office.too_wide | S | ALM1 | 1000");
    CHECK(one_row(cell("table:number-columns-repeated=\"2147483647\"") +
                  cell("table:number-columns-repeated=\"2147483647\"") + text("x"))
              .starts_with("refused: office.too_wide"));
    Limits limits;
    limits.cells = 100'000;
    CHECK(shown(ods_rows(row(text("x"), "table:number-rows-repeated=\"1048576\"")), limits) ==
          "refused: office.too_many_cells | 100000");
    CHECK(shown(ods_rows(row(cell(""), "table:number-rows-repeated=\"2147483647\"") +
                         row(cell(""), "table:number-rows-repeated=\"2147483647\"") + row(text("x")))) ==
          "refused: office.damaged | content.xml | row 16777217");
    CHECK(shown(ods_rows(row(text("x"), "table:number-rows-repeated=\"-5\""))) == "1: x\n");
    CHECK(shown(ods_rows(row(text("x"), "table:number-rows-repeated=\"abc\""))) == "1: x\n");
}

TEST_CASE("merged cells keep their columns and carry the value") {
    const std::string covered = "<table:covered-table-cell/>";
    CHECK(shown(ods_rows(row(cell("table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\" "
                                  "office:value-type=\"string\"",
                                  "<text:p>Bộ</text:p>") +
                             covered + text("x")) +
                         row("<table:covered-table-cell table:number-columns-repeated=\"2\"/>" + text("y")) +
                         row(text("a") + text("b") + text("z")))) ==
          "1: Bộ | <Bộ | x\n2: ^Bộ | <Bộ | y\n3: a | b | z\n");
    CHECK(shown(ods_rows(row(cell("table:number-rows-spanned=\"2147483647\" "
                                  "table:number-columns-spanned=\"2147483647\" office:value-type=\"string\"",
                                  "<text:p>x</text:p>"))))
              .find("refused") == std::string::npos);
}

TEST_CASE("groups, header rows, hidden rows, hidden tables, remembered tables of other files") {
    const std::string styles =
        "<style:style style:name=\"off\" style:family=\"table\"><style:table-properties "
        "table:display=\"false\"/></style:style>"
        "<style:style style:name=\"on\" style:family=\"table\"><style:table-properties "
        "table:display=\"true\"/></style:style>";
    const std::string tables =
        "<table:table table:name=\"Một\" "
        "table:style-name=\"on\"><table:shapes><draw:frame><text:p>x</text:p></draw:frame></table:shapes>"
        "<table:table-header-rows>" +
        row(text("a")) + "</table:table-header-rows><table:table-row-group>" +
        row(text("b"), "table:visibility=\"collapse\"") + "<table:table-row-group>" +
        row(text("c"), "table:visibility=\"filter\"") + "</table:table-row-group></table:table-row-group>" +
        row(cell("", "<table:table>" + row(text("inner")) + "</table:table>") + text("d")) +
        "</table:table><table:table table:name=\"Hai\" table:style-name=\"off\">" + row(text("e")) +
        "</table:table><table:table table:name=\"'file:///x'#$S\" table:style-name=\"ta_extref\">" +
        row(text("f")) + "</table:table><table:tracked-changes>" + row(text("g")) +
        "</table:tracked-changes>";
    CHECK(shown(ods_of(tables, styles)) == "1: a\n2h: b\n3h: c\n4:  | d\n-- Hai (hidden)\n1: e\n");
}

TEST_CASE("fonts from before Unicode: of the cell, the row, the column") {
    const std::string styles =
        "<style:style style:name=\"old\" style:family=\"table-cell\"><style:text-properties "
        "style:font-name=\".VnTime\"/></style:style>"
        "<style:style style:name=\"para\" style:family=\"paragraph\"><style:text-properties "
        "style:font-name=\".VnTime\"/></style:style>";
    const std::string words = "<text:p>NguyÔn</text:p>";
    const std::string columns =
        "<table:table-column/><table:table-column table:default-cell-style-name=\"old\" "
        "table:number-columns-repeated=\"2\"/>";
    CHECK(shown(ods_of("<table:table table:name=\"S\">" + columns +
                           row(cell("", words) + cell("", words) + cell("table:style-name=\"none\"", words)) +
                           row(cell("", words), "table:default-cell-style-name=\"old\"") +
                           row(cell("table:style-name=\"old\"", words)) + "</table:table>",
                       styles)) == "1: NguyÔn | ~Nguyễn | NguyÔn\n2: ~Nguyễn\n3: ~Nguyễn\n");
}

TEST_CASE("the receiver may skip a table or stop, also within groups of rows") {
    const std::string rows = "<table:table-row-group>" + row(text("a")) + row(text("b")) +
                             "</table:table-row-group>" + row(text("c"));
    const std::string bytes =
        ods_of("<table:table table:name=\"1\">" + rows + "</table:table><table:table table:name=\"2\">" +
               rows + "</table:table>");
    std::string seen;
    const auto go = [&](Next after) {
        seen.clear();
        const auto opened = read_sheets(
            memory(bytes), {},
            [&](const SheetInfo& info) {
                seen += info.name;
                return Next::row;
            },
            [&](const SheetRow& cells) {
                seen += cells.cells[0].text;
                return cells.cells[0].text == "b" ? after : Next::row;
            });
        CHECK(opened->format == Format::ods);
        return seen;
    };
    CHECK(go(Next::row) == "1abc2abc");
    CHECK(go(Next::sheet) == "1ab2ab");
    CHECK(go(Next::stop) == "1ab");
}

TEST_CASE("what is locked is refused, what merely has a document type in its manifest is not") {
    const std::string table = "<table:table table:name=\"S\">" + row(text("x")) + "</table:table>";
    const std::string locked =
        "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry "
        "manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry></"
        "manifest:manifest>";
    CHECK(shown(ods_of(table, "", {{"META-INF/manifest.xml", locked}, {"content.xml", "\x12\x34garbage"}})) ==
          "refused: office.encrypted");
    CHECK(shown(ods_of(table, "",
                       {{"META-INF/manifest.xml",
                         "<!DOCTYPE manifest:manifest PUBLIC \"-//x\" \"Manifest.dtd\"><manifest:manifest "
                         "xmlns:manifest=\"m\"/>"}})) == "1: x\n");
    CHECK(
        shown(ods_of(table, "", {{"META-INF/manifest.xml", "<!DOCTYPE m [<!ENTITY a \"b\">]><m>&a;</m>"}})) ==
        "refused: office.forbidden_xml | META-INF/manifest.xml");
    CHECK(shown(ods_of(table, "", {{"content.xml", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"}})) ==
          "refused: office.forbidden_xml | content.xml");
}
