#include "platform/json/canonical.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "platform/json/json.h"

using namespace tiendo;

TEST_CASE("members are ordered as RFC 8785, section 3.2.3 orders them") {
    const auto value = json::parse(R"({
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"})");
    REQUIRE(value);
    CHECK(json::canonical(*value) ==
          "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\",\"ö\":\"Latin Small Letter O "
          "With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew "
          "Letter Dalet With Dagesh\"}");
}

TEST_CASE("texts are escaped as RFC 8785, section 3.2.2.2 escapes them") {
    const auto value = json::parse(R"({"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/\b\f\t\u007f",
                                       "literals": [null, true, false]})");
    REQUIRE(value);
    CHECK(json::canonical(*value) == R"({"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/\b\f\t)"
                                     "\x7f\"}");
}

TEST_CASE("what is nested is ordered as well, lists are not") {
    const auto value = json::parse(R"({"b": [{"z": 1, "a": -2}, 3, 1], "a": {"y": {}, "x": []}})");
    REQUIRE(value);
    CHECK(json::canonical(*value) == R"({"a":{"x":[],"y":{}},"b":[{"a":-2,"z":1},3,1]})");
}

TEST_CASE("a number that JavaScript would read as another one is refused") {
    CHECK(json::canonical(Value(std::int64_t{1} << 53U)) == "9007199254740992");
    CHECK_THROWS_AS(json::canonical(Value::object({{"a", (std::int64_t{1} << 53U) + 1}})),
                    std::invalid_argument);
}
