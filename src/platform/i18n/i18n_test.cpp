#include "platform/i18n/i18n.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>

#include "base/text.h"
#include "platform/i18n/in_each_language.h"

using namespace tiendo;
using i18n::Language;
using i18n::Texts;

namespace {

const std::vector<EmbeddedFile> files = {
    {"vi/plan.toml",
     "\"plan.progress\" = \"{0} trên {1} lớp\"\nplan.title = \"Kế hoạch\"\n[cohort]\nopen = \"Mở lớp\"\n"
     "\"count\" = \"{0} học viên\"\n"},
    {"en/plan.toml",
     "\"plan.progress\" = \"{0} of {1} cohorts\"\nplan.title = \"Plan\"\n[cohort]\nopen = \"Open\"\n"
     "\"count\" = \"{0} {0:learner|learners}\"\n"}};

Texts texts_of(const std::vector<EmbeddedFile>& some) { return Texts(some); }

}  // namespace

TEST_CASE("a text has its arguments filled in") {
    const Texts texts(files, i18n::Missing::throws);
    CHECK(texts.text(Language::vi, "plan.progress", {"14", "19"}) == "14 trên 19 lớp");
    CHECK(texts.text(Language::en, "plan.progress", {"14", "19"}) == "14 of 19 cohorts");
    CHECK(texts.text(Language::en, "plan.title") == "Plan");
    CHECK(texts.text(Language::vi, "cohort.open") == "Mở lớp");
    CHECK(texts.text(Language::vi, Refusal{"", "plan.progress", {"1", "2"}}) == "1 trên 2 lớp");
}

TEST_CASE("one learner, two learners") {
    const Texts texts(files, i18n::Missing::throws);
    CHECK(texts.text(Language::en, "cohort.count", {"1"}) == "1 learner");
    CHECK(texts.text(Language::en, "cohort.count", {"1,350"}) == "1,350 learners");
    CHECK(texts.text(Language::vi, "cohort.count", {"1"}) == "1 học viên");
}

TEST_CASE("an argument is data: braces in it are not looked at") {
    const Texts texts(files, i18n::Missing::throws);
    CHECK(texts.text(Language::en, "plan.progress", {"{1}", "{0}"}) == "{1} of {0} cohorts");
    CHECK(texts.text(Language::en, "plan.progress", {"a"}) == "a of  cohorts");
}

TEST_CASE("an argument that was said in each language reads in the reader's") {
    const Texts texts(files, i18n::Missing::throws);
    const std::string both = i18n::in_each_language("mười bốn", "fourteen");
    CHECK(texts.text(Language::vi, "plan.progress", {both, "19"}) == "mười bốn trên 19 lớp");
    CHECK(texts.text(Language::en, "plan.progress", {both, "19"}) == "fourteen of 19 cohorts");
}

TEST_CASE("a passage is left out with its argument") {
    const Texts texts({{"en/a.toml", "a = \"No “{0}”.[[ Nearest: “{1}”.]] So[[ {2}]]!\"\nb = \"[[x\""}},
                      i18n::Missing::throws);
    CHECK(texts.text(Language::en, "a", {"x", "y", "z"}) == "No “x”. Nearest: “y”. So z!");
    CHECK(texts.text(Language::en, "a", {"x", ""}) == "No “x”. So!");
    CHECK(texts.text(Language::en, "a", {"[[", "]]"}) == "No “[[”. Nearest: “]]”. So!");
    CHECK(texts.text(Language::en, "b") == "[[x");
}

TEST_CASE("braces that hold no argument stay") {
    const Texts texts({{"en/a.toml", "a = \"{} {x} {0x} { {0} {10} {0:a} {\""}}, i18n::Missing::throws);
    CHECK(texts.text(Language::en, "a", {"!"}) == "{} {x} {0x} { ! {10} {0:a} {");
}

TEST_CASE("a missing key fails a test and shows itself to a user") {
    CHECK_THROWS_AS(Texts(files, i18n::Missing::throws).text(Language::vi, "no.key"), i18n::MissingText);
    CHECK(Texts(files).text(Language::vi, "no.key") == "no.key");
}

TEST_CASE("a file that cannot be meant is refused with its name") {
    CHECK_THROWS_WITH(texts_of({{"vi/a.toml", "\n\"a\" = "}}), doctest::Contains("locales/vi/a.toml:2"));
    CHECK_THROWS_WITH(texts_of({{"vi/a.toml", "a = 1"}}), doctest::Contains("is no text"));
    CHECK_THROWS_WITH(texts_of({{"fr/a.toml", "a = \"\""}}), doctest::Contains("fr/a.toml"));
    CHECK_THROWS_WITH(texts_of({{"vi/a.toml", "a = \"\""}, {"vi/b.toml", "a = \"\""}}),
                      doctest::Contains("has a text already"));
}

TEST_CASE("a day among the arguments is written as the language writes days") {
    const Texts texts =
        texts_of({{"vi/a.toml", "late = \"Ngày {0}, lớp {1}\""}, {"en/a.toml", "late = \"On {0}, {1}\""}});
    CHECK(texts.text(Language::vi, "late", {"2017-07-01", "2017-07"}) == "Ngày 01/07/2017, lớp 2017-07");
    CHECK(texts.text(Language::en, "late", {"2017-07-01", "2017-13-01"}) == "On 1 Jul 2017, 2017-13-01");
}

TEST_CASE("disagreements between languages are named") {
    CHECK(Texts(files).disagreements().empty());
    const Texts apart =
        texts_of({{"vi/a.toml", "both = \"{0}\"\nonly = \"\""}, {"en/a.toml", "both = \"{0} {1}\""}});
    CHECK(apart.disagreements() ==
          std::vector<std::string>{"both has other placeholders in en", "only is in vi and not in en"});
}

namespace {

// What a text says of one row of a workbook has "<key>.expected"; a group of such rows is headed by
// "<key>.kind", which is about nobody in particular.
std::vector<std::string> groups_without_title(const std::vector<EmbeddedFile>& locales) {
    const Texts texts(locales, i18n::Missing::shows_key);
    std::vector<std::string> found;
    for (const EmbeddedFile& file : locales)
        for (const std::string_view line : split(file.bytes, '\n')) {
            const std::size_t end = line.find(".expected\" = ");
            if (end == std::string_view::npos || line.front() != '"') continue;
            const std::string key(line.substr(1, end - 1));
            const bool names =
                texts.text(Language::vi, key, {"?", "?", "?", "?"}).find('?') != std::string::npos;
            const std::string title = texts.text(Language::vi, key + ".kind", {"?", "?", "?", "?"});
            if (names && (title == key + ".kind" || title.find('?') != std::string::npos))
                found.push_back(key);
        }
    return found;
}

}  // namespace

TEST_CASE("the two languages of this program agree on every key and every placeholder") {
    std::list<std::string> kept;
    std::vector<EmbeddedFile> locales;
    const std::filesystem::path folder = TIENDO_SOURCE_DIR "/locales";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".toml") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        kept.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        const std::string_view bytes = kept.back();
        kept.push_back(std::filesystem::relative(entry.path(), folder).generic_string());
        locales.push_back({kept.back(), bytes});
    }
    REQUIRE(locales.size() >= 2);
    for (const auto& disagreement : Texts(locales).disagreements()) FAIL_CHECK(disagreement);
    for (const auto& key : groups_without_title(locales))
        FAIL_CHECK(key << ".kind is missing or names somebody");
}

TEST_CASE("numbers, percentages, days and moments as the reader writes them") {
    struct Case {
        std::int64_t number;
        const char *vi, *en;
    };
    for (const auto& [number, vi, en] :
         {Case{0, "0", "0"}, Case{999, "999", "999"}, Case{1350, "1.350", "1,350"},
          Case{-1350, "-1.350", "-1,350"}, Case{-100, "-100", "-100"},
          Case{1234567, "1.234.567", "1,234,567"},
          Case{INT64_MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"}}) {
        CHECK(i18n::number(Language::vi, number) == vi);
        CHECK(i18n::number(Language::en, number) == en);
    }
    CHECK(i18n::percent(Language::vi, "73.6") == "73,6 %");
    CHECK(i18n::percent(Language::en, "73.6") == "73.6%");
    CHECK(i18n::percent(Language::vi, "1350") == "1.350 %");
    CHECK(i18n::percent(Language::vi, "1350.00") == "1.350,00 %");
    CHECK(i18n::percent(Language::en, "-0.5") == "-0.5%");
    for (const char* text : {"", "-", ".", "1.", ".5", "1.2.3", "a", "1,5"})
        CHECK(i18n::percent(Language::vi, text) == text);
    CHECK(i18n::date(Language::vi, *Date::of(2017, 6, 6)) == "06/06/2017");
    CHECK(i18n::date(Language::en, *Date::of(2017, 6, 16)) == "16 Jun 2017");
    CHECK(i18n::date(Language::vi, "2017-07-01") == "01/07/2017");
    CHECK(i18n::date(Language::vi, "2017-07") == "07/2017");
    CHECK(i18n::date(Language::en, "2017-07") == "Jul 2017");
    for (const char* text : {"1985", "", "2017-13", "2017-7", "hè 2017", "2017-07-32"})
        CHECK(i18n::date(Language::en, text) == text);
    const Instant moment = *parse_instant("2017-06-19T23:00:00Z");
    CHECK(i18n::moment(Language::vi, moment, Offset{420}) == "20/06/2017 06:00");
    CHECK(i18n::moment(Language::en, moment, Offset{0}) == "19 Jun 2017, 23:00");
}

TEST_CASE("the reader's language by what his browser says") {
    struct Case {
        const char* header;
        std::optional<Language> language;
    };
    for (const auto& [header, language] :
         {Case{"vi-VN,vi;q=0.9,en;q=0.8", Language::vi}, Case{"en-GB,en;q=0.9,vi;q=0.8", Language::en},
          Case{"fr, en;q=0.3, vi;q=0.7", Language::vi}, Case{"fr,de", std::nullopt}, Case{"", std::nullopt},
          Case{"vi;q=0, en;q=0.001", Language::en}, Case{"EN", Language::en}, Case{";;,=,q", std::nullopt},
          Case{"en;q=0.x,vi;q=0.1", Language::en}}) {
        CAPTURE(header);
        CHECK(i18n::preferred_language(header) == language);
    }
}
