// Workbooks written by LibreOffice (tests/golden/office), and the same read from two formats.
#include <doctest/doctest.h>

#include "base/text.h"
#include "platform/office/made_workbook.h"
#include "platform/office/table.h"

using namespace tiendo;
using namespace tiendo::office;

namespace {

const std::string folder = TIENDO_SOURCE_DIR "/tests/golden/office/";

const std::string title = "DANH SÁCH HỌC VIÊN\nLớp bồi dưỡng đảng viên mới";
const std::string roster =
    "1: " + title + " | <" + title + " | <" + title + " | <" + title + " | <" + title + " | <" + title +
    " | <" + title + " | <" + title +
    "\n"
    "4: STT | Họ và\ntên | Ngày sinh | <Ngày sinh | Số CCCD | Đơn vị công tác | Ngày vào Đảng | Điểm\n"
    "5: ^STT | ^Họ và\ntên | Nam | Nữ | ^Số CCCD | ^Đơn vị công tác | ^Ngày vào Đảng | ^Điểm\n"
    "6: #1 | Đỗ Văn An | @1985-03-15 |  | #001085001234 | Đảng bộ Bộ Nội vụ | @2015-06-01/month | #8.5\n"
    "7h: =#2 | Lê Thị Bình |  | 3/4/1990 | 036190004567 | ^Đảng bộ Bộ Nội vụ | @2016-01-01/year | =!#DIV/0!\n"
    "8: #3 | =Trần Văn Cường | @1979-12-01 |  | #36085001234 | ^Đảng bộ Bộ Nội vụ | @2017-06-17 08:06 | "
    "=!#N/A\n"
    "9: Tổng số: 3 người | <Tổng số: 3 người | <Tổng số: 3 người | <Tổng số: 3 người | <Tổng số: 3 người | "
    "<Tổng số: 3 người | <Tổng số: 3 người | #8.5\n"
    "11:  |  |  |  |  | Hà Nội, ngày 16 tháng 6 năm 2017\n"
    "12:  | Người lập |  |  |  | GIÁM ĐỐC\n"
    "-- Nháp (hidden)\n"
    "1: Họ và tên | Số CCCD\n"
    "2: Không Ai | 000000000000\n"
    "-- Khác\n"
    "1: ?true | #0.875 | 08:06 | #1500 | a   b | ~Nguyễn Văn | ~NGUYỄN VĂN ĐẠT | ~Nguyễn Văn Đức\n"
    "2: x | x |  | #7 | #7\n"
    "3: x | x |  | #7 | #7\n"
    "4: x | x |  | #7 | #7\n";

const std::string plan =
    "1: KẾ HOẠCH ĐÀO TẠO |  BỒI DƯỠNG NĂM 2017\n"
    "3: TT | Tên lớp / chương trình | Số lớp | Số học viên | Tháng mở | Ghi chú\n"
    "4: 1 | Bồi dưỡng đảng viên mới | 08 | 640 | tháng 3-2017\n"
    "5: 2 | Bồi dưỡng đối tượng kết nạp Đảng | 08 | 560 | 4 đến 16-3-2017 | Dòng một\ndòng hai\n"
    "6: 3 | Nghiệp vụ công tác đảng cho bí thư chi bộ, cấp ủy viên | 03 | 150 | Quý III\n"
    "7:  | Tổng cộng | 19 | 1.350\n";

}  // namespace

TEST_CASE("a roster with every quirk, as .xlsx and as .ods") {
    CHECK(shown(file(folder + "roster.xlsx")) == roster);
    CHECK(shown(file(folder + "roster.ods")) == roster);
}

TEST_CASE("a plan, as .csv and as .xlsx") {
    CHECK(shown(file(folder + "plan.csv")) == plan);
    std::string converted = shown(file(folder + "plan.xlsx"));
    for (const char* ordinal : {"#1", "#2", "#3"})
        if (const std::size_t at = converted.find(ordinal); at != std::string::npos) converted.erase(at, 1);
    CHECK(converted == plan);
}

TEST_CASE("the roster as a table") {
    const std::vector<Column> columns = {{"name", {"Họ và tên"}, true},
                                         {"born_male", {"Ngày sinh Nam"}},
                                         {"born_female", {"Ngày sinh Nữ"}},
                                         {"national_id", {"Số CCCD", "CCCD"}, true},
                                         {"unit", {"Đơn vị công tác", "Đơn vị"}, true},
                                         {"mark", {"Điểm"}}};
    for (const char* name : {"roster.xlsx", "roster.ods"}) {
        std::string seen;
        const auto report = read_table(file(folder + name), columns, {}, [&](const TableRow& row) {
            const auto male = date_of(row["born_male"]), female = date_of(row["born_female"]);
            seen += std::to_string(row.number) + (row.hidden ? "h " : " ") + row.text("name") + ", " +
                    (male ? to_text(male->date) : to_text(female->date)) + ", " + row.text("national_id") +
                    ", " + row.text("unit") + ", " + row.where("mark") + "\n";
            return Next::row;
        });
        REQUIRE(report);
        CHECK(seen ==
              "6 Đỗ Văn An, 1985-03-15, 001085001234, Đảng bộ Bộ Nội vụ, H6\n"
              "7h Lê Thị Bình, 1990-04-03, 036190004567, Đảng bộ Bộ Nội vụ, H7\n"
              "8 Trần Văn Cường, 1979-12-01, 36085001234, Đảng bộ Bộ Nội vụ, H8\n");
        REQUIRE(report->tables.size() == 1);
        const FoundTable& table = report->tables[0];
        CHECK(table.sheet == "Danh sách");
        CHECK(table.header_row == 5);
        CHECK(table.rows == 3);
        CHECK(table.hidden_rows == 1);
        REQUIRE(table.totals.size() == 1);
        CHECK(table.totals[0].declared == 3);
        CHECK(table.totals[0].values == std::map<std::string, std::string>{{"mark", "8.5"}});
        CHECK(table.end_row == 11);
        CHECK(table.rows_after_end == 2);
        REQUIRE(report->skipped.size() == 2);
        CHECK(report->skipped[0].why == SkippedSheet::Why::hidden);
        CHECK(report->skipped[1].why == SkippedSheet::Why::no_header);
    }
}
