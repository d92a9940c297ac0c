#include <doctest/doctest.h>

#include "platform/office/csv_writer.h"
#include "platform/office/made_workbook.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

std::string in_utf16(std::string_view ascii, bool low_first) {
    std::string result = low_first ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : ascii) result += low_first ? std::string{c, '\0'} : std::string{'\0', c};
    return result;
}

}  // namespace

TEST_CASE("separators are found, not asked for") {
    CHECK(shown("a,b,c\n1,2,3\n") == "1: a | b | c\n2: 1 | 2 | 3\n");
    CHECK(shown("a;b\r\n8,5;9,0\r\n7,5;8\r\n") == "1: a | b\n2: 8,5 | 9,0\n3: 7,5 | 8\n");
    CHECK(shown("a\tb\n1,5\t2;0\n") == "1: a | b\n2: 1,5 | 2;0\n");
    CHECK(shown("a|b\n1|2\n") == "1: a | b\n2: 1 | 2\n");
    CHECK(shown("Họ và tên,Chức vụ; đơn vị\nAn,x\nBình,y\n") ==
          "1: Họ và tên | Chức vụ; đơn vị\n2: An | x\n3: Bình | y\n");
    CHECK(shown("chỉ một cột\nAn\n") == "1: chỉ một cột\n2: An\n");
    CHECK(shown("\"a;b\",c\n\"d;e\",f\n") == "1: a;b | c\n2: d;e | f\n");
    CHECK(shown("sep=;\r\na;b,c\r\n") == "1: a | b,c\n");
    CHECK(shown("sep=,\na;b,c\n") == "1: a;b | c\n");
}

TEST_CASE("quotes, line ends, blank lines") {
    CHECK(shown("\"a\"\"b\",\"c\nd\",\"\"\r\n\r\ne,\"f\"g\n") == "1: a\"b | c\nd\n3: e | fg\n");
    CHECK(shown("a,b\rc,d\r") == "1: a | b\n2: c | d\n");
    CHECK(shown("a,b\nc,d") == "1: a | b\n2: c | d\n");
    CHECK(shown("a,5\" x 3\"\n1,2\n") == "1: a | 5\" x 3\"\n2: 1 | 2\n");
    CHECK(shown("a,b\n,\n ,x\n") == "1: a | b\n3:   | x\n");
    CHECK(shown("a,b\n\"mở mãi,c\nd,e\n") == "refused: office.csv_quote | 2");
    CHECK(shown("a,\"") == "refused: office.csv_quote | 1");
}

TEST_CASE("every cell is text, so that zeros stay") {
    CHECK(shown("CCCD,Điểm\n001085001234,08\n") == "1: CCCD | Điểm\n2: 001085001234 | 08\n");
    CHECK(shown("a,b\n=\"001085001234\",'+84912\n=1+1,'x\n") ==
          "1: a | b\n2: 001085001234 | +84912\n3: =1+1 | 'x\n");
}

TEST_CASE("encodings: UTF-8 with and without mark, UTF-16 with mark, nothing else") {
    CHECK(shown("\xEF\xBB\xBFHọ,Tên\n") == "1: Họ | Tên\n");
    CHECK(shown(in_utf16("a\tb\r\n1\t2\r\n", true)) == "1: a | b\n2: 1 | 2\n");
    CHECK(shown(in_utf16("a;b\n1;2\n", false)) == "1: a | b\n2: 1 | 2\n");
    CHECK(shown(std::string_view("\xFF\xFE\x11\x01,\0\x3D\xD8\x00\xDE\n\0", 12)) == "1: đ | 😀\n");
    CHECK(shown("a,b\nNguy\xEAn,c\n") == "refused: office.csv_encoding | 2");
    CHECK(shown("a,b\nc,\xC3") == "refused: office.csv_encoding | 2");
    CHECK(shown("a,\xE0\x82\xA2\n") == "refused: office.csv_encoding | 1");  // longer than need be
    CHECK(shown("a,\xE0\x80\x80\n") == "refused: office.csv_encoding | 1");
    CHECK(shown("a,\xED\xA0\x80\n") == "refused: office.csv_encoding | 1");
    CHECK(shown(std::string_view("\xFF\xFE\x00\xDC", 4)) == "refused: office.csv_encoding | 1");
    CHECK(shown(std::string_view("\xFF\xFE\x3D\xD8", 4)) == "refused: office.csv_encoding | 1");
    CHECK(shown(std::string_view("\xFF\xFE"
                                 "a",
                                 3)) == "refused: office.csv_encoding | 1");
}

TEST_CASE("a character may fall between two pieces of the file") {
    std::string text = "a,b\n";
    while (text.size() < 65'535) text += "x";
    text += ",Đỗ,\"";
    while (text.size() < 131'071) text += "y";
    text += "ễ\n\"\n";
    const std::string result = shown(text);
    CHECK(result.find(" | Đỗ | ") != std::string::npos);
    CHECK(result.ends_with("yễ\n\n"));
}

TEST_CASE("limits hold for text too") {
    Limits limits;
    limits.columns = 3;
    CHECK(shown("a,b,c\n1,2,3,\n1,2,3,4\n", limits) == "refused: office.too_wide |  | D3 | 3");
    limits = {};
    limits.cell_bytes = 10;
    CHECK(shown("a,b\n12345678901,x\n", limits) == "refused: office.cell_too_long |  | A2");
    CHECK(shown("a,b\n\"12345678901\n", limits) == "refused: office.csv_quote | 2");
    limits = {};
    limits.cells = 3;
    CHECK(shown("a,b\nc,d\n", limits) == "refused: office.too_many_cells | 3");
}

TEST_CASE("writing: quotes where needed, no formula from anybody's text") {
    CHECK(csv_line({std::string_view("Đỗ, An"), std::int64_t{-5}, *Date::of(2017, 6, 16), std::monostate{},
                    std::string_view("")}) == "\"Đỗ, An\",-5,2017-06-16,,\r\n");
    CHECK(csv_line({std::string_view("a\"b"), std::string_view("c\nd"), std::string_view(" e")}) ==
          "\"a\"\"b\",\"c\nd\",\" e\"\r\n");
    for (const char* text : {"=1+1", "+84912", "-1", "@SUM(A1)"})
        CHECK(csv_line({std::string_view(text)}) == "'" + std::string(text) + "\r\n");
    CHECK(csv_line({std::string_view("\t=1")}) == "\"'\t=1\"\r\n");
    CHECK(csv_line({std::string_view("=\"a\"")}) == "\"'=\"\"a\"\"\"\r\n");
}

TEST_CASE("what is written reads back") {
    std::string text(csv_mark);
    text += csv_line(
        {std::string_view("Họ và tên"), std::string_view("Điện thoại"), std::string_view("Ghi chú")});
    text += csv_line({std::string_view("Đỗ \"Tí\" An; B"), std::string_view("+84912"),
                      std::string_view("=HYPERLINK(\"x\")")});
    text += csv_line({std::string_view("'=x"), std::string_view("sep=;"), std::string_view("a|b")});
    CHECK(shown(text) ==
          "1: Họ và tên | Điện thoại | Ghi chú\n2: Đỗ \"Tí\" An; B | +84912 | =HYPERLINK(\"x\")\n3: '=x | "
          "sep=; | a|b\n");
}
