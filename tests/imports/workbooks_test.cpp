// What people's workbooks hold, right and wrong, and what becomes of it.
#include <doctest/doctest.h>

#include "centre.h"

namespace tiendo::tests {
namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";

void at_a_centre(const std::function<void(Centre&)>& test) {
    db::for_each_database(migrations, [&](db::Database& database) {
        Centre centre(database);
        test(centre);
    });
}

const std::vector<std::string> name_and_birth{"Họ và tên", "Ngày sinh"};
const std::vector<std::string> full_header{"STT",       "Mã lớp",  "Họ và tên",
                                           "Ngày sinh", "Số CCCD", "Đơn vị công tác"};

TEST_CASE("a roster is recorded whole, and its learners count") {
    at_a_centre([](Centre& centre) {
        const auto report = centre.record_roster(
            full_header, {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "15/3/1985", "001085001234", "Bộ Nội vụ"},
                          {2, "DVM-01/2017", "Phạm Tuấn Anh", "1990", "", "Bộ Nội vụ"},
                          {3, "DVM-02/2017", "Bùi Thị Lan Anh", "15/3/1985", "001085001234", "Bộ Nội vụ"}});
        CHECK(report.added == 3);
        CHECK(report.rejected == 0);
        CHECK(report.document);
        CHECK(centre.count("people") == 2);
        CHECK(centre.count("participations") == 3);
        // Only the cohort that has opened counts.
        CHECK(centre.list(
                  "select cast(sum(quantity) as text) from postings where measure = 'learners_started'") ==
              std::vector<std::string>{"2"});
        CHECK(centre.list("select source_place from participations order by id").front() == "Danh sách!2");
    });
}

TEST_CASE("a cohort nobody knows is rejected with the nearest one there is") {
    at_a_centre([](Centre& centre) {
        const auto report =
            centre.record_roster(full_header, {{1, "DVM-1/2017", "Bùi Thị Lan Anh", "", "", ""}});
        REQUIRE(problems(report) == "2 cohort roster.cohort_unknown");
        CHECK(report.rejections.front().found == "DVM-1/2017");
        CHECK(report.rejections.front().nearest == "DVM-01/2017");
        CHECK_FALSE(report.document);
    });
}

TEST_CASE("a row that names no cohort takes the one said beside the file, or is rejected") {
    at_a_centre([](Centre& centre) {
        write_workbook(centre.path("a.xlsx"), name_and_birth, {{"Bùi Thị Lan Anh", "1985"}});
        CHECK(problems(centre.check("roster", "a.xlsx")) == "2 cohort roster.cohort_missing");
        CHECK(centre.check("roster", "a.xlsx", {.cohort = "DVM-02/2017"}).added == 1);
    });
}

TEST_CASE("a learner twice in one cohort is rejected the second time, in two cohorts is not") {
    at_a_centre([](Centre& centre) {
        const auto report = centre.record_roster(
            full_header, {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "15/3/1985", "", "Bộ Nội vụ"},
                          {2, "DVM-01/2017", "Trần Văn Bình", "1/2/1980", "", "Bộ Nội vụ"},
                          {3, "DVM-01/2017", "BÙI  THỊ LAN ANH", "15.03.1985", "", "bộ nội vụ"},
                          {4, "DVM-02/2017", "Bùi Thị Lan Anh", "15/3/1985", "", "Bộ Nội vụ"}});
        CHECK(problems(report) == "4 full_name roster.learner_twice");
        CHECK(report.rejections.front().problem.arguments ==
              std::vector<std::string>{"BÙI THỊ LAN ANH", "DVM-01/2017", "2"});
        // What a mended file would record.
        CHECK(report.added == 3);
        CHECK(centre.count("participations") == 0);
    });
}

TEST_CASE("two people of one name are two when birth dates differ, and one when all agrees") {
    at_a_centre([](Centre& centre) {
        CHECK(centre
                  .record_roster(full_header,
                                 {{1, "DVM-01/2017", "Nguyễn Thị Hạnh", "1/1/1980", "", "Bộ Nội vụ"},
                                  {2, "DVM-01/2017", "Nguyễn Thị Hạnh", "2/1/1980", "", "Bộ Nội vụ"},
                                  {3, "DVM-01/2017", "Nguyễn Thị Hạnh", "1/1/1980", "", "Bộ Tư pháp"}})
                  .added == 3);
        CHECK(centre.count("people") == 3);
        CHECK(centre
                  .record_roster(full_header,
                                 {{1, "DVM-02/2017", "Nguyễn Thị Hạnh", "2/1/1980", "", "Bộ Nội vụ"}})
                  .added == 1);
        CHECK(centre.count("people") == 3);
    });
}

TEST_CASE("marks typed apart, doubled blanks and capitals name the same people and units") {
    at_a_centre([](Centre& centre) {
        centre.record_roster(full_header,
                             {{1, "DVM-01/2017", "Nguyễn Thị Hạnh", "1/1/1980", "", "Bộ Nội vụ"}});
        const auto units = centre.count("units");
        const std::string apart = "Nguye\u0302\u0303n Thi\u0323 Ha\u0323nh",
                          unit_apart = "  BO\u0323\u0302 \u00a0No\u0323\u0302i   vu\u0323";
        const auto report =
            centre.check_roster(full_header, {{1, " DVM-01/2017 ", apart, "01/01/1980", "", unit_apart}});
        CHECK(report.unchanged == 1);
        CHECK(report.added == 0);
        CHECK(report.notes.empty());
        CHECK(centre.count("units") == units);
    });
}

TEST_CASE("a unit nobody has named before is made, and the nearest one is named beside it") {
    at_a_centre([](Centre& centre) {
        centre.record_roster(full_header,
                             {{1, "DVM-01/2017", "Nguyễn Thị Hạnh", "1/1/1980", "", "Đảng bộ Bộ Tư pháp"}});
        const auto report = centre.check_roster(
            full_header, {{1, "DVM-01/2017", "Lê Văn Nam", "1/1/1981", "", "Đảng bộ Bộ Tư phát"}});
        REQUIRE(report.notes.size() == 1);
        CHECK(report.notes.front().message == "roster.unit_made_near");
        CHECK(report.notes.front().arguments ==
              std::vector<std::string>{"Đảng bộ Bộ Tư phát", "Đảng bộ Bộ Tư pháp"});
    });
}

TEST_CASE("a national ID that lost its zeros in a number cell gets them back") {
    at_a_centre([](Centre& centre) {
        CHECK(centre
                  .record_roster(full_header, {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "", 1085001234, ""},
                                               {2, "DVM-01/2017", "Trần Văn Bình", "", 36085001234, ""},
                                               {3, "DVM-01/2017", "Lê Văn Nam", "", "012345678", ""},
                                               {4, "DVM-01/2017", "Đỗ Thị Lập", "", "'001 085.004321", ""}})
                  .added == 4);
        CHECK(centre.list("select national_id from people order by national_id") ==
              std::vector<std::string>{"001085001234", "001085004321", "012345678", "036085001234"});
        const auto report =
            centre.check_roster(full_header, {{1, "DVM-01/2017", "Ngô Văn Tú", "", 85001, ""},
                                              {2, "DVM-01/2017", "Vũ Hà", "", "00108500A234", ""}});
        CHECK(problems(report) ==
              "2 national_id roster.national_id_malformed\n"
              "3 national_id roster.national_id_malformed");
    });
}

TEST_CASE("an ID of somebody else is rejected, and both are named") {
    at_a_centre([](Centre& centre) {
        centre.record_roster(full_header,
                             {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "15/3/1985", "001085001234", ""}});
        const auto report = centre.check_roster(
            full_header, {{1, "DVM-01/2017", "Trần Văn Bình", "1/2/1980", "001085001234", ""}});
        REQUIRE(problems(report) == "2 national_id roster.id_of_another");
        CHECK(report.rejections.front().problem.arguments ==
              std::vector<std::string>{"Trần Văn Bình", "Bùi Thị Lan Anh"});
        // A respelling is no other person.
        CHECK(centre
                  .check_roster(full_header,
                                {{1, "DVM-01/2017", "Bùi Lan Anh", "15/3/1985", "001085001234", ""}})
                  .rejected == 0);
    });
}

TEST_CASE("a day is understood as text, as a date cell, as a serial number and as a year") {
    at_a_centre([](Centre& centre) {
        CHECK(centre
                  .record_roster(name_and_birth, {{"Một", "15/03/1985"},
                                                  {"Hai", 31121},
                                                  {"Ba", "1985-3-15"},
                                                  {"Bốn", 1985},
                                                  {"Năm", "03/1985"}})
                  .added == 5);
        CHECK(centre.list(
                  "select cast(birth_date as text) || ' ' || birth_precision from people order by id") ==
              std::vector<std::string>{"1985-03-15 day", "1985-03-15 day", "1985-03-15 day",
                                       "1985-01-01 year", "1985-03-01 month"});
        CHECK(centre.record_roster(name_and_birth, {{"Sáu", day("1985-03-15")}}).added == 1);
        CHECK(centre.list("select cast(birth_date as text) from people where full_name = 'Sáu'") ==
              std::vector<std::string>{"1985-03-15"});
        const auto report = centre.check_roster(
            name_and_birth, {{"Bảy", "30/2/1985"}, {"Tám", "15/3/2085"}, {"Chín", "hôm qua"}});
        CHECK(problems(report) ==
              "2 birth_date import.no_date\n"
              "3 birth_date roster.birth_in_future\n"
              "4 birth_date import.no_date");
    });
}

TEST_CASE("a spreadsheet's error is no value") {
    at_a_centre([](Centre& centre) {
        write_text(
            centre.path("a.csv"),
            "Họ và tên,Ngày sinh,Đơn vị công tác\r\nBùi Thị Lan Anh,1985,#N/A\r\n#REF!,1985,Bộ Nội vụ\r\n");
        const auto report = centre.check("roster", "a.csv", {.cohort = "DVM-01/2017"});
        CHECK(problems(report) ==
              "2 unit import.cell_error\n"
              "3 full_name import.cell_error\n"
              "3 full_name roster.name_missing");
        CHECK(report.rejected == 2);
        write_text(centre.path("b.csv"), "Tên lớp / chương trình,Số lớp\r\nĐảng viên mới,#DIV/0!\r\n");
        CHECK(problems(centre.check("plan", "b.csv", {.year = 2017})) == "2 cohorts import.cell_error");
    });
}

TEST_CASE("what is no choice is rejected with the choices there are") {
    at_a_centre([](Centre& centre) {
        const auto report =
            centre.check_roster({"Họ và tên", "Giới tính", "Kết quả"},
                                {{"Bùi Thị Lan Anh", "nũx", "Giỏi"}, {"Trần Bình", "Nam", "xuất xắc"}});
        REQUIRE(problems(report) ==
                "2 sex import.not_a_choice\n"
                "3 result import.not_a_choice");
        CHECK(report.rejections.front().nearest == "nữ");
    });
}

TEST_CASE("a withdrawal before the start is rejected") {
    at_a_centre([](Centre& centre) {
        const auto report = centre.check_roster({"Họ và tên", "Ngày vào lớp", "Ngày thôi học"},
                                                {{"Bùi Thị Lan Anh", "8/3/2017", "7/3/2017"}});
        CHECK(problems(report) == "2 withdrawn_on participation.withdrawal_before_start");
    });
}

TEST_CASE("a name of digits or of nothing is no name") {
    at_a_centre([](Centre& centre) {
        const auto report = centre.check_roster({"STT", "Họ và tên", "Chức vụ"},
                                                {{1, "", "Chuyên viên"}, {2, "Trần 3 Bình", "Vụ trưởng"}});
        CHECK(problems(report) ==
              "2 full_name roster.name_missing\n"
              "3 full_name roster.name_has_digits");
    });
}

TEST_CASE("family and given names in two columns are one name") {
    at_a_centre([](Centre& centre) {
        CHECK(centre.record_roster({"Họ và tên đệm", "Tên", "Ngày sinh"}, {{"Bùi Thị Lan", "Anh", "1985"}})
                  .added == 1);
        CHECK(centre.list("select full_name from people") == std::vector<std::string>{"Bùi Thị Lan Anh"});
    });
}

TEST_CASE("a total that disagrees with the rows above it is rejected, one that agrees is not") {
    at_a_centre([](Centre& centre) {
        const std::vector<std::string> header{"TT", "Tên lớp / chương trình", "Số lớp", "Số học viên"};
        write_workbook(
            centre.path("p.xlsx"), header,
            {{1, "Đảng viên mới", 8, 640}, {2, "Bí thư chi bộ", 3, 150}, {"", "Tổng cộng", 11, 800}});
        const auto report = centre.check("plan", "p.xlsx", {.year = 2017});
        REQUIRE(problems(report) == "4 learners import.total_disagrees");
        CHECK(report.rejections.front().nearest == "790");
        write_workbook(
            centre.path("p.xlsx"), header,
            {{1, "Đảng viên mới", 8, 640}, {2, "Bí thư chi bộ", 3, 150}, {"", "Tổng cộng", 11, 790}});
        CHECK(centre.check("plan", "p.xlsx", {.year = 2017}).rejected == 0);
        const auto roster =
            centre.check_roster({"STT", "Họ và tên", "Ngày sinh"},
                                {{1, "Bùi Thị Lan Anh", "1985"}, {"", "Tổng số: 2 người", ""}});
        CHECK(problems(roster) == "3 number import.total_disagrees");
    });
}

TEST_CASE("a target is a whole number, not negative, or nothing") {
    at_a_centre([](Centre& centre) {
        write_workbook(centre.path("p.xlsx"), {"Tên lớp / chương trình", "Số lớp", "Số học viên"},
                       {{"Đảng viên mới", -8, 640},
                        {"Bí thư chi bộ", "ba", ""},
                        {"", 1, 2},
                        {"Cấp ủy viên", "", "1.350 hv"}});
        const auto report = centre.check("plan", "p.xlsx", {.year = 2018});
        CHECK(problems(report) ==
              "2 cohorts plan.target_below_zero\n"
              "3 cohorts plan.target_no_number\n"
              "4 programme plan.programme_missing");
        CHECK(report.added == 1);
        CHECK(centre.check("plan", "p.xlsx").refusals.front().message == "plan.year_required");
    });
}

TEST_CASE("a programme twice in the plan is rejected unless the audience tells the lines apart") {
    at_a_centre([](Centre& centre) {
        const std::vector<std::string> header{"Tên lớp / chương trình", "Đối tượng", "Số lớp"};
        write_workbook(centre.path("p.xlsx"), header, {{"Bí thư chi bộ", "", 3}, {"BÍ THƯ CHI BỘ", "", 2}});
        CHECK(centre.check("plan", "p.xlsx", {.year = 2018}).rejected == 1);
        write_workbook(centre.path("p.xlsx"), header,
                       {{"Bí thư chi bộ", "mới", 3}, {"Bí thư chi bộ", "đương chức", 2}});
        CHECK(centre.check("plan", "p.xlsx", {.year = 2018}).added == 2);
    });
}

TEST_CASE("cohorts are judged by their programme, their days and their codes") {
    at_a_centre([](Centre& centre) {
        write_workbook(centre.path("l.xlsx"), {"Mã lớp", "Chương trình", "Ngày khai giảng", "Ngày bế giảng"},
                       {{"DVM-03/2017", "Đảng viên mớii", "6/3/2017", ""},
                        {"DVM-04/2017", "Đảng viên mới", "6/3/2017", "1/3/2017"},
                        {"DVM-05/2017", "Đảng viên mới", "6/3/2017", ""},
                        {"dvm-05/2017", "Đảng viên mới", "7/3/2017", ""},
                        {"", "Đảng viên mới", "7/3/2017", ""}});
        const auto report = centre.check("cohorts", "l.xlsx");
        CHECK(problems(report) ==
              "2 programme cohort.programme_unknown\n"
              "3 closes_on cohort.closing_before_opening\n"
              "5 code cohort.code_twice\n"
              "6 code cohort.code_missing");
        CHECK(report.rejections.front().nearest == "Đảng viên mới");
        CHECK(report.added == 1);
    });
}

TEST_CASE("the same file a second time says nothing new and leaves nothing") {
    at_a_centre([](Centre& centre) {
        CHECK(centre
                  .record_roster(full_header,
                                 {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "15/3/1985", 1085001234, "Bộ Nội vụ"},
                                  {2, "DVM-02/2017", "Phạm Tuấn Anh", "", "", "Bộ Nội vụ"}})
                  .added == 2);
        const auto before = centre.all_rows();
        const auto again = centre.record("roster", "danh sách.xlsx");
        CHECK(again.unchanged == 2);
        CHECK(again.added + again.changed + again.rejected == 0);
        CHECK_FALSE(again.document);
        CHECK_FALSE(centre.record("plan", "kế hoạch.xlsx", {.year = 2017}).document);
        CHECK_FALSE(centre.record("cohorts", "lớp.xlsx").document);
        CHECK(centre.all_rows() == before);
    });
}

TEST_CASE("a changed file changes what it says anew, and counts the rest as unchanged") {
    at_a_centre([](Centre& centre) {
        const std::vector<std::string> header{"Họ và tên", "Ngày sinh", "Đơn vị công tác", "Ngày thôi học",
                                              "Kết quả"};
        centre.record_roster(header, {{"Một", "1981", "Bộ Nội vụ", "", ""},
                                      {"Hai", "1982", "Bộ Nội vụ", "", ""},
                                      {"Ba", "1983", "Bộ Nội vụ", "", ""}});
        const auto report = centre.record_roster(header, {{"Một", "1981", "Bộ Nội vụ", "10/3/2017", ""},
                                                          {"Hai", "1982", "Bộ Nội vụ", "", ""},
                                                          {"Ba", "1983", "Bộ Nội vụ", "", "hoàn thành"},
                                                          {"Bốn", "1984", "Bộ Nội vụ", "", ""}});
        CHECK(report.added == 1);
        CHECK(report.changed == 2);
        CHECK(report.unchanged == 1);
        CHECK(centre.list(
                  "select cast(sum(quantity) as text) from postings where measure = 'learners_started'") ==
              std::vector<std::string>{"3"});
        write_workbook(centre.path("kế hoạch 2.xlsx"), {"Tên lớp / chương trình", "Số lớp", "Số học viên"},
                       {{"Đảng viên mới", 9, 700}, {"Bí thư chi bộ", 3, 150}});
        const auto plan =
            centre.record("plan", "kế hoạch 2.xlsx", {.year = 2017, .effective_on = day("2017-07-01")});
        CHECK(plan.added == 1);
        CHECK(plan.changed == 1);
        CHECK(centre.count("plan_versions") == 2);
    });
}

TEST_CASE("a dry run leaves no row at all") {
    at_a_centre([](Centre& centre) {
        const auto before = centre.all_rows();
        CHECK(centre
                  .check_roster(full_header, {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "15/3/1985",
                                               "001085001234", "Bộ Khoa học"}})
                  .added == 1);
        write_workbook(centre.path("l.xlsx"), {"Mã lớp", "Chương trình", "Ngày khai giảng"},
                       {{"DVM-03/2017", "Đảng viên mới", "6/4/2017"}});
        CHECK(centre.check("cohorts", "l.xlsx").added == 1);
        write_workbook(centre.path("p.xlsx"), {"Tên lớp / chương trình", "Số lớp"}, {{"Bí thư chi bộ", 3}});
        CHECK(centre.check("plan", "p.xlsx", {.year = 2018}).added == 1);
        CHECK(centre.all_rows() == before);
    });
}

TEST_CASE("one bad row among a thousand keeps all of them out") {
    at_a_centre([](Centre& centre) {
        Rows rows;
        for (int i = 1; i <= 1'000; ++i)
            rows.push_back({"Người thứ " + std::string(static_cast<std::size_t>(i % 40 + 1), 'a'),
                            day("1960-01-01") + i});
        rows[700][0] = "Người 700";
        const auto before = centre.all_rows();
        const auto report = centre.record_roster(name_and_birth, rows);
        CHECK(problems(report) == "702 full_name roster.name_has_digits");
        CHECK(report.added == 999);
        CHECK(centre.all_rows() == before);
        rows[700][0] = "Người bảy trăm";
        CHECK(centre.record_roster(name_and_birth, rows).added == 1'000);
    });
}

TEST_CASE("a file that fails while it is recorded leaves nothing") {
    at_a_centre([](Centre& centre) {
        write_workbook(centre.path("a.xlsx"), name_and_birth, {{"Bùi Thị Lan Anh", "1985"}});
        const auto before = centre.all_rows();
        const auto& importer = imports::importers().at(2);
        const auto record = [&](const imports::WithIt& with_it) {
            return imports::run(centre.database, importer,
                                {.actor = centre.officer,
                                 .texts = texts(),
                                 .path = centre.path("a.xlsx"),
                                 .file_name = "a.xlsx",
                                 .options = {.cohort = "DVM-01/2017"},
                                 .at = now,
                                 .today = day("2017-06-20")},
                                imports::Keep::yes, with_it);
        };
        CHECK_THROWS(record([](db::Write&, const imports::Report&) { throw db::Unreachable("disk full"); }));
        CHECK(centre.all_rows() == before);
        CHECK(record({}).added == 1);
    });
}

TEST_CASE("a file that is no table of that kind is refused as a whole") {
    at_a_centre([](Centre& centre) {
        write_text(centre.path("a.csv"), "Món ăn,Giá\r\nPhở,50000\r\n");
        CHECK(centre.check("roster", "a.csv").refusals.size() == 1);
        write_text(centre.path("b.xlsx"), "%PDF-1.4 xin chào");
        CHECK(centre.check("roster", "b.xlsx").refusals.front().message == "office.other_document");
        write_workbook(centre.path("c.xlsx"), name_and_birth, {});
        CHECK(centre.check("roster", "c.xlsx").refusals.front().message == "import.no_rows");
    });
}

TEST_CASE("a cell of a megabyte is told by its beginning") {
    at_a_centre([](Centre& centre) {
        std::string long_date = "ngày ";
        for (int i = 0; i < 2'000; ++i) long_date += "ấ";
        const auto report = centre.check_roster(name_and_birth, {{"Bùi Thị Lan Anh", long_date}});
        REQUIRE(report.rejections.size() == 1);
        CHECK(report.rejections.front().found.size() < 320);
        CHECK(report.rejections.front().found.ends_with("ấ…"));
    });
}

TEST_CASE("every rejection has a text and says what would be right, in both languages") {
    at_a_centre([](Centre& centre) {
        const auto report = centre.check_roster(
            {"Họ và tên", "Ngày sinh", "Số CCCD", "Giới tính", "Ngày vào lớp", "Ngày thôi học"},
            {{"Bùi 1", "32/1/1985", "12", "?", "3/2017", "8/3/2017"},
             {"A", "1/1/2099", "", "", "9/3/2017", "8/3/2017"}});
        CHECK(report.rejections.size() == 7);
        for (const auto language : i18n::languages) {
            const Value value = imports::to_value(report, "roster", texts(), language);
            for (const Value& rejection : *value["rejections"].list_items()) {
                CHECK_FALSE(rejection["message"].text()->empty());
                CHECK_FALSE(rejection["expected"].text()->empty());
                CHECK_FALSE(rejection["column"].text()->empty());
            }
        }
    });
}

}  // namespace
}  // namespace tiendo::tests
