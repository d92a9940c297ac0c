// .xlsx as people, and the programs they use, make it.
#include <doctest/doctest.h>

#include <system_error>

#include "platform/office/legacy_font.h"
#include "platform/office/made_workbook.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

// Cells of row 1.
std::string row(const std::string& cells) {
    return shown(MadeXlsx{"<row r=\"1\">" + cells + "</row>", "", "", "", "", {}}.zipped());
}

// Cell A1 with that content and the format code, in a workbook that counts from 1900 or 1904.
std::string formatted(const std::string& value, const std::string& code, const char* properties = "") {
    MadeXlsx made;
    made.rows = "<row><c s=\"1\"><v>" + value + "</v></c></row>";
    made.styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"" + code +
                  "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
    made.workbook_properties = properties;
    return shown(made.zipped());
}
std::string built_in(const std::string& value, int format) {
    MadeXlsx made;
    made.rows = "<row><c s=\"1\"><v>" + value + "</v></c></row>";
    made.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"" + std::to_string(format) + "\"/></cellXfs>";
    return shown(made.zipped());
}

}  // namespace

TEST_CASE("shared texts: runs joined, phonetic hints left out, escapes decoded, blanks kept") {
    MadeXlsx made;
    made.strings =
        "<si><t>Đỗ Văn An</t></si>"
        "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">Lê </t></r><r><t>Bình</t></r></si>"
        "<si><t>課</t><rPh sb=\"0\" eb=\"1\"><t>KA</t></rPh><phoneticPr fontId=\"1\"/></si>"
        "<si><t>a_x000D__x000A_b_x005F_x0041_</t></si>"
        "<si/>"
        "<si><t>x &amp; y &lt;z&gt; &#272;</t></si>";
    made.rows = "<row r=\"2\">";
    for (int i = 0; i < 6; ++i) made.rows += "<c t=\"s\"><v>" + std::to_string(i) + "</v></c>";
    made.rows += "</row>";
    CHECK(shown(made.zipped()) == "2: Đỗ Văn An | Lê Bình | 課 | a\r\nb_x0041_ |  | x & y <z> Đ\n");
}

TEST_CASE("inline texts, formula texts, booleans, errors") {
    CHECK(row("<c t=\"inlineStr\"><is><t>An</t></is></c><c "
              "t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>") == "1: An | ab\n");
    CHECK(row("<c t=\"str\"><f>A2&amp;\"x\"</f><v>An x</v></c>") == "1: =An x\n");
    CHECK(row("<c t=\"str\"><f>IF(1,\"\",2)</f><v></v></c><c><v>1</v></c>") == "1:  | #1\n");
    CHECK(row("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>") == "1: ?true | ?false\n");
    CHECK(row("<c t=\"e\"><v>#N/A</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>") ==
          "1: !#N/A | =!#DIV/0!\n");
    CHECK(row("<c t=\"d\"><v>2017-06-16T08:06:00</v></c>") == "1: @2017-06-16 08:06\n");
}

TEST_CASE("a formula nobody has calculated is an error, not an empty cell") {
    CHECK(row("<c><f>SUM(A1:A3)</f></c><c><f>A1</f><v/></c>") == "1: =!=SUM(A1:A3) | =!=A1\n");
    CHECK(row("<c><f>SUM(A1:A3)</f><v>12</v></c>") == "1: =#12\n");
}

TEST_CASE("numbers as plain decimals") {
    CHECK(row("<c><v>1350</v></c><c><v>1.5E3</v></c><c><v>8.5</v></c><c><v>-0.125</v></c>") ==
          "1: #1350 | #1500 | #8.5 | #-0.125\n");
    CHECK(row("<c><v>12.300000000000001</v></c><c><v>0.1</v></c><c><v>1E-3</v></c><c><v>1e20</v></c>") ==
          "1: #12.3 | #0.1 | #0.001 | #100000000000000000000\n");
    CHECK(row("<c><v>1.5E+30</v></c><c><v>12.0</v></c><c><v>-0</v></c><c><v>0.0</v></c>") ==
          "1: #1.5E+30 | #12 | #0 | #0\n");
    CHECK(row("<c><v>123456789012345678</v></c><c><v>99999999999.99999</v></c>") ==
          "1: #123456789012345678 | #100000000000\n");
    CHECK(row("<c><v>abc</v></c><c><v>nan</v></c><c><v>1x</v></c><c><v>inf</v></c>") ==
          "1: abc | nan | 1x | inf\n");
    CHECK(row("<c t=\"n\"><v>36085001234</v></c>") == "1: #36085001234\n");
}

TEST_CASE("whole numbers carry an integer and the day they would be") {
    const std::string bytes =
        MadeXlsx{"<row><c><v>44926</v></c><c><v>8.5</v></c></row>", "", "", "", "", {}}.zipped();
    const auto opened = read_sheets(
        memory(bytes), {}, [](const SheetInfo&) { return Next::row; },
        [](const SheetRow& cells) {
            CHECK(cells.cells[0].integer == 44926);
            CHECK(to_text(*cells.cells[0].date) == "2022-12-31");
            CHECK_FALSE(cells.cells[1].integer);
            CHECK_FALSE(cells.cells[1].date);
            return Next::row;
        });
    CHECK(opened->format == Format::xlsx);
    CHECK(opened->sheets == 1);
}

TEST_CASE("days by format") {
    CHECK(built_in("44926", 14) == "1: @2022-12-31\n");
    CHECK(built_in("31121", 17) == "1: @1985-03-15/month\n");
    CHECK(built_in("42903.3375", 22) == "1: @2017-06-17 08:06\n");
    CHECK(built_in("0.3375", 20) == "1: 08:06\n");
    CHECK(built_in("42903.3375", 20) == "1: 08:06\n");
    CHECK(built_in("44926", 0) == "1: #44926\n");
    CHECK(built_in("44926", 4) == "1: #44926\n");
    CHECK(built_in("1.5", 46) == "1: #1.5\n");  // [h]:mm:ss is a duration
    for (const char* code :
         {"dd/mm/yyyy", "d/m/yy", "[$-1010000]d/m/yyyy;@", "dd\\-mm\\-yyyy", "[$-42A]dd mmmm yyyy",
          "yyyy-mm-dd", "&quot;ngày &quot;d&quot; tháng &quot;m&quot; năm &quot;yyyy", "DD.MM.YYYY",
          "dddd, mmmm dd, yyyy", "d-mmm"})
        CHECK_MESSAGE(formatted("31121", code) == "1: @1985-03-15\n", std::string(code));
    for (const char* code : {"mm/yyyy", "[$-42A]mmmm yyyy;@", "mmm-yy", "&quot;tháng &quot;m/yyyy"})
        CHECK_MESSAGE(formatted("31121", code) == "1: @1985-03-15/month\n", std::string(code));
    for (const char* code : {"yyyy", "&quot;năm &quot;yyyy"})
        CHECK_MESSAGE(formatted("31121", code) == "1: @1985-03-15/year\n", std::string(code));
    for (const char* code :
         {"0", "General", "#,##0", "#,##0.00\\ &quot;đ&quot;", "0.00E+00", "0&quot; ngày&quot;",
          "[Red]#,##0;[Blue]-#,##0", "@", "_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-", "[&gt;100]0;0", "0.0%",
          "&quot;dd/mm/yyyy&quot;0", "[h]:mm", "Standard"})
        CHECK_MESSAGE(formatted("31121", code) == "1: #31121\n", std::string(code));
    CHECK(formatted("42903.3375", "dd/mm/yyyy hh:mm") == "1: @2017-06-17 08:06\n");
    CHECK(formatted("42903", "dd/mm/yyyy hh:mm") == "1: @2017-06-17\n");
    CHECK(formatted("42903.3375", "mm:ss") == "1: 08:06\n");  // minutes, not a month
    CHECK(formatted("42903.3375", "h:mm AM/PM") == "1: 08:06\n");
    CHECK(formatted("42903.99999999", "dd/mm/yyyy") ==
          "1: @2017-06-18\n");  // the second rounds up to midnight
}

TEST_CASE("serials at the edges") {
    CHECK(formatted("1", "dd/mm/yyyy") == "1: @1900-01-01\n");
    CHECK(formatted("59", "dd/mm/yyyy") == "1: @1900-02-28\n");
    CHECK(formatted("60", "dd/mm/yyyy") == "1: @1900-02-28\n");  // Excel's 29 February 1900
    CHECK(formatted("61", "dd/mm/yyyy") == "1: @1900-03-01\n");
    CHECK(formatted("2958465", "dd/mm/yyyy") == "1: @9999-12-31\n");
    CHECK(formatted("2958466", "dd/mm/yyyy") == "1: #2958466\n");
    CHECK(formatted("0", "dd/mm/yyyy") == "1: #0\n");
    CHECK(formatted("-1", "dd/mm/yyyy") == "1: #-1\n");
}

TEST_CASE("workbooks that count from 1904") {
    CHECK(formatted("41441", "dd/mm/yyyy", "date1904=\"1\"") == "1: @2017-06-17\n");
    CHECK(formatted("41441", "dd/mm/yyyy", "date1904=\"true\"") == "1: @2017-06-17\n");
    CHECK(formatted("0", "dd/mm/yyyy", "date1904=\"1\"") == "1: @1904-01-01\n");
    CHECK(formatted("42903", "dd/mm/yyyy", "date1904=\"0\"") == "1: @2017-06-17\n");
}

TEST_CASE("zeros in front that the format shows") {
    CHECK(formatted("1085001234", "000000000000") == "1: #001085001234\n");
    CHECK(formatted("912345678", "0000000000") == "1: #0912345678\n");
    CHECK(formatted("912345678", "0000 000 000") == "1: #0912345678\n");
    CHECK(formatted("912345678", "&quot;0&quot;#") == "1: #0912345678\n");
    CHECK(formatted("12345", "000") == "1: #12345\n");
    CHECK(formatted("8.5", "000") == "1: #8.5\n");
}

TEST_CASE("merged cells carry the value, and where it comes from") {
    MadeXlsx made;
    made.rows =
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Danh sách</t></is></c></row>"
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>Bộ Nội vụ</t></is></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>2</v></c><c r=\"B4\"/></row>"
        "<row r=\"6\"><c r=\"A6\"><v>4</v></c><c r=\"B6\"><v>99</v></c></row>"
        "<row r=\"7\"><c r=\"A7\"><v>5</v></c></row>";
    made.after_rows =
        "<mergeCells count=\"2\"><mergeCell ref=\"B3:C6\"/><mergeCell ref=\"A1:C1\"/><mergeCell "
        "ref=\"bad\"/><mergeCell/></mergeCells>";
    CHECK(shown(made.zipped()) ==
          "1: Danh sách | <Danh sách | <Danh sách\n"
          "3: #1 | Bộ Nội vụ | <Bộ Nội vụ\n"
          "4: #2 | ^Bộ Nội vụ | <Bộ Nội vụ\n"
          "6: #4 | ^Bộ Nội vụ | <Bộ Nội vụ\n"  // not the 99 that nobody sees
          "7: #5\n");
}

TEST_CASE("an empty merged range hides what lies under it") {
    MadeXlsx made;
    made.rows = "<row r=\"1\"><c r=\"A1\"/><c r=\"B1\"><v>7</v></c><c r=\"C1\"><v>8</v></c></row>";
    made.after_rows = "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>";
    CHECK(shown(made.zipped()) == "1:  |  | #8\n");
}

TEST_CASE("rows and cells without references follow each other; hidden rows say so") {
    CHECK(shown(MadeXlsx{
              "<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row><row "
              "hidden=\"1\"><c><v>4</v></c></row><row/><row r=\"9\"><c "
              "r=\"B9\"><v>5</v></c></row>",
              "",
              "",
              "",
              "",
              {}}.zipped()) == "1: #1 |  |  | #2 | #3\n2h: #4\n9:  | #5\n");
}

TEST_CASE("sheets in the order of their tabs, hidden ones named, charts left out") {
    MadeXlsx made;
    made.more = {
        {"xl/workbook.xml",
         "<x:workbook xmlns:x=\"a\" xmlns:rel=\"b\"><x:sheets><x:sheet name=\"Hai\" sheetId=\"7\" "
         "rel:id=\"b\"/><x:sheet name=\"Biểu đồ\" sheetId=\"3\" rel:id=\"c\"/>"
         "<x:sheet name=\"Một\" sheetId=\"1\" state=\"hidden\" rel:id=\"a\"/></x:sheets></x:workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" "
         "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"x/worksheet\" "
         "Target=\"../xl/./worksheets/sheet2.xml\"/><Relationship Id=\"c\" Type=\"x/chartsheet\" "
         "Target=\"chartsheets/sheet1.xml\"/></Relationships>"},
        {"xl/worksheets/sheet2.xml",
         "<x:worksheet "
         "xmlns:x=\"a\"><x:sheetData><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"}};
    made.rows = "<row><c><v>1</v></c></row>";
    CHECK(shown(made.zipped()) == "1: #2\n-- Một (hidden)\n1: #1\n");
}

TEST_CASE("a single text tells an old font where nothing else can be meant") {
    for (const char* text : {"NguyÔn V¨n §øc", "TrÇn ThÞ Hµ", "Hµ", "Vô Ph¸p chÕ", "§ång"})
        CHECK_MESSAGE(certain_by_letters(text) == LegacyFont::tcvn3, std::string(text));
    for (const char* text : {"Nguyeãn Vaên", "Traàn", "Ñöùc", "Leâ"})
        CHECK_MESSAGE(certain_by_letters(text) == LegacyFont::vni, std::string(text));
    for (const char* text : {"Hoàng Công An", "Hoà", "Quý", "Lê Hoà", "Müller", "An", "", "Trần Văn Đức",
                             "Quá khoá", "Già Ý", "Khuê"})
        CHECK_MESSAGE(certain_by_letters(text) == LegacyFont::none, std::string(text));
}

TEST_CASE("text in fonts from before Unicode") {
    MadeXlsx made;
    made.strings =
        "<si><t>NguyÔn V¨n</t></si><si><r><rPr><rFont val=\".VnTimeH\"/></rPr><t>§ç </t></r><r><rPr><rFont "
        "val=\".VnTime\"/></rPr><t>LËp</t></r></si>"
        "<si><t>Nguyễn</t></si>";
    made.styles =
        "<fonts><font><name val=\"Arial\"/></font><font><name val=\".VnTime\"/></font><font><name "
        "val=\"VNI-Times\"/></font></fonts>"
        "<cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"0\" "
        "fontId=\"2\"/></cellXfs>";
    made.rows =
        "<row><c s=\"1\" t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c><c s=\"1\" t=\"s\"><v>1</v></c><c "
        "s=\"1\" t=\"s\"><v>2</v></c>"
        "<c s=\"2\" t=\"inlineStr\"><is><t>Nguyeãn Vaên Ñöùc</t></is></c></row>";
    CHECK(shown(made.zipped()) == "1: ~Nguyễn Văn | NguyÔn V¨n | ~ĐỖ Lập | Nguyễn | ~Nguyễn Văn Đức\n");
}

TEST_CASE("a workbook in UTF-16 and with byte order marks") {
    const std::string sheet =
        "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell "
        "ref=\"A1:B1\"/></mergeCells></worksheet>";
    std::string wide = "\xFF\xFE";
    for (const char c : sheet) (wide += c) += '\0';
    MadeXlsx made;
    made.more = {{"xl/worksheets/sheet1.xml", wide}};
    CHECK(shown(made.zipped()) == "1: #1 | <#1\n");
    made.more = {{"xl/worksheets/sheet1.xml", "\xEF\xBB\xBF" + sheet}};
    CHECK(shown(made.zipped()) == "1: #1 | <#1\n");
}

TEST_CASE("the receiver may skip a sheet or stop") {
    MadeXlsx made;
    for (int i = 1; i <= 5; ++i) made.rows += "<row><c><v>" + std::to_string(i) + "</v></c></row>";
    const std::string bytes = made.zipped();
    int rows = 0;
    const auto count = [&](Next sheet, Next after_two) {
        rows = 0;
        return read_sheets(
            memory(bytes), {}, [&](const SheetInfo&) { return sheet; },
            [&](const SheetRow&) { return ++rows == 2 ? after_two : Next::row; });
    };
    CHECK(count(Next::row, Next::row));
    CHECK(rows == 5);
    CHECK(count(Next::sheet, Next::row));
    CHECK(rows == 0);
    CHECK(count(Next::row, Next::stop));
    CHECK(rows == 2);
    CHECK(count(Next::row, Next::sheet));
    CHECK(rows == 2);
}

TEST_CASE("what the receiver throws comes out as it is") {
    const std::string bytes = MadeXlsx{"<row><c><v>1</v></c></row>", "", "", "", "", {}}.zipped();
    struct Mine {};
    CHECK_THROWS_AS((void)read_sheets(
                        memory(bytes), {}, [](const SheetInfo&) { return Next::row; },
                        [](const SheetRow&) -> Next { throw Mine{}; }),
                    Mine);
    CHECK_THROWS_AS((void)read_sheets(
                        file("/no/such/file"), {}, [](const SheetInfo&) { return Next::row; },
                        [](const SheetRow&) { return Next::row; }),
                    std::system_error);
}

TEST_CASE("cells of date and count columns") {
    const auto cell = [](Cell::Kind kind, std::string text, std::optional<std::int64_t> integer = {},
                         std::optional<Date> date = {}) {
        Cell made;
        made.kind = kind;
        made.text = std::move(text);
        made.integer = integer;
        made.date = date;
        return made;
    };
    const Date day = *Date::of(1985, 3, 15);
    CHECK(date_of(cell(Cell::Kind::date, "1985-03-15", {}, day))->date == day);
    CHECK(date_of(cell(Cell::Kind::number, "31121", 31121, day))->date == day);
    CHECK(date_of(cell(Cell::Kind::number, "1985", 1985, Date{-23000}))->precision == Precision::year);
    CHECK(date_of(cell(Cell::Kind::number, "3.1985"))->precision == Precision::month);
    CHECK(date_of(cell(Cell::Kind::number, "15031985", 15031985))->date == day);
    CHECK(date_of(cell(Cell::Kind::number, "1031985", 1031985, Date{1000000}))->date ==
          *Date::of(1985, 3, 1));
    CHECK(date_of(cell(Cell::Kind::text, " 15/3/1985 "))->date == day);
    CHECK_FALSE(date_of(cell(Cell::Kind::number, "0", 0)));
    CHECK_FALSE(date_of(cell(Cell::Kind::number, "8.5")));
    CHECK_FALSE(date_of(cell(Cell::Kind::error, "#N/A")));
    CHECK_FALSE(date_of(cell(Cell::Kind::boolean, "true")));
    CHECK_FALSE(date_of(Cell{}));
    CHECK(count_of(cell(Cell::Kind::number, "1350", 1350)) == 1350);
    CHECK(count_of(cell(Cell::Kind::text, "1.350 hv")) == 1350);
    CHECK_FALSE(count_of(cell(Cell::Kind::number, "8.5")));
    CHECK_FALSE(count_of(cell(Cell::Kind::date, "1985-03-15", {}, day)));
    CHECK(cell_name(0, 1) == "A1");
    CHECK(cell_name(25, 7) == "Z7");
    CHECK(cell_name(26, 7) == "AA7");
    CHECK(cell_name(16383, 1048576) == "XFD1048576");
}
