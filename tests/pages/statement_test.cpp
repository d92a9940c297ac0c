// The figures of the half-year review of 2017, as pages and programs meet them.
#include <doctest/doctest.h>

#include "features/plan/plan.h"
#include "features/reports/reports.h"
#include "year.h"

namespace tiendo::tests {
namespace {

TEST_CASE("the review of 16 June 2017 comes out of the rows") {
    for_each_demonstration([](Year& year) {
        const Value statement = year.json(year.director, "/api/v1/statements/2017");
        CHECK(*statement["as_of"].text() == "2017-06-16");
        const auto line = [&](std::size_t i, const char* unit, const char* name) {
            return (*statement["lines"].list_items())[i][unit][name];
        };
        CHECK(*line(0, "cohorts", "percent").text() == "87.5");
        CHECK(*line(1, "cohorts", "percent").text() == "62.5");
        CHECK(*line(2, "cohorts", "percent").text() == "33.3");
        CHECK(*line(0, "learners", "actual").number() == 552);
        CHECK(*line(1, "learners", "actual").number() == 368);
        CHECK(*line(2, "learners", "actual").number() == 74);
        CHECK(*statement["total"]["cohorts"]["actual"].number() == 13);
        CHECK(*statement["total"]["learners"]["actual"].number() == 994);
        CHECK(*statement["total"]["learners"]["target"].number() == 1350);
        CHECK(*statement["total"]["learners"]["percent"].text() == "73.6");
        CHECK(*(*statement["forecast"].list_items())[0]["planned_opens_on"].text() == "2017-07");
        CHECK(statement["joint"].list_items()->size() == 2);
        CHECK(statement["delegations"].list_items()->size() == 1);
        CHECK(statement["field_trips"].list_items()->size() == 1);

        const auto plain = year.database.read([&](db::Read& tx) {
            return reports::to_value(
                reports::statement(tx, year.director, {2017, {day("2017-06-16"), std::nullopt}, {}}));
        });
        CHECK((plain == statement));  // wrapped by nothing, in exactly that shape
    });
}

TEST_CASE("the page writes numbers as its reader does, and opens each") {
    for_each_demonstration([](Year& year) {
        const http::Response vi = year.get(year.director, "/statements/2017");
        for (const char* text : {"73,6 %", "87,5 %", "1.350", "994", "07/2017", "45,8 %", "Lào Cai",
                                 "/figures?measure=learners_started&amp;line="})
            CHECK_MESSAGE(shows(vi, text), text);
        const http::Response en = year.get(year.director, "/statements/2017", i18n::Language::en);
        for (const char* text : {"73.6%", "1,350", "Jul 2017"}) CHECK_MESSAGE(shows(en, text), text);
        const http::Response zero = year.get(year.director, "/statements/2017?rounding=truncate&decimals=0");
        CHECK(shows(zero, "33 %"));
    });
}

// Every number of the statement is a link; what it leads to has the same sum.
TEST_CASE("each figure of the page opens into postings that sum to it") {
    for_each_demonstration([](Year& year) {
        const auto statement = year.database.read([&](db::Read& tx) {
            return reports::pace_value(
                reports::statement(tx, year.director, {2017, {day("2017-06-16"), std::nullopt}, {}}));
        });
        const auto opens = [&](const Value& progress) {
            const Value figure = year.json(year.director, "/api/v1" + *progress["figure"].text());
            CHECK(*figure["quantity"].number() == *progress["actual"].number());
            CHECK(*figure["size"].number() >= *progress["actual"].number());
        };
        for (const Value& line : *statement["lines"].list_items()) {
            opens(line["cohorts"]);
            opens(line["learners"]);
        }
        opens(statement["total"]["cohorts"]);
        opens(statement["total"]["learners"]);
    });
}

TEST_CASE("the postings of a figure, page after page, are all there once and sum to it") {
    for_each_demonstration([](Year& year) {
        for (const char* question :
             {"/api/v1/figures?measure=learners_started&year=2017",
              "/api/v1/figures?measure=learners_started&cohort=K4-CT2",
              "/api/v1/figures?measure=learners_started&year=2017&known_at=2017-06-12T08:40:00%2B07:00"}) {
            std::int64_t sum = 0, rows = 0, total = 0, quantity = 0;
            std::string last;
            for (std::string next = question; !next.empty();) {
                const Value page = year.json(year.director, next);
                quantity = *page["quantity"].number();
                total = *page["size"].number();
                for (const Value& row : *page["postings"].list_items()) {
                    sum += *row["quantity"].number();
                    ++rows;
                    CHECK(last != *row["id"].text());
                    last = *row["id"].text();
                }
                const std::string* url = page["paging"]["next_url"].text();
                next = url ? *url : "";
            }
            CHECK(sum == quantity);
            CHECK(rows == total);
            CHECK(quantity > 80);
        }
    });
}

TEST_CASE("a statement asked for wrongly is refused and keeps what was right") {
    for_each_demonstration([](Year& year) {
        for (const char* query :
             {"as_of=31/2/2017", "known_at=gestern", "rounding=up", "decimals=7", "decimals=-1"}) {
            const std::string target = "/statements/2017?" + std::string(query);
            CHECK_MESSAGE(year.get(year.director, target).status == 422, target);
            CHECK_MESSAGE(year.get(year.director, "/api/v1" + target).status == 422, target);
        }
        const http::Response page = year.get(year.director, "/statements/2017?as_of=31/2/2017&decimals=2");
        CHECK(shows(page, "<p class=\"field-refusal\">“31/2/2017”"));
        CHECK(shows(page, "73,63 %"));
        CHECK(year.get(year.director, "/figures?measure=hearts").status == 422);
        CHECK(year.get(year.director, "/figures").status == 422);
        CHECK(shows(year.get(year.director, "/figures?measure=learners_started&programme=new-memberz"),
                    "new-memberz"));
        CHECK(year.get(year.director, "/cohorts?year=abc").status == 422);
        CHECK(year.get(year.director, "/api/v1/cohorts?role=friend").status == 422);
        CHECK(year.get(year.director, "/cohorts?after=x.y.z").status == 200);
    });
}

TEST_CASE("as known before, with what was corrected since") {
    for_each_demonstration([](Year& year) {
        const http::Response before = year.get(year.director, "/statements/2017?known_at=2017-06-12T08:10");
        CHECK(shows(before, "value=\"2017-06-12T08:10\""));
        CHECK(shows(before, "/figures?measure=learners_started&amp;year=2017&amp;as_of=2017-06-16"));
        const Value json = year.json(year.director, "/api/v1/statements/2017?known_at=2017-06-12T08:10");
        CHECK(*json["known_at"].text() == "2017-06-12T01:10:00Z");
        CHECK(*json["total"]["cohorts"]["actual"].number() == 13);
        CHECK(*json["total"]["learners"]["actual"].number() == 0);
    });
}

TEST_CASE("statements lead to the newest year, and every list is a workbook") {
    for_each_demonstration([](Year& year) {
        const http::Response newest = year.get(year.director, "/statements");
        CHECK(newest.status == 303);
        CHECK(http::value_of(newest.headers, "Location") == "/statements/2017");
        for (const std::string& target :
             {std::string("/statements/2017?format=xlsx"), std::string("/cohorts?year=2017&format=xlsx"),
              std::string("/plans/2017?format=xlsx"), std::string("/units?format=xlsx"),
              year.path_of("K4-CT2") + "?format=xlsx",
              std::string("/figures?measure=learners_started&year=2017&format=xlsx")}) {
            const http::Response book = year.get(year.director, target, i18n::Language::en);
            CHECK_MESSAGE(book.status == 200, target);
            REQUIRE(book.file.has_value());
            CHECK(book.file->size > 2000);
        }
    });
}

TEST_CASE("a file behind rows is handed out as it was received") {
    for_each_demonstration([](Year& year) {
        const Value figure = year.json(year.auditor, "/api/v1/figures?measure=learners_started&year=2017");
        const std::string id = *(*figure["postings"].list_items())[0]["document"]["id"].text();
        const Value document = year.json(year.auditor, "/api/v1/documents/" + id);
        const http::Response file = year.get(year.auditor, "/documents/" + id + "/file");
        REQUIRE(file.file.has_value());
        CHECK(static_cast<std::int64_t>(file.file->size) == *document["file"]["bytes"].number());
        CHECK(year.get(year.outsider, "/documents/" + id).status == 404);
        CHECK(year.get(year.outsider, "/documents/" + id + "/file").status == 404);
    });
}

TEST_CASE("two lines of one programme open each into their own postings") {
    for_each_year([](Year& year) {
        year.write([&](db::Write& tx) {
            plan::Draft draft{.year = 2017, .effective_on = day("2017-01-01"), .approval = {}, .note = ""};
            for (const char* audience : {"Đảng viên dự bị", "Cấp ủy viên"}) {
                plan::Line line;
                line.programme = {{}, "new-members", "Đảng viên mới"};
                line.audience = audience;
                line.targets = {4, 300};
                draft.lines.push_back(line);
            }
            plan::adopt(tx, year.operator_, draft, {}, now);
        });
        const auto cohort = year.propose("A");
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-06"}});
        const auto lines = year.database.read(
            [&](db::Read& tx) { return cohorts::lines_it_may_count_to(tx, year.cohort("A")); });
        REQUIRE(lines.size() == 2);
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/counting",
                  {{"plan_line", to_text(lines[1].id)}});
        const auto sum = [&](const plan::Line& line) {
            return *year.json(year.director,
                              "/api/v1/figures?measure=cohorts_opened&line=" + to_text(line.id))["quantity"]
                        .number();
        };
        CHECK(sum(lines[0]) == 0);
        CHECK(sum(lines[1]) == 1);
    });
}

TEST_CASE("a statement of a year tells nothing that the next year began") {
    for_each_year([](Year& year) {
        year.propose("MAI SAU");
        year.write([&](db::Write& tx) {
            return cohorts::open(tx, year.operator_,
                                 cohorts::require_for_books(tx, year.cohort("MAI SAU").id), day("2018-02-01"),
                                 day("2018-03-01"), {now, "", {}});
        });
        CHECK(year.json(year.director, "/api/v1/statements/2017?as_of=2018-06-30")["off_plan"]
                  .list_items()
                  ->empty());
        CHECK(year.json(year.director, "/api/v1/statements/2018?as_of=2018-06-30")["off_plan"]
                  .list_items()
                  ->size() == 1);
    });
}

}  // namespace
}  // namespace tiendo::tests
