#include "app/demo_data.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <random>

#include "base/date.h"
#include "platform/office/xlsx_writer.h"

namespace tiendo::app {
namespace {

using Cell = office::ListCell;
using Column = office::ListColumn;

struct DemoCohort {
    const char* code;
    const char* programme;
    const char* programme_code;
    const char* kind;
    const char* role;
    const char* partner;
    const char* opens_on;  // dd/mm/yyyy, or a month; empty: not given
    const char* closes_on;
    const char* place;
    const char* basis;
    const char* counts;
    int learners;   // on the roster by the day of the review
    int withdrawn;  // who left before it, on top of those
    const char* expected;
    const char* note;
    const char* position;
};

constexpr const char* new_members = "Bồi dưỡng lý luận chính trị cho đảng viên mới";
constexpr const char* awareness = "Bồi dưỡng nhận thức về Đảng cho đối tượng kết nạp Đảng";
constexpr const char* secretaries =
    "Bồi dưỡng nghiệp vụ công tác đảng cho bí thư chi bộ và cấp ủy viên cơ sở";
constexpr const char* overseas = "Học tập, nghiên cứu ngắn hạn ở nước ngoài";
constexpr const char* intermediate = "Trung cấp lý luận chính trị - hành chính (không tập trung)";
constexpr const char* principal = "Bồi dưỡng ngạch chuyên viên chính";
constexpr const char* date_invented = "Ngày khai giảng, bế giảng là hư cấu";

constexpr std::array cohorts{
    DemoCohort{"DVM-01/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "13/02/2017", "17/02/2017",
               "Hà Nội", "", "Có", 80, 1, "", date_invented, "Chuyên viên"},
    DemoCohort{"DVM-02/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "27/02/2017", "03/03/2017",
               "Hà Nội", "", "Có", 78, 0, "", date_invented, "Chuyên viên"},
    DemoCohort{"DVM-03/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "20/03/2017", "24/03/2017",
               "Hà Nội", "", "Có", 79, 0, "", date_invented, "Chuyên viên"},
    DemoCohort{"DVM-04/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "03/04/2017", "07/04/2017",
               "Hà Nội", "", "Có", 81, 1, "", date_invented, "Chuyên viên"},
    DemoCohort{"DVM-05/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "17/04/2017", "21/04/2017",
               "Hà Nội", "", "Có", 77, 0, "", date_invented, "Chuyên viên"},
    DemoCohort{"DVM-06/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "15/05/2017", "19/05/2017",
               "Hà Nội", "", "Có", 79, 0, "", date_invented, "Chuyên viên"},
    DemoCohort{"DVM-07/2017", new_members, "new-members", "Lớp", "Chủ trì", "", "05/06/2017", "09/06/2017",
               "Hà Nội", "", "Có", 78, 0, "", date_invented, "Chuyên viên"},
    DemoCohort{"DTKN-01/2017", awareness, "party-awareness", "Lớp", "Chủ trì", "", "20/02/2017", "24/02/2017",
               "Hà Nội", "", "Có", 74, 0, "", date_invented, "Cán sự"},
    DemoCohort{"DTKN-02/2017", awareness, "party-awareness", "Lớp", "Chủ trì", "", "13/03/2017", "17/03/2017",
               "Hà Nội", "", "Có", 73, 1, "", date_invented, "Cán sự"},
    DemoCohort{"DTKN-03/2017", awareness, "party-awareness", "Lớp", "Chủ trì", "", "10/04/2017", "14/04/2017",
               "Hà Nội", "", "Có", 75, 0, "", date_invented, "Cán sự"},
    DemoCohort{"DTKN-04/2017", awareness, "party-awareness", "Lớp", "Chủ trì", "", "08/05/2017", "12/05/2017",
               "Hà Nội", "", "Có", 72, 0, "", date_invented, "Cán sự"},
    DemoCohort{"DTKN-05/2017", awareness, "party-awareness", "Lớp", "Chủ trì", "", "29/05/2017", "02/06/2017",
               "Hà Nội", "", "Có", 74, 0, "", date_invented, "Cán sự"},
    DemoCohort{"BTCB-01/2017", secretaries, "cell-secretaries", "Lớp", "Chủ trì", "", "24/05/2017",
               "25/05/2017", "Hà Nội", "", "Có", 74, 0, "", date_invented, "Bí thư chi bộ"},
    DemoCohort{"DTKN-QLB/2017", awareness, "party-awareness", "Lớp", "Phối hợp",
               "Đảng ủy Tổng công ty Quản lý bay Việt Nam", "17/05/2017", "23/05/2017", "Hà Nội",
               "Kết luận số 120-KL/ĐUK", "Không", 80, 0, "", date_invented, "Kiểm soát viên không lưu"},
    DemoCohort{"NB-2017", overseas, "overseas-short", "Đoàn nước ngoài", "Phối hợp",
               "Ban Tổ chức và Văn phòng Đảng ủy Khối", "04/03/2017", "16/03/2017", "Nhật Bản",
               "Văn phòng Đề án 165", "Không", 18, 0, "18", "Cán bộ lãnh đạo cấp vụ và tương đương trở lên",
               "Vụ trưởng"},
    DemoCohort{"PHAP-2017", overseas, "overseas-short", "Đoàn nước ngoài", "Phối hợp",
               "Đảng ủy Khối các cơ quan TW, Đảng ủy Khối Doanh nghiệp TW, Đảng ủy Ngoài nước",
               "tháng 7-2017", "", "Cộng hòa Pháp", "Văn phòng Đề án 165", "Không", 0, 0, "19",
               "Dự kiến tháng 7-2017", ""},
    DemoCohort{"K28B-16", intermediate, "intermediate-theory-part-time", "Lớp", "Liên kết",
               "Trường Đào tạo cán bộ Lê Hồng Phong (Hà Nội)", "", "", "Hà Nội", "", "Không", 0, 0, "",
               "Trường bạn khai giảng và giữ danh sách; đi thực tế Lào Cai 77 học viên", ""},
    DemoCohort{"K4-CT2", intermediate, "intermediate-theory-part-time", "Lớp", "Liên kết",
               "Trường Đào tạo, bồi dưỡng cán bộ Công Thương Trung ương", "22/04/2017", "", "Hà Nội", "",
               "Không", 84, 0, "84", "Ngày khai giảng là hư cấu", "Phó trưởng phòng"},
    DemoCohort{"CVC-I/2017", principal, "principal-specialist", "Lớp", "Liên kết",
               "Trường Đào tạo, bồi dưỡng cán bộ, công chức (Bộ Nội vụ)", "", "", "Hà Nội", "", "Không", 0, 0,
               "", "Trường bạn khai giảng và giữ danh sách; đi thực tế Hải Dương 66 học viên", ""},
};

constexpr std::array units{"Đảng bộ Văn phòng Trung ương",
                           "Đảng bộ Bộ Tư pháp",
                           "Đảng bộ Bộ Nội vụ",
                           "Đảng bộ Bộ Tài chính",
                           "Đảng bộ Bộ Y tế",
                           "Đảng bộ Bộ Giáo dục và Đào tạo",
                           "Đảng bộ Bộ Công Thương",
                           "Đảng bộ Bộ Giao thông vận tải",
                           "Đảng bộ Bộ Xây dựng",
                           "Đảng bộ Thanh tra Chính phủ",
                           "Đảng bộ Kiểm toán nhà nước",
                           "Đảng bộ Viện Hàn lâm Khoa học xã hội"};
constexpr std::array family_names{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan",  "Vũ", "Võ",
                                  "Đặng",   "Bùi",  "Đỗ", "Hồ",   "Ngô",   "Dương", "Lý", "Đinh"};
constexpr std::array middle_of_women{"Thị",      "Thị Thu", "Ngọc",    "Thanh",
                                     "Thị Minh", "Hồng",    "Thị Ánh", "Quỳnh"};
constexpr std::array given_of_women{"Hà",     "Hạnh",  "Hương", "Lan",  "Mai",   "Ngọc",  "Nhung", "Oanh",
                                    "Phượng", "Quỳnh", "Thảo",  "Thủy", "Trang", "Tuyết", "Uyên",  "Yến"};
constexpr std::array middle_of_men{"Văn", "Hữu", "Đức", "Quang", "Minh", "Xuân", "Việt", "Công"};
constexpr std::array given_of_men{"An",   "Bình", "Cường", "Dũng",  "Đạt",  "Đức", "Giang",
                                  "Hải",  "Hiếu", "Hùng",  "Khánh", "Long", "Nam", "Phong",
                                  "Quân", "Sơn",  "Thắng", "Tuấn",  "Tùng", "Vinh"};

struct DemoPerson {
    std::string name, national_id;
    Date born;
    bool woman;
};

// People in a fixed order: the n-th is always the same.
class People {
 public:
    DemoPerson next() {
        DemoPerson person;
        person.woman = pick(2) == 0;
        const std::string family = family_names[pick(family_names.size())];
        person.name = person.woman ? family + " " + middle_of_women[pick(middle_of_women.size())] + " " +
                                         given_of_women[pick(given_of_women.size())]
                                   : family + " " + middle_of_men[pick(middle_of_men.size())] + " " +
                                         given_of_men[pick(given_of_men.size())];
        const int year = 1965 + static_cast<int>(pick(30));
        person.born = *Date::of(year, 1 + static_cast<int>(pick(12)), 1 + static_cast<int>(pick(28)));
        // Province 001, century and sex, year, a running number: the form of an ID, of nobody.
        char digits[32];
        std::snprintf(digits, sizeof digits, "001%d%02d%06d", person.woman ? 1 : 0, year % 100, ++made_);
        person.national_id = digits;
        return person;
    }
    std::size_t pick(std::size_t count) { return generator_() % count; }

 private:
    std::mt19937 generator_{2017};
    int made_ = 0;
};

std::string write_plan(const std::string& path) {
    auto writer = office::ListWriter::to_file(
        path, {.sheet = "Kế hoạch 2017",
               .titles = {"KẾ HOẠCH ĐÀO TẠO, BỒI DƯỠNG NĂM 2017",
                          "Chỉ tiêu lớp theo báo cáo; cách chia chỉ tiêu học viên theo dòng là hư cấu."},
               .columns = {{"TT", Column::Kind::integer},
                           {"Tên lớp / chương trình"},
                           {"Mã chương trình"},
                           {"Đối tượng"},
                           {"Số lớp", Column::Kind::quantity},
                           {"Số học viên", Column::Kind::quantity},
                           {"Thời gian"},
                           {"Tháng mở"},
                           {"Địa điểm"},
                           {"Đơn vị chủ trì"},
                           {"Đơn vị phối hợp"},
                           {"Ghi chú"}},
               .footer = invented});
    const std::string_view centre = "Trung tâm Bồi dưỡng chính trị";
    writer.row({std::int64_t{1}, new_members, "new-members", "Đảng viên dự bị", std::int64_t{8},
                std::int64_t{640}, "5 ngày", "Tháng 2-11", "Hà Nội", centre, "", ""});
    writer.row({std::int64_t{2}, awareness, "party-awareness", "Quần chúng ưu tú", std::int64_t{8},
                std::int64_t{560}, "5 ngày", "Tháng 2-11", "Hà Nội", centre, "", ""});
    writer.row({std::int64_t{3}, secretaries, "cell-secretaries", "Bí thư chi bộ, cấp ủy viên cơ sở",
                std::int64_t{3}, std::int64_t{150}, "2 ngày", "Tháng 5-10", "Hà Nội", centre,
                "Ban Tổ chức Đảng ủy Khối", ""});
    writer.bold_row({Cell{}, "Tổng cộng", "", "", std::int64_t{19}, std::int64_t{1350}});
    writer.finish();
    return path;
}

std::string write_cohorts(const std::string& path) {
    auto writer = office::ListWriter::to_file(path, {.sheet = "Các lớp 2017",
                                                     .titles = {"DANH SÁCH CÁC LỚP NĂM 2017", invented},
                                                     .columns = {{"TT", Column::Kind::integer},
                                                                 {"Mã lớp"},
                                                                 {"Chương trình"},
                                                                 {"Mã chương trình"},
                                                                 {"Loại hình"},
                                                                 {"Vai trò"},
                                                                 {"Đơn vị phối hợp"},
                                                                 {"Ngày khai giảng"},
                                                                 {"Ngày bế giảng"},
                                                                 {"Địa điểm"},
                                                                 {"Căn cứ"},
                                                                 {"Tính vào kế hoạch"},
                                                                 {"Số học viên dự kiến"},
                                                                 {"Ghi chú"}},
                                                     .footer = invented});
    std::int64_t number = 0;
    for (const DemoCohort& cohort : cohorts)
        writer.row({++number, cohort.code, cohort.programme, cohort.programme_code, cohort.kind, cohort.role,
                    cohort.partner, cohort.opens_on, cohort.closes_on, cohort.place, cohort.basis,
                    cohort.counts, cohort.expected, cohort.note});
    writer.finish();
    return path;
}

std::string write_rosters(const std::string& path) {
    auto writer =
        office::ListWriter::to_file(path, {.sheet = "Học viên",
                                           .titles = {"DANH SÁCH HỌC VIÊN 6 THÁNG ĐẦU NĂM 2017", invented},
                                           .columns = {{"STT", Column::Kind::integer},
                                                       {"Mã lớp"},
                                                       {"Họ và tên"},
                                                       {"Ngày sinh"},
                                                       {"Giới tính"},
                                                       {"Số CCCD"},
                                                       {"Đơn vị công tác"},
                                                       {"Chức vụ"},
                                                       {"Ngày vào lớp"},
                                                       {"Ngày thôi học"},
                                                       {"Kết quả"},
                                                       {"Ghi chú"}},
                                           .footer = invented});
    std::int64_t number = 0;
    for (const DemoLearner& one : demo_learners()) {
        const DemoCohort& cohort =
            *std::find_if(cohorts.begin(), cohorts.end(),
                          [&](const DemoCohort& other) { return one.cohort == other.code; });
        const std::string_view opened = cohort.opens_on;
        const std::string born = vietnamese_date(one.born);
        const std::optional<Date> first =
            one.left ? Date::of(2017, std::atoi(std::string(opened.substr(3, 2)).c_str()),
                                std::atoi(std::string(opened.substr(0, 2)).c_str()))
                     : std::nullopt;
        const std::string left_on = first ? vietnamese_date(*first + 1) : "";
        const bool finished = !one.left && *cohort.closes_on != '\0';
        writer.row({++number, cohort.code, one.name, born, one.woman ? "Nữ" : "Nam", one.national_id,
                    one.unit, one.position, "", left_on, finished ? "Hoàn thành" : "",
                    one.left ? "Chuyển công tác" : ""});
    }
    const std::string total = "Tổng số: " + std::to_string(number) + " người";
    writer.bold_row({Cell{}, "", total});
    writer.finish();
    return path;
}

}  // namespace

std::vector<DemoLearner> demo_learners() {
    std::vector<DemoLearner> learners;
    People people;
    for (const DemoCohort& cohort : cohorts)
        for (int i = 0; i < cohort.learners + cohort.withdrawn; ++i) {
            const DemoPerson person = people.next();
            learners.push_back({cohort.code, person.name, person.national_id, person.born, person.woman,
                                units[people.pick(units.size())], cohort.position, i >= cohort.learners});
        }
    return learners;
}

std::vector<std::string> demo_units() { return {units.begin(), units.end()}; }

std::string vietnamese_date(Date date) {
    char text[48];
    std::snprintf(text, sizeof text, "%02d/%02d/%04d", date.day(), date.month(), date.year());
    return text;
}

DemoWorkbooks write_demo_workbooks(const std::string& folder) {
    return {write_plan(folder + "/ke-hoach-2017.xlsx"), write_cohorts(folder + "/cac-lop-2017.xlsx"),
            write_rosters(folder + "/hoc-vien-2017.xlsx")};
}

}  // namespace tiendo::app
