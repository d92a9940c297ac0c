// No page asks the database oftener because it has more rows.
#include <doctest/doctest.h>

#include "features/eligibility/eligibility.h"
#include "features/plan/plan.h"
#include "year.h"

namespace tiendo::tests {
namespace {

void adopt(Year& year, int lines) {
    year.write([&](db::Write& tx) {
        plan::Draft draft{.year = 2017, .effective_on = day("2017-01-01"), .approval = {}, .note = ""};
        for (int i = 0; i < lines; ++i) {
            plan::Line line;
            line.programme = {{},
                              i == 0 ? "new-members" : "programme-" + std::to_string(i),
                              i == 0 ? "Đảng viên mới" : "Chương trình " + std::to_string(i)};
            line.targets = {4, 300};
            draft.lines.push_back(line);
        }
        plan::adopt(tx, year.operator_, draft, {}, now);
    });
}

// Somebody is judged by all the programmes' rules; that many are judged by one.
std::int64_t statements_to_judge(Year& year, int people) {
    return year.database.read([&](db::Read& tx) {
        const auto programme = programmes::find_programme(tx, "new-members").value();
        const auto found = people::find(tx, year.officer, "nguyen", people);
        std::vector<people::PersonId> ids;
        for (const people::Person& person : found) ids.push_back(person.id);
        const std::int64_t before = db::statements_run();
        const auto judged =
            eligibility::judge(tx, year.officer, {.programme = programme, .on = day("2017-06-16")}, ids);
        CHECK(judged.size() == ids.size());
        CHECK(!judged.front().rules.empty());
        return db::statements_run() - before;
    });
}

// Cohorts, units and learners of one cohort, that many of each.
void grow(Year& year, const cohorts::Cohort& cohort, int from, int to) {
    for (int i = from; i < to; ++i) {
        const std::string number = std::to_string(1000 + i);
        year.propose("LOP-" + number, cohorts::PlannedDate{day("2017-06-01") + i % 60, Precision::day});
        const auto unit = year.write([&](db::Write& tx) {
            return organisations::UnitNames(tx).find_or_make(tx, "Đảng bộ số " + number, now);
        });
        year.enrol(cohort, "Nguyễn Thị " + number, unit);
    }
}

TEST_CASE("pages run as many statements for 1,000 rows as for one") {
    for_each_year([](Year& year) {
        adopt(year, 1);
        year.write([&](db::Write& tx) { eligibility::install_templates(tx, year.operator_, now); });
        const auto cohort = year.propose("A");
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-06"}});
        const auto line = year.database.read(
            [&](db::Read& tx) { return cohorts::lines_it_may_count_to(tx, year.cohort("A")).front().id; });
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/counting",
                  {{"plan_line", to_text(line)}});
        grow(year, cohort, 0, 1);

        const std::vector<std::string> targets{"/",
                                               "/search?q=nguyen",
                                               "/search?q=lop",
                                               "/plans",
                                               "/plans/2017",
                                               "/cohorts",
                                               "/cohorts/" + to_text(cohort.id),
                                               "/statements/2017",
                                               "/figures?measure=learners_started&year=2017",
                                               "/figures?measure=learners_started&cohort=A",
                                               "/units",
                                               "/units/" + to_text(year.centre),
                                               "/units/" + to_text(year.centre) + "/count?year=2017",
                                               "/people",
                                               "/people?q=nguyen+thi",
                                               "/api/v1/people?q=nguyen",
                                               "/programmes",
                                               "/api/v1/programmes",
                                               "/programmes/" + to_text(cohort.programme.id),
                                               "/api/v1/cohorts",
                                               "/api/v1/units",
                                               "/api/v1/cohorts/" + to_text(cohort.id) + "/roster",
                                               "/api/v1/figures?measure=learners_started&cohort=A"};
        const auto statements = [&](const std::string& target) {
            const std::int64_t before = db::statements_run();
            CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
            return db::statements_run() - before;
        };
        const std::int64_t to_judge_one = statements_to_judge(year, 1);
        std::vector<std::int64_t> with_one;
        for (const std::string& target : targets) with_one.push_back(statements(target));
        grow(year, cohort, 1, 1000);
        for (std::size_t i = 0; i < targets.size(); ++i)
            CHECK_MESSAGE(statements(targets[i]) <= with_one[i], targets[i]);
        CHECK(statements_to_judge(year, 300) <= to_judge_one);
    });
}

}  // namespace
}  // namespace tiendo::tests
