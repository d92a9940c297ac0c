// What becomes of a workbook as a whole: all of it or nothing, once or never.
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

TEST_CASE("a total that disagrees with the rows above it is rejected, one that agrees is not") {
    at_a_centre([](Centre& centre) {
        const std::vector<std::string> header{"TT", "Tên lớp / chương trình", "Số lớp", "Số học viên"};
        write_workbook(
            centre.path("p.xlsx"), header,
            {{1, "Đảng viên mới", 8, 640}, {2, "Bí thư chi bộ", 3, 150}, {"", "Tổng cộng", 11, 800}});
        const auto report = centre.check("plan", "p.xlsx", {.year = 2017});
        REQUIRE(problems(report) == "4 learners import.total_disagrees");
        CHECK(report.rejections.front().problem.arguments == std::vector<std::string>{"790", "800"});
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
        CHECK(problems(report) == "702 full_name person.name_has_digits");
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
