// A judgement that is kept says later what it said, and nothing sensitive once it is masked.
#include <doctest/doctest.h>

#include <stdexcept>

#include "features/eligibility/eligibility.h"

namespace tiendo::eligibility {
namespace {

Judgement some_judgement() {
    Rule rule;
    rule.id = RuleId{7};
    rule.code = "R-NM-WINDOW";
    rule.severity = Severity::blocking;
    rule.message_vi = "Trong 12 tháng kể từ ngày kết nạp";
    rule.message_en = "Within 12 months of the admission";
    rule.basis = "Hướng dẫn 60-HD/BTGTW";
    rule.waivable = true;
    RuleResult result{
        .rule = std::make_shared<const Rule>(rule),
        .result = Result::fail,
        .seen = {{"eligibility.seen.since_months",
                  {Term{"membership", "probationary"}, *parse_date("2016-06-01"), std::int64_t{13}},
                  true},
                 {"eligibility.seen.text", {std::string("“Đảng viên mới”")}, false}},
        .waiver = Waiver{.id = WaiverId{9}}};
    result.waiver->rule = rule.code;
    result.waiver->granted_by = "Phòng Đào tạo";
    result.waiver->reason = "Công tác biệt phái";
    result.waiver->document_title = "15-QĐ/ĐU";
    Judgement judgement;
    judgement.rules = {result};
    rule.code = "R-NM-DUP";
    judgement.rules.push_back(
        {.rule = std::make_shared<const Rule>(rule), .result = Result::unknown, .seen = {}, .waiver = {}});
    return judgement;
}

TEST_CASE("a judgement is read as it was written") {
    const std::string text = to_text(some_judgement());
    const Judgement read = read_judgement(text);
    CHECK(to_text(read) == text);
    CHECK(!read.eligible);  // one rule is waived, and one is not known
    REQUIRE(read.rules.size() == 2);
    CHECK(read.rules[0].seen == some_judgement().rules[0].seen);
    CHECK(read.rules[0].waiver->document_title == "15-QĐ/ĐU");
    CHECK(read.rules[0].rule->message_en == "Within 12 months of the admission");
    CHECK(read.rules[1].result == Result::unknown);
    CHECK(!read.rules[1].waiver);
}

TEST_CASE("masked, it says nothing of a sensitive kind") {
    const Judgement judgement = masked(some_judgement());
    CHECK(judgement.rules[0].seen[0] == Seen{"eligibility.seen.hidden", {}, true});
    CHECK(judgement.rules[0].seen[1] == some_judgement().rules[0].seen[1]);
    CHECK(judgement.rules[0].result == Result::fail);
}

TEST_CASE("what is no judgement is not read") {
    CHECK_THROWS_AS(read_judgement(""), std::runtime_error);
    CHECK_THROWS_AS(read_judgement(R"({"rules":[{"id":"R-1"}]})"), std::runtime_error);
}

}  // namespace
}  // namespace tiendo::eligibility
