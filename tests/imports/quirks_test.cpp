// What real lists are like, one quirk at a time, through the importer of rosters.
#include <doctest/doctest.h>

#include "centre.h"
#include "made_sheet.h"

namespace tiendo::tests {
namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";
using Lines = std::vector<std::string>;

// What a roster comes to: who is in the register afterwards, and what the report says.
struct Case {
    const char* quirk;
    std::vector<MadeSheet> sheets;
    Lines people;          // "full name | birth | sex | national ID | unit", in the order of ids
    const char* problems;  // as problems() gives them
    Lines notes;           // message keys with arguments, but for notes on new units
};

Lines notes_of(const imports::Report& report) {
    Lines notes;
    for (const Refusal& note : report.notes) {
        if (note.message.starts_with("roster.unit")) continue;
        std::string text = note.message;
        for (const std::string& argument : note.arguments) text += " | " + argument;
        notes.push_back(text);
    }
    return notes;
}

void play(const std::vector<Case>& cases) {
    for (const Case& one : cases) {
        INFO("with ", std::string(one.quirk));
        db::for_each_database(migrations, [&](db::Database& database) {
            Centre centre(database);
            write_sheets(centre.path("a.xlsx"), one.sheets);
            const auto report = centre.record("roster", "a.xlsx", {.cohort = "DVM-01/2017"});
            CHECK(report.refusals.empty());
            CHECK(problems(report) == std::string(one.problems));
            CHECK(notes_of(report) == one.notes);
            CHECK(centre.list(
                      "select p.full_name || ' | ' || coalesce(case p.birth_precision when 'year' then "
                      "substr(cast(p.birth_date as text), 1, 4) else cast(p.birth_date as text) end, '') || "
                      "' | ' || p.sex || ' | ' || coalesce(p.national_id, '') || ' | ' || u.name "
                      "from people p join units u on u.id = p.unit order by p.id") == one.people);
        });
    }
}

TEST_CASE("the table is found wherever it stands, and ends where it ends") {
    play({
        {"titles in merged rows above the header, signatures below",
         {{.rows = {{"ĐẢNG BỘ BỘ NỘI VỤ"},
                    {},
                    {"DANH SÁCH HỌC VIÊN LỚP BỒI DƯỠNG"},
                    {"STT", "Họ và tên", "Ngày sinh", "Đơn vị"},
                    {"1", "2", "3", "4"},
                    {"#1", "Bùi Thị Lan Anh", "15/3/1985", "Bộ Nội vụ"},
                    {"#2", "Trần Văn Bình", "1/1/1980", "Bộ Nội vụ"},
                    {"", "Tổng số: 2 người"},
                    {"", "", "", "Hà Nội, ngày 5 tháng 3 năm 2017"},
                    {"", "NGƯỜI LẬP", "", "THỦ TRƯỞNG ĐƠN VỊ"},
                    {"", "Lê Văn Ký", "", "Phạm Thị Duyệt"}},
           .merged = {"A1:D1", "A3:D3"}}},
         {"Bùi Thị Lan Anh | 1985-03-15 |  |  | Bộ Nội vụ", "Trần Văn Bình | 1980-01-01 |  |  | Bộ Nội vụ"},
         "",
         {}},
        {"a total that is not the number of rows is told",
         {{.rows = {{"STT", "Họ và tên", "Ngày sinh"},
                    {"#1", "Bùi Thị Lan Anh", "15/3/1985"},
                    {"", "Tổng số: 3 người"}}}},
         {},
         "3 number import.total_disagrees",
         {}},
        {"a total is a total whatever it is called, of the whole list or of its part",
         {{.rows = {{"STT", "Họ và tên", "Ngày sinh"},
                    {"I", "Chi bộ 1"},
                    {"#1", "Bùi Thị Lan Anh", "15/3/1985"},
                    {"", "Cộng: 1 người"},
                    {"II", "Chi bộ 2"},
                    {"#1", "Trần Văn Bình", "1/1/1980"},
                    {"#2", "Vũ Thị Hà", "2/2/1982"},
                    {"", "Cộng: 02 đ/c"},
                    {"", "(Danh sách gồm 3 người)"}}}},
         {"Bùi Thị Lan Anh | 1985-03-15 |  |  | Chi bộ 1", "Trần Văn Bình | 1980-01-01 |  |  | Chi bộ 2",
          "Vũ Thị Hà | 1982-02-02 |  |  | Chi bộ 2"},
         "",
         {}},
        {"a number that counts neither the list nor its part is told",
         {{.rows = {{"STT", "Họ và tên", "Ngày sinh"},
                    {"#1", "Bùi Thị Lan Anh", "15/3/1985"},
                    {"", "Danh sách có 03 đồng chí"}}}},
         {},
         "3 number import.total_disagrees",
         {}},
        {"two rows of header, the unit written once and merged down",
         {{.rows = {{"STT", "Họ và tên", "Năm sinh", "", "Đơn vị công tác"},
                    {"", "", "Nam", "Nữ", ""},
                    {"#1", "Trần Văn Bình", "#1980", "", "Bộ Tư pháp"},
                    {"#2", "Bùi Thị Lan Anh", "–", "#1985", ""},
                    {"#3", "Vũ Thị Hà", "", "15/3/1985", ""}},
           .merged = {"A1:A2", "B1:B2", "C1:D1", "E1:E2", "E3:E5"}}},
         {"Trần Văn Bình | 1980 | male |  | Bộ Tư pháp", "Bùi Thị Lan Anh | 1985 | female |  | Bộ Tư pháp",
          "Vũ Thị Hà | 1985-03-15 | female |  | Bộ Tư pháp"},
         "",
         {}},
        {"several sheets, one of them hidden, hidden rows and a repeated header",
         {{.name = "Đợt 1",
           .rows = {{"Họ và tên", "Ngày sinh"},
                    {"Bùi Thị Lan Anh", "15/3/1985"},
                    {"Họ và tên", "Ngày sinh"},
                    {"Trần Văn Bình", "1/1/1980"}},
           .hidden_rows = {4}},
          {.name = "Nháp", .rows = {{"Họ và tên", "Ngày sinh"}, {"Không Ai Cả", "1/1/1990"}}, .hidden = true},
          {.name = "Đợt 2", .rows = {{"Ngày sinh", "Họ tên"}, {"2/2/1982", "Vũ Thị Hà"}}}},
         {"Bùi Thị Lan Anh | 1985-03-15 |  |  | Trung tâm", "Trần Văn Bình | 1980-01-01 |  |  | Trung tâm",
          "Vũ Thị Hà | 1982-02-02 |  |  | Trung tâm"},
         "",
         {"import.hidden_rows | Đợt 1 | 1", "import.hidden_sheet | Nháp"}},
    });
}

TEST_CASE("names come in two columns, in capitals, with titles and remarks") {
    play({
        {"two columns",
         {{.rows = {{"Họ đệm", "Tên", "Năm sinh"}, {"Đ/c Bùi Thị Lan", "Anh", "#1985"}}}},
         {"Bùi Thị Lan Anh | 1985 |  |  | Trung tâm"},
         "",
         {}},
        {"whole on one sheet, in two columns on the next, and a sheet that lacks them is told",
         {{.name = "Đợt 1", .rows = {{"Họ và tên", "Năm sinh"}, {"Trần Văn Bình", "#1980"}}},
          {.name = "Đợt 2", .rows = {{"Họ đệm", "Tên", "Năm sinh"}, {"Bùi Thị Lan", "Anh", "#1985"}}},
          {.name = "Đợt 3", .rows = {{"Họ đệm", "Năm sinh", "Giới tính"}, {"Vũ Thị", "#1982", "Nữ"}}}},
         {"Trần Văn Bình | 1980 |  |  | Trung tâm", "Bùi Thị Lan Anh | 1985 |  |  | Trung tâm"},
         "",
         {"import.sheet_without_column | Đợt 3"}},
        {"capitals, blanks, titles before and the sex behind",
         {{.rows = {{"Họ và tên", "Năm sinh"},
                    {"NGUYỄN  VĂN\u00a0ĐỨC", "#1981"},
                    {"Đ/c Trần Văn Bình", "#1982"},
                    {"ĐỒNG CHÍ LÊ THỊ HOA", "#1983"},
                    {"Ông/Bà: Phan Quỳnh", "#1984"},
                    {"Bà Vũ Thị Hà", "#1985"},
                    {"Đ/c Ông Lý Ỷ", "#1986"},
                    {"Bùi Thị Lan Anh (nữ)", "#1987"},
                    {"Bá Văn Đại (Nam)", "#1988"},
                    {"H'BIA NIÊ", "#1989"},
                    {"Ông Văn Tuấn", "#1990"}}}},
         {"Nguyễn Văn Đức | 1981 |  |  | Trung tâm", "Trần Văn Bình | 1982 |  |  | Trung tâm",
          "Lê Thị Hoa | 1983 |  |  | Trung tâm", "Phan Quỳnh | 1984 |  |  | Trung tâm",
          "Vũ Thị Hà | 1985 | female |  | Trung tâm", "Lý Ỷ | 1986 | male |  | Trung tâm",
          "Bùi Thị Lan Anh | 1987 | female |  | Trung tâm", "Bá Văn Đại | 1988 | male |  | Trung tâm",
          "H'Bia Niê | 1989 |  |  | Trung tâm", "Văn Tuấn | 1990 | male |  | Trung tâm"},
         "",
         {}},
        {"fonts from before Unicode",
         {{.rows = {{"tcvn3:Hä vµ tªn", "Năm sinh"},
                    {"tcvn3:NguyÔn V¨n §øc", "#1981"},
                    {"vni:Nguyeãn Vaên Ñöùc", "#1982"}}}},
         {"Nguyễn Văn Đức | 1981 |  |  | Trung tâm", "Nguyễn Văn Đức | 1982 |  |  | Trung tâm"},
         "",
         {}},
    });
}

TEST_CASE("a title is no name, and a family name no title") {
    play({
        {"degrees and ranks, however they are dotted",
         {{.rows = {{"Họ và tên", "Năm sinh"},
                    {"ThS. Trần Văn Bình", "#1980"},
                    {"Ts Lê Thị Hoa", "#1981"},
                    {"Pgs.Ts.Vũ Hà", "#1982"},
                    {"GS. TSKH. PHAN QUỲNH", "#1983"},
                    {"BS.Lý Ỷ", "#1984"},
                    {"ks Nông Văn Dền", "#1985"},
                    {"CN. Tạ Văn An", "#1986"}}}},
         {"Trần Văn Bình | 1980 |  |  | Trung tâm", "Lê Thị Hoa | 1981 |  |  | Trung tâm",
          "Vũ Hà | 1982 |  |  | Trung tâm", "Phan Quỳnh | 1983 |  |  | Trung tâm",
          "Lý Ỷ | 1984 |  |  | Trung tâm", "Nông Văn Dền | 1985 |  |  | Trung tâm",
          "Tạ Văn An | 1986 |  |  | Trung tâm"},
         "",
         {}},
        {"Ông as a family name, until the list calls somebody so",
         {{.rows = {{"Họ và tên", "Năm sinh"},
                    {"Ông Ích Khiêm", "#1980"},
                    {"Ông Trần Văn Bình", "#1981"},
                    {"Ông Siu Blăk", "#1982"}}}},
         {"Ông Ích Khiêm | 1980 |  |  | Trung tâm", "Trần Văn Bình | 1981 | male |  | Trung tâm",
          "Siu Blăk | 1982 | male |  | Trung tâm"},
         "",
         {"person.note.name_or_title | 1 | 2"}},
        {"a post behind the name, a word in small letters, and the look-alike of Đ",
         {{.rows = {{"Họ và tên", "Năm sinh", "Đơn vị"},
                    {"Nguyễn Thị Phương - Phó phòng", "#1980", "Sở Ðịa chính"},
                    {"Dương thị Quỳnh", "#1981", "Sở Địa chính"},
                    {"Lê Ðình Thân", "#1982", "Sở Địa chính"},
                    {"ÐINH CÔNG TRÁNG", "#1983", "Sở Địa chính"},
                    {"Kim Ɖông", "#1984", "Sở Địa chính"}}}},
         {"Nguyễn Thị Phương | 1980 |  |  | Sở Địa chính", "Dương Thị Quỳnh | 1981 |  |  | Sở Địa chính",
          "Lê Đình Thân | 1982 |  |  | Sở Địa chính", "Đinh Công Tráng | 1983 |  |  | Sở Địa chính",
          "Kim Đông | 1984 |  |  | Sở Địa chính"},
         "",
         {"person.note.beside_name | 1 | 2"}},
    });
}

TEST_CASE("the unit of a row that names none") {
    play({
        {"is the one above, also by a ditto mark and above a row that is rejected",
         {{.rows = {{"Họ và tên", "Năm sinh", "Đơn vị", "Quê quán", "Ghi chú"},
                    {"Trần Văn Bình", "#1980", "Bộ Nội vụ", "Huế", "x"},
                    {"Lê Thị Hoa", "#1981"},
                    {"Vũ Hà", "#1982", "nt"},
                    {"Lý Ỷ", "#1983", "Bộ Tư pháp"},
                    {"Tạ Văn An", "#1984", "\""}}}},
         {"Trần Văn Bình | 1980 |  |  | Bộ Nội vụ", "Lê Thị Hoa | 1981 |  |  | Bộ Nội vụ",
          "Vũ Hà | 1982 |  |  | Bộ Nội vụ", "Lý Ỷ | 1983 |  |  | Bộ Tư pháp",
          "Tạ Văn An | 1984 |  |  | Bộ Tư pháp"},
         "",
         {"import.filled_down | 3 | “Đơn vị” | 3, 4, 6, Danh sách",
          "import.columns_unread | “Quê quán” (1)"}},
        {"is that of the heading row above, if it is one of a unit",
         {{.rows = {{"STT", "Họ và tên", "Năm sinh"},
                    {"I. Trưởng phòng"},
                    {"#1", "Trần Văn Bình", "#1980"},
                    {"II. SỞ NỘI VỤ"},
                    {"#1", "Lê Thị Hoa", "#1981"},
                    {"III", "Trường Chính trị"},
                    {"#1", "Vũ Hà", "#1982"}}}},
         {"Trần Văn Bình | 1980 |  |  | Trung tâm", "Lê Thị Hoa | 1981 |  |  | SỞ NỘI VỤ",
          "Vũ Hà | 1982 |  |  | Trường Chính trị"},
         "",
         {}},
    });
}

TEST_CASE("a sex is a word, a mark in one of two columns, or the column of a birth year") {
    play({
        {"marks",
         {{.rows = {{"Họ và tên", "Ngày sinh", "Giới tính", ""},
                    {"", "", "Nam", "Nữ"},
                    {"Trần Văn Bình", "1/1/1980", "x", ""},
                    {"Bùi Thị Lan Anh", "2/2/1985", "", "X"},
                    {"Vũ Hà", "3/3/1986", "-", "-"}},
           .merged = {"A1:A2", "B1:B2", "C1:D1"}}},
         {"Trần Văn Bình | 1980-01-01 | male |  | Trung tâm",
          "Bùi Thị Lan Anh | 1985-02-02 | female |  | Trung tâm", "Vũ Hà | 1986-03-03 |  |  | Trung tâm"},
         "",
         {}},
        {"what cannot be",
         {{.rows = {{"Họ và tên", "Ngày sinh", "Giới tính", "Nam", "Nữ"},
                    {"Trần Văn Bình", "1/1/1980", "", "x", "x"},
                    {"Bùi Thị Lan Anh", "15/2/1985", "", "", "1986"},
                    {"Vũ Thị Hà (nữ)", "3/3/1986", "Nam", "", ""},
                    {"Lê Văn Nam", "3/3/1986", "", "abc", ""},
                    {"Lê Văn Tư", "3/3/1986", "Nam", "", "x"}}}},
         {},
         "2 female person.sex_twice\n"
         "3 female person.birth_contradicts\n"
         "4 sex person.sex_contradicts\n"
         "5 male person.sex_mark_unknown\n"
         "6 female person.sex_contradicts",
         {}},
        {"a column “Nữ” alone, with marks",
         {{.rows = {{"Họ và tên", "Năm sinh", "Nữ"}, {"Trần Bình", "#1980", ""}, {"Vũ Hà", "#1981", "x"}}}},
         {"Trần Bình | 1980 |  |  | Trung tâm", "Vũ Hà | 1981 | female |  | Trung tâm"},
         "",
         {}},
        {"a column “Năm” is no sex",
         {{.rows = {{"Họ và tên", "Năm"}, {"Trần Bình", "#1980"}}}},
         {"Trần Bình |  |  |  | Trung tâm"},
         "",
         {}},
    });
}

TEST_CASE("IDs get their zeros back where that agrees with the rest of the row") {
    play({
        {"agreeing, and an old identity card",
         {{.rows = {{"Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"},
                    {"Trần Văn Bình", "#1985", "Nam", "#1085001234"},
                    {"Vũ Thị Hà", "#2001", "Nữ", "#36301001234"},
                    {"Lê Văn Nam", "#1970", "Nam", "012345678"},
                    {"Đỗ Thị Lập", "", "", "'001 185.004321"}}}},
         {"Trần Văn Bình | 1985 | male | 001085001234 | Trung tâm",
          "Vũ Thị Hà | 2001 | female | 036301001234 | Trung tâm",
          "Lê Văn Nam | 1970 | male | 012345678 | Trung tâm", "Đỗ Thị Lập |  |  | 001185004321 | Trung tâm"},
         "",
         {"person.note.zeros_put_back | 2 | 2, 3"}},
        {"contradicting",
         {{.rows = {{"Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"},
                    {"Trần Văn Bình", "#1986", "Nam", "#1085001234"},
                    {"Vũ Thị Hà", "#1985", "Nữ", "#1085001234"},
                    {"Lê Văn Nam", "#1985", "Nam", "#98085001234"},
                    {"Lý Tám", "#1985", "Nam", "#85001234"}}}},
         {},
         "2 national_id person.national_id_contradicts\n"
         "3 national_id person.national_id_contradicts\n"
         "4 national_id person.national_id_no_province\n"
         "5 national_id person.national_id_malformed",
         {}},
        {"contradicting, and whole in the file",
         {{.rows = {{"Họ và tên", "Năm sinh", "Giới tính", "Số CCCD"},
                    {"Trần Văn Bình", "#1986", "Nam", "001085001234"},
                    {"Vũ Thị Hà", "#1985", "Nữ", "001085001234"},
                    {"Lê Văn Nam", "#1985", "Nam", "098085001234"}}}},
         {},
         "2 national_id person.national_id_disagrees\n"
         "3 national_id person.national_id_disagrees\n"
         "4 national_id person.national_id_of_no_province",
         {}},
    });
}

TEST_CASE("dates are read in every form, in the order of the file") {
    play({
        {"forms",
         {{.rows = {{"Họ và tên", "Ngày sinh"},
                    {"Một", "15/03/1985"},
                    {"Hai", "5/3/85"},
                    {"Ba", "15.3.1985"},
                    {"Bốn", "15-3-1985"},
                    {"Năm", "1985"},
                    {"Sáu", "3/1985"},
                    {"Bảy", "@31121"},
                    {"Tám", "#31121"},
                    {"Chín", "ngày 15 tháng 3 năm 1985"}}}},
         {"Một | 1985-03-15 |  |  | Trung tâm", "Hai | 1985-03-05 |  |  | Trung tâm",
          "Ba | 1985-03-15 |  |  | Trung tâm", "Bốn | 1985-03-15 |  |  | Trung tâm",
          "Năm | 1985 |  |  | Trung tâm", "Sáu | 1985-03-01 |  |  | Trung tâm",
          "Bảy | 1985-03-15 |  |  | Trung tâm", "Tám | 1985-03-15 |  |  | Trung tâm",
          "Chín | 1985-03-15 |  |  | Trung tâm"},
         "",
         {}},
        {"nothing says in which order",
         {{.rows =
               {{"Họ và tên", "Ngày sinh"}, {"Một", "3/4/1985"}, {"Hai", "5/6/1985"}, {"Ba", "7/7/1985"}}}},
         {"Một | 1985-04-03 |  |  | Trung tâm", "Hai | 1985-06-05 |  |  | Trung tâm",
          "Ba | 1985-07-07 |  |  | Trung tâm"},
         "",
         {"person.note.ambiguous_dates | 2 | 2, 3"}},
        {"a day beyond 12 in the first place settles it",
         {{.rows = {{"Họ và tên", "Ngày sinh"}, {"Một", "3/4/1985"}, {"Hai", "15/6/1985"}}}},
         {"Một | 1985-04-03 |  |  | Trung tâm", "Hai | 1985-06-15 |  |  | Trung tâm"},
         "",
         {}},
        {"month before day all through the file",
         {{.rows = {{"Họ và tên", "Ngày sinh"}, {"Một", "3/4/1985"}, {"Hai", "6/15/1985"}}}},
         {"Một | 1985-03-04 |  |  | Trung tâm", "Hai | 1985-06-15 |  |  | Trung tâm"},
         "",
         {"person.note.read_month_first | 1 | 2", "person.note.month_first | 1 | 3"}},
        {"both orders in one file",
         {{.rows = {{"Họ và tên", "Ngày sinh"}, {"Một", "15/4/1985"}, {"Hai", "6/15/1985"}}}},
         {"Một | 1985-04-15 |  |  | Trung tâm", "Hai | 1985-06-15 |  |  | Trung tâm"},
         "",
         {"person.note.month_first | 1 | 3"}},
        {"days that Excel took for months",
         {{.rows = {{"Họ và tên", "Ngày sinh"}, {"Một", "@31110"}, {"Hai", "15/6/1985"}}}},
         {"Một | 1985-03-04 |  |  | Trung tâm", "Hai | 1985-06-15 |  |  | Trung tâm"},
         "",
         {"person.note.swapped_dates | 1 | 2"}},
    });
}

}  // namespace
}  // namespace tiendo::tests
