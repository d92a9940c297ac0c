#include "platform/qr/qr.h"

#include <doctest/doctest.h>

#include <stdexcept>

namespace tiendo::qr {

TEST_CASE("a QR code has its three finder patterns, and none in the fourth corner") {
    const Matrix matrix = qr_matrix("https://tiendo.example/check-in?code=123456");
    REQUIRE(matrix.dark.size() == static_cast<std::size_t>(matrix.width * matrix.width));
    const auto is_finder = [&](int top, int left) {
        for (int i = 0; i < 7; ++i)  // the outer ring is dark, the one within it light
            if (!matrix.is_dark(top, left + i) || !matrix.is_dark(top + 6, left + i)) return false;
        return !matrix.is_dark(top + 1, left + 1) && matrix.is_dark(top + 3, left + 3);
    };
    CHECK(is_finder(0, 0));
    CHECK(is_finder(0, matrix.width - 7));
    CHECK(is_finder(matrix.width - 7, 0));
    CHECK(!is_finder(matrix.width - 7, matrix.width - 7));
}

TEST_CASE("the path has as many dark modules as the matrix, within its quiet zone") {
    const Matrix matrix = qr_matrix("Tiến Độ");
    const SvgPath path = qr_svg_path("Tiến Độ");
    CHECK(path.size == matrix.width + 8);
    int drawn = 0, dark = 0;
    for (std::size_t at = 0; (at = path.d.find('h', at)) != std::string::npos; ++at)
        if (path.d[at + 1] != '-') drawn += std::stoi(path.d.substr(at + 1));
    for (const bool module : matrix.dark) dark += module ? 1 : 0;
    CHECK(drawn == dark);
    CHECK(path.d.rfind("M4 4h7v1h-7z", 0) == 0);  // the upper edge of the first finder pattern
}

TEST_CASE("what no QR code holds is refused") {
    CHECK_THROWS_AS(qr_matrix(std::string(3000, 'a')), std::length_error);
    CHECK_THROWS_AS(qr_matrix(""), std::length_error);
}

}  // namespace tiendo::qr
