// What the house lists: what belongs into a dossier, and the kinds of costs.
#include <doctest/doctest.h>

#include "visits.h"

namespace tiendo::tests {
namespace {

std::int64_t items_called(Year& year, const cohorts::Cohort& cohort, std::string_view item) {
    const Value dossier =
        year.json(year.officer, "/api/v1/cohorts/" + to_text(cohort.id) + "/dossier")["items"];
    std::int64_t found = 0;
    for (const Value& one : *dossier.list_items()) found += *one["code"].text() == item ? 1 : 0;
    return found;
}

TEST_CASE("an item is asked of cohorts that open while it is in force, and not of those that are closed") {
    for_each_year([](Year& year) {
        const auto closed = year.propose("DA-XONG"), running = year.propose("DANG-HOC");
        const auto happen = [&](const cohorts::Cohort& cohort, const char* act, const char* field,
                                const char* on) {
            return year
                .post(year.officer, "/cohorts/" + to_text(cohort.id) + "/" + act,
                      {{field, on}, {"reason", "thử"}})
                .status;
        };
        CHECK(happen(closed, "opening", "opened_on", "2017-03-06") == 303);
        CHECK(happen(closed, "closing", "closed_on", "2017-03-08") == 303);
        CHECK(happen(running, "opening", "opened_on", "2017-04-03") == 303);
        const auto add = [&](const char* from, const char* to) {
            return year
                .post(year.officer, "/dossier-items",
                      {{"name_vi", "Ảnh lớp"}, {"due", "filing"}, {"valid_from", from}, {"valid_to", to}})
                .status;
        };
        CHECK(add("2017-03-06", "") == 422);
        CHECK(add("2017-03-01", "2017-03-07") == 422);
        CHECK(add("2017-03-01", "2017-03-06") == 303);  // over before the closed one opened
        CHECK(add("2017-03-07", "") == 303);            // the same name, later
        CHECK(add("2018-01-01", "") == 422);            // and now it is taken
        CHECK(items_called(year, running, "anh_lop_2") == 1);
        CHECK(items_called(year, closed, "anh_lop_2") == 0);
        const auto change = [&](const char* item, const std::string& json) {
            return year.send(year.officer, std::string("/api/v1/dossier-items/") + item, json).status;
        };
        CHECK(change("survey", R"({"valid_from": "2017-03-07"})") == 422);
        CHECK(change("survey", R"({"valid_to": "2017-03-06"})") == 422);
        CHECK(change("survey", R"({"valid_to": "2017-04-01"})") == 200);
        CHECK(items_called(year, running, "survey") == 0);
        CHECK(items_called(year, closed, "survey") == 1);
        CHECK(change("survey", R"({"valid_to": "", "due": "closing"})") == 200);
        CHECK(items_called(year, running, "survey") == 1);
        CHECK(change("survey", R"({"name_vi": ""})") == 422);
        CHECK(change("no-such-item", R"({"name_vi": "x"})") == 404);
    });
}

TEST_CASE("the lists are the centre's: whoever may do anything elsewhere changes nothing of them") {
    for_each_year([](Year& year) {
        for (const char* path :
             {"/dossier-items", "/cost-kinds", "/api/v1/dossier-items", "/api/v1/cost-kinds"}) {
            CHECK_MESSAGE(year.get(year.unit_officer, path).status == 403, path);
            CHECK_MESSAGE(year.get(year.director, path).status == 200, path);
            for (const web::Actor& actor : {year.unit_officer, year.director, year.outsider})
                CHECK_MESSAGE(
                    year.post(actor, path, {{"name_vi", "x"}, {"valid_from", "2017-09-01"}}).status == 403,
                    path);
        }
        CHECK(year.get(year.outsider, "/dossier-items/survey").status == 403);
        CHECK(year.post(year.outsider, "/cost-kinds/other", {{"name_vi", "x"}}).status == 403);
        CHECK(!shows(year.get(year.director, "/cost-kinds"), "<form method=\"post\" action=\"/cost-kinds"));
    });
}

}  // namespace

void visit_house_lists(Year& year) {
    for (const char* list : {"/dossier-items", "/cost-kinds"}) {
        const std::string path = list, one = path + "/anh_lop";
        CHECK(year.post(year.officer, path, {}).status == 422);
        CHECK(year.post(year.officer, path,
                        {{"name_vi", "Ảnh lớp"}, {"valid_from", "2017-09-01"}, {"valid_to", "2018-01-01"}})
                  .status == 303);
        CHECK(year.get(year.officer, path).status == 200);
        CHECK(year.get(year.officer, one).status == 200);
        CHECK(year.post(year.officer, one, {{"name_vi", ""}}).status == 422);
    }
}

}  // namespace tiendo::tests
