#include "platform/http/form.h"

#include <doctest/doctest.h>

using namespace tiendo;
using http::Fields;

TEST_CASE("a form is read as browsers write it") {
    CHECK(http::parse_form("name=Nguy%E1%BB%85n+Lan&year=2017") ==
          Fields{{"name", "Nguyễn Lan"}, {"year", "2017"}});
    CHECK(http::parse_form("a=1&a=2&b=&c&=d") ==
          Fields{{"a", "1"}, {"a", "2"}, {"b", ""}, {"c", ""}, {"", "d"}});
    CHECK(http::parse_form("a=1=2&&b=%26%3D%2B%25") == Fields{{"a", "1=2"}, {"b", "&=+%"}});
    CHECK(http::parse_form("") == Fields{});
    CHECK(http::parse_form("&") == Fields{});
}

TEST_CASE("a form that cannot be meant is refused") {
    for (const char* text : {"a=%", "a=%4", "a=%zz", "%=1", "a=%ff", "a=%c3", "a=%ed%a0%80", "a=%c0%af",
                             "a=%f4%90%80%80", "a=%00", "a%00=1"}) {
        CAPTURE(text);
        CHECK_FALSE(http::parse_form(text));
    }
    std::string many;
    for (int i = 0; i < 2000; ++i) many += "a=1&";
    CHECK(http::parse_form(many));
    CHECK_FALSE(http::parse_form(many + "a=1"));
}

TEST_CASE("UTF-8 is what the standard says it is") {
    for (const char* good : {"", "a", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                             "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "Đỗ Thị Lập"})
        CHECK(http::is_utf8(good));
    for (const char* bad : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                            "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe1\xbb", "a\xff", "\xc3\xc3"})
        CHECK_FALSE(http::is_utf8(bad));
}

TEST_CASE("values are put in normal form, line by line") {
    const Fields typed = {{"name", "  Nguye\u0302\u0303n\u00a0 Lan "},
                          {"note", "m\u00f4\u0323t  \r\n\r\n hai\t\r\n\r\n"}};
    CHECK(http::cleaned(typed) == Fields{{"name", "Nguyễn Lan"}, {"note", "một\n\nhai"}});
}

TEST_CASE("a path is decoded and stays a path") {
    CHECK(http::parse_path("/") == "/");
    CHECK(http::parse_path("/cohorts/7/roster") == "/cohorts/7/roster");
    CHECK(http::parse_path("/a//b/") == "/a//b/");
    CHECK(http::parse_path("/l%E1%BB%9Bp+1") == "/lớp+1");
    for (const char* path : {"", "a", "*", "/a/../b", "/..", "/.", "/%2e%2e/x", "/a%2fb", "/a%00",
                             "/a%0d%0ab", "/%", "/%ff", "/a\x7f", "http://x/"}) {
        CAPTURE(path);
        CHECK_FALSE(http::parse_path(path));
    }
}

TEST_CASE("cookies are read past whatever others have set") {
    CHECK(http::parse_cookies("session=abc; language=vi") == Fields{{"session", "abc"}, {"language", "vi"}});
    CHECK(http::parse_cookies(" a=\"b c\" ;; =x; y; z=1=2;") == Fields{{"a", "b c"}, {"z", "1=2"}});
    CHECK(http::parse_cookies("").empty());
}

TEST_CASE("what is encoded is decoded again") {
    const std::string text = "Đối tượng / 100% & \"x\" +\n~";
    CHECK(http::percent_decode(http::percent_encode(text), http::Plus::stays) == text);
    CHECK(http::percent_encode("a b/ộ") == "a%20b%2F%E1%BB%99");
}
