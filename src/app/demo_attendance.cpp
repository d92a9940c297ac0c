#include "app/demo_attendance.h"

#include <array>
#include <stdexcept>

#include "features/attendance/attendance.h"
#include "features/timetable/timetable.h"

namespace tiendo::app {
namespace {

// One learner was on leave on the second day.
constexpr const char* demo_attendance_cohort = "BTCB-01/2017";

// Four halves of two days, from the first day given on.
void schedule_demo_sessions(db::Write& tx, const web::Actor& actor, const cohorts::Cohort& cohort, Date first,
                            const cohorts::Act& act) {
    constexpr std::int64_t morning = 7 * 60 + 45, afternoon = 13 * 60 + 30, minutes = 225;
    constexpr std::array topics{"Tổ chức cơ sở đảng và công tác tư tưởng", "Công tác tổ chức, cán bộ",
                                "Công tác dân vận; kiểm tra, giám sát", "Nghiệp vụ của bí thư chi bộ"};
    for (int i = 0; i < 4; ++i) {
        const std::int64_t starts = i % 2 == 0 ? morning : afternoon;
        timetable::schedule(tx, actor, cohort,
                            {.id = {},
                             .cohort = cohort.id,
                             .held_on = first + i / 2,
                             .starts_minute = starts,
                             .ends_minute = starts + minutes,
                             .periods = 5,
                             .topic = topics[static_cast<std::size_t>(i)],
                             .note = ""},
                            act);
    }
}

}  // namespace

void write_demo_version(db::Write& tx, const web::Actor& actor, Instant at) {
    const auto programme = programmes::find_programme(tx, "cell-secretaries").value();
    programmes::Version version = programmes::version_on(tx, programme.id, *Date::of(2017, 1, 1)).value();
    version.valid_from = Date::of(2017, 1, 1);
    version.attendance_minimum = 80;
    version.remarks = "Tỷ lệ tham dự tối thiểu là số liệu minh họa.";
    if (!programmes::write_version(tx, actor, version, at))
        throw std::logic_error("the demonstration version was refused");
}

void record_demo_attendance(db::Write& tx, const web::Actor& actor) {
    using attendance::State;
    const Instant at = *parse_instant("2017-06-12T09:30:00+07:00");
    const cohorts::Act act{at, "Theo sổ điểm danh giấy của lớp (số liệu minh họa)", {}};
    const cohorts::Cohort cohort = cohorts::require(tx, actor, demo_attendance_cohort);
    schedule_demo_sessions(tx, actor, cohort, *cohort.facts.opened_on, act);
    // One that runs has sessions on the day of the review, which nobody has marked yet.
    schedule_demo_sessions(tx, actor, cohorts::require(tx, actor, "K4-CT2"), *Date::of(2017, 6, 15), act);
    const auto book = attendance::require_for_marking(tx, actor, cohort.id);
    const auto leave = documents::record(
        tx, actor, {.kind = "leave", .title = "Đơn xin nghỉ học", .number = "Đơn ngày 25/5/2017"}, at);
    std::vector<attendance::Said> said;
    for (std::size_t session = 0; session < book.sessions.size(); ++session)
        for (std::size_t learner = 0; learner < book.learners.size(); ++learner) {
            attendance::Said one;
            one.session = book.sessions[session].id;
            one.participation = book.learners[learner].participation;
            one.state = State::present;
            if (learner == 10 && session >= 2) {
                one.state = State::excused;
                one.excuse = leave;
            } else if (learner % 23 == 5 && session == 2) {
                one.state = State::late;
                one.periods = 4;
            }
            said.push_back(std::move(one));
        }
    attendance::record(tx, actor, book, said, attendance::Way::page, day_of(at, Offset{}), act);
}

}  // namespace tiendo::app
