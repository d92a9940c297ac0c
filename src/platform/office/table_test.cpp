// Tables in sheets as people lay them out. The sheets are .csv where merged cells do not matter.
#include "platform/office/table.h"

#include <doctest/doctest.h>

#include "platform/office/made_workbook.h"
#include "platform/office/table_rows.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

const std::vector<Column> people = {
    {"name", {"Họ và tên", "Họ tên", "Full name"}, true},
    {"born", {"Ngày sinh", "Ngày tháng năm sinh", "Năm sinh", "Date of birth"}, true},
    {"unit", {"Đơn vị công tác", "Đơn vị", "Unit"}},
    {"position", {"Chức vụ", "Position"}}};

// "row:name,born,unit,position" of every body row.
std::string rows_of(std::string_view bytes, const TableOptions& options = {},
                    const std::vector<Column>& columns = people) {
    std::string result;
    const auto report = read_table(memory(bytes), columns, options, [&](const TableRow& row) {
        result += std::to_string(row.number) + ":";
        for (std::size_t i = 0; i < columns.size(); ++i)
            result += (i == 0 ? "" : ",") + row.text(columns[i].field);
        if (!row.section.empty()) result += " in " + std::string(row.section);
        result += "\n";
        return Next::row;
    });
    if (!report.refused()) return result;
    for (const Refusal& refusal : report.refusals()) {
        result += refusal.message + " [" + refusal.field + "]";
        for (const std::string& argument : refusal.arguments) result += " | " + argument;
        result += "\n";
    }
    return result;
}
FoundTable table_of(std::string_view bytes, const std::vector<Column>& columns = people) {
    const auto report = read_table(memory(bytes), columns, {}, [](const TableRow&) { return Next::row; });
    REQUIRE(report);
    REQUIRE(report->tables.size() == 1);
    return report->tables[0];
}

std::string inline_cell(const std::string& reference, const std::string& text) {
    return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

}  // namespace

TEST_CASE("the header is found by its words, wherever it stands") {
    CHECK(
        rows_of("TRUNG TÂM,,\nDANH SÁCH HỌC VIÊN,,\n,,\nSTT,Họ và tên,Ngày sinh\n1,An,1985\n2,Bình,1990\n") ==
        "5:An,1985,,\n6:Bình,1990,,\n");
    CHECK(rows_of("Ngày sinh,Đơn vị,Họ tên\n1985,Bộ,An\n") == "2:An,1985,Bộ,\n");
    CHECK(rows_of("No.,Full name,Date of birth,Unit\n1,An,1985,x\n") == "2:An,1985,x,\n");
    CHECK(rows_of("HO VA TEN;NGAY SINH\nAn;1985\n") == "2:An,1985,,\n");
}

TEST_CASE("headers in people's own words") {
    CHECK(rows_of("Họ và tên học viên,Ngày sinh (dd/mm/yyyy),Đơn vị công tác hiện nay\nAn,1985,x\n") ==
          "2:An,1985,x,\n");
    CHECK(rows_of("Họ và tên (*),\"Ngày, tháng, năm sinh\",Chức vụ/Position\nAn,1985,x\n") ==
          "2:An,1985,,x\n");
    CHECK(rows_of("Họ và tên / Full name,Ngày sinh\nAn,1985\n") == "2:An,1985,,\n");
    CHECK(rows_of("Họ và tênn,Ngày sính\nAn,1985\n") == "2:An,1985,,\n");  // typing errors
    CHECK(rows_of("Cột A [ID: name],Cột B [ID: born],Họ và tên\nAn,1985,x\n") == "2:An,1985,,\n");
}

TEST_CASE("the best match wins, and a column serves one field") {
    const std::vector<Column> columns = {{"name", {"Tên"}, true},
                                         {"class", {"Tên lớp"}, true},
                                         {"unit", {"Đơn vị"}},
                                         {"issuer", {"Đơn vị cấp"}}};
    CHECK(rows_of("Tên lớp,Tên,Đơn vị cấp CC,Đơn vị\nK4,An,x,y\n", {}, columns) == "2:An,K4,y,x\n");
    CHECK(rows_of("Tên lớp\nK4\n", {}, columns).starts_with("office.no_header"));
    // One word is not looked for inside longer headers: "Tên chương trình" is nobody's name.
    CHECK(rows_of("Tên lớp,Tên chương trình,Đơn vị\nK4,x,y\n", {}, columns)
              .starts_with("office.column_missing [name]"));
}

TEST_CASE("two rows of header, with merged cells and without") {
    const std::vector<Column> plan = {{"programme", {"Chương trình"}, true},
                                      {"cohorts", {"Số lớp kế hoạch", "KH lớp"}},
                                      {"cohorts_done", {"Số lớp thực hiện"}},
                                      {"learners", {"Số học viên kế hoạch"}}};
    CHECK(rows_of("TT,Chương trình,Số lớp,,Số học viên,\n,,Kế hoạch,Thực hiện,Kế hoạch,Thực "
                  "hiện\n1,A,8,7,640,552\n",
                  {}, plan) == "3:A,8,7,640\n");
    MadeXlsx made;
    made.rows = "<row r=\"2\">" + inline_cell("A2", "TT") + inline_cell("B2", "Chương trình") +
                inline_cell("C2", "Số lớp") + inline_cell("E2", "Số học viên") + "</row><row r=\"3\">" +
                inline_cell("C3", "Kế hoạch") + inline_cell("D3", "Thực hiện") +
                inline_cell("E3", "Kế hoạch") + inline_cell("F3", "Thực hiện") +
                "</row><row r=\"4\"><c r=\"A4\"><v>1</v></c>" + inline_cell("B4", "A") +
                "<c r=\"C4\"><v>8</v></c><c r=\"D4\"><v>7</v></c><c r=\"E4\"><v>640</v></c></row>";
    made.after_rows =
        "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/><mergeCell "
        "ref=\"C2:D2\"/><mergeCell ref=\"E2:F2\"/></mergeCells>";
    CHECK(rows_of(made.zipped(), {}, plan) == "4:A,8,7,640\n");
    CHECK(table_of(made.zipped(), plan).header_row == 3);
    CHECK(table_of(made.zipped(), plan).columns[2].header == "Số lớp Kế hoạch");
}

TEST_CASE("below the header: numbers of columns, blanks, repeated headers, numbers without a row") {
    CHECK(rows_of("STT,Họ và tên,Ngày sinh,Đơn vị\n(1),(2),(3),(4)\n1,An,1985,x\n,,,\n2,,,\nSTT,Họ và "
                  "tên,Ngày sinh,Đơn vị\n(1),(2),(3),(4)\n3,Bình,1990,y\n4,,,\n") ==
          "3:An,1985,x,\n8:Bình,1990,y,\n");
    CHECK(rows_of("STT,Họ và tên,Ngày sinh\nA,B,1\n1,An,1985\n") == "2:B,1,,\n3:An,1985,,\n");
    CHECK(rows_of("STT,Họ và tên,Ngày sinh,Đơn vị\nA,B,1,2\n1,An,1985,x\n") == "3:An,1985,x,\n");
    CHECK(rows_of("STT,Họ và tên,Ngày sinh,Đơn vị\n1,2,3,4=3/2\n1,An,1985,x\n") == "3:An,1985,x,\n");
}

TEST_CASE("the table ends with its totals and signatures, which are reported") {
    const std::string bytes =
        "STT,Họ và tên,Ngày sinh,Đơn vị\n1,An,1985,x\n2,Bình,1990,y\nTổng số: 2 người,,,\n,,,\"Hà Nội, ngày "
        "16 tháng 6 năm 2017\"\n,Người lập,,GIÁM ĐỐC\n,Nguyễn Văn A,,Đỗ Việt Hà\n";
    CHECK(rows_of(bytes) == "2:An,1985,x,\n3:Bình,1990,y,\n");
    const FoundTable table = table_of(bytes);
    REQUIRE(table.totals.size() == 1);
    CHECK(table.totals[0].number == 4);
    CHECK(table.totals[0].text == "Tổng số: 2 người");
    CHECK(table.totals[0].declared == 2);
    CHECK(table.totals[0].rows_before == 2);
    CHECK(table.end_row == 5);
    CHECK(table.rows_after_end == 3);
    CHECK(rows_of("Họ tên,Năm sinh\nAn,1985\nCộng,\nNguyễn Văn A,Đỗ Việt Hà\n") ==
          "2:An,1985,,\n4:Nguyễn Văn A,Đỗ Việt Hà,,\n");  // nothing tells these are signatures
    CHECK(rows_of("Họ tên,Năm sinh,Chức vụ\nAn,1985,Giám đốc\nBình,,Giám đốc\nCường,1990,Thủ trưởng\n") ==
          "2:An,1985,,Giám đốc\n3:Bình,,,Giám đốc\n4:Cường,1990,,Thủ trưởng\n");
}

TEST_CASE("totals carry their figures, also at the top and between") {
    const std::vector<Column> plan = {
        {"programme", {"Chương trình"}, true}, {"cohorts", {"Số lớp"}, true}, {"learners", {"Số học viên"}}};
    const std::string bytes =
        "TT,Chương trình,Số lớp,Số học viên\n,TỔNG CỘNG,19,1.350\nI,Lớp mở tại trung "
        "tâm,,\n1,A,8,640\n2,B,8,560\n,Cộng I,16,1.200\nII,Lớp phối hợp,,\n3,C,,150\n,Cộng II,3,150\n,Người "
        "lập biểu,,\n";
    CHECK(rows_of(bytes, {}, plan) ==
          "4:A,8,640 in Lớp mở tại trung tâm\n5:B,8,560 in Lớp mở tại trung tâm\n8:C,,150 in Lớp phối hợp\n");
    const FoundTable table = table_of(bytes, plan);
    REQUIRE(table.totals.size() == 3);
    CHECK(table.totals[0].values ==
          std::map<std::string, std::string>{{"cohorts", "19"}, {"learners", "1.350"}});
    CHECK(table.totals[0].rows_before == 0);
    CHECK(table.totals[1].text == "Cộng I");
    CHECK(table.totals[1].rows_before == 2);
    CHECK(table.totals[2].rows_before == 3);
    CHECK(table.end_row == 10);
    // A total at the top does not end the table, even where the ordinals were left out.
    CHECK(rows_of("TT,Chương trình,Số lớp\n,Tổng cộng,19\n,A,8\n", {}, plan) == "3:A,8,\n");
}

TEST_CASE("what says total, and what only sounds like it") {
    for (const char* text : {"Tổng cộng",
                             "TỔNG CỘNG:",
                             "Tổng số: 640 người",
                             "Tổng số học viên: 94",
                             "Cộng",
                             "Cộng I",
                             "CỘNG (I+II)",
                             "Cộng mục A",
                             "Cộng: 3 người",
                             "Tổng: 03 đ/c",
                             "(Danh sách gồm 3 người)",
                             "Danh sách có 03 đồng chí",
                             "Ấn định danh sách này gồm có 12 người./.",
                             "Tổng (I+II)",
                             "Tong cong",
                             "Tong so: 5",
                             "Total",
                             "Total: 12",
                             "Grand total",
                             "Subtotal",
                             "Sum",
                             "To\u0302\u0309ng co\u0323\u0302ng"})
        CHECK_MESSAGE(says_total(text), std::string(text));
    for (const char* text :
         {"Tống Công", "Tống Văn An", "Tổng công ty Hàng hải", "Tong cong ty Hang hai", "Tổng cục Thuế",
          "Công", "Công tác đảng", "Cộng tác viên", "Công an", "", "Totally", "Tống Cống", "Cộng hòa",
          "Công ty 3", "Danh sách", "Danh Sách Có", "Danh Văn Ba", "Danh sách cán bộ năm 2017"})
        CHECK_MESSAGE(!says_total(text), std::string(text));
    // A number in the ordinal column makes it a person, whatever the name.
    CHECK(rows_of("STT,Họ và tên,Ngày sinh\n1,Tổng,1985\n2,Cộng,1990\n") == "2:Tổng,1985,,\n3:Cộng,1990,,\n");
    CHECK(rows_of("Họ và tên,STT,Ngày sinh\nTổng,1,1985\n") == "2:Tổng,1985,,\n");
}

TEST_CASE("section headings belong to the rows below them") {
    CHECK(rows_of("STT,Họ và tên,Ngày sinh\nI,Đảng bộ Bộ Nội vụ,\n1,An,1985\nB. Đảng bộ Bộ Tài "
                  "chính,,\n1,Bình,1990\n") ==
          "3:An,1985,, in Đảng bộ Bộ Nội vụ\n5:Bình,1990,, in B. Đảng bộ Bộ Tài chính\n");
    // A name alone is a person with everything else missing.
    CHECK(rows_of("STT,Họ và tên,Ngày sinh\n,An,\n1,Bình,1990\n") == "2:An,,,\n3:Bình,1990,,\n");
    MadeXlsx made;
    made.rows = "<row r=\"1\">" + inline_cell("A1", "Họ tên") + inline_cell("B1", "Ngày sinh") +
                "</row><row r=\"2\">" + inline_cell("A2", "Chi bộ 1") + "</row><row r=\"3\">" +
                inline_cell("A3", "An") + inline_cell("B3", "1985") + "</row>";
    made.after_rows = "<mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells>";
    CHECK(rows_of(made.zipped()) == "3:An,1985,, in Chi bộ 1\n");
}

TEST_CASE("merged cells fill down, and columns that say so") {
    MadeXlsx made;
    made.rows = "<row r=\"1\">" + inline_cell("A1", "Họ tên") + inline_cell("B1", "Ngày sinh") +
                inline_cell("C1", "Đơn vị") + inline_cell("D1", "Chức vụ") + "</row><row r=\"2\">" +
                inline_cell("A2", "An") + inline_cell("B2", "1985") + inline_cell("C2", "Bộ") +
                inline_cell("D2", "vụ") + "</row><row r=\"3\">" + inline_cell("A3", "Bình") +
                inline_cell("B3", "1990") + "</row><row r=\"4\">" + inline_cell("A4", "Cường") +
                inline_cell("B4", "1991") + "</row>";
    made.after_rows = "<mergeCells><mergeCell ref=\"C2:C3\"/></mergeCells>";
    CHECK(rows_of(made.zipped()) == "2:An,1985,Bộ,vụ\n3:Bình,1990,Bộ,\n4:Cường,1991,,\n");
    std::vector<Column> filling = people;
    filling[2].fill_down = true;
    CHECK(rows_of(made.zipped(), {}, filling) == "2:An,1985,Bộ,vụ\n3:Bình,1990,Bộ,\n4:Cường,1991,Bộ,\n");
    CHECK(rows_of("Họ tên,Ngày sinh,Đơn vị\nAn,1985,x\nBình,1990\nCường,1991,y\n", {}, filling) ==
          "2:An,1985,x,\n3:Bình,1990,x,\n4:Cường,1991,y,\n");
    // Another value beside it says that the row is of something else.
    filling[2].filled_while_same = {"position"};
    CHECK(rows_of("Họ tên,Ngày sinh,Đơn vị,Chức vụ\nAn,1985,x,a\nBình,1990,,a\nCường,1991,,\nDũng,1992,,b\n",
                  {}, filling) == "2:An,1985,x,a\n3:Bình,1990,x,a\n4:Cường,1991,x,\n5:Dũng,1992,,b\n");
}

TEST_CASE("ditto marks mean the value above, and a heading row ends what blanks mean") {
    std::vector<Column> filling = people;
    filling[2].fill_down = true;
    TableOptions options;
    options.ditto = {"nt", "như trên"};
    const std::string sheet =
        "STT,Họ tên,Ngày sinh,Đơn vị\n1,An,1985,\"\"\"\"\n2,Bình,1990,x\n3,Cường,1991,\n4,Dũng,1991,nt\n"
        "5,Giang,1991,Như trên\nII,Sở Nội vụ\n1,Hà,1992,\n2,Hải,1993,-nt-\n3,Khoa,1993,y\n4,Lan,1993,\n";
    CHECK(rows_of(sheet, options, filling) ==
          "2:An,1985,,\n3:Bình,1990,x,\n4:Cường,1991,x,\n5:Dũng,1991,x,\n6:Giang,1991,x,\n"
          "8:Hà,1992,, in Sở Nội vụ\n9:Hải,1993,x, in Sở Nội vụ\n10:Khoa,1993,y, in Sở Nội vụ\n"
          "11:Lan,1993,y, in Sở Nội vụ\n");
    const auto report =
        read_table(memory(sheet), filling, options, [](const TableRow&) { return Next::row; });
    REQUIRE(report);
    // A ditto mark speaks for itself in any column; a blank does not.
    CHECK(rows_of("Họ tên,Ngày sinh,Đơn vị,Chức vụ\nAn,1985,x,Vụ trưởng\nBình,1986,,NT\nChi,1987,,\n",
                  options, filling) == "2:An,1985,x,Vụ trưởng\n3:Bình,1986,x,Vụ trưởng\n4:Chi,1987,x,\n");
    const FilledDown& filled = report->tables[0].filled.at("unit");
    CHECK(filled.count == 5);
    CHECK(filled.first_rows == std::vector<int>{4, 5, 6, 9, 11});
}

TEST_CASE("a value merged across belongs to its first column") {
    MadeXlsx made;
    made.rows = "<row r=\"1\">" + inline_cell("A1", "Họ tên") + inline_cell("B1", "Ngày sinh") +
                inline_cell("C1", "Đơn vị") + "</row><row r=\"2\">" + inline_cell("A2", "An") +
                inline_cell("B2", "1985") + "</row>";
    made.after_rows = "<mergeCells><mergeCell ref=\"B2:C2\"/></mergeCells>";
    CHECK(rows_of(made.zipped()) == "2:An,1985,,\n");
}

TEST_CASE("what is missing is named, with what was found and the nearest") {
    CHECK(rows_of("STT,Họ và tên,Đơn vị,Ngày,Chức vụ\n1,An,x,y,z\n") ==
          "office.column_missing [born] | Ngày sinh | STT, Họ và tên, Đơn vị, Ngày, Chức vụ |  |  | 1\n");
    CHECK(rows_of("STT,Họ và tên,Đơn vị,Ngày xin\n1,An,x,y\n") ==
          "office.column_missing [born] | Ngày sinh | STT, Họ và tên, Đơn vị, Ngày xin | Ngày xin |  | 1\n");
    CHECK(rows_of("Mã,Số lượng,Giá\n1,2,3\n") ==
          "office.no_header [] | Họ và tên, Ngày sinh | 1 | Mã, Số lượng, Giá\n");
    CHECK(rows_of(" \n") == "office.no_header [] | Họ và tên, Ngày sinh |  | \n");
    TableOptions options;
    options.sheet = "Không có";
    CHECK(rows_of(MadeXlsx{}.zipped(), options) == "office.no_such_sheet [] | Không có | S\n");
}

TEST_CASE("a mapping chosen by a person overrides what was found") {
    TableOptions options;
    options.mapping = {1, {{"name", 1}, {"born", 0}, {"unit", -1}}};
    CHECK(rows_of("Sinh,Ai,Đơn vị,Chức vụ\n1985,An,x,y\n", options) == "2:An,1985,,y\n");
    options.mapping = {0, {{"unit", 2}}};
    CHECK(rows_of("Họ tên,Ngày sinh,Nơi,Đơn vị\nAn,1985,x,y\n", options) == "2:An,1985,x,\n");
    options.mapping = {3, {{"name", 0}, {"born", 1}}};
    CHECK(rows_of("Họ tên,Ngày sinh\nx,y\nA,B\nAn,1985\n", options) == "4:An,1985,,\n");
    options.mapping = {3, {}};
    CHECK(rows_of("Họ tên,Ngày sinh\nx,y\nA,B\nAn,1985\n", options).starts_with("office.no_header"));
}

TEST_CASE("every sheet with the header is read; the others are named with the reason") {
    const auto cells = [](std::initializer_list<const char*> texts) {
        std::string row = "<table:table-row>";
        for (const char* text : texts)
            row += "<table:table-cell office:value-type=\"string\"><text:p>" + std::string(text) +
                   "</text:p></table:table-cell>";
        return row + "</table:table-row>";
    };
    const auto table = [](const std::string& name, const std::string& rows, const std::string& style = "") {
        return "<table:table table:name=\"" + name + "\" table:style-name=\"" + style + "\">" + rows +
               "</table:table>";
    };
    const std::string bytes =
        ods_of(table("Một", cells({"Họ tên", "Ngày sinh"}) + cells({"An", "1985"})) +
                   table("Ghi chú", cells({"gì đó"})) +
                   table("Ẩn", cells({"Họ tên", "Ngày sinh"}) + cells({"Ma", "1900"}), "off") +
                   table("Thiếu", cells({"Họ tên", "Đơn vị"}) + cells({"x", "y"})) +
                   table("Hai", cells({"x"}) + cells({"Ngày sinh", "Họ tên"}) + cells({"1990", "Bình"})),
               "<style:style style:name=\"off\" style:family=\"table\"><style:table-properties "
               "table:display=\"false\"/></style:style>");
    CHECK(rows_of(bytes) == "2:An,1985,,\n3:Bình,1990,,\n");
    const auto report = read_table(memory(bytes), people, {}, [](const TableRow&) { return Next::row; });
    REQUIRE(report);
    CHECK(report->rows == 2);
    REQUIRE(report->tables.size() == 2);
    CHECK(report->tables[1].sheet == "Hai");
    CHECK(report->tables[1].header_row == 2);
    REQUIRE(report->skipped.size() == 3);
    CHECK(report->skipped[0].why == SkippedSheet::Why::no_header);
    CHECK(report->skipped[1].why == SkippedSheet::Why::hidden);
    CHECK(report->skipped[2].why == SkippedSheet::Why::column_missing);
    TableOptions options;
    options.sheet = "Ẩn";  // asked for by name, a hidden sheet is read
    CHECK(rows_of(bytes, options) == "2:Ma,1900,,\n");
    int rows = 0;
    CHECK(read_table(memory(bytes), people, {}, [&](const TableRow&) { return ++rows, Next::stop; })->rows ==
          1);
    CHECK(rows == 1);
    rows = 0;
    CHECK(read_table(memory(bytes), people, {}, [&](const TableRow&) { return ++rows, Next::sheet; })->rows ==
          2);
    CHECK(rows == 2);
}

TEST_CASE("for the mapping page: headers with fields and samples, whatever is missing") {
    const auto report = look_at_tables(
        memory("STT,Họ và tên,Quê quán\n1,An,Hà Nội\n2,Bình,Hà Nội\n3,Cường,Huế\n4,Dũng,Vinh\n5,Hà,Cà Mau\n"),
        people, {});
    REQUIRE(report);
    REQUIRE(report->tables.size() == 1);
    const FoundTable& table = report->tables[0];
    CHECK(table.header_row == 1);
    CHECK(table.missing == std::vector<std::string>{"born"});
    REQUIRE(table.columns.size() == 3);
    CHECK(table.columns[0].field == "");
    CHECK(table.columns[1].field == "name");
    CHECK(table.columns[1].samples == std::vector<std::string>{"An", "Bình", "Cường"});
    CHECK(table.columns[2].header == "Quê quán");
    CHECK(table.columns[2].samples == std::vector<std::string>{"Hà Nội", "Huế", "Vinh"});
    const auto unknown = look_at_tables(memory("Bảng\na,b,c\n1,2,3\n"), people, {});
    REQUIRE(unknown);
    CHECK(unknown->tables[0].header_row == 2);
    CHECK(unknown->tables[0].columns.size() == 3);
}

TEST_CASE("somebody's row is never offered as the header") {
    const auto header_row = [](std::string_view bytes) {
        const auto report = look_at_tables(memory(bytes), people, {});
        REQUIRE(report);
        REQUIRE(report->tables.size() == 1);
        return report->tables[0].header_row;
    };
    // "Đơn vị ..." begins a heading: the row with a match is somebody's all the same.
    CHECK(header_row("Ai,Sinh,Chỗ làm\nAn,1/2/1977,Đơn vị công tác số 1\nBình,3/2/1977,x\n") == 1);
    CHECK(header_row("An,1/2/1977,Đơn vị công tác số 1\nBình,3/2/1977,x\n") == 0);
    CHECK(header_row("An,001077008001,Đơn vị công tác số 1\nBình,001077008002,x\n") == 0);
    // Nobody is lost above a row of words.
    CHECK(header_row("An,1/2/1977,x\nBình Văn,chưa rõ,y,z\n") == 0);
    CHECK(header_row("Họ tên,Ngày sinh,Chức vụ,01/03/2017\nAn,1985,x,v\n") == 1);
    // Two rows of a header, but not the header and somebody.
    CHECK(header_row("Họ tên,Nơi\nAn,1/2/1977,Đơn vị công tác\n") == 1);
}

TEST_CASE("a heading for whole cells is not looked for within others") {
    const std::vector<Column> columns = {{"name", {"Họ tên"}, true}, {"degree", {"Chuyên môn", "=Trình độ"}}};
    CHECK(rows_of("Họ tên,Trình độ\nAn,x\n", {}, columns) == "2:An,x\n");
    CHECK(rows_of("Họ tên,Trình độ (chuyên môn)\nAn,x\n", {}, columns) == "2:An,x\n");
    CHECK(rows_of("Họ tên,Trình độ ngoại ngữ,Chuyên môn\nAn,x,y\n", {}, columns) == "2:An,y\n");
    CHECK(rows_of("Họ tên,Trình độ ngoại ngữ,STT\nAn,x,1\n", {}, columns).starts_with("office.no_header"));
}

TEST_CASE("how many cells a column has is counted, read or not") {
    const FoundTable table =
        table_of("Họ tên,Ngày sinh,Quê quán\nAn,1985,Huế\nBình,1986,\nChi,1987,Vinh\nTổng cộng,,x\n");
    CHECK(table.columns[2].field.empty());
    CHECK(table.columns[2].values == 2);
    // "Họ tên" was merged over two columns, which a .csv forgets.
    const FoundTable headless = table_of("Họ tên,,Ngày sinh\nLê Văn,An,1985,\nLê Thị,Bình,1986,x\n");
    REQUIRE(headless.columns.size() == 4);
    CHECK(headless.columns[1].header.empty());
    CHECK(headless.columns[1].values == 2);
    CHECK(headless.columns[1].samples == std::vector<std::string>{"An", "Bình"});
    CHECK(headless.columns[3].values == 1);
}

TEST_CASE("headers are looked for in the first rows only") {
    std::string bytes;
    for (int i = 0; i < 50; ++i) bytes += "x,y\n";
    bytes += "Họ tên,Ngày sinh\nAn,1985\n";
    CHECK(rows_of(bytes).starts_with("office.no_header"));
    TableOptions options;
    options.header_within = 60;
    CHECK(rows_of(bytes, options) == "52:An,1985,,\n");
}
