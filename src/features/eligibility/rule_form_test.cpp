#include "features/eligibility/rule_form.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "features/eligibility/template_file.h"

namespace tiendo::eligibility {
namespace {

const i18n::Texts& texts() {
    static const auto read = [](const char* path) {
        std::ifstream file(std::string(TIENDO_SOURCE_DIR "/locales/") + path);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    static const std::string vi = read("vi/eligibility.toml"), en = read("en/eligibility.toml");
    static const i18n::Texts all({{"vi/eligibility.toml", vi}, {"en/eligibility.toml", en}},
                                 i18n::Missing::throws);
    return all;
}
Reader reader(i18n::Language language = i18n::Language::vi) {
    return {texts(), language, {{"new-members", "Đảng viên mới"}, {"party-awareness", "Nhận thức về Đảng"}}};
}

FormRows one(FormRow row) {
    FormRows rows;
    rows[0][0] = std::move(row);
    return rows;
}
std::string written(const FormRows& rows) {
    const auto condition = condition_of(rows, reader());
    return condition ? to_text(*condition)
                     : condition.refusals().front().field + " " + condition.refusals().front().message;
}

TEST_CASE("a row is read in the reader's words, or in those of the code") {
    CHECK(written(one({"age", "at_least", "", "30"})) == R"({"fact":"age","at_least":30})");
    CHECK(written(one({"sex", "is", "Nữ", ""})) == R"({"fact":"sex","in":["female"]})");
    CHECK(written(one({"sex", "", "female", ""})) == R"({"fact":"sex","in":["female"]})");
    CHECK(written(one({"membership", "is_not", "đảng viên dự bị, Đảng viên chính thức", ""})) ==
          R"({"not":{"fact":"membership","in":["probationary","full"]}})");
    CHECK(written(one({"membership", "at_most", "đảng viên dự bị", "12"})) ==
          R"({"fact":"membership","in":["probationary"],"at_most":12})");
    CHECK(written(one({"position", "at_least", "cấp vụ", ""})) ==
          R"({"fact":"position","from":"department"})");
    CHECK(written(one({"grade", "at_least", "chuyên viên", "3"})) ==
          R"({"fact":"grade","in":["specialist"],"at_least":3})");
    CHECK(written(one({"education", "at_least", "cao đẳng", ""})) ==
          R"({"fact":"education","from":"college"})");
    CHECK(written(one({"trained", "is_not", "Nhận thức về Đảng", "60"})) ==
          R"({"not":{"fact":"trained","in":["party-awareness"],"months":60}})");
    CHECK(written(one({"rating", "at_least", "hoàn thành tốt nhiệm vụ", "2"})) ==
          R"({"fact":"rating","from":"good","years":2})");
    CHECK(written(one({"introduced", "is", "", ""})) == R"({"fact":"introduced"})");
}

TEST_CASE("a row that cannot be is refused where it stands") {
    CHECK(written({}) == "fact-1-1 eligibility.condition.empty");
    CHECK(written(one({"", "is", "nữ", ""})) == "fact-1-1 form.required");
    CHECK(written(one({"age", "at_least", "", ""})) == "number-1-1 eligibility.form.needs_number");
    CHECK(written(one({"age", "at_least", "", "ba mươi"})) == "number-1-1 form.no_count");
    CHECK(written(one({"sex", "is", "", ""})) == "words-1-1 eligibility.condition.needs_words");
    CHECK(written(one({"sex", "is", "nam nữ", ""})) == "words-1-1 eligibility.condition.no_such_word");
    CHECK(written(one({"sex", "is", "nam", "3"})) == "number-1-1 eligibility.form.takes_no_number");
    CHECK(written(one({"education", "is", "đại học", ""})) ==
          "comparison-1-1 eligibility.form.not_compared_so");
    CHECK(written(one({"education", "at_least", "đại học, cao đẳng", ""})) ==
          "words-1-1 eligibility.form.one_word");
    FormRows rows = one({"age", "at_least", "", "30"});
    rows[1][2] = {"hair", "is", "", ""};
    CHECK(written(rows) == "fact-2-3 form.required");
}

TEST_CASE("every rule that the product brings is shown as rows, or as text when it is more complex") {
    int as_text = 0;
    for (const Template& programme : templates())
        for (const Rule& rule : programme.rules) {
            Reader of_all = reader();
            for (const Template& one : templates())
                of_all.programmes.emplace(one.code, "Chương trình " + one.code);
            const auto rows = rows_of(rule.condition, of_all);
            if (!rows)
                ++as_text;
            else
                CHECK_MESSAGE(*condition_of(*rows, of_all) == rule.condition, rule.code);
        }
    CHECK(as_text == 1);  // the 60 days before probation ends
}

TEST_CASE("a condition in words") {
    const auto words = [](const char* json, i18n::Language language) {
        return in_words(reader(language), *parse_condition(json));
    };
    const char* principal =
        R"({"any":[{"fact":"position","in":["department"]},{"fact":"position","in":["division"]},
        {"fact":"grade","in":["specialist"],"at_least":3}]})";
    CHECK(words(principal, i18n::Language::vi) ==
          "giữ chức vụ cấp vụ, hoặc giữ chức vụ cấp phòng, hoặc ngạch chuyên viên từ 3 năm trở lên");
    CHECK(words(principal, i18n::Language::en) ==
          "holds a position at department level, or holds a position at division level, or grade specialist "
          "for "
          "at least 3 years");
    CHECK(words(R"({"any":[{"fact":"age","at_least":30},)"
                R"({"all":[{"fact":"sex","in":["female"]},{"fact":"age","at_least":28}]}]})",
                i18n::Language::vi) == "từ 30 tuổi trở lên, hoặc (nữ và từ 28 tuổi trở lên)");
    CHECK(words(R"({"not":{"fact":"trained","in":["party-awareness"],"months":60}})", i18n::Language::vi) ==
          "không (đã học “Nhận thức về Đảng” còn giá trị (60 tháng))");
    CHECK(in_words(reader(), {{"eligibility.seen.since_years",
                               {Term{"grade", "specialist"}, *parse_date("2014-03-01"), std::int64_t{3}}},
                              {"eligibility.seen.age", {std::int64_t{32}}}}) ==
          "chuyên viên từ 01/03/2014 (3 năm); 32 tuổi");
}

}  // namespace
}  // namespace tiendo::eligibility
