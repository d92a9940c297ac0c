#include "features/programmes/programmes.h"

#include <doctest/doctest.h>

#include <set>

#include "base/text.h"
#include "features/programmes/comparison.h"
#include "features/programmes/template_file.h"

namespace tiendo::programmes {
namespace {

Version version(std::int64_t number, const char* from) {
    Version made{.number = number};
    if (*from) made.valid_from = parse_date(from);
    return made;
}

std::int64_t number_on(const std::vector<Version>& versions, const char* day) {
    const Version* found = in_force(versions, *parse_date(day));
    return found ? found->number : 0;
}

Topic topic(const char* title, std::int64_t lecture) { return {.title = title, .periods = {lecture}}; }

std::string told(const std::vector<Pair<Topic>>& pairs) {
    std::string text;
    for (const Pair<Topic>& pair : pairs)
        text +=
            std::string(to_text(pair.change())) + " " + (pair.after ? pair.after : pair.before)->title + "; ";
    return text;
}

std::string compared(const std::vector<Topic>& before, const std::vector<Topic>& after) {
    return told(paired(before, after, [](const Topic& one) { return fold(one.title); }));
}

std::string fields_of(const Refusals& refusals) {
    std::string text;
    for (const Refusal& refusal : refusals) text += refusal.field + " " + refusal.message + "; ";
    return text;
}

Scheme usual_scheme() {
    return {.components = {{.code = "essay", .name = "Bài thu hoạch"}},
            .bands = {{"pass", "Đạt", 500}, {"fail", "Không đạt", 0, false}}};
}

}  // namespace

TEST_CASE("the version begun last is in force, and of one day the later number") {
    const std::vector<Version> versions{version(1, ""), version(2, "2022-06-16"), version(3, "2018-01-01"),
                                        version(4, "2022-06-16")};
    CHECK(number_on(versions, "1990-01-01") == 1);
    CHECK(number_on(versions, "2017-12-31") == 1);
    CHECK(number_on(versions, "2018-01-01") == 3);
    CHECK(number_on(versions, "2022-06-15") == 3);
    CHECK(number_on(versions, "2022-06-16") == 4);
    CHECK(number_on({version(1, "2018-01-01")}, "2017-12-31") == 0);
    CHECK(number_on({version(1, ""), version(2, "")}, "2017-12-31") == 2);
    CHECK(number_on({}, "2017-12-31") == 0);
}

TEST_CASE("periods add up, and theory and practice are parts of them") {
    Version made;
    made.topics = {{.title = "A", .periods = {10, 5, 0, 2, 1}}, {.title = "B", .periods = {0, 0, 4, 0, 3}}};
    CHECK(made.periods() == 25);
    CHECK(made.periods(Activity::test) == 4);
    CHECK(made.theory_periods() == 10);
    CHECK(made.practice_periods() == 9);
    for (const Activity activity : activities) CHECK(parse_activity(to_text(activity)) == activity);
}

TEST_CASE("topics of one title belong together; the others came or went") {
    CHECK(compared({topic("A", 5), topic("B", 5)}, {topic("A", 5), topic("B", 6)}) == "same A; changed B; ");
    CHECK(compared({topic("A", 5), topic("B", 5), topic("C", 5)}, {topic("C", 5), topic("D", 5)}) ==
          "removed A; removed B; same C; added D; ");
    CHECK(compared({topic("Điều lệ", 5)}, {topic("ĐIỀU LỆ", 5)}) == "changed ĐIỀU LỆ; ");
    CHECK(compared({}, {topic("A", 5)}) == "added A; ");
    CHECK(compared({topic("A", 5)}, {}) == "removed A; ");
}

TEST_CASE("another order is a change though every topic is the same") {
    const std::vector<Topic> before{topic("A", 5), topic("B", 5), topic("C", 5)};
    const auto pairs = [&](const std::vector<Topic>& after) {
        return paired(before, after, [](const Topic& one) { return one.title; });
    };
    const std::vector<Topic> turned{topic("B", 5), topic("A", 5), topic("C", 5)};
    CHECK(told(pairs(turned)) == "same B; same A; same C; ");
    CHECK(reordered(pairs(turned)));
    const std::vector<Topic> shorter{topic("A", 5), topic("C", 5)};
    CHECK(!reordered(pairs(shorter)));
}

TEST_CASE("a scheme is judged row by row, blank rows aside") {
    CHECK(fields_of(wrong_with(usual_scheme())).empty());
    Scheme scheme = usual_scheme();
    scheme.components.insert(scheme.components.begin(), Component{.weight = 0});
    scheme.bands.insert(scheme.bands.begin() + 1, Band{});
    CHECK(fields_of(wrong_with(scheme)).empty());
    CHECK(without_blanks(scheme) == usual_scheme());
    scheme.components[1].pass_mark = 1100;
    CHECK(fields_of(wrong_with(scheme)) == "pass-2 scheme.pass_above_scale; ");
    scheme = usual_scheme();
    scheme.components.push_back({.code = "test", .weight = 20});
    CHECK(fields_of(wrong_with(scheme)) == "name-2 form.required; weight-1 scheme.weights; ");
    scheme = usual_scheme();
    scheme.bands[1].passes = true;
    CHECK(fields_of(wrong_with(scheme)) == "fails-2 scheme.nobody_fails; ");
    scheme.bands[1] = {"fail", "Không đạt", 600, false};
    CHECK(fields_of(wrong_with(scheme)) == "from-2 scheme.bands_fall; from-2 scheme.bands_to_zero; ");
    CHECK(fields_of(wrong_with(Scheme{})) == "name-1 scheme.no_components; band-1 scheme.no_bands; ");
}

TEST_CASE("what the product brings: seven programmes, each in force in 2017, none verified") {
    std::set<std::string> codes;
    for (const Template& brought : templates()) {
        codes.insert(brought.code);
        CHECK_MESSAGE(number_on(brought.versions, "2017-03-06") == 1, brought.code);
        for (const Version& one : brought.versions) {
            CHECK_MESSAGE(one.verified_by.empty(), brought.code);
            CHECK_MESSAGE(!one.basis.empty(), brought.code);
            CHECK_MESSAGE(!one.remarks.empty(), brought.code);
            if (!one.scheme.is_empty()) CHECK(fields_of(wrong_with(one.scheme)).empty());
        }
    }
    CHECK(codes == std::set<std::string>{"party-awareness", "new-members", "cell-secretaries",
                                         "intermediate-theory-part-time", "principal-specialist",
                                         "senior-specialist", "overseas-short"});
}

TEST_CASE("the Party-awareness programme since 16/6/2022 has 50 periods and a certificate of 60 months") {
    const Template& brought = templates().front();
    const Version* now = in_force(brought.versions, *parse_date("2022-06-16"));
    REQUIRE(now);
    CHECK(now->number == 2);
    CHECK(now->basis == "Hướng dẫn 61-HD/BTGTW, 16/6/2022");
    CHECK(now->periods() == 50);
    CHECK(now->topics[1].total() == 10);
    CHECK(now->certificate_series == "awareness");
    CHECK(now->certificate_valid_months == 60);
    CHECK(number_on(brought.versions, "2022-06-15") == 1);
    std::vector<std::string> bands;
    for (const Band& band : now->scheme.bands) bands.push_back(band.code + " " + to_text(band.from_mark));
    CHECK(bands == std::vector<std::string>{"excellent 9", "good 8", "fair 7", "average 5", "fail 0"});
}

}  // namespace tiendo::programmes
