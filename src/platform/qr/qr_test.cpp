#include "platform/qr/qr.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace tiendo;

TEST_CASE("a code is a square with a finder in three of its corners") {
    const qr::Code code = qr::code_of("TIENDO");
    CHECK(code.size == 21);
    CHECK(code.side() == 29);
    const auto is_finder = [&](int row, int column) {
        for (int i = 0; i < 7; ++i)
            for (int j = 0; j < 7; ++j) {
                const bool edge = i == 0 || i == 6 || j == 0 || j == 6;
                const bool heart = i >= 2 && i <= 4 && j >= 2 && j <= 4;
                if (code.is_dark(row + i, column + j) != (edge || heart)) return false;
            }
        return true;
    };
    CHECK(is_finder(0, 0));
    CHECK(is_finder(0, 14));
    CHECK(is_finder(14, 0));
    CHECK_FALSE(is_finder(14, 14));
}

TEST_CASE("a path covers exactly the dark modules, inside the quiet zone") {
    const qr::Code code = qr::code_of("https://tiendo.example/c/ABCD-2345");
    std::vector<bool> drawn(code.dark.size());
    const std::string path = qr::path_of(code);
    for (std::size_t at = 0; at < path.size();) {
        int column = 0, row = 0, width = 0, back = 0, used = 0;
        REQUIRE(std::sscanf(path.c_str() + at, "M%d %dh%dv1h-%dz%n", &column, &row, &width, &back, &used) ==
                4);
        CHECK(width == back);
        CHECK(column >= qr::quiet_zone);
        CHECK(column + width <= code.size + qr::quiet_zone);
        for (int i = 0; i < width; ++i)
            drawn[static_cast<std::size_t>((row - qr::quiet_zone) * code.size + column - qr::quiet_zone +
                                           i)] = true;
        at += static_cast<std::size_t>(used);
    }
    CHECK(drawn == code.dark);
}

TEST_CASE("the longest text fits, one byte more does not") {
    CHECK(qr::code_of(std::string(qr::longest_text, 'a')).size == 177);
    CHECK_THROWS_AS(qr::code_of(std::string(qr::longest_text + 1, 'a')), std::length_error);
    CHECK_THROWS_AS(qr::code_of(""), std::length_error);
}

TEST_CASE("a picture escapes its title") {
    CHECK(qr::svg_of(qr::code_of("a"), "<b> & c").find("<title>&lt;b&gt; &amp; c</title>") !=
          std::string::npos);
}
