#include <doctest/doctest.h>

#include "platform/json/json.h"
#include "platform/pages/address.h"
#include "platform/pages/paging.h"
#include "platform/pages/reader.h"

namespace tiendo::pages {
namespace {

http::Request asked(http::Fields query) {
    http::Request request;
    request.path = "/cohorts";
    request.query = std::move(query);
    return request;
}

TEST_CASE("an address holds what is asked, encoded, and nothing empty") {
    CHECK(address("/figures", {{"cohort", "DVM-01/2017"}, {"year", ""}, {"q", "đảng viên"}}) ==
          "/figures?cohort=DVM-01%2F2017&q=%C4%91%E1%BA%A3ng%20vi%C3%AAn");
    CHECK(address("/units", {}) == "/units");
    const auto request = asked({{"year", "2017"}, {"after", "1.2"}});
    CHECK(here(request, {{"format", "xlsx"}, {"after", ""}}) == "/cohorts?year=2017&format=xlsx");
    CHECK(here(request, {{"year", "2018"}}) == "/cohorts?after=1.2&year=2018");
}

TEST_CASE("a place is what paging made of the last row, or the beginning") {
    const Value first = paging(asked({{"year", "2017"}}), {}, 100, 250, {"2017-05-09", "319"});
    CHECK(json::write(first) == R"({"first":1,"last":100,"total":250,"first_url":null,)"
                                R"("next_url":"/cohorts?year=2017&after=100.2017-05-09.319"})");
    const Place place = place_of(asked({{"after", "100.2017-05-09.319"}}), 2);
    CHECK(place.seen == 100);
    CHECK(place.key == std::vector<std::string>{"2017-05-09", "319"});
    CHECK(place.number(1) == 319);
    CHECK(place.number(0) == 0);
    const Value last = paging(asked({{"after", "100.2017-05-09.319"}}), place, 50, 150, {"2017-01-01", "7"});
    CHECK(json::write(last) ==
          R"({"first":101,"last":150,"total":150,"first_url":"/cohorts","next_url":null})");
    for (const char* none : {"", "x", "1.2", "1.2.3.4"})
        CHECK_MESSAGE(place_of(asked({{"after", none}}), 2).at_beginning(), none);
    CHECK(paging(asked({}), {}, 7, 7, {"x"}).is_null());
}

Reader reader(http::Fields fields) { return {std::move(fields), Offset{7 * 60}}; }

TEST_CASE("a field is read as what it should be") {
    Reader sent = reader({{"iso", "2017-06-16"},
                          {"typed", "16/6/2017"},
                          {"moment", "2017-06-20T08:00:00+07:00"},
                          {"wall", "2017-06-20T08:00"},
                          {"count", "1.350"},
                          {"year", "2017"},
                          {"role", "organiser"},
                          {"reason", "vì mưa"}});
    CHECK(sent.day("iso") == Date::of(2017, 6, 16));
    CHECK(sent.day("typed") == Date::of(2017, 6, 16));
    CHECK(to_text(*sent.moment("moment")) == "2017-06-20T01:00:00Z");
    CHECK(sent.moment("wall") == sent.moment("moment"));
    CHECK(sent.count("count") == 1350);
    CHECK(sent.year("year") == 2017);
    CHECK(sent.choice("role", {"organiser", "support"}) == "organiser");
    CHECK(sent.required_text("reason") == "vì mưa");
    CHECK_FALSE(sent.day("not there"));
    CHECK_FALSE(sent.refused());
}

TEST_CASE("what cannot be that is refused, with what was found") {
    const auto refusal = [](const char* said, auto read) {
        Reader sent = reader({{"field", said}});
        read(sent);
        REQUIRE(sent.refusals().size() == 1);
        CHECK(sent.refusals().front().field == "field");
        return sent.refusals().front().message;
    };
    const auto day = [](Reader& sent) { CHECK_FALSE(sent.day("field")); };
    for (const char* said : {"30/2/2017", "6/2017", "2017", "3/15/1985", "hôm qua", "22/6/2201"})
        CHECK(refusal(said, day) == "form.no_day");
    for (const char* said : {"0001-06-22", "22/6/1899", "2201-06-22"})
        CHECK(refusal(said, day) == "form.no_such_age");
    for (const char* said : {"2017-06-20", "20/6/2017 08:00", "08:00"})
        CHECK(refusal(said, [](Reader& sent) { CHECK_FALSE(sent.moment("field")); }) == "form.no_moment");
    for (const char* said : {"-1", "nhiều", "1,5"})
        CHECK(refusal(said, [](Reader& sent) { CHECK_FALSE(sent.count("field")); }) == "form.no_count");
    for (const char* said : {"17", "2017x", "99999999999"})
        CHECK(refusal(said, [](Reader& sent) { CHECK_FALSE(sent.year("field")); }) == "form.no_year");
    CHECK(refusal("friend", [](Reader& sent) { sent.choice("field", {"a", "b"}); }) == "form.no_such_choice");
    CHECK(refusal("", [](Reader& sent) { sent.required_day("field"); }) == "form.required");
    CHECK(refusal("", [](Reader& sent) { sent.required_text("field"); }) == "form.required");
}

}  // namespace
}  // namespace tiendo::pages
