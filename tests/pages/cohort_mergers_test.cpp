// Too few people: going ahead, postponing, merging, and what follows a merger.
#include <doctest/doctest.h>

#include "features/nominations/nominations.h"
#include "features/proof/proof.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

std::string path_of(const cohorts::Cohort& cohort) { return "/cohorts/" + to_text(cohort.id); }

std::string state_of(Year& year, const cohorts::Cohort& cohort) {
    return *year.json(year.officer, "/api/v1" + path_of(cohort))["state"].text();
}

int open(Year& year, const cohorts::Cohort& cohort, const char* on) {
    return year.post(year.officer, path_of(cohort) + "/opening", {{"opened_on", on}}).status;
}

bool balanced(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced();
}

}  // namespace

void set_size(Year& year) {
    year.write([&](db::Write& tx) {
        const auto programme = programmes::find_programme(tx, "new-members").value();
        tx.run(R"sql(
            insert into programme_versions (id, programme, number, basis, audience, aims, minimum_size, target_size,
                                            maximum_size, attendance_minimum, certificate_series, verified_by,
                                            recorded_at, recorded_by)
            select :id, g.id, 1 + (select count(*) from programme_versions v where v.programme = g.id), '', '', '',
                   2, 3, 3, 0, '', '', :at, :by
            from programmes g where g.id = :programme)sql",
               {{"id", next_id()}, {"programme", programme.id}, {"at", now}, {"by", year.officer.account}});
    });
}

TEST_CASE("with too few people it goes ahead only with a reason, is postponed, or is merged") {
    for_each_year([](Year& year) {
        const auto small = year.propose("IT", cohorts::PlannedDate{day("2017-06-20"), Precision::day});
        const auto big = year.propose("NHIEU", cohorts::PlannedDate{day("2017-06-26"), Precision::day});
        set_size(year);
        year.enrol(small, "An", year.tu_phap);
        year.enrol(big, "Bình", year.tu_phap);
        const std::string path = path_of(small);
        const Value size = year.json(year.officer, "/api/v1" + path)["size"];
        CHECK(*size["verdict"].text() == "too_few");
        CHECK(*size["people"].number() == 1);
        CHECK(shows(year.get(year.officer, path), "chưa đủ số tối thiểu"));
        CHECK(year.post(year.officer, path + "/going-ahead", {}).status == 422);
        CHECK(year.post(year.officer, path + "/going-ahead", {{"reason", "đợt cuối năm"}}).status == 303);
        CHECK(year.post(year.officer, path + "/postponement", {{"postponed_until", "9/2017"}}).status == 422);
        CHECK(
            year.post(year.officer, path + "/postponement", {{"postponed_until", "1/2017"}, {"reason", "x"}})
                .status == 422);
        CHECK(year.post(year.officer, path + "/postponement",
                        {{"postponed_until", "9/2017"}, {"reason", "ít người"}})
                  .status == 303);
        CHECK(state_of(year, small) == "postponed");
        CHECK(year.json(year.officer, "/api/v1/cohorts?state=postponed")["cohorts"].list_items()->size() ==
              1);
        const std::string into = to_text(big.id);
        const auto merge = [&](const std::string& target, const char* reason) {
            return year
                .post(year.officer, path + "/merger",
                      {{"into", target}, {"merged_on", "2017-06-15"}, {"reason", reason}})
                .status;
        };
        CHECK(merge(to_text(small.id), "x") == 422);
        CHECK(merge(into, "") == 422);
        CHECK(merge("1", "x") == 404);
        CHECK(merge(into, "dồn hai lớp ít người") == 303);
        CHECK(state_of(year, small) == "merged");
        CHECK(*year.json(year.officer, "/api/v1" + path)["merged_into"]["code"].text() == "NHIEU");
        CHECK(*year.json(year.officer, "/api/v1" + path_of(big) + "/roster")["count"].number() == 2);
        CHECK(*year.json(year.officer, "/api/v1" + path_of(big))["size"]["verdict"].text() == "enough");
        CHECK(open(year, big, "2017-06-15") == 303);
        CHECK(balanced(year));
        CHECK(year.post(year.officer, path + "/reinstatement", {{"reason", "ghép nhầm"}}).status == 303);
        CHECK(*year.json(year.officer, "/api/v1" + path_of(big))["learners"].number() == 1);
        CHECK(balanced(year));
    });
}

TEST_CASE("a merger before any roster takes the nominations along, and back") {
    for_each_year([](Year& year) {
        const auto from = year.propose("TU", cohorts::PlannedDate{day("2017-09-04"), Precision::day});
        const auto into = year.propose("SANG", cohorts::PlannedDate{day("2017-09-11"), Precision::day});
        const auto other = year.propose("KHO");
        year.enrol(other, "Người Được Cử", year.tu_phap);  // so that somebody is in the register
        const auto call = [&](const cohorts::Cohort& cohort) {
            return year.write([&](db::Write& tx) {
                nominations::Call asked;
                asked.cohort = cohort;
                asked.places = 5;
                asked.deadline = moment("2017-08-01T00:00:00+07:00");
                asked.quotas = {{year.tu_phap, 5}};
                return *nominations::issue(tx, year.officer, asked, {now, "", {}});
            });
        };
        const auto first = call(from);
        call(into);
        CHECK(state_of(year, from) == "convening");
        year.write([&](db::Write& tx) {
            const auto person = people::find(tx, year.officer, "duoc cu", 1).front();
            return nominations::nominate(tx, year.officer, nominations::require(tx, year.officer, first),
                                         {.people = {person.id}, .note = {}}, {now, "", {}});
        });
        const auto nominated = [&](const cohorts::Cohort& cohort) {
            return year.database.read([&](db::Read& tx) {
                return tx.integer(R"sql(
                    select count(*) from nominations n join calls k on k.id = n.call where k.cohort = :cohort)sql",
                                  {{"cohort", cohort.id}});
            });
        };
        CHECK(nominated(from) == 1);
        const std::string target = to_text(into.id);
        CHECK(year.post(year.officer, path_of(from) + "/merger",
                        {{"into", target}, {"merged_on", "2017-06-15"}, {"reason", "dồn lớp"}})
                  .status == 303);
        CHECK(nominated(from) == 0);
        CHECK(nominated(into) == 1);
        CHECK(shows(year.get(year.officer, path_of(from) + "/call"), "dồn lớp"));
        CHECK(year.post(year.officer, path_of(from) + "/reinstatement", {{"reason", "nhầm"}}).status == 303);
        CHECK(nominated(from) == 1);
        CHECK(nominated(into) == 0);
    });
}

}  // namespace tiendo::tests
