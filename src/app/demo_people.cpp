#include "app/demo_people.h"

#include <map>

#include "app/demo_data.h"
#include "base/text.h"
#include "features/needs/needs.h"
#include "platform/office/xlsx_writer.h"

namespace tiendo::app {
namespace {

using Column = office::ListColumn;

// What is known of whoever is on a roster of that programme; the rest follows from the place in it.
struct DemoFacts {
    std::string admitted, full;  // dd/mm/yyyy
    std::string party_position, grade, grade_since, education, theory, ratings, category;
};

std::string day_of_year(int year, std::size_t i) {
    return vietnamese_date(*Date::of(year, 1 + static_cast<int>(i % 12), 3 + static_cast<int>(i % 20)));
}

DemoFacts facts_of(const DemoLearner& learner, std::size_t i) {
    const int grown_up = learner.born.year() + 24;
    DemoFacts facts{.education = i % 3 == 0 ? "Thạc sĩ" : "Đại học"};
    if (learner.cohort.starts_with("DVM-")) {
        facts.admitted = day_of_year(2016, 6 + i % 6);
    } else if (learner.cohort.starts_with("DTKN-")) {
        facts.education = i % 4 == 0 ? "Trung học phổ thông" : "Đại học";
    } else {
        facts.admitted = day_of_year(std::max(grown_up, 1990), i);
        facts.full = day_of_year(std::max(grown_up, 1990) + 1, i);
        facts.grade = i % 5 == 0 ? "Chuyên viên chính" : "Chuyên viên";
        facts.grade_since = day_of_year(2006 + static_cast<int>(i % 10), i);
        facts.theory = "Sơ cấp";
        facts.ratings = i % 7 == 0 ? "2015: hoàn thành nhiệm vụ; 2016: hoàn thành tốt nhiệm vụ"
                                   : "2015: hoàn thành tốt nhiệm vụ; 2016: hoàn thành xuất sắc nhiệm vụ";
    }
    if (learner.cohort.starts_with("BTCB-")) facts.party_position = learner.position;
    if (learner.cohort.starts_with("NB-")) {
        facts.grade = "Chuyên viên cao cấp";
        facts.theory = "Cao cấp";
    }
    if (learner.cohort.starts_with("K4-") && i % 4 == 0) facts.category = "Quy hoạch Trưởng phòng";
    return facts;
}

// The register knows much of those who lead, and little of the others.
bool is_known(const DemoLearner& learner, std::size_t i) {
    const bool short_course = learner.cohort.starts_with("DVM-") || learner.cohort.starts_with("DTKN-");
    return !learner.left && (!short_course || i % 6 == 0);
}

}  // namespace

std::string write_demo_units(const std::string& folder) {
    const std::string path = folder + "/don-vi-2017.xlsx";
    auto writer = office::ListWriter::to_file(path, {.sheet = "Đơn vị",
                                                     .titles = {"DANH SÁCH ĐƠN VỊ TRỰC THUỘC", invented},
                                                     .columns = {{"Mã", {}, 40},
                                                                 {"Tên đơn vị", {}, 60},
                                                                 {"Đơn vị cấp trên", {}, 50},
                                                                 {"Loại", {}, 20},
                                                                 {"Ngày thành lập"},
                                                                 {"Ngày giải thể"},
                                                                 {"Đơn vị kế thừa", {}, 50},
                                                                 {"Ghi chú"}},
                                                     .footer = invented});
    for (const std::string& unit : demo_units())
        writer.row({slug(unit), unit, "", "Đảng bộ", "", "", "", ""});
    const std::string interior = "Đảng bộ Bộ Nội vụ", finance = "Đảng bộ Bộ Tài chính";
    for (const char* cell : {"Chi bộ Vụ Tổ chức - Biên chế", "Chi bộ Vụ Công chức - Viên chức"})
        writer.row({slug(cell), cell, interior, "Chi bộ", "", "", "", ""});
    const std::string former = "Đảng bộ Ban Vật giá Chính phủ";
    writer.row({slug(former), former, "", "Đảng bộ", "", "01/10/2002", finance, "Đã nhập vào Bộ Tài chính"});
    writer.finish();
    return path;
}

std::string write_demo_people(const std::string& folder) {
    const std::string path = folder + "/can-bo-2017.xlsx";
    auto writer = office::ListWriter::to_file(path, {.sheet = "Cán bộ",
                                                     .titles = {"TRÍCH NGANG CÁN BỘ, ĐẢNG VIÊN", invented},
                                                     .columns = {{"STT", Column::Kind::integer},
                                                                 {"Họ và tên", {}, 30},
                                                                 {"Ngày sinh"},
                                                                 {"Giới tính"},
                                                                 {"Số CCCD", {}, 16},
                                                                 {"Chức vụ Đảng", {}, 20},
                                                                 {"Chức vụ chính quyền", {}, 24},
                                                                 {"Ngạch", {}, 20},
                                                                 {"Ngày bổ nhiệm ngạch"},
                                                                 {"Trình độ chuyên môn", {}, 20},
                                                                 {"Trình độ LLCT"},
                                                                 {"Xếp loại năm", {}, 60},
                                                                 {"Ngày vào Đảng (dự bị)"},
                                                                 {"Ngày chính thức"},
                                                                 {"Diện", {}, 24}},
                                                     .footer = invented});
    std::int64_t number = 0;
    std::size_t i = 0;
    for (const DemoLearner& learner : demo_learners()) {
        if (!is_known(learner, ++i)) continue;
        const DemoFacts facts = facts_of(learner, i);
        const std::string born = vietnamese_date(learner.born);
        const bool leads_a_cell = !facts.party_position.empty();
        writer.row({++number, learner.name, born, learner.woman ? "Nữ" : "Nam", learner.national_id,
                    facts.party_position, leads_a_cell ? "Chuyên viên" : learner.position, facts.grade,
                    facts.grade_since, facts.education, facts.theory, facts.ratings, facts.admitted,
                    facts.full, facts.category});
    }
    writer.finish();
    return path;
}

void record_demo_needs(db::Write& tx, const web::Actor& actor, Date open_until) {
    const Instant asked_at = *parse_instant("2017-06-01T08:00:00+07:00");
    const Instant answered_at = *parse_instant("2017-06-12T14:00:00+07:00");
    const Date today = *Date::of(2017, 6, 12);
    needs::NewCampaign campaign{.year = 2018,
                                .title = "Nhu cầu đào tạo, bồi dưỡng năm 2018",
                                .note = "Số liệu minh họa",
                                .window = {*Date::of(2017, 6, 1), open_until},
                                .units = {},
                                .programmes = {}};
    const organisations::UnitNames names(tx);
    for (const std::string& unit : demo_units()) campaign.units.push_back(names.find(unit).value());
    const std::array codes{"new-members", "party-awareness", "cell-secretaries", "principal-specialist"};
    std::vector<programmes::ProgrammeId> asked_about;
    for (const char* code : codes) asked_about.push_back(programmes::find_programme(tx, code).value().id);
    campaign.programmes = asked_about;
    const auto id = needs::ask(tx, actor, campaign, asked_at);
    const needs::Seen seen = needs::require(tx, actor, *id);
    // Of the unit officer's own unit and of some others no answer has come yet.
    const std::map<std::string, std::array<std::int64_t, 4>> answers{
        {"Đảng bộ Bộ Nội vụ", {45, 30, 12, 8}},
        {"Đảng bộ Bộ Tài chính", {60, 55, 20, 15}},
        {"Đảng bộ Bộ Y tế", {30, 40, 10, 0}},
        {"Đảng bộ Kiểm toán nhà nước", {12, 10, 4, 6}}};
    for (const auto& [unit, people] : answers) {
        std::vector<needs::Need> said;
        for (std::size_t i = 0; i < codes.size(); ++i)
            said.push_back({asked_about[i], people[i], i == 0 ? "first" : "", ""});
        needs::answer(tx, actor, seen, names.find(unit).value(), said, "", today, answered_at);
    }
}

}  // namespace tiendo::app
