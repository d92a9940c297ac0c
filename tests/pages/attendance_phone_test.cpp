// Marks from phones: those of learners who check themselves in, and those made without a network.
#include <doctest/doctest.h>

#include "attendance_hall.h"

namespace tiendo::tests {

using namespace hall;

TEST_CASE("what a phone sends twice is recorded once, and a contradiction waits for a decision") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "MANG", 3, {"2017-06-16"});
        const auto id = [&](std::size_t whose) { return *learner(year, cohort, whose)["id"].text(); };
        const std::string a = id(0), b = id(1), c = id(2);
        const std::string first =
            offline("phone-1", a, "late", "0") + ", " + offline("phone-2", b, "present", "0");
        CHECK(outcome(sync(year, cohort, first)) == "recorded");
        CHECK(outcome(sync(year, cohort, first)) == "known");
        CHECK(outcome(sync(year, cohort, first), 1) == "known");
        CHECK(periods_posted(year) == 10);
        // The answer to the first was lost on its way: what the same phone says after it is no contradiction.
        CHECK(outcome(sync(year, cohort, offline("phone-3", a, "present", "0", "phone-1"))) == "recorded");
        // Meanwhile somebody else marked c, and otherwise.
        CHECK(mark(year, cohort, 0, R"({"state-)" + c + R"(": "unexcused"})").status == 200);
        CHECK(outcome(sync(year, cohort, offline("phone-4", c, "present", "0"))) == "contradicts");
        CHECK(outcome(sync(year, cohort, offline("phone-4", c, "present", "0"))) == "contradicts");
        CHECK(attended(year, cohort, 2) == 0);
        CHECK(shows(year.get(year.officer, "/"), "có điểm danh mâu thuẫn"));
        CHECK(!shows(year.get(year.auditor, "/"), "có điểm danh mâu thuẫn"));
        CHECK(!shows(year.get(year.outsider, "/"), "có điểm danh mâu thuẫn"));
        const Value waiting = book(year, cohort)["contradictions"];
        REQUIRE(waiting.list_items()->size() == 1);
        CHECK(*(*waiting.list_items())[0]["state"].text() == "present");
        CHECK(*(*waiting.list_items())[0]["stands"]["state"].text() == "unexcused");
        const std::string which = *(*waiting.list_items())[0]["id"].text();
        const auto decide = [&](const char* kept, const char* reason) {
            return year
                .post(year.officer, address_of(cohort) + "/decisions",
                      {{"contradiction", which}, {"kept", kept}, {"reason", reason}})
                .status;
        };
        CHECK(decide("said", "") == 422);
        CHECK(shows(year.post(year.officer, address_of(cohort) + "/decisions",
                              {{"contradiction", which}, {"kept", "said"}}),
                    "chưa ghi lý do quyết định"));
        CHECK(decide("perhaps", "x") == 422);
        CHECK(decide("said", "có mặt trong ảnh") == 303);
        CHECK(decide("stood", "lần nữa") == 404);
        CHECK(attended(year, cohort, 2) == 5);
        CHECK(book(year, cohort)["contradictions"].list_items()->empty());
        CHECK(!shows(year.get(year.officer, "/"), "có điểm danh mâu thuẫn"));
        // What cannot be is told, and the rest is recorded.
        const Value mixed =
            sync(year, cohort, offline("phone-5", "17", "present", "0") + ", " + offline("", b, "late", "0"));
        CHECK(outcome(mixed) == "refused");
        CHECK(outcome(mixed, 1) == "refused");
        CHECK(verify(year).balanced());
    });
}

TEST_CASE("learners check themselves in by the room's code and what they know of themselves") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "QR", 3, {"2017-06-16", "2017-06-15"});
        const std::string path = address_of(cohort) + "/" + session(year, cohort, 1) + "/check-in";
        const std::string yesterday = address_of(cohort) + "/" + session(year, cohort, 0) + "/check-in";
        CHECK(year.post(year.officer, yesterday, {}).status == 303);
        CHECK(!shows(year.get(year.officer, yesterday), "class=\"pin"));
        CHECK(year.post(year.officer, path, {}).status == 303);
        CHECK(shows(year.get(year.officer, path), "class=\"pin"));
        know_days_of_birth(year);
        const std::string code = room_code(year);
        const auto digits = [&](std::size_t whose) { return last_digits(year, cohort, whose); };
        const std::string wrong = code == "000000" ? "000001" : "000000";
        CHECK(check_in(year, wrong, digits(0), "1/1/1985", "máy 1").status == 422);
        const auto stranger = check_in(year, code, "9999", "1/1/1985", "máy 1");
        CHECK(stranger.status == 422);
        CHECK(stranger.body.find("An ") == std::string::npos);
        CHECK(check_in(year, code, digits(0), "2/1/1985", "máy 1").status == 422);
        CHECK(check_in(year, code, digits(0), "1/1/1985", "").status == 422);  // a browser without cookies
        const auto done = check_in(year, code, digits(0), "1/1/1985", "máy 1");
        CHECK(done.status == 200);
        CHECK(shows(done, "An 0"));
        // 9:00, an hour after the beginning: late, and the first period is over.
        CHECK(attended(year, cohort, 0) == 4);
        CHECK(check_in(year, code, digits(0), "1/1/1985", "máy 1").status == 200);
        CHECK(attended(year, cohort, 0) == 4);
        CHECK(shows(check_in(year, code, digits(1), "1/1/1985", "máy 1"), "đã điểm danh cho một người khác"));
        CHECK(attended(year, cohort, 1) == 0);
        // Marked absent before he came in: nothing is dropped, it waits.
        const std::string second = *learner(year, cohort, 1)["id"].text();
        CHECK(mark(year, cohort, 1, R"({"state-)" + second + R"(": "unexcused"})").status == 200);
        CHECK(shows(check_in(year, code, digits(1), "1/1/1985", "máy 2"), "chờ người phụ trách quyết định"));
        CHECK(book(year, cohort)["contradictions"].list_items()->size() == 1);
        CHECK(year.post(year.officer, path + "-end", {}).status == 303);
        CHECK(check_in(year, code, digits(2), "1/1/1985", "máy 3").status == 422);
        CHECK(verify(year).balanced());
    });
}

TEST_CASE("a check-in that comes too late waits, and is not told that somebody had marked otherwise") {
    for_each_year([](Year& year) {
        const auto cohort = taught_cohort(year, "MUON", 1, {"2017-06-16"});
        CHECK(year.post(year.officer, address_of(cohort) + "/" + session(year, cohort, 0) + "/check-in", {})
                  .status == 303);
        CHECK(year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/closing",
                        {{"closed_on", "2017-06-16"}, {"reason", "hồ sơ bổ sung sau"}})
                  .status == 303);
        know_days_of_birth(year);
        const auto late = check_in(year, room_code(year), last_digits(year, cohort, 0), "1/1/1985", "máy 1");
        CHECK(shows(late, "được giữ lại, chờ người phụ trách quyết định"));
        CHECK(!shows(late, "đã ghi khác trước đó"));
        CHECK(book(year, cohort)["contradictions"].list_items()->size() == 1);
    });
}

TEST_CASE("who guesses at the check-in is slowed down") {
    for_each_year([](Year& year) {
        const web::Actor nobody;
        year.cookies = {{"check-in-device", "máy"}};
        year.client = "192.0.2.7";
        int status = 0;
        for (int i = 0; i < 101; ++i)
            status = year.post(nobody, "/check-in",
                               {{"code", "123456"}, {"last_digits", "1234"}, {"birth", "1/1/1985"}})
                         .status;
        CHECK(status == 429);
    });
}

}  // namespace tiendo::tests
