#include "app/demo_results.h"

#include <array>
#include <optional>
#include <stdexcept>

#include "features/assessment/assessment.h"
#include "features/certificates/certificates.h"

namespace tiendo::app {
namespace {

// Who signs the demonstration's certificates: the committee above issues, the centre signs by its order.
void appoint_demo_signatories(db::Write& tx, const web::Actor& actor, const cohorts::Act& act) {
    for (const char* series : {"awareness", "new-members", "cell-secretaries"}) {
        const auto appointed = certificates::appoint(tx, actor,
                                                     {.series = series,
                                                      .valid_from = *Date::of(2017, 1, 1),
                                                      .issuer_name = "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TRUNG ƯƠNG",
                                                      .place = "Hà Nội",
                                                      .capacity = "by_order",
                                                      .principal = "BAN THƯỜNG VỤ",
                                                      .signatory_title = "GIÁM ĐỐC TRUNG TÂM",
                                                      .signatory_name = "Đỗ Quang Vinh",
                                                      .basis = "Tên người ký là hư cấu"},
                                                     act);
        if (!appointed) throw std::logic_error("nobody signs the demonstration's certificates");
    }
}

// A finished cohort: marked, and its results recognised. Who failed, if anybody, by the place in the list.
struct Finished {
    const char* cohort;
    const char* decision;
    Date dated_on;
    std::optional<std::size_t> who_failed;
};

void recognise(db::Write& tx, const web::Actor& actor, const Finished& finished, const cohorts::Act& act) {
    const auto require = [](const auto& outcome) {
        if (!outcome) throw std::logic_error("the demonstration's results were refused");
    };
    const cohorts::CohortId cohort = cohorts::require(tx, actor, finished.cohort).id;
    const auto assessed = [&] { return assessment::require_to_change(tx, actor, cohort); };
    assessment::Scheme scheme;
    scheme.components = {{.code = "essay", .name = "Bài thu hoạch", .pass_mark = 500, .resits = 1}};
    scheme.bands = {{"excellent", "Xuất sắc", 900},
                    {"good", "Giỏi", 800},
                    {"fair", "Khá", 700},
                    {"average", "Trung bình", 500},
                    {"fail", "Không đạt", 0, false}};
    require(assessment::set_up(tx, actor, assessed(), scheme, act));
    constexpr std::array<assessment::Mark, 7> marks{800, 750, 850, 700, 900, 650, 825};
    std::vector<assessment::Said> said;
    for (const assessment::Graded& one : assessment::graded(tx, assessed()))
        said.push_back(
            {.participation = one.participation,
             .mark = said.size() == finished.who_failed ? 400 : marks[said.size() % marks.size()]});
    const auto essay = assessed().scheme.components.front().id;
    require(assessment::record_marks(tx, actor, assessed(), essay, said, act));
    require(assessment::lock(tx, actor, assessed(), {finished.decision, finished.dated_on},
                             *Date::of(2017, 6, 13), act));
}

}  // namespace

void record_demo_results(db::Write& tx, const web::Actor& actor) {
    const cohorts::Act act{*parse_instant("2017-06-13T10:00:00+07:00"), "Điểm là hư cấu", {}};
    appoint_demo_signatories(tx, actor, act);
    recognise(tx, actor, {"BTCB-01/2017", "37-QĐ/TTBDCT", *Date::of(2017, 5, 25), 10}, act);
    recognise(tx, actor, {"DTKN-01/2017", "12-QĐ/TTBDCT", *Date::of(2017, 2, 24), std::nullopt}, act);
}

}  // namespace tiendo::app
