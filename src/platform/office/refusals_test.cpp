// Files that are no workbooks, no longer, or out to do harm.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "platform/office/made_workbook.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

std::string in_utf16(std::string_view ascii) {
    std::string result;
    for (const char c : ascii) (result += c) += '\0';
    return result;
}
std::string compound_file(std::string_view stream) {
    return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2000, '\0') + in_utf16("Root Entry") +
           std::string(100, '\0') + in_utf16(stream) + std::string(3000, '\0');
}
const std::string small = MadeXlsx{"<row><c><v>1</v></c></row>", "", "", "", "", {}}.zipped();

// The workbook with one part replaced; empty content removes it.
std::string with(const std::string& part, const std::string& content) {
    MadeXlsx made;
    made.rows = "<row><c><v>1</v></c></row>";
    made.strings = "<si><t>x</t></si>";
    made.more = {{part, content}};
    return shown(made.zipped());
}

}  // namespace

TEST_CASE("nothing, and what is not a workbook") {
    CHECK(shown("") == "refused: office.empty");
    CHECK(shown(std::string_view("\x00\x01\x02\x03", 4)) == "refused: office.not_workbook");
    CHECK(shown(std::string(1000, '\x7f')) == "refused: office.not_workbook");
    CHECK(shown("%PDF-1.7\n") == "refused: office.other_document | PDF");
    CHECK(shown("{\\rtf1 x}") == "refused: office.other_document | Word (RTF)");
    CHECK(shown("Rar!\x1a\x07") == "refused: office.other_document | RAR");
    CHECK(shown("\x89PNG\r\n") == "refused: office.other_document | PNG");
    CHECK(shown("<?xml version=\"1.0\"?><note/>") == "refused: office.other_document | XML");
    CHECK(shown(zip_of({{"a.txt", "x"}})) == "refused: office.other_document | ZIP");
    CHECK(shown(zip_of({{"word/document.xml", "x"}, {"[Content_Types].xml", "x"}, {"_rels/.rels", "x"}})) ==
          "refused: office.other_document | Word");
    CHECK(shown(zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "x"}})) ==
          "refused: office.other_document | OpenDocument text");
}

TEST_CASE("older and other formats of workbooks get advice") {
    CHECK(shown(compound_file("Workbook")) == "refused: office.old_format | .xls");
    CHECK(shown(compound_file("Book")) == "refused: office.old_format | .xls");
    CHECK(shown(std::string_view("\x09\x08\x10\x00\x00\x06", 6)) == "refused: office.old_format | .xls");
    CHECK(shown(zip_of({{"xl/workbook.bin", "x"}, {"[Content_Types].xml", "x"}, {"_rels/.rels", "x"}})) ==
          "refused: office.old_format | .xlsb");
    CHECK(shown("\xEF\xBB\xBF\r\n<HTML><table>") == "refused: office.old_format | HTML");
    CHECK(shown("<!DOCTYPE html><html>") == "refused: office.old_format | HTML");
    CHECK(shown("<table><tr><td>a</td></tr></table>") == "refused: office.old_format | HTML");
    CHECK(shown("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook "
                "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>") ==
          "refused: office.old_format | XML 2003");
    CHECK(shown(file(TIENDO_SOURCE_DIR "/tests/golden/office/roster.xls")) ==
          "refused: office.old_format | .xls");
    CHECK(shown(file(TIENDO_SOURCE_DIR "/tests/golden/office/roster.fods")) ==
          "refused: office.old_format | .fods");
}

TEST_CASE("locked workbooks") {
    CHECK(shown(compound_file("EncryptedPackage")) == "refused: office.encrypted");
    CHECK(shown(compound_file("WordDocument")) == "refused: office.other_document | Word");
    CHECK(shown(compound_file("Other")) == "refused: office.not_workbook");
    for (const std::size_t place :
         {std::size_t{999'990}, std::size_t{1'500'000}}) {  // across pieces read at once
        std::string large = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2'000'000, '\0');
        large.replace(place, 32, in_utf16("EncryptedPackage"));
        CHECK(shown(large) == "refused: office.encrypted");
    }
    std::string locked = small;
    for (const char* sign : {"PK\3\4", "PK\1\2"})
        for (std::size_t at = locked.find(sign); at != std::string::npos; at = locked.find(sign, at + 1))
            locked[at + (sign[2] == 3 ? 6 : 8)] |= 1;
    CHECK(shown(locked) == "refused: office.encrypted");
}

TEST_CASE("a file cut anywhere is refused, and never read as a whole one") {
    const std::string bytes = small;
    REQUIRE(shown(bytes) == "1: #1\n");
    for (std::size_t length = 4; length < bytes.size(); ++length)
        REQUIRE(shown(std::string_view(bytes).substr(0, length)).starts_with("refused: office.truncated"));
}

TEST_CASE("a byte changed anywhere gives an answer, not a crash") {
    for (std::size_t at = 0; at < small.size(); ++at) {
        std::string bytes = small;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x5a);
        const std::string result = shown(bytes);
        REQUIRE((result.starts_with("refused: office.") || result == "1: #1\n"));
    }
}

TEST_CASE("missing and broken parts") {
    CHECK(with("xl/worksheets/sheet1.xml", "") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | missing");
    CHECK(with("xl/workbook.xml", "") == "refused: office.damaged | xl/workbook.xml | missing");
    CHECK(with("xl/_rels/workbook.xml.rels", "") ==
          "refused: office.damaged | xl/workbook.xml | sheet S leads nowhere");
    CHECK(with("_rels/.rels", "") == "1: #1\n");
    CHECK(with("xl/sharedStrings.xml", "") == "1: #1\n");
    CHECK(with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row></sheetData></worksheet>") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | mismatched tag, line 1");
    CHECK(with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row/>") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | no element found, line 1");
    CHECK(with("xl/worksheets/sheet1.xml", "not xml")
              .starts_with("refused: office.damaged | xl/worksheets/sheet1.xml | "));
    CHECK(with("xl/sharedStrings.xml", "<sst><si>").find("1: #1") == std::string::npos);
    CHECK(with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData><row><c t=\"s\"><v>5</v></c></row></sheetData></worksheet>") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | shared text 5 of 1");
    CHECK(with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData></worksheet>")
              .starts_with("refused: office.damaged"));
    CHECK(with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData><row><c r=\"A0\"/></row></sheetData></worksheet>") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | cell A0");
    CHECK(with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData><row r=\"5\"/><row r=\"3\"/></sheetData></worksheet>") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | row 3 after row 5");
    CHECK(with("xl/workbook.xml", "<workbook><sheets/></workbook>") == "refused: office.no_sheets");
    CHECK(shown(ods_of("")) == "refused: office.no_sheets");
    CHECK(with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData><row r=\"5\"/><row r=\"5\"/></sheetData></worksheet>") ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | row 5 after row 5");
}

TEST_CASE("elements and attributes may be missing or empty anywhere") {
    for (const char* sheet : {"<worksheet/>", "<worksheet><sheetData/></worksheet>",
                              "<worksheet><sheetData><row/><row><c/><c t=\"\"/><c t=\"s\"/><c "
                              "t=\"s\"><v/></c></row></sheetData></worksheet>",
                              "<worksheet><sheetData><row r=\"\"><c r=\"B1\" s=\"\" t=\"inlineStr\"/><c "
                              "t=\"e\"><v/></c></row></sheetData></worksheet>",
                              "<x/>",
                              "<worksheet><sheetData><c><v>1</v></c></sheetData><mergeCells><mergeCell "
                              "ref=\"\"/></mergeCells></worksheet>"})
        CHECK_MESSAGE(with("xl/worksheets/sheet1.xml", sheet).find("damaged") == std::string::npos,
                      std::string(sheet));
    for (const char* part :
         {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/sharedStrings.xml"})
        (void)with(part, "<a><sheet/><Relationship/><si><r><rPr><rFont/></rPr></r></si></a>");
    MadeXlsx made;
    made.rows = "<row><c s=\"0\"><v>1</v></c><c s=\"-1\"><v>2</v></c><c s=\"99\"><v>3</v></c></row>";
    made.styles =
        "<numFmts><numFmt/></numFmts><fonts><name/><font/><font><name/></font></fonts><cellXfs><xf/><xf "
        "fontId=\"-7\" numFmtId=\"x\"/></cellXfs>";
    CHECK(shown(made.zipped()) == "1: #1 | #2 | #3\n");
}

TEST_CASE("document types and entities are refused") {
    const std::string laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c "
        "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></"
        "worksheet>";
    CHECK(with("xl/worksheets/sheet1.xml", laughs) ==
          "refused: office.forbidden_xml | xl/worksheets/sheet1.xml");
    CHECK(with("xl/workbook.xml", "<!DOCTYPE a SYSTEM \"http://x/\"><workbook/>") ==
          "refused: office.forbidden_xml | xl/workbook.xml");
    CHECK(with("xl/sharedStrings.xml", "<!DOCTYPE a><sst/>") ==
          "refused: office.forbidden_xml | xl/sharedStrings.xml");
    CHECK(with("xl/worksheets/sheet1.xml",
               "<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>")
              .starts_with("refused: office.damaged"));
}

TEST_CASE("bombs") {
    MadeXlsx made;
    made.rows = "<row><c><v>1</v></c></row>";
    made.after_rows = std::string(40'000'000, ' ');
    CHECK(shown(made.zipped()) == "refused: office.unpacks_too_large | 1500");  // 1,000 to 1
    Limits limits;
    limits.unpacked_bytes = 1'000'000;
    made.after_rows.clear();
    for (int i = 0; i < 30'000; ++i)
        made.rows += "<row><c><v>" + std::to_string(i % 100000 * 7919) + "</v></c></row>";
    CHECK(shown(made.zipped(), limits).find("refused: office.unpacks_too_large | 1") != std::string::npos);
    limits = {};
    limits.file_bytes = 100;
    CHECK(shown(small, limits) == "refused: office.too_large | 1 | 1");
}

TEST_CASE("elements without end, within each other or in their tags") {
    std::string nested = "<worksheet>";
    for (int i = 0; i < 300; ++i) nested += "<a>";
    CHECK(with("xl/worksheets/sheet1.xml", nested) ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | elements within elements without end");
    std::string tag = "<worksheet a=\"";
    for (int i = 0; tag.size() < 12'000'000; ++i) tag += std::to_string(i % 100000 * 7919);
    CHECK(with("xl/worksheets/sheet1.xml", tag) ==
          "refused: office.damaged | xl/worksheets/sheet1.xml | a tag without end");
}

TEST_CASE("limits of cells, columns, texts and merged ranges") {
    const auto limited = [](Limits limits, const std::string& cells, const std::string& after = "") {
        MadeXlsx made;
        made.rows = "<row r=\"7\">" + cells + "</row>";
        made.after_rows = after;
        return shown(made.zipped(), limits);
    };
    Limits limits;
    CHECK(limited(limits, "<c r=\"XFD7\"><v>1</v></c>") == "refused: office.too_wide | S | XFD7 | 1000");
    CHECK(limited(limits, "<c r=\"XFD7\" s=\"4\"/><c r=\"A7\"><v>1</v></c>") == "7: #1\n");
    limits.cells = 1;
    CHECK(limited(limits, "<c><v>1</v></c><c><v>1</v></c>") == "refused: office.too_many_cells | 1");
    limits = {};
    limits.cell_bytes = 5;
    CHECK(limited(limits, "<c><v>123456</v></c>") == "refused: office.cell_too_long | S | A7");
    CHECK(limited(limits, "<c t=\"inlineStr\"><is><t>abc</t><t>def</t></is></c>") ==
          "refused: office.cell_too_long | S | A7");
    limits = {};
    limits.merged_ranges = 1;
    CHECK(limited(limits, "<c><v>1</v></c>",
                  "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells>") ==
          "refused: office.too_many_merged | 1");
    limits = {};
    limits.shared_text_bytes = 10;
    MadeXlsx made;
    made.rows = "<row><c t=\"s\"><v>0</v></c></row>";
    made.strings = "<si><t>mười ký tự trở lên</t></si>";
    CHECK(shown(made.zipped(), limits) == "refused: office.unpacks_too_large | 1");
    limits = {};
    limits.cells = 100'000;
    made.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    for (int row = 2; row < 400; ++row)
        made.rows += "<row><c r=\"B" + std::to_string(row) + "\"><v>1</v></c></row>";
    made.after_rows = "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    CHECK(shown(made.zipped(), limits) == "refused: office.too_many_cells | 100000");
}

TEST_CASE("a zip that claims to have millions of parts is not believed") {
    std::string bytes = small;
    const std::size_t end = bytes.rfind("PK\5\6");
    REQUIRE(end != std::string::npos);
    bytes[end + 8] = bytes[end + 10] = '\xff';
    bytes[end + 9] = bytes[end + 11] = '\xfe';
    CHECK(shown(bytes) == "refused: office.damaged | zip | 65279 parts");
}

TEST_CASE("memory and files read alike") {
    const auto path = std::filesystem::temp_directory_path() / "tiendo-office-refusals.xlsx";
    std::ofstream(path, std::ios::binary) << small;
    CHECK(shown(file(path.string())) == shown(small));
    std::ofstream(path, std::ios::binary) << small.substr(0, small.size() - 30);
    CHECK(shown(file(path.string())) == "refused: office.truncated");
    std::filesystem::remove(path);
}
