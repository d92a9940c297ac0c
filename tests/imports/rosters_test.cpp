// What rosters hold, right and wrong, and who they are recognised to mean.
#include <doctest/doctest.h>

#include <chrono>

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

// Whoever means whom is one step in an index, however many share the name: minutes, if it were not.
TEST_CASE("20,000 people of one name, birth date and unit are told apart by their IDs in seconds") {
    at_a_centre([](Centre& centre) {
        constexpr int people = 20'000;
        Rows rows;
        for (int i = 0; i < people; ++i) {
            std::string digits = std::to_string(i);
            digits.insert(0, 6 - digits.size(), '0');
            rows.push_back(
                {i + 1, "DVM-01/2017", "Nguyễn Văn An", "15/3/1985", "001085" + digits, "Bộ Nội vụ"});
        }
        const auto began = std::chrono::steady_clock::now();
        const auto report = centre.record_roster(full_header, rows);
        CHECK(report.added == people);
        CHECK(centre.count("people") == people);
        // A row without an ID means the first of them.
        CHECK(centre
                  .record_roster(full_header,
                                 {{1, "DVM-02/2017", "Nguyễn Văn An", "15/3/1985", "", "Bộ Nội vụ"}})
                  .added == 1);
        CHECK(centre.count("people") == people);
        CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(60));
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
              std::vector<std::string>{"Bùi Thị Lan Anh", "DVM-01/2017", "2"});
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

TEST_CASE("a unit almost called like another is refused, or made when it is said to be new") {
    at_a_centre([](Centre& centre) {
        centre.record_roster(full_header,
                             {{1, "DVM-01/2017", "Nguyễn Thị Hạnh", "1/1/1980", "", "Đảng bộ Bộ Tư pháp"}});
        const Rows rows{{1, "DVM-01/2017", "Lê Văn Nam", "1/1/1981", "", "Đảng bộ Bộ Tư phát"}};
        const auto refused = centre.check_roster(full_header, rows);
        REQUIRE(problems(refused) == "2 unit import.unit_nearly_known");
        CHECK(refused.rejections.front().nearest == "Đảng bộ Bộ Tư pháp");
        // A number tells units apart, and a register of none but the centre has nothing to slip from.
        CHECK(centre
                  .record_roster(full_header, {{1, "DVM-01/2017", "Lê Ba", "1/1/1981", "", "Chi bộ 11"},
                                               {2, "DVM-01/2017", "Lê Tư", "1/1/1981", "", "Chi bộ 12"}})
                  .added == 2);
        write_workbook(centre.path("a.xlsx"), full_header, rows);
        const auto report = centre.check("roster", "a.xlsx", {.new_units = true});
        CHECK(report.rejected == 0);
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
              "2 national_id person.national_id_malformed\n"
              "3 national_id person.national_id_malformed");
    });
}

TEST_CASE("an ID of somebody else is rejected, and both are named") {
    at_a_centre([](Centre& centre) {
        centre.record_roster(full_header,
                             {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "15/3/1985", "001085001234", ""}});
        const auto report = centre.check_roster(
            full_header, {{1, "DVM-01/2017", "Trần Văn Bình", "1/2/1985", "001085001234", ""}});
        REQUIRE(problems(report) == "2 national_id roster.id_of_another");
        CHECK(report.rejections.front().problem.arguments ==
              std::vector<std::string>{"Trần Văn Bình", "Bùi Thị Lan Anh"});
        // One given name for another: taken with a note when the birth date is hers, else refused.
        const auto doubtful = centre.check_roster(
            full_header, {{1, "DVM-01/2017", "Bùi Thị Lan Hoa", "15/3/1985", "001085001234", ""}});
        CHECK(doubtful.rejected == 0);
        REQUIRE(!doubtful.notes.empty());
        CHECK(doubtful.notes.front() ==
              Refusal{"", "people.name_differs", {"2", "Bùi Thị Lan Anh", "Bùi Thị Lan Hoa"}});
        for (const bool confirmed : {false, true}) {
            write_workbook(centre.path("a.xlsx"), full_header,
                           {{1, "DVM-01/2017", "Bùi Thị Lan Hoa", "1/1/1985", "001085001234", ""}});
            const auto other = centre.check("roster", "a.xlsx", {.ids_confirmed = confirmed});
            CHECK(problems(other) == "2 national_id roster.id_of_another");
        }
        // Another day of birth alone is told, too.
        const auto born = centre.check_roster(
            full_header, {{1, "DVM-01/2017", "Bùi Thị Lan Anh", "16/3/1985", "001085001234", ""}});
        CHECK(born.rejected == 0);
        REQUIRE(born.notes.size() == 1);
        CHECK(born.notes.front().message == "people.birth_differs");
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
              "3 birth_date person.birth_in_future\n"
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
              "3 full_name import.cell_error");
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
              "2 full_name person.name_missing\n"
              "3 full_name person.name_has_digits");
    });
}

TEST_CASE("family and given names in two columns are one name") {
    at_a_centre([](Centre& centre) {
        CHECK(centre.record_roster({"Họ và tên đệm", "Tên", "Ngày sinh"}, {{"Bùi Thị Lan", "Anh", "1985"}})
                  .added == 1);
        CHECK(centre.list("select full_name from people") == std::vector<std::string>{"Bùi Thị Lan Anh"});
    });
}

}  // namespace
}  // namespace tiendo::tests
