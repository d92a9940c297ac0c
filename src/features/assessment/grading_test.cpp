#include "features/assessment/grading.h"

#include <doctest/doctest.h>

namespace tiendo::assessment {
namespace {

const ComponentId essay{1}, test{2};

Scheme usual_scheme() {
    return {.components = {{.id = essay, .code = "essay", .name = "Bài thu hoạch", .weight = 40},
                           {.id = test,
                            .code = "test",
                            .name = "Bài kiểm tra",
                            .weight = 60,
                            .pass_mark = 500,
                            .resits = 1}},
            .bands = {{"excellent", "Xuất sắc", 900},
                      {"good", "Giỏi", 800},
                      {"fair", "Khá", 700},
                      {"average", "Trung bình", 500},
                      {"fail", "Không đạt", 0, false}}};
}

Attempts once(Mark mark) { return {{.first = mark}}; }

std::string band_name(const Scheme& scheme, const Result& result) {
    return result.band ? scheme.bands[*result.band].code : "";
}

}  // namespace

TEST_CASE("a mark is read with a comma or a point, and up to two decimals") {
    CHECK(parse_mark("8") == 800);
    CHECK(parse_mark("7,5") == 750);
    CHECK(parse_mark("7.25") == 725);
    CHECK(parse_mark("0,05") == 5);
    for (const char* wrong : {"", "-1", "7,", ",5", "7,555", "7;5", "bảy", "7 5", "12345678"})
        CHECK_FALSE(parse_mark(wrong));
    CHECK(to_text(Mark{800}) == "8");
    CHECK(to_text(Mark{750}) == "7.5");
    CHECK(to_text(Mark{725}) == "7.25");
    CHECK(to_text(Mark{5}) == "0.05");
}

TEST_CASE("one marker's mark counts as it is; two within the tolerance give their mean, half up") {
    const Component single{.markers = 1};
    CHECK(mark_of(single, {.first = 650}) == 650);
    const Component pair{.markers = 2, .tolerance = 100};
    CHECK_FALSE(mark_of(pair, {.first = 650}));
    CHECK(mark_of(pair, {.first = 650, .second = 725}) == 688);
    CHECK(mark_of(pair, {.first = 650, .second = 750}) == 700);
}

TEST_CASE("two marks further apart than the tolerance wait for moderation, and the agreed mark stands") {
    const Component pair{.markers = 2, .tolerance = 100};
    const Marked apart{.first = 600, .second = 750};
    CHECK(needs_moderation(pair, apart));
    CHECK_FALSE(mark_of(pair, apart));
    const Marked agreed{.first = 600, .second = 750, .agreed = 700};
    CHECK_FALSE(needs_moderation(pair, agreed));
    CHECK(mark_of(pair, agreed) == 700);
}

TEST_CASE("a re-sit is open to who failed while re-sits are left, and its mark replaces the first") {
    const Component component{.pass_mark = 500, .resits = 1};
    CHECK_FALSE(may_resit(component, {}));
    CHECK(may_resit(component, once(400)));
    CHECK_FALSE(may_resit(component, once(500)));
    const Attempts two{{.first = 400}, {.first = 650}};
    CHECK(counting_mark(component, two) == 650);
    CHECK_FALSE(may_resit(component, two));
    CHECK_FALSE(may_resit(component, Attempts{{.first = 400}, {.first = 450}}));
    CHECK(counting_mark(component, Attempts{{.first = 400}, {}}) == 400);
}

TEST_CASE("the total is the weighted mean on ten points, and the band begins at its mark") {
    const Scheme scheme = usual_scheme();
    struct Case {
        Mark essay, test, total;
        const char* band;
        bool passed;
    };
    for (const Case& one : {Case{900, 900, 900, "excellent", true}, Case{899, 900, 900, "excellent", true},
                            Case{897, 900, 899, "good", true}, Case{800, 700, 740, "fair", true},
                            Case{500, 500, 500, "average", true}, Case{400, 560, 496, "fail", false},
                            Case{0, 0, 0, "fail", false}, Case{1000, 1000, 1000, "excellent", true}}) {
        const Result result = result_of(scheme, {{essay, once(one.essay)}, {test, once(one.test)}});
        CHECK(result.total == one.total);
        CHECK(band_name(scheme, result) == one.band);
        CHECK(result.passed == one.passed);
    }
}

TEST_CASE("a component below its pass mark fails the whole, however good the rest") {
    const Scheme scheme = usual_scheme();
    const Result result = result_of(scheme, {{essay, once(1000)}, {test, once(490)}});
    CHECK(result.total == 694);
    CHECK(band_name(scheme, result) == "fail");
    CHECK_FALSE(result.passed);
    CHECK(result.failed == std::vector{test});
}

TEST_CASE("marks of another scale are brought to ten points, rounded once at the end") {
    Scheme scheme = usual_scheme();
    scheme.components[0].scale_max = 10000;  // of 100 points
    scheme.components[1].scale_max = 400;    // of 4 points
    scheme.components[1].pass_mark = 200;
    const Result result = result_of(scheme, {{essay, once(8500)}, {test, once(350)}});
    CHECK(result.total == 865);  // 0.4 * 8.5 + 0.6 * 8.75
    CHECK(band_name(scheme, result) == "good");
}

TEST_CASE("without all marks there is no total, and what is missing is named") {
    Scheme scheme = usual_scheme();
    scheme.components[0].markers = 2;
    Result result = result_of(scheme, {{test, once(800)}});
    CHECK_FALSE(result.total);
    CHECK(result.missing == std::vector{essay});
    CHECK_FALSE(result.passed);
    result = result_of(scheme, {{essay, {{.first = 400, .second = 900}}}, {test, once(800)}});
    CHECK_FALSE(result.total);
    CHECK(result.to_moderate == std::vector{essay});
    CHECK_FALSE(result_of({}, {}).total);
}

}  // namespace tiendo::assessment
