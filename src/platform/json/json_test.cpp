#include "platform/json/json.h"

#include <doctest/doctest.h>

using namespace tiendo;

TEST_CASE("writing keeps the order of members and every bit of a number") {
    const Value value = Value::object({{"name", "Đỗ Thị Lập"},
                                       {"year", 2017},
                                       {"largest", std::int64_t{9223372036854775807}},
                                       {"done", true},
                                       {"target", nullptr},
                                       {"lines", Value::list().push(1).push("87.5")}});
    CHECK(json::write(value) ==
          R"({"name":"Đỗ Thị Lập","year":2017,"largest":9223372036854775807,"done":true,)"
          R"("target":null,"lines":[1,"87.5"]})");
    CHECK(json::write(Value::object()) == "{}");
    CHECK(json::write(Value::list()) == "[]");
    CHECK(json::write(Value::object({{"a", 1}}), json::Layout::pretty) == "{\n  \"a\": 1\n}");
}

TEST_CASE("text is escaped, and bytes that are no UTF-8 are replaced") {
    CHECK(json::write(Value("a\"\\\n\x01")) == R"("a\"\\\n\u0001")");
    CHECK(json::write(Value("a\xff")) == "\"a\xef\xbf\xbd\"");
}

TEST_CASE("what was written is read back") {
    const Value value = Value::object(
        {{"list", Value::list().push(Value::object({{"a", nullptr}})).push(false).push(-7)}, {"text", "ộ"}});
    CHECK(json::parse(json::write(value)) == value);
}

TEST_CASE("a number that is no 64-bit integer stays what was written") {
    CHECK(json::parse("87.50") == Value("87.50"));
    CHECK(json::parse("1e3") == Value("1e3"));
    CHECK(json::parse("18446744073709551615") == Value("18446744073709551615"));
    CHECK(json::parse("-9223372036854775808") == Value(std::int64_t{-9223372036854775807} - 1));
}

TEST_CASE("what is no JSON is refused") {
    for (const char* text : {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "nul", "'a'", "[1] [2]", "\"\xff\"", "01",
                             "NaN", "{\"a\" 1}", "// a\n1"}) {
        CAPTURE(text);
        CHECK_FALSE(json::parse(text));
    }
}

TEST_CASE("nesting has an end") {
    const std::string open(json::deepest, '['), close(json::deepest, ']');
    CHECK(json::parse(open + close));
    CHECK_FALSE(json::parse("[" + open + close + "]"));
    CHECK_FALSE(json::parse(std::string(1'000'000, '[')));
}
