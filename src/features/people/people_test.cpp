#include "features/people/people.h"

#include <doctest/doctest.h>

namespace tiendo::people {
namespace {

TEST_CASE("a national ID gets back the zeros that a number cell lost") {
    CHECK(read_national_id("001085001234") == "001085001234");
    CHECK(read_national_id("1085001234") == "001085001234");   // 10 digits
    CHECK(read_national_id("36085001234") == "036085001234");  // 11 digits
    CHECK(read_national_id("012345678") == "012345678");       // the 9 digits of an old identity card
    CHECK(read_national_id("001 085 001 234") == "001085001234");
    CHECK(read_national_id("'001085001234") == "001085001234");  // as Excel marks text
    CHECK(!read_national_id("123"));
    CHECK(!read_national_id("00108500123456"));
    CHECK(!read_national_id("B1234567"));
    CHECK(!read_national_id(""));
}

TEST_CASE("a masked ID shows its last three digits") {
    CHECK(masked("001085001234") == "•••••••••234");
    CHECK(masked("") == "");
}

}  // namespace
}  // namespace tiendo::people
