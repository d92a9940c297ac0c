// What is written is read back by our own reader; how it looks was checked in LibreOffice.
#include "platform/office/xlsx_writer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <stdexcept>

#include "platform/office/archive.h"
#include "platform/office/made_workbook.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

using Kind = ListColumn::Kind;

std::string written(const std::vector<ListColumn>& columns, const std::vector<std::vector<ListCell>>& rows) {
    ListLayout layout;
    layout.columns = columns;
    ListWriter writer = ListWriter::to_memory(layout);
    for (const auto& row : rows) writer.row(row);
    writer.finish();
    return writer.bytes();
}

std::string part(const std::string& bytes, const std::string& name) {
    const Source source = memory(bytes);
    const Bytes opened(source);
    const Limits limits;
    Archive archive(opened, limits);
    return archive.beginning(name, 1'000'000);
}

}  // namespace

TEST_CASE("titles, header, rows of every kind") {
    ListLayout layout;
    layout.sheet = "Danh sách lớp";
    layout.titles = {"DANH SÁCH HỌC VIÊN", "Lớp K4-CT2"};
    layout.columns = {{"STT", Kind::integer},
                      {"Họ và tên"},
                      {"Ngày sinh", Kind::date},
                      {"Đạt", Kind::percent},
                      {"Lượt người", Kind::quantity}};
    ListWriter writer = ListWriter::to_memory(layout);
    writer.row({std::int64_t{1}, std::string_view("Đỗ Văn An"), *Date::of(1985, 3, 15),
                std::string_view("87.5"), std::int64_t{16212}});
    writer.row({std::int64_t{2}, std::string_view("Lê Bình"), std::int64_t{1985},
                std::string_view("không có chỉ tiêu"), std::monostate{}});
    writer.bold_row({std::monostate{}, std::string_view("Tổng cộng"), std::monostate{},
                     std::string_view("73.6"), std::int64_t{994}});
    writer.finish();
    CHECK(shown(writer.bytes()) ==
          "1: DANH SÁCH HỌC VIÊN\n2: Lớp K4-CT2\n4: STT | Họ và tên | Ngày sinh | Đạt | Lượt người\n"
          "5: #1 | Đỗ Văn An | @1985-03-15 | #0.875 | #16212\n"
          "6: #2 | Lê Bình | #1985 | không có chỉ tiêu\n"
          "7:  | Tổng cộng |  | #0.736 | #994\n");
}

TEST_CASE("no text becomes a formula, whatever it begins with") {
    std::vector<std::vector<ListCell>> rows;
    for (const char* text : {"=1+1", "+84912345678", "-5", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1"})
        rows.push_back({std::string_view(text)});
    const std::string bytes = written({{"Ghi chú"}}, rows);
    CHECK(shown(bytes) ==
          "1: Ghi chú\n2: =1+1\n3: +84912345678\n4: -5\n5: @SUM(A1)\n6: =HYPERLINK(\"http://x\")\n7: \t=1\n");
    CHECK(part(bytes, "xl/worksheets/sheet1.xml").find("<f>") == std::string::npos);
}

TEST_CASE("texts of every kind survive") {
    const std::string_view texts[] = {"a\nb",        "a\r\nb",      "_x000D_",  "_x005F_", "<&>\"'",
                                      "  hai đầu  ", "đ\u0301 ễ 😀", "\x01\x1f", "a_x"};
    std::vector<std::vector<ListCell>> rows;
    std::string expected = "1: T\n";
    int number = 2;
    for (const std::string_view text : texts) {
        rows.push_back({text});
        expected += std::to_string(number++) + ": " + std::string(text) + "\n";
    }
    CHECK(shown(written({{"T"}}, rows)) == expected);
    CHECK(shown(written({{"T"}}, {{std::string_view("a\xff")}, {std::string_view("a\0b", 3)}})) ==
          "1: T\n2: a\ufffd\n3: ab\n");
}

TEST_CASE("numbers beyond fifteen digits and days before 1900 are text, not something near") {
    CHECK(shown(written({{"A", Kind::integer}, {"B", Kind::date}, {"C"}, {"D"}},
                        {{std::int64_t{999'999'999'999'999}, *Date::of(1900, 1, 1), std::int64_t{8},
                          *Date::of(2017, 6, 16)},
                         {std::int64_t{9'007'199'254'740'993}, *Date::of(1890, 5, 19), std::int64_t{-8},
                          *Date::of(1900, 2, 28)}})) ==
          "1: A | B | C | D\n2: #999999999999999 | @1900-01-01 | 8 | 16/06/2017\n3: 9007199254740993 | "
          "19/05/1890 | -8 | 28/02/1900\n");
}

TEST_CASE("percentages keep the digits they were given") {
    CHECK(shown(written({{"P", Kind::percent, 0, 1}}, {{std::string_view("100.0")},
                                                       {std::string_view("0.0")},
                                                       {std::string_view("-33.3")},
                                                       {std::string_view("")},
                                                       {std::string_view("1e5")},
                                                       {std::string_view("7x")},
                                                       {std::int64_t{5}}})) ==
          "1: P\n2: #1\n3: #0\n4: #-0.333\n6: 1e5\n7: 7x\n8: #5\n");
}

TEST_CASE("several sheets, with names that Excel accepts") {
    ListLayout layout;
    layout.sheet = "Lớp A/B: [1]?*\\ và một cái tên rất dài không ai đọc hết";
    layout.columns = {{"A"}};
    ListWriter writer = ListWriter::to_memory(layout);
    writer.row({std::string_view("1")});
    writer.sheet(layout);
    writer.row({std::string_view("2")});
    layout.sheet = "'";
    writer.sheet(layout);
    layout.sheet = "";
    writer.sheet(layout);
    writer.row({std::string_view("4")});
    CHECK(shown(writer.bytes()) ==
          "1: A\n2: 1\n-- Lớp A-B- -1---- và một cái (2)\n1: A\n2: 2\n-- Sheet3\n1: A\n-- Sheet4\n1: A\n2: "
          "4\n");
}

TEST_CASE("made for paper and for scrolling") {
    ListLayout layout;
    layout.titles = {"T"};
    layout.columns = {{"A"}, {"B"}};
    layout.footer = "Trung tâm A & B";
    ListWriter writer = ListWriter::to_memory(layout);
    writer.row({std::string_view("1"), std::string_view("2")});
    const std::string bytes = writer.bytes();
    const std::string sheet = part(bytes, "xl/worksheets/sheet1.xml"), book = part(bytes, "xl/workbook.xml"),
                      styles = part(bytes, "xl/styles.xml");
    for (const char* piece :
         {"<pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/>",
          "<autoFilter ref=\"A3:B4\"/>", "fitToPage=\"1\"", "paperSize=\"9\"", "orientation=\"landscape\"",
          "fitToHeight=\"0\"", "&amp;LTrung tâm A &amp;&amp; B&amp;R&amp;P/&amp;N"})
        CHECK_MESSAGE(sheet.find(piece) != std::string::npos, std::string(piece));
    CHECK(book.find("_xlnm.Print_Titles\" localSheetId=\"0\">Sheet1!$3:$3<") != std::string::npos);
    CHECK(styles.find("Times New Roman") != std::string::npos);
}

TEST_CASE("the same list gives the same bytes") {
    const auto make = [] {
        return written({{"A"}, {"B", Kind::date}}, {{std::string_view("x"), Date{17000}}});
    };
    CHECK(make() == make());
}

TEST_CASE("a list without rows is a workbook too") {
    CHECK(shown(written({{"A"}, {"B"}}, {})) == "1: A | B\n");
}

TEST_CASE("files are there when finished, and only then") {
    const auto path = std::filesystem::temp_directory_path() / "tiendo-office-writer.xlsx";
    std::filesystem::remove(path);
    ListLayout layout;
    layout.columns = {{"A"}};
    {
        ListWriter writer = ListWriter::to_file(path.string(), layout);
        writer.row({std::string_view("x")});
    }
    CHECK_FALSE(std::filesystem::exists(path));
    ListWriter writer = ListWriter::to_file(path.string(), layout);
    writer.row({std::string_view("x")});
    writer.finish();
    CHECK(shown(file(path.string())) == "1: A\n2: x\n");
    std::filesystem::remove(path);
    ListWriter nowhere = ListWriter::to_file("/no/such/folder/x.xlsx", layout);
    CHECK_THROWS_AS(nowhere.finish(), std::runtime_error);
}

TEST_CASE("what Excel could not hold is an error, not a cut") {
    ListLayout layout;
    layout.columns = {{"A"}};
    ListWriter writer = ListWriter::to_memory(layout);
    const std::string longest(32'767, 'x'), longer(32'768, 'x');
    writer.row({std::string_view(longest)});
    CHECK_THROWS_AS(writer.row({std::string_view(longer)}), std::length_error);
}
