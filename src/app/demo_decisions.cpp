#include "app/demo_decisions.h"

#include <stdexcept>

namespace tiendo::app {
namespace {

struct Decision {
    const char *cohort, *number, *dated_on;
};
// Some ten days before each opening; one series of numbers with the decisions that recognise results.
// That of BTCB-01/2017 is left to be recorded: a work list without work shows nothing.
constexpr Decision decisions[] = {
    {"DVM-01/2017", "05-QĐ/TTBDCT", "2017-02-03"},  {"DTKN-01/2017", "07-QĐ/TTBDCT", "2017-02-10"},
    {"DVM-02/2017", "10-QĐ/TTBDCT", "2017-02-17"},  {"DTKN-02/2017", "14-QĐ/TTBDCT", "2017-03-03"},
    {"DVM-03/2017", "17-QĐ/TTBDCT", "2017-03-10"},  {"DVM-04/2017", "20-QĐ/TTBDCT", "2017-03-24"},
    {"DTKN-03/2017", "23-QĐ/TTBDCT", "2017-03-31"}, {"DVM-05/2017", "26-QĐ/TTBDCT", "2017-04-07"},
    {"DTKN-04/2017", "30-QĐ/TTBDCT", "2017-04-27"}, {"DVM-06/2017", "32-QĐ/TTBDCT", "2017-05-05"},
    {"DTKN-05/2017", "35-QĐ/TTBDCT", "2017-05-19"}, {"DVM-07/2017", "38-QĐ/TTBDCT", "2017-05-26"},
};

}  // namespace

void record_demo_decisions(db::Write& tx, const web::Actor& actor) {
    const cohorts::Act act{*parse_instant("2017-06-12T08:50:00+07:00"), "", {}};
    const Date today = *Date::of(2017, 6, 12);
    for (const Decision& one : decisions) {
        cohorts::OpeningDecision decision{.signatory = "Đỗ Quang Vinh", .signatory_title = "Giám đốc"};
        decision.paper.number = one.number;
        decision.paper.title = "Quyết định mở lớp " + std::string(one.cohort) + " (số, ngày là hư cấu)";
        decision.paper.dated_on = parse_date(one.dated_on).value();
        if (!cohorts::decide(tx, actor, cohorts::require(tx, actor, one.cohort), decision, today, act))
            throw std::logic_error("the demonstration's opening decision was refused");
    }
}

}  // namespace tiendo::app
