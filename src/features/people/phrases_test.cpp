#include "features/people/phrases.h"

#include <doctest/doctest.h>

#include <array>

#include "platform/db/testing.h"

namespace tiendo::people {
namespace {

i18n::Texts texts_of(std::string_view vi) {
    return i18n::Texts({{"vi/people.toml", vi}, {"en/people.toml", ""}});
}

TEST_CASE("a title has the level of the longest words in it") {
    const auto texts = texts_of(R"(
"term.level.division" = "trưởng phòng | phó trưởng phòng"
"term.level.department" = "vụ trưởng | cục trưởng"
"term.level.minister" = "chi cục trưởng"
)");
    constexpr std::array<std::string_view, 3> values{"division", "department", "minister"};
    const Phrases levels(texts, "level", values);
    CHECK(levels.in("Phó Vụ trưởng Vụ Tổ chức cán bộ") == "department");
    CHECK(levels.in("PHÓ TRƯỞNG PHÒNG") == "division");
    CHECK(levels.in("Chi cục trưởng") == "minister");  // and not the shorter one within it
    CHECK(levels.in("Trưởng phòngg") == "");           // whole words only
    CHECK(levels.in("") == "");
    CHECK(levels.whole("vu truong") == "department");
    CHECK(levels.whole("Phó Vụ trưởng") == "");
}

TEST_CASE("a title of the past, or of somebody else, has no level") {
    const auto texts = texts_of(R"(
"term.level.division" = "trưởng phòng | phó trưởng phòng | phó phòng | phó TP | PTP | =TP"
"term.level.department" = "vụ trưởng | phó vụ trưởng | vụ phó"
"term.level.minister" = "bộ trưởng"
"position.of_others" = "nguyên | trợ lý | thư ký | phu nhân"
)");
    constexpr std::array<std::string_view, 3> values{"division", "department", "minister"};
    const Phrases levels(texts, "level", values);
    struct Case {
        const char *title, *level;
    };
    for (const auto& [title, level] : {Case{"Vụ trưởng", "department"},
                                       {"Nguyên Vụ trưởng", ""},
                                       {"NGUYÊN PHÓ VỤ TRƯỞNG", ""},
                                       {"Trợ lý Vụ trưởng", ""},
                                       {"Thư ký của Bộ trưởng", ""},
                                       {"Phu nhân Bộ trưởng", ""},
                                       {"Phó phòng, nguyên Vụ trưởng", "division"},
                                       {"Thư ký Bộ trưởng kiêm Trưởng phòng", "division"},
                                       {"Trưởng phòng Tài nguyên", "division"},
                                       {"Trưởng phòng - Bí thư chi bộ", "division"},
                                       {"Vụ phó", "department"},
                                       {"PTP", "division"},
                                       {"Phó TP Tổ chức", "division"},
                                       {"TP.", "division"},
                                       {"Chủ tịch UBND TP Hà Nội", ""},
                                       {"", ""}}) {
        INFO(title);
        CHECK(levels.in_title(title) == level);
    }
}

TEST_CASE("a value is called by the first of its words") {
    const auto texts = texts_of("\"term.theory.intermediate\" = \"trung cấp | TC\"");
    CHECK(called(texts, i18n::Language::vi, "theory", "intermediate") == "trung cấp");
    CHECK(called(texts, i18n::Language::vi, "phone", "0912345678") == "0912345678");
    CHECK(called(texts, i18n::Language::vi, "theory", "") == "");
}

}  // namespace
}  // namespace tiendo::people
