#include "base/text.h"

#include <doctest/doctest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

using namespace tiendo;

namespace {

// The letters Vietnamese adds to the alphabet, each tone after the other, and what each folds to.
struct Letters {
    const char* all;
    char folded;
};
constexpr Letters letters[] = {
    {"àảãáạ ăằẳẵắặ âầẩẫấậ", 'a'}, {"èẻẽéẹ êềểễếệ", 'e'}, {"ìỉĩíị", 'i'}, {"òỏõóọ ôồổỗốộ ơờởỡớợ", 'o'},
    {"ùủũúụ ưừửữứự", 'u'},        {"ỳỷỹýỵ", 'y'},        {"đ", 'd'},
};

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    return text.toUTF8String(bytes);
}
std::string utf8(UChar32 c) { return utf8(icu::UnicodeString(c)); }

std::string normal(std::string_view text, bool composed) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* form =
        composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
    return utf8(
        form->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())}), status));
}

bool in_order(std::initializer_list<const char*> texts, std::string (*key)(std::string_view)) {
    return std::is_sorted(texts.begin(), texts.end(),
                          [&](const char* a, const char* b) { return key(a) < key(b); });
}

}  // namespace

TEST_CASE("all 134 precomposed Vietnamese letters fold, composed and decomposed") {
    int seen = 0;
    for (const Letters& row : letters) {
        const auto lower = icu::UnicodeString::fromUTF8(row.all);
        for (int i = 0; i < lower.length(); ++i) {
            if (lower[i] == ' ') continue;
            for (const UChar32 c : {UChar32{lower[i]}, u_toupper(lower[i])}) {
                ++seen;
                CHECK(fold(utf8(c)) == std::string(1, row.folded));
                CHECK(fold(normal(utf8(c), false)) == std::string(1, row.folded));
                CHECK(clean(normal(utf8(c), false)) == utf8(c));
                CHECK(clean(utf8(c)) == utf8(c));
            }
        }
    }
    CHECK(seen == 134);
}

TEST_CASE("fold drops marks, case and punctuation") {
    CHECK(fold("Đỗ Thị Lập") == "do thi lap");
    CHECK(fold("Ðức") == "duc");  // U+00D0, the Icelandic look-alike
    CHECK(fold("ð Ɖ") == "d d");
    CHECK(fold("  Số   CCCD/CMND (12 số) ") == "so cccd cmnd 12 so");
    CHECK(fold("Họ\u00a0và\ttên") == "ho va ten");
    CHECK(fold("K28B-16") == "k28b 16");
    CHECK(fold("…!?—") == "");
    CHECK(fold("") == "");
    CHECK(fold("Straße Ærø Łódź") == "straße ærø łodz");
    CHECK(fold("中文 Đ") == "中文 d");
    CHECK(fold("x\u0301\u0300y") == "xy");
    CHECK(fold(std::string_view("a\0b", 3)) == "a b");
    CHECK(fold("\xff\xfe") == "");
}

TEST_CASE("fold by table and fold by ICU are one") {
    // An ideograph sends the whole text the long way.
    for (UChar32 c = 0; c < 0x2100; ++c) {
        const std::string alone = "x" + utf8(c) + "x";
        REQUIRE_MESSAGE(fold(alone) + " 中" == fold(alone + " 中"), c);
    }
}

TEST_CASE("slug is fold with hyphens") {
    CHECK(slug("Đảng bộ Bộ Nội vụ") == "dang-bo-bo-noi-vu");
    CHECK(slug(" -- ") == "");
}

TEST_CASE("clean composes, joins blanks and drops what nobody sees") {
    CHECK(clean("Nguye\u0302\u0303n") == "Nguyễn");
    CHECK(clean("Nguyễn") == "Nguyễn");
    CHECK(clean("  Nguyễn \u00a0 Văn\r\n An\u3000") == "Nguyễn Văn An");
    CHECK(clean("An ") == "An");
    CHECK(clean(" An") == "An");
    CHECK(clean("A  n") == "A n");
    CHECK(clean(" ") == "");
    CHECK(clean("") == "");
    CHECK(clean("\ufeff\u202a0912\u200b345\u00ad678\u202c") == "0912345678");
    CHECK(clean("e\u200b\u0302") == "ê");
    CHECK(clean(std::string_view("a\0b\x7f\x1f", 5)) == "ab");
    CHECK(clean("a\xff") == "a\ufffd");
    CHECK(clean("\u1e9b\u0323") == normal("\u1e9b\u0323", true));
}

TEST_CASE("clean is NFC for every character, and changes nothing the second time") {
    for (UChar32 c = 0x20; c < 0x3000; ++c) {
        if (U_IS_SURROGATE(c)) continue;
        const std::string text = "a" + utf8(c) + "b";
        const std::string once = clean(text);
        REQUIRE_MESSAGE(clean(once) == once, c);
        REQUIRE_MESSAGE(normal(once, true) == once, c);
    }
}

TEST_CASE("nfc composes and leaves everything else as it was typed") {
    CHECK(nfc("Nguye\xcc\x82\xcc\x83n  An ") == "Nguyễn  An ");
    CHECK(nfc("\t\xe2\x80\x8b\xc2\xa0") == "\t\xe2\x80\x8b\xc2\xa0");
    CHECK(nfc("").empty());
}

TEST_CASE("letters order as CLDR says for Vietnamese") {
    CHECK(
        in_order({"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v"}, sort_key));
    CHECK(in_order({"ma", "mà", "mả", "mã", "má", "mạ"}, sort_key));
    CHECK(in_order({"Hà", "Hạ", "Hải"}, sort_key));
    CHECK(in_order({"Dũng", "Đức"}, sort_key));
    CHECK(in_order({"Tuân", "Tuấn"}, sort_key));
    CHECK(in_order({"Thủy", "Thúy"}, sort_key));
    CHECK(in_order({"Dung", "Đàn"}, sort_key));  // đ is a letter of its own after d
}

TEST_CASE("both placements of a tone order alike") {
    CHECK(sort_key("Hòa") == sort_key("Hoà"));
    CHECK(sort_key("Thúy") == sort_key("Thuý"));
    CHECK(sort_key("KHỎE") == sort_key("KHOẺ"));
    CHECK(sort_key("Hoàng") == sort_key("Hoàng"));
    CHECK(sort_key("quý") != sort_key("qúy "));
    CHECK(sort_key("Hoa") != sort_key("Hoà"));
    CHECK(sort_key("Nguye\u0302\u0303n") == sort_key("Nguyễn"));
}

TEST_CASE("people order by given name") {
    CHECK(in_order({"Trần Văn An", "Lê Thị Bình", "Nguyễn Cường", "Đỗ Văn Dũng", "Bùi Văn Đức"},
                   name_sort_key));
    CHECK(in_order({"Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An"}, name_sort_key));
    CHECK(name_sort_key("Nguyễn Văn An ") == name_sort_key("Nguyễn  Văn An"));
    CHECK(name_sort_key("An") < name_sort_key("Lê An"));
    CHECK(name_sort_key("") <= name_sort_key("An"));
}

TEST_CASE("likeness counts what differs when folded") {
    CHECK(likeness("Thuý", "Thúy") == 100);
    CHECK(likeness("Đảng uỷ", "dang uy") == 100);
    CHECK(likeness("", "") == 100);
    CHECK(likeness("abc", "xyz") == 0);
    CHECK(likeness("abcd", "abcx") == 75);
}

TEST_CASE("nearest finds what was meant, or nothing") {
    const std::vector<std::string> units{"Đảng bộ Bộ Nội vụ", "Đảng bộ Bộ Ngoại giao", "Đảng bộ Bộ Xây dựng"};
    CHECK(nearest("Dang bo Bo Noi vu", units) == "Đảng bộ Bộ Nội vụ");
    CHECK(nearest("ĐB Bộ Xây dựng", units) == "Đảng bộ Bộ Xây dựng");
    CHECK(nearest("Tòa án", units) == "");
    CHECK(nearest("", units) == "");
    CHECK(nearest("x", {}) == "");
    CHECK(nearest(std::string(2'000'000, 'x'), units) == "");  // at once, not after minutes
}

TEST_CASE("split, lower_ascii, length_of") {
    CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
    CHECK(split("", ',') == std::vector<std::string_view>{""});
    CHECK(split("a,", ',') == std::vector<std::string_view>{"a", ""});
    CHECK(lower_ascii("ABC Đ") == "abc Đ");
    CHECK(length_of("Nguyễn") == 6);
    CHECK(length_of("") == 0);
}
