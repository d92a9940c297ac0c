#include <doctest/doctest.h>

#include "features/people/people.h"

namespace tiendo::people {
namespace {

std::optional<Birth> born(const char* text) {
    const auto guess = read_date(text);
    return guess ? std::optional(Birth{guess->date, guess->precision}) : std::nullopt;
}

Bearer judged(const char* known, const char* known_birth, const char* said, const char* said_birth) {
    return bearer({.full_name = known, .birth = born(known_birth)}, said, born(said_birth));
}

TEST_CASE("a number leads to whom it belongs when the given name agrees and no birth date contradicts") {
    CHECK(judged("Lê Thị Hoà", "15/3/1985", "Lê Thị Hòa", "15/3/1985") == Bearer::same);
    CHECK(judged("Lê Thị Hoà", "15/3/1985", "LÊ HOÀ", "1985") == Bearer::same);
    CHECK(judged("Lê Thị Hoà", "", "Lê Thị Hoà", "15/3/1985") == Bearer::same);
}

TEST_CASE("one of the two differing is doubtful") {
    CHECK(judged("Mai Một Một", "15/3/1980", "Mai Một Ba", "15/3/1980") == Bearer::doubtful);
    CHECK(judged("Mai Một Một", "15/3/1980", "Mai Một Ba", "1980") == Bearer::doubtful);
    CHECK(judged("Mai Một Một", "15/3/1980", "Mai Một Một", "1/1/1999") == Bearer::doubtful);
    CHECK(judged("Mai Một Một", "15/3/1980", "Mai Một Một", "1981") == Bearer::doubtful);
    CHECK(judged("Trần Văn Bình", "15/3/1980", "Nguyễn Thị Hoa", "15/3/1980") == Bearer::doubtful);
}

TEST_CASE("both differing, or another name of which nothing is known, is another person") {
    CHECK(judged("Mai Một Một", "15/3/1980", "Mai Một Ba", "1/1/1999") == Bearer::other);
    CHECK(judged("Đỗ Việt Anh", "15/3/1980", "Phan Quỳnh Anh", "1/1/1999") == Bearer::other);
    CHECK(judged("Trần Văn Bình", "", "Nguyễn Thị Hoa", "15/3/1980") == Bearer::other);
    CHECK(judged("Trần Văn Bình", "1980", "Nguyễn Thị Hoa", "1980") == Bearer::other);
}

}  // namespace
}  // namespace tiendo::people
