#include "features/eligibility/condition.h"

#include <doctest/doctest.h>

#include "features/eligibility/template_file.h"

namespace tiendo::eligibility {
namespace {

std::string refusal_of(std::string_view json) {
    const auto condition = parse_condition(json);
    return condition ? "" : condition.refusals().front().message;
}

TEST_CASE("a condition is written as it was read") {
    for (const char* text :
         {R"({"fact":"age","at_least":18})", R"({"not":{"fact":"membership","in":["probationary","full"]}})",
          R"({"any":[{"fact":"position","from":"department"},{"all":[{"fact":"sex","in":["female"]},)"
          R"({"fact":"age","at_least":28,"at_most":60}]}]})",
          R"({"fact":"membership","in":["probationary"],"at_most":12,"days_left":60})",
          R"({"fact":"trained","in":["new-members"],"months":60})", R"({"fact":"introduced"})",
          R"({"fact":"rating","from":"good","years":2})"}) {
        const auto condition = parse_condition(text);
        REQUIRE_MESSAGE(!condition.refused(), text);
        CHECK(to_text(*condition) == text);
        CHECK(*parse_condition(to_text(*condition)) == *condition);
    }
}

TEST_CASE("what is no condition is refused, and told what may stand there") {
    CHECK(refusal_of("") == "eligibility.condition.no_json");
    CHECK(refusal_of("3") == "eligibility.condition.no_object");
    CHECK(refusal_of(R"({"all":[]})") == "eligibility.condition.empty");
    CHECK(refusal_of(R"({"all":{}})") == "eligibility.condition.empty");
    CHECK(refusal_of(R"({"fact":"hair"})") == "eligibility.condition.no_such_fact");
    CHECK(refusal_of(R"({"fact":"age"})") == "eligibility.condition.needs_number");
    CHECK(refusal_of(R"({"fact":"age","at_least":-1})") == "eligibility.condition.no_number");
    CHECK(refusal_of(R"({"fact":"age","at_least":"18"})") == "eligibility.condition.no_number");
    CHECK(refusal_of(R"({"fact":"age","at_least":18,"in":["male"]})") == "eligibility.condition.not_taken");
    CHECK(refusal_of(R"({"fact":"age","at_least":18,"colour":1})") == "eligibility.condition.not_taken");
    CHECK(refusal_of(R"({"fact":"sex"})") == "eligibility.condition.needs_words");
    CHECK(refusal_of(R"({"fact":"membership","in":["full"],"days_left":6})") ==
          "eligibility.condition.not_taken");
    CHECK(refusal_of(R"({"fact":"rating","from":"good"})") == "eligibility.condition.needs_number");
    CHECK(refusal_of(R"({"any":[{"fact":"sex","in":["male"]},{"not":{"fact":"x"}}]})") ==
          "eligibility.condition.no_such_fact");

    const auto typing_slip = parse_condition(R"({"fact":"grade","in":["principal_specialst"]})");
    CHECK(typing_slip.refusals().front().arguments.back() == "principal_specialist");
}

TEST_CASE("every condition that the product brings can be read, and nobody has verified it") {
    CHECK(templates().size() == 7);
    for (const Template& programme : templates()) {
        CHECK(!programme.rules.empty());
        for (const Rule& rule : programme.rules) {
            CHECK(rule.verified_by.empty());
            CHECK_MESSAGE(!rule.message_vi.empty(), rule.code);
            CHECK_MESSAGE(!rule.message_en.empty(), rule.code);
            CHECK_MESSAGE(!rule.basis.empty(), rule.code);
        }
    }
}

}  // namespace
}  // namespace tiendo::eligibility
