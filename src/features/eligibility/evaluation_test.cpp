#include "features/eligibility/evaluation.h"

#include <doctest/doctest.h>

#include "features/eligibility/calendar_spans.h"
#include "features/eligibility/template_file.h"

namespace tiendo::eligibility {
namespace {

using people::Kind;

Date day(const char* text) { return *parse_date(text); }
std::optional<Date> maybe_day(const char* text) {
    return *text == '\0' ? std::nullopt : std::optional(day(text));
}

// A person, said piece by piece.
struct Somebody {
    Record record;

    Somebody born(const char* on, Precision precision = Precision::day) const {
        Somebody next = *this;
        next.record.birth = people::Birth{day(on), precision};
        return next;
    }
    Somebody of_sex(const char* sex) const {
        Somebody next = *this;
        next.record.sex = sex;
        return next;
    }
    Somebody with(Kind kind, const char* value, const char* from = "", const char* until = "") const {
        Somebody next = *this;
        next.record.facts.push_back(
            {.kind = kind, .value = value, .from = maybe_day(from), .until = maybe_day(until)});
        return next;
    }
    Somebody since(Precision precision) const {  // of what was said last, no more is known
        Somebody next = *this;
        next.record.facts.back().from_precision = precision;
        return next;
    }
    Somebody in_post(const char* level, const char* detail, const char* from = "", const char* until = "",
                     Kind kind = Kind::position) const {
        Somebody next = *this;
        next.record.facts.push_back({.kind = kind,
                                     .level = level,
                                     .detail = detail,
                                     .from = maybe_day(from),
                                     .until = maybe_day(until)});
        return next;
    }
    Somebody completed(const char* programme, const char* on) const {
        Somebody next = *this;
        next.record.trainings.push_back({{}, programme, maybe_day(on)});
        return next;
    }
};
const Somebody nobody;

std::string result(const char* condition, const Somebody& person, const char* on) {
    const auto parsed = parse_condition(condition);
    REQUIRE_MESSAGE(!parsed.refused(), condition);
    return std::string(to_text(evaluate(*parsed, person.record, {day(on)}).result));
}

// The template rule of that code in force on the day.
const Rule& rule(std::string_view programme, std::string_view code, const char* on) {
    for (const Template& one : templates())
        for (const Rule& found : one.rules)
            if (one.code == programme && found.code == code && found.holds_on(day(on))) return found;
    throw std::logic_error("no such rule on that day");
}
std::string result(std::string_view programme, std::string_view code, const Somebody& person,
                   const char* on) {
    return std::string(
        to_text(evaluate(rule(programme, code, on).condition, person.record, {day(on)}).result));
}

TEST_CASE("three values are joined as Kleene does") {
    using enum Result;
    const Result values[] = {pass, fail, unknown};
    const Result all[3][3] = {{pass, fail, unknown}, {fail, fail, fail}, {unknown, fail, unknown}};
    const Result any[3][3] = {{pass, pass, pass}, {pass, fail, unknown}, {pass, unknown, unknown}};
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) {
            CHECK(both(values[a], values[b]) == all[a][b]);
            CHECK(either(values[a], values[b]) == any[a][b]);
            CHECK(opposite(both(values[a], values[b])) == either(opposite(values[a]), opposite(values[b])));
        }
}

TEST_CASE("months end on the same day, or on the last of the month") {
    CHECK(months_after(day("2017-03-01"), 60) == day("2022-03-01"));
    CHECK(months_after(day("2016-02-29"), 12) == day("2017-02-28"));
    CHECK(months_after(day("2017-08-31"), 1) == day("2017-09-30"));
    CHECK(months_after(day("2017-12-15"), 1) == day("2018-01-15"));
    CHECK(whole_months(day("2014-03-01"), day("2017-02-28")) == 35);
    CHECK(whole_months(day("2014-03-01"), day("2017-03-01")) == 36);
    CHECK(whole_months(day("2017-03-01"), day("2017-02-28")) == -1);
}

TEST_CASE("an age is as certain as the birth is known") {
    const char* adult = R"({"fact":"age","at_least":30})";
    CHECK(result(adult, nobody.born("1995-10-01"), "2025-10-01") == "pass");  // the birthday itself
    CHECK(result(adult, nobody.born("1995-10-02"), "2025-10-01") == "fail");
    CHECK(result(adult, nobody.born("1995-10-01", Precision::month), "2025-10-01") == "unknown");
    CHECK(result(adult, nobody.born("1995-09-01", Precision::month), "2025-10-01") == "pass");
    CHECK(result(adult, nobody.born("1995-01-01", Precision::year), "2025-10-01") == "unknown");
    CHECK(result(adult, nobody.born("1994-01-01", Precision::year), "2025-10-01") == "pass");
    CHECK(result(adult, nobody.born("1996-01-01", Precision::year), "2025-10-01") == "fail");
    CHECK(result(adult, nobody, "2025-10-01") == "unknown");
    const char* at_most = R"({"fact":"age","at_most":60})";
    CHECK(result(at_most, nobody.born("1965-01-01", Precision::year), "2025-10-01") == "pass");
    CHECK(result(at_most, nobody.born("1964-01-01", Precision::year), "2025-10-01") == "unknown");
    CHECK(ages_on({day("1995-01-01"), Precision::year}, day("2025-10-01")) == Ages{29, 30});
}

TEST_CASE("of what nothing is known the answer is not known; what is known and lower fails") {
    struct Row {
        const char* condition;
        Somebody person;
        const char* expected;
    };
    const Row rows[] = {
        {R"({"fact":"membership","in":["full"]})", nobody, "unknown"},
        {R"({"fact":"membership","in":["full"]})", nobody.with(Kind::membership, "probationary"), "fail"},
        {R"({"fact":"membership","in":["full"]})", nobody.with(Kind::membership, "full", "2018-01-01"),
         "fail"},
        {R"({"not":{"fact":"membership","in":["full"]}})", nobody, "unknown"},
        {R"({"fact":"sex","in":["female"]})", nobody, "unknown"},
        {R"({"fact":"grade","in":["specialist"]})", nobody, "unknown"},
        {R"({"fact":"grade","in":["specialist"]})", nobody.with(Kind::grade, "other"), "fail"},
        {R"({"fact":"grade","in":["specialist"],"at_least":3})", nobody.with(Kind::grade, "specialist"),
         "unknown"},
        {R"({"fact":"education","from":"college"})", nobody, "unknown"},
        {R"({"fact":"education","from":"college"})", nobody.with(Kind::education, "upper_secondary"), "fail"},
        {R"({"fact":"education","from":"college"})",
         nobody.with(Kind::education, "upper_secondary").with(Kind::education, "master"), "pass"},
        {R"({"fact":"education","from":"college"})", nobody.with(Kind::education, "một trường nào đó"),
         "unknown"},
        {R"({"fact":"theory","from":"intermediate"})", nobody.with(Kind::theory, "elementary"), "fail"},
        {R"({"fact":"position","from":"department"})", nobody, "unknown"},
        {R"({"fact":"position","from":"department"})", nobody.in_post("division", "Trưởng phòng"), "fail"},
        {R"({"fact":"position","from":"department"})", nobody.in_post("minister", "Bộ trưởng"), "pass"},
        {R"({"fact":"position","from":"department"})", nobody.in_post("", "Chánh Văn phòng"), "unknown"},
        {R"({"fact":"position","in":["division"]})",
         nobody.in_post("division", "Trưởng phòng", "2010-01-01", "2016-01-01"), "fail"},
        {R"({"fact":"planned_position","in":["division"]})", nobody.in_post("division", "Trưởng phòng"),
         "unknown"},
        {R"({"fact":"planned_position","in":["division"]})",
         nobody.in_post("division", "Trưởng phòng", "", "", Kind::planned_position), "pass"},
        {R"({"fact":"certificate","in":["principal-specialist"]})", nobody, "unknown"},
        {R"({"fact":"certificate","in":["principal-specialist"]})",
         nobody.with(Kind::certificate, "new-members", "2016-01-01"), "fail"},
        {R"({"fact":"trained","in":["new-members"]})", nobody, "fail"},
        {R"({"fact":"trained","in":["new-members"]})", nobody.completed("new-members", "2016-05-05"), "pass"},
        {R"({"fact":"trained","in":["new-members"]})", nobody.completed("new-members", "2018-05-05"), "fail"},
        {R"({"fact":"introduced"})", nobody, "unknown"},
    };
    for (const Row& row : rows)
        CHECK_MESSAGE(result(row.condition, row.person, "2017-06-16") == row.expected, row.condition);
}

TEST_CASE("of what began in some year or month nobody knows on which day") {
    const char* three_years = R"({"fact":"grade","in":["specialist"],"at_least":3})";
    const Somebody graded = nobody.with(Kind::grade, "specialist", "2015-01-01");
    CHECK(result(three_years, graded, "2018-01-01") == "pass");
    CHECK(result(three_years, graded.since(Precision::year), "2018-01-15") == "unknown");
    CHECK(result(three_years, graded.since(Precision::year), "2018-12-31") == "pass");
    CHECK(result(three_years, graded.since(Precision::year), "2017-12-31") == "fail");
    CHECK(result(three_years, graded.since(Precision::month), "2018-01-30") == "unknown");
    CHECK(result(three_years, graded.since(Precision::month), "2018-01-31") == "pass");
    const char* within_a_year = R"({"fact":"membership","in":["probationary"],"at_most":12})";
    const Somebody admitted =
        nobody.with(Kind::membership, "probationary", "2017-01-01").since(Precision::year);
    CHECK(result(within_a_year, admitted, "2018-01-15") == "unknown");
    CHECK(result(within_a_year, admitted, "2017-12-31") == "pass");
    CHECK(result(within_a_year, admitted, "2019-01-01") == "fail");
    const char* a_year = R"({"fact":"membership","in":["probationary"],"at_least":12})";
    CHECK(result(a_year, admitted, "2018-01-15") == "unknown");
    CHECK(result(a_year, admitted, "2018-12-31") == "pass");
}

TEST_CASE("an office of the Party is no position of the government") {
    const auto of = [](const Somebody& person) {
        return result(R"({"fact":"position","in":["department"]})", person, "2017-06-16");
    };
    const auto with_office = [](Somebody person, const char* level) {
        person.record.facts.push_back(
            {.kind = Kind::position, .level = level, .body = "party", .detail = "Bí thư chi bộ"});
        return person;
    };
    const Somebody specialist = nobody.in_post("specialist", "Chuyên viên");
    CHECK(of(with_office(specialist, "")) == "fail");
    CHECK(of(with_office(nobody.in_post("", "Chánh Văn phòng"), "")) == "unknown");
    // Nothing is known of a position that has a level.
    CHECK(of(with_office(nobody, "")) == "unknown");
    CHECK(of(with_office(specialist, "department")) == "pass");
}

TEST_CASE("an office is recognised in how the position is called") {
    const char* secretary = R"({"fact":"office","in":["cell_secretary"]})";
    const char* deputy = R"({"fact":"office","in":["deputy_cell_secretary"]})";
    CHECK(result(secretary, nobody.in_post("", "Bí thư chi bộ Vụ Tổ chức"), "2017-06-16") == "pass");
    CHECK(result(secretary, nobody.in_post("", "Phó Bí thư chi bộ"), "2017-06-16") == "fail");
    CHECK(result(deputy, nobody.in_post("", "Phó Bí thư chi bộ"), "2017-06-16") == "pass");
    CHECK(result(secretary, nobody.in_post("", "Đảng ủy viên, Bí thư Chi bộ 2"), "2017-06-16") == "pass");
    CHECK(result(secretary, nobody.in_post("division", "Trưởng phòng"), "2017-06-16") == "fail");
    CHECK(result(secretary, nobody, "2017-06-16") == "unknown");
    CHECK(result(secretary, nobody.in_post("", "Bí thư chi bộ", "2015-01-01", "2017-06-16"), "2017-06-16") ==
          "fail");  // the term ended that day
}

TEST_CASE("the latest years are rated without a gap") {
    const char* two = R"({"fact":"rating","from":"good","years":2})";
    const Somebody rated = nobody.with(Kind::rating, "good", "2023-01-01");
    CHECK(result(two, nobody, "2025-10-01") == "unknown");
    CHECK(result(two, rated, "2025-10-01") == "unknown");  // 2024 is missing
    CHECK(result(two, rated.with(Kind::rating, "excellent", "2024-01-01"), "2025-10-01") == "pass");
    CHECK(result(two, rated.with(Kind::rating, "satisfactory", "2024-01-01"), "2025-10-01") == "fail");
    CHECK(result(two, nobody.with(Kind::rating, "failed", "2024-01-01"), "2025-10-01") == "fail");
    // 2022 and 2023 were well, but they are not the latest two.
    CHECK(result(two, rated.with(Kind::rating, "good", "2022-01-01"), "2025-10-01") == "unknown");
    // The year of the day counts once it is rated.
    CHECK(result(two,
                 rated.with(Kind::rating, "good", "2024-01-01").with(Kind::rating, "failed", "2025-01-01"),
                 "2025-12-20") == "fail");
}

// --- the templates ----------------------------------------------------------------------------

TEST_CASE("principal specialists: department, or division, or specialist for three years") {
    struct Row {
        Somebody person;
        const char* expected;
    };
    const Row rows[] = {
        {nobody.in_post("department", "Vụ trưởng"), "pass"},
        {nobody.in_post("division", "Phó Trưởng phòng"), "pass"},
        // "at least 3 years" can only qualify the specialist: a leader has no years to show.
        {nobody.in_post("division", "Trưởng phòng", "2017-06-01")
             .with(Kind::grade, "specialist", "2016-01-01"),
         "pass"},
        {nobody.in_post("specialist", "Chuyên viên").with(Kind::grade, "specialist", "2014-06-16"), "pass"},
        {nobody.in_post("specialist", "Chuyên viên").with(Kind::grade, "specialist", "2014-06-17"), "fail"},
        {nobody.in_post("specialist", "Chuyên viên").with(Kind::grade, "specialist"), "unknown"},
        {nobody.in_post("specialist", "Cán sự").with(Kind::grade, "other", "2000-01-01"), "fail"},
        {nobody.with(Kind::grade, "specialist", "2010-01-01"), "pass"},
        {nobody.with(Kind::grade, "specialist", "2016-01-01"), "unknown"},  // of the post nothing is known
        {nobody, "unknown"},
    };
    for (const Row& row : rows)
        CHECK(result("principal-specialist", "R-PS-AUDIENCE", row.person, "2017-06-16") == row.expected);
    CHECK(rule("principal-specialist", "R-PS-AUDIENCE", "2017-08-31").basis !=
          rule("principal-specialist", "R-PS-AUDIENCE", "2017-09-01").basis);
}

TEST_CASE("a certificate of Party awareness lives 60 months") {
    const Somebody certified = nobody.with(Kind::certificate, "party-awareness", "2017-03-01");
    CHECK(result("party-awareness", "R-AW-DUP", certified, "2017-03-01") == "fail");
    CHECK(result("party-awareness", "R-AW-DUP", certified, "2022-03-01") ==
          "fail");  // valid through that day
    CHECK(result("party-awareness", "R-AW-DUP", certified, "2022-03-02") == "pass");
    CHECK(result("party-awareness", "R-AW-DUP", nobody, "2017-06-16") == "pass");
    CHECK(result("party-awareness", "R-AW-DUP", nobody.completed("party-awareness", "2017-03-17"),
                 "2017-06-16") == "fail");
    const auto renewed = certified.with(Kind::certificate, "party-awareness", "2022-05-10");
    CHECK(result("party-awareness", "R-AW-DUP", renewed, "2023-01-01") == "fail");
}

TEST_CASE("the part-time intermediate class: by sex, age and the day's regulation") {
    const Somebody man = nobody.of_sex("male"), woman = nobody.of_sex("female");
    const auto age_rule = [](const Somebody& person, const char* on) {
        return result("intermediate-theory-part-time", "R-IT-AGE", person, on);
    };
    CHECK(age_rule(man.born("1996-01-15"), "2025-10-01") == "fail");        // 29
    CHECK(age_rule(man.born("1993-01-15"), "2025-10-01") == "pass");        // 32
    CHECK(age_rule(man.born("1990-01-15"), "2022-10-01") == "fail");        // 32, and 35 were asked
    CHECK(age_rule(man.born("1987-10-01"), "2022-10-01") == "pass");        // 35 that day
    CHECK(age_rule(woman.born("1989-01-15"), "2022-10-01") == "pass");      // 33
    CHECK(age_rule(woman.born("1990-01-15"), "2022-10-01") == "fail");      // 32
    CHECK(age_rule(woman.born("1997-01-15"), "2025-10-01") == "pass");      // 28
    CHECK(age_rule(woman.born("1998-01-15"), "2025-10-01") == "fail");      // 27
    CHECK(age_rule(nobody.born("1996-01-15"), "2025-10-01") == "unknown");  // 29, of which sex?
    CHECK(age_rule(nobody.born("1993-01-15"), "2025-10-01") == "pass");
    CHECK(age_rule(man.born("1993-01-15"), "2025-08-28") == "fail");  // the day before the new regulation
    CHECK(age_rule(man.born("1993-01-15"), "2025-08-29") == "pass");
    CHECK_THROWS(rule("intermediate-theory-part-time", "R-IT-AGE", "2017-04-22"));
    CHECK_THROWS(rule("intermediate-theory-part-time", "R-IT-RATING", "2022-10-01"));
    const Somebody rated =
        man.with(Kind::rating, "good", "2023-01-01").with(Kind::rating, "good", "2024-01-01");
    CHECK(result("intermediate-theory-part-time", "R-IT-RATING", rated, "2025-10-01") == "pass");
}

TEST_CASE("new members: probationary passes, a full member warns, who is none is blocked") {
    const char* on = "2017-06-16";
    const Somebody probationary = nobody.with(Kind::membership, "probationary", "2016-10-01");
    const Somebody full = nobody.with(Kind::membership, "probationary", "2015-01-01")
                              .with(Kind::membership, "full", "2016-01-01");
    const Somebody candidate = nobody.with(Kind::membership, "admission_candidate", "2017-01-01");
    const auto of = [&](const char* code, const Somebody& person) {
        return result("new-members", code, person, on);
    };
    CHECK(rule("new-members", "R-NM-STATUS", on).severity == Severity::blocking);
    CHECK(rule("new-members", "R-NM-FULL", on).severity == Severity::warning);
    CHECK(of("R-NM-STATUS", probationary) == "pass");
    CHECK(of("R-NM-FULL", probationary) == "pass");
    CHECK(of("R-NM-STATUS", full) == "pass");
    CHECK(of("R-NM-FULL", full) == "fail");
    CHECK(of("R-NM-WINDOW", full) == "pass");
    CHECK(of("R-NM-STATUS", candidate) == "fail");
    CHECK(of("R-NM-STATUS", nobody) == "unknown");

    const auto admitted = [](const char* day) { return nobody.with(Kind::membership, "probationary", day); };
    CHECK(of("R-NM-WINDOW", admitted("2016-06-16")) == "pass");  // the last of the 12 months
    CHECK(of("R-NM-WINDOW", admitted("2016-06-15")) == "fail");
    CHECK(of("R-NM-WINDOW-60", admitted("2016-08-15")) == "pass");  // 60 days are left
    CHECK(of("R-NM-WINDOW-60", admitted("2016-08-14")) == "fail");
    CHECK(rule("new-members", "R-NM-WINDOW-60", on).severity == Severity::warning);
}

TEST_CASE("abroad: leaders at department level or higher") {
    const auto of = [](const Somebody& person) {
        return result("overseas-short", "R-OS-LEVEL", person, "2017-03-04");
    };
    CHECK(of(nobody.in_post("department", "Phó Vụ trưởng")) == "pass");
    CHECK(of(nobody.in_post("minister", "Bộ trưởng")) == "pass");
    CHECK(of(nobody.in_post("division", "Trưởng phòng")) == "fail");
    CHECK(of(nobody) == "unknown");
}

TEST_CASE("a leaf says what it saw") {
    const auto seen = [](const char* condition, const Somebody& person) {
        return evaluate(*parse_condition(condition), person.record, {day("2017-06-16")}).seen;
    };
    const std::vector<Seen> grade{
        {"eligibility.seen.since_years", {Term{"grade", "specialist"}, day("2014-03-01"), std::int64_t{3}}}};
    CHECK(seen(R"({"fact":"grade","in":["specialist"],"at_least":3})",
               nobody.with(Kind::grade, "specialist", "2014-03-01")) == grade);
    const auto membership =
        seen(R"({"fact":"membership","in":["full"]})", nobody.with(Kind::membership, "full", "2014-03-01"));
    CHECK(membership.front().sensitive);
    // A thing that two leaves saw is told once.
    CHECK(seen(R"({"any":[{"fact":"age","at_least":30},{"fact":"age","at_least":40}]})",
               nobody.born("1980-01-01"))
              .size() == 1);
    // So is one of which the other says more.
    const std::vector<Seen> once{{"eligibility.seen.since_months",
                                  {Term{"membership", "probationary"}, day("2016-12-16"), std::int64_t{6}},
                                  true}};
    for (const char* both : {R"({"all":[{"fact":"membership","in":["probationary"]},
                                        {"fact":"membership","in":["probationary"],"at_least":3}]})",
                             R"({"all":[{"fact":"membership","in":["probationary"],"at_least":3},
                                        {"fact":"membership","in":["probationary"]}]})"})
        CHECK(seen(both, nobody.with(Kind::membership, "probationary", "2016-12-16")) == once);
}

}  // namespace
}  // namespace tiendo::eligibility
