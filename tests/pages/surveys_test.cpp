// Learners answer without a name, units for themselves; what may be seen of it and by whom.
#include "features/surveys/surveys.h"

#include <doctest/doctest.h>

#include "visits.h"

namespace tiendo::tests {
namespace {

// A cohort with that many learners of one unit, opened and closed in March.
cohorts::Cohort closed_cohort(Year& year, const std::string& code, int learners,
                              const std::string& in = "2017") {
    const auto cohort = year.propose(code);
    for (int i = 0; i < learners; ++i) year.enrol(cohort, "Bình " + std::to_string(i), year.tu_phap);
    const std::string path = "/cohorts/" + to_text(cohort.id);
    CHECK(year.post(year.officer, path + "/opening", {{"opened_on", in + "-03-06"}}).status == 303);
    CHECK(year.post(year.officer, path + "/closing",
                    {{"closed_on", in + "-03-10"}, {"reason", "hồ sơ bổ sung sau"}})
              .status == 303);
    return year.cohort(code);
}

std::string address_of(const cohorts::Cohort& cohort) { return "/cohorts/" + to_text(cohort.id) + "/survey"; }

Value told(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}

int open_for(Year& year, const cohorts::Cohort& cohort, const char* audience, const char* closes_on,
             const char* reason = "") {
    return year
        .post(year.officer, address_of(cohort) + "/opening",
              {{"audience", audience},
               {"closes_on", closes_on},
               {"lecturers", "Cô Hoa\n\nThầy Nam"},
               {"reason", reason}})
        .status;
}

const web::Actor nobody;

}  // namespace

TEST_CASE("results are hidden until nobody can be told from the others") {
    for_each_year([](Year& year) {
        const auto cohort = closed_cohort(year, "KHAO-SAT", 3);
        CHECK(open_for(year, cohort, "learners", "2017-06-15") == 422);
        CHECK(open_for(year, cohort, "learners", "2017-06-30") == 303);
        const std::string address = *told(year, cohort)["learners"]["address"].text();
        const auto answer = [&](const char* rating) {
            return year
                .post(nobody, address,
                      {{"q-content", rating}, {"q-lecturer-method-2", "2"}, {"q-good", "Vui"}})
                .status;
        };
        CHECK(answer("0") == 422);
        CHECK(answer("5") == 303);
        CHECK(answer("4") == 303);
        CHECK(*told(year, cohort)["learners"]["enough"].truth() == false);
        CHECK(told(year, cohort)["learners"]["words"].list_items()->empty());
        CHECK(!shows(year.get(year.officer, address_of(cohort)), "Vui"));
        CHECK(answer("4") == 303);
        CHECK(answer("4") == 422);  // there are three learners
        const Value survey = told(year, cohort)["learners"];
        CHECK(*survey["responses"].number() == 3);
        CHECK(*(*survey["rated"].list_items())[0]["mean"].text() == "4.33");
        const Value& lecturer = (*survey["lecturers"].list_items())[1];
        CHECK(*lecturer["name"].text() == "Thầy Nam");
        CHECK(*(*lecturer["rated"].list_items())[1]["mean"].text() == "2");
        CHECK(shows(year.get(year.officer, address_of(cohort)), "Vui"));
    });
}

TEST_CASE("nothing leads from a learner's response to a person, an account or a moment") {
    for_each_year([](Year& year) {
        const auto cohort = closed_cohort(year, "KIN", 2);
        open_for(year, cohort, "learners", "2017-06-30");
        const std::string address = *told(year, cohort)["learners"]["address"].text();
        CHECK(year.post(year.officer, address, {{"q-content", "1"}}).status == 303);
        year.database.read([](db::Read& tx) {
            CHECK(tx.integer(R"sql(select count(*) from survey_responses where unit is null)sql") == 1);
            // An id of ours tells the moment in its high bits; this one was drawn.
            const std::int64_t id = tx.integer(R"sql(select id from survey_responses)sql");
            CHECK(std::abs(id - next_id()) > (std::int64_t{1} << 40));
            CHECK(tx.integer(R"sql(
                select count(*) from audit_trail where action = 'survey.respond' and actor <> 0)sql") == 0);
        });
    });
}

TEST_CASE("a unit answers for its own people, and its later answer takes the place of its earlier one") {
    for_each_year([](Year& year) {
        const auto cohort = closed_cohort(year, "SAU", 2);
        CHECK(open_for(year, cohort, "units", "2017-06-30") == 422);  // due in September
        CHECK(open_for(year, cohort, "units", "2017-06-30", "đơn vị đề nghị") == 303);
        CHECK(shows(year.get(year.unit_officer, "/follow-ups"), "SAU"));
        const auto survey = year.database.read([&](db::Read& tx) {
            return surveys::find_survey(tx, cohort.id, surveys::Audience::units).value();
        });
        const std::string own = "/follow-ups/" + to_text(survey.id) + "/units/" + to_text(year.tu_phap);
        const std::string foreign = "/follow-ups/" + to_text(survey.id) + "/units/" + to_text(year.noi_vu);
        CHECK(year.get(year.unit_officer, foreign).status == 404);
        CHECK(year.post(year.unit_officer, foreign, {{"q-unit-aim-method", "1"}}).status == 404);
        CHECK(year.get(year.outsider, own).status == 404);
        for (const char* rating : {"2", "5"})
            CHECK(year.post(year.unit_officer, own, {{"q-unit-aim-method", rating}}).status == 303);
        const Value units = told(year, cohort)["units"];
        CHECK(*units["responses"].number() == 1);
        CHECK(*units["expected"].number() == 1);
        CHECK(*(*units["rated"].list_items())[1]["mean"].text() == "5");
        CHECK(year.get(year.unit_officer, address_of(cohort)).status == 403);
        CHECK(year.get(year.outsider, address_of(cohort)).status == 404);
        CHECK(year.post(year.director, address_of(cohort) + "/opening", {{"audience", "units"}}).status ==
              403);
    });
}

void visit_surveys(Year& year) {
    CHECK(open_for(year, closed_cohort(year, "NAM-NGOAI", 1, "2016"), "learners", "2017-06-30") == 303);
    const auto cohort = closed_cohort(year, "HOI", 3);
    const std::string path = address_of(cohort);
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.get(year.officer, "/follow-ups").status == 200);
    for (const char* audience : {"learners", "units"}) {
        CHECK(open_for(year, cohort, audience, "") == 422);
        CHECK(open_for(year, cohort, audience, "2017-06-30", "sớm") == 303);
    }
    const std::string address = *told(year, cohort)["learners"]["address"].text();
    CHECK(year.get(nobody, address).status == 200);
    CHECK(year.post(nobody, address, {{"q-content", "9"}, {"q-good", "Hay"}}).status == 422);
    for (int i = 0; i < 3; ++i)
        CHECK(year.post(nobody, address, {{"q-content", "4"}, {"q-good", "Hay"}}).status == 303);
    CHECK(year.get(year.officer, "/follow-ups").status == 200);
    for (const surveys::FollowUp& one : year.database.read(
             [&](db::Read& tx) { return surveys::follow_ups(tx, year.unit_officer, day("2017-06-16")); })) {
        const std::string own = "/follow-ups/" + to_text(one.survey) + "/units/" + to_text(one.unit);
        CHECK(year.get(year.unit_officer, own).status == 200);
        CHECK(year.post(year.unit_officer, own, {{"q-unit-aim-method", "x"}}).status == 422);
        CHECK(year.post(year.unit_officer, own, {{"q-unit-wish", "Mở thêm lớp"}}).status == 303);
    }
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.get(year.officer, path + "?format=xlsx").status == 200);
}

}  // namespace tiendo::tests
