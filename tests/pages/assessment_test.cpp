// A cohort is marked, its results are recognised, and what may be seen of it meanwhile.
#include "features/assessment/assessment.h"

#include <doctest/doctest.h>

#include "features/proof/proof.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

// A cohort that opened in March with that many learners, An 0, An 1, …
cohorts::Cohort running_cohort(Year& year, const std::string& code, int learners) {
    const auto cohort = year.propose(code);
    for (int i = 0; i < learners; ++i) year.enrol(cohort, "An " + std::to_string(i), year.tu_phap);
    CHECK(
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-06"}})
            .status == 303);
    return year.cohort(code);
}

std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/assessment";
}

// An essay for 40 % and a test for 60 % with one re-sit; the test is marked as told.
void set_up(Year& year, const cohorts::Cohort& cohort, const char* markers, const char* anonymous) {
    const auto response = year.post(year.officer, address_of(cohort),
                                    {{"name-1", "Bài thu hoạch"},
                                     {"weight-1", "40"},
                                     {"name-2", "Bài kiểm tra"},
                                     {"weight-2", "60"},
                                     {"pass-2", "5"},
                                     {"resits-2", "1"},
                                     {"markers-2", markers},
                                     {"tolerance-2", "1"},
                                     {"anonymous-2", anonymous},
                                     {"band-1", "Giỏi"},
                                     {"from-1", "8"},
                                     {"band-2", "Trung bình"},
                                     {"from-2", "5"},
                                     {"band-3", "Không đạt"},
                                     {"from-3", "0"},
                                     {"fails-3", "1"}});
    CHECK_MESSAGE(response.status == 303, response.body.substr(0, 2000));
}

Value told(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
std::string learner(const Value& assessment, std::size_t which) {
    return *(*assessment["learners"].list_items())[which]["id"].text();
}
std::string component(const Value& assessment, std::size_t which) {
    return *(*assessment["components"].list_items())[which]["id"].text();
}

bool is_by_code(const Value& assessment, std::size_t which) {
    return *(*assessment["components"].list_items())[which]["anonymous"].truth() &&
           !assessment["locked_on"].text();
}

// By code where names are hidden: then it is the first code, of a cohort with one learner.
int mark(Year& year, const cohorts::Cohort& cohort, std::size_t which, std::size_t whose, const char* value,
         const char* attempt = "1", const char* marker = "first", const char* reason = "") {
    const Value assessment = told(year, cohort);
    const std::string id = is_by_code(assessment, which) ? "101" : learner(assessment, whose);
    return year
        .post(year.officer, address_of(cohort) + "/" + component(assessment, which) + "/marks",
              {{"mark-" + id, value}, {"attempt-" + id, attempt}, {"marker", marker}, {"reason", reason}})
        .status;
}

bool balanced(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced();
}

}  // namespace

TEST_CASE("marks lead to a total and a band, a decision locks them and concludes the learners") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "DIEM", 2);
        set_up(year, cohort, "1", "");
        CHECK(mark(year, cohort, 0, 0, "9") == 303);
        CHECK(mark(year, cohort, 1, 0, "8,5") == 303);
        CHECK(mark(year, cohort, 0, 1, "6") == 303);
        const auto lock = [&] {
            return year
                .post(year.officer, address_of(cohort) + "/locking",
                      {{"number", "21-QĐ/TTBD"}, {"dated_on", "2017-03-20"}})
                .status;
        };
        CHECK(lock() == 422);  // the second learner has no test
        CHECK(mark(year, cohort, 1, 1, "4") == 303);
        CHECK(mark(year, cohort, 1, 1, "7", "3") == 422);  // a re-sit comes after the last attempt
        CHECK(mark(year, cohort, 1, 1, "4,5", "2") == 303);
        Value now = told(year, cohort);
        const Value first = (*now["learners"].list_items())[0], second = (*now["learners"].list_items())[1];
        CHECK(*first["total"].text() == "8.7");
        CHECK(*first["band"].text() == "Giỏi");
        CHECK(*second["band"].text() == "Không đạt");  // 5.1 in all, but the test was failed
        CHECK(lock() == 303);
        const auto result = [&](std::size_t whose) {
            return *year.json(year.officer, "/api/v1/participations/" + learner(now, whose))["result"].text();
        };
        CHECK(result(0) == "completed");
        CHECK(result(1) == "not_completed");
        CHECK(lock() == 422);
        CHECK(mark(year, cohort, 0, 0, "10") == 422);  // locked: a reason is asked for
        CHECK(mark(year, cohort, 1, 1, "5", "2", "first", "chấm lại theo đơn") == 303);
        CHECK(result(1) == "completed");
        now = told(year, cohort);
        CHECK(*(*now["learners"].list_items())[1]["decided"]["total"].text() == "5.4");
        CHECK(balanced(year));
        CHECK(year.post(year.officer, address_of(cohort) + "/unlocking", {}).status == 422);
        CHECK(year.post(year.officer, address_of(cohort) + "/unlocking", {{"reason", "sai số quyết định"}})
                  .status == 303);
        CHECK(result(0).empty());
        CHECK(balanced(year));
    });
}

TEST_CASE("two markers do not see each other, and marks far apart wait for moderation") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "HAI", 1);
        set_up(year, cohort, "2", "");
        const std::string sheet = address_of(cohort) + "/" + component(told(year, cohort), 1);
        CHECK(mark(year, cohort, 1, 0, "6,25") == 303);
        CHECK(shows(year.get(year.officer, sheet + "?marker=first"), "6.25"));
        CHECK(!shows(year.get(year.officer, sheet + "?marker=second"), "6.25"));
        CHECK(mark(year, cohort, 1, 0, "8", "1", "second") == 303);
        CHECK(*told(year, cohort)["counts"]["to_moderate"].number() == 1);
        CHECK(mark(year, cohort, 1, 0, "7", "1", "agreed") == 303);
        CHECK(*told(year, cohort)["counts"]["to_moderate"].number() == 0);
        CHECK(mark(year, cohort, 0, 0, "7", "1", "second") == 422);  // the essay has one marker
        CHECK(mark(year, cohort, 1, 0, "11") == 422);
        CHECK(mark(year, cohort, 1, 0, "bảy") == 422);
    });
}

TEST_CASE("a sheet is its marker's own: nobody else sees it or marks on it, but the office with a reason") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "TO-CHAM", 2);
        set_up(year, cohort, "2", "");
        const std::string sheet = address_of(cohort) + "/" + component(told(year, cohort), 1);
        const std::string whose = learner(told(year, cohort), 0);
        const auto one = year.cast("cham1", "marker", year.centre),
                   two = year.cast("cham2", "marker", year.centre),
                   three = year.cast("cham3", "marker", year.centre);
        const auto marked = [&](const web::Actor& by, const char* marker, const char* value,
                                const char* reason = "") {
            return year
                .post(by, sheet + "/marks",
                      {{"mark-" + whose, value},
                       {"attempt-" + whose, "1"},
                       {"marker", marker},
                       {"reason", reason}})
                .status;
        };
        CHECK(marked(one, "first", "8,25") == 303);
        CHECK(shows(year.get(one, sheet), "8.25"));
        CHECK(!shows(year.get(two, sheet + "?marker=first"), "8.25"));
        CHECK(shows(year.get(two, sheet), "name=\"marker\" value=\"second\""));
        CHECK(marked(two, "first", "3") == 403);
        CHECK(marked(one, "second", "3") == 403);  // one account is one marker
        CHECK(marked(two, "second", "7,75") == 303);
        CHECK(!shows(year.get(one, sheet + "?marker=second"), "7.75"));
        CHECK(shows(year.get(three, sheet), "đã có người khác chấm"));
        CHECK(!shows(year.get(three, sheet), "8.25"));
        CHECK(marked(three, "first", "5") == 403);
        CHECK(marked(one, "agreed", "8") == 403);
        CHECK(marked(year.officer, "first", "7") == 422);
        CHECK(marked(year.officer, "first", "7", "chép nhầm từ phiếu giấy") == 303);
        CHECK(marked(one, "first", "7,25") == 303);  // his still
        // Taken back, it is free again.
        CHECK(marked(one, "first", "") == 303);
        CHECK(marked(three, "first", "6") == 303);
        CHECK(marked(one, "first", "6,5") == 403);
    });
}

TEST_CASE("an officer who marks is as blind as any marker until both have marked") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "CAN-BO", 1);
        set_up(year, cohort, "2", "");
        const std::string sheet = address_of(cohort) + "/" + component(told(year, cohort), 1);
        const std::string whose = learner(told(year, cohort), 0);
        const auto marker = year.cast("cham1", "marker", year.centre);
        CHECK(year.post(marker, sheet + "/marks",
                        {{"mark-" + whose, "8,25"}, {"attempt-" + whose, "1"}, {"marker", "second"}})
                  .status == 303);
        // Who has no sheet of his own here may look, and correct with a reason.
        CHECK(shows(year.get(year.officer, sheet + "?marker=second"), "8.25"));
        CHECK(!shows(year.get(year.officer, sheet + "?marker=agreed"), "8,25"));
        CHECK(mark(year, cohort, 1, 0, "6") == 303);
        CHECK(shows(year.get(year.officer, sheet + "?marker=agreed"), "8,25"));
        CHECK(*told(year, cohort)["counts"]["to_moderate"].number() == 1);
    });
}

TEST_CASE("after the decision a marker changes nothing, whatever his reason") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "KHOA", 1);
        set_up(year, cohort, "1", "1");
        CHECK(year.post(year.officer, address_of(cohort) + "/" + component(told(year, cohort), 1) + "/codes",
                        {})
                  .status == 303);
        CHECK(mark(year, cohort, 0, 0, "7") == 303);
        CHECK(mark(year, cohort, 1, 0, "7") == 303);
        CHECK(year.post(year.officer, address_of(cohort) + "/locking",
                        {{"number", "21-QĐ/TTBD"}, {"dated_on", "2017-03-20"}})
                  .status == 303);
        const auto marker = year.cast("cham1", "marker", year.centre);
        const std::string whose = learner(told(year, cohort), 0);
        for (const std::size_t which : {0, 1}) {
            const std::string sheet = address_of(cohort) + "/" + component(told(year, cohort), which);
            for (const std::string& line : {whose, std::string("101")})
                CHECK(year.post(marker, sheet + "/marks",
                                {{"mark-" + line, "10"}, {"attempt-" + line, "1"}, {"reason", "nâng điểm"}})
                          .status == 403);
            CHECK(!shows(year.get(marker, sheet), "Ghi điểm"));
        }
        CHECK(!shows(year.get(marker, address_of(cohort) + "/" + component(told(year, cohort), 1)), "An 0"));
        CHECK(year.post(marker, address_of(cohort) + "/aims",
                        {{"knowledge-" + whose, "8"}, {"reason", "nâng điểm"}})
                  .status == 403);
        CHECK(mark(year, cohort, 1, 0, "8", "1", "first", "chấm lại theo đơn") == 303);
    });
}

TEST_CASE("who marks by code sees no name until the results are recognised") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "PHACH", 3);
        set_up(year, cohort, "1", "1");
        const std::string sheet = address_of(cohort) + "/" + component(told(year, cohort), 1);
        CHECK(!shows(year.get(year.officer, sheet), "An 1"));
        CHECK(year.post(year.officer, sheet + "/codes", {}).status == 303);
        const auto page = year.get(year.officer, sheet);
        CHECK(!shows(page, "An 1"));
        for (const char* code : {"101", "102", "103"}) CHECK(shows(page, code));
        // Nor an id that stands beside his name elsewhere, in the source of the page or in what is sent.
        const std::string whose = learner(told(year, cohort), 0);
        for (std::size_t i = 0; i < 3; ++i) CHECK(!shows(page, learner(told(year, cohort), i)));
        const auto marked = [&](const std::string& line) {
            CHECK(year.send(year.officer, "/api/v1" + sheet + "/marks",
                            "{\"mark-" + line + "\": \"7\", \"attempt-" + line + "\": \"1\"}")
                      .status == 200);
            return *(*told(year, cohort)["components"].list_items())[1]["marked"].number();
        };
        CHECK(marked(whose) == 0);
        CHECK(marked("102") == 1);
        const auto refused = year.send(year.officer, "/api/v1" + sheet + "/marks",
                                       R"({"mark-102": "70", "attempt-102": "1"})");
        CHECK(refused.status == 422);
        CHECK(shows(refused, "mark-102"));
        const auto codes = year.get(year.officer, sheet + "/codes");
        CHECK(shows(codes, "An 1"));
        CHECK(shows(codes, "103"));
        CHECK(year.post(year.officer, address_of(cohort) + "/" + component(told(year, cohort), 0) + "/codes",
                        {})
                  .status == 422);
    });
}

TEST_CASE("marks and results are the office's: a unit officer and an outsider find nothing") {
    for_each_year([](Year& year) {
        const auto cohort = running_cohort(year, "KIN", 1);
        set_up(year, cohort, "1", "");
        const std::string path = address_of(cohort), sheet = path + "/" + component(told(year, cohort), 0);
        for (const std::string& target :
             {path, "/api/v1" + path, sheet, path + "/aims", sheet + "/codes", std::string("/marking")})
            CHECK_MESSAGE(year.get(year.unit_officer, target).status == 403, target);
        for (const std::string& target : {path, "/api/v1" + path, sheet, path + "/aims", sheet + "/codes"})
            CHECK_MESSAGE(year.get(year.outsider, target).status == 404, target);
        for (const char* act : {"", "/locking", "/unlocking", "/seats", "/unseating", "/aims"}) {
            CHECK_MESSAGE(year.post(year.unit_officer, path + act, {{"reason", "x"}}).status == 403, act);
            CHECK_MESSAGE(year.post(year.outsider, path + act, {{"reason", "x"}}).status == 404, act);
        }
        for (const char* act : {"/marks", "/codes"}) {
            CHECK(year.post(year.unit_officer, sheet + act, {}).status == 403);
            CHECK(year.post(year.outsider, sheet + act, {}).status == 404);
        }
        CHECK(!shows(year.get(year.outsider, "/marking"), "KIN"));
        CHECK(year.get(year.director, path).status == 200);
        CHECK(year.post(year.director, path + "/locking", {}).status == 403);
        // A component of one cohort is not there in another.
        const auto other = running_cohort(year, "KHAC", 1);
        CHECK(year.get(year.officer, address_of(other) + "/" + component(told(year, cohort), 0)).status ==
              404);
    });
}

TEST_CASE("a hundred learners are marked at once, and shown with as many statements as two") {
    for_each_year([](Year& year) {
        const auto statements = [&](const std::string& code, int learners) {
            const auto cohort = running_cohort(year, code, learners);
            set_up(year, cohort, "1", "");
            const Value assessment = told(year, cohort);
            std::string sent = "{\"marker\": \"first\"";
            for (int i = 0; i < learners; ++i) {
                const std::string id = learner(assessment, static_cast<std::size_t>(i));
                sent += ", \"mark-" + id + "\": \"7,5\", \"attempt-" + id + "\": \"1\"";
            }
            const std::string sheet = address_of(cohort) + "/" + component(assessment, 0);
            const auto marked = year.send(year.officer, "/api/v1" + sheet + "/marks", sent + "}");
            CHECK_MESSAGE(marked.status == 200, marked.body.substr(0, 400));
            const std::int64_t before = db::statements_run();
            CHECK(year.get(year.officer, address_of(cohort)).status == 200);
            CHECK(year.get(year.officer, sheet).status == 200);
            CHECK(*told(year, cohort)["components"].list_items()->front()["marked"].number() == learners);
            return db::statements_run() - before;
        };
        CHECK(statements("IT", 2) == statements("NHIEU", 100));
    });
}

// A paper handed in; what the form does with a file is the browser's test.
void hand_in(Year& year, const std::string& sheet, const std::string& whose) {
    year.write([&](db::Write& tx) {
        const auto document = documents::record(
            tx, year.officer, {.kind = "paper", .title = "Bài", .file_digest = "0", .file_name = "bai.pdf"},
            now);
        tx.run(R"sql(
            insert into submitted_papers (id, component, participation, document, recorded_at, recorded_by)
            values (:id, :component, :participation, :document, :at, :by))sql",
               {{"id", next_id()},
                {"component", parse_id(sheet.substr(sheet.rfind('/') + 1))},
                {"participation", parse_id(whose)},
                {"document", document},
                {"at", now},
                {"by", year.officer.account}});
    });
}

void visit_assessment(Year& year) {
    const auto cohort = running_cohort(year, "CHAM", 1);
    const std::string path = address_of(cohort);
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.post(year.officer, path, {{"name-1", "A"}, {"weight-1", "x"}, {"from-1", "y"}}).status == 422);
    set_up(year, cohort, "2", "1");
    const std::string anonymous = path + "/" + component(told(year, cohort), 1);
    const std::string whose = learner(told(year, cohort), 0);
    CHECK(year.post(year.officer, anonymous + "/codes", {}).status == 303);
    CHECK(mark(year, cohort, 1, 0, "3") == 303);
    CHECK(mark(year, cohort, 1, 0, "4", "1", "second") == 303);
    CHECK(mark(year, cohort, 1, 0, "7", "2") == 303);
    CHECK(mark(year, cohort, 1, 0, "9", "2", "second") == 303);
    CHECK(year.post(year.officer, path + "/aims", {{"knowledge-" + whose, "11"}}).status == 422);
    CHECK(year.post(year.officer, path + "/aims", {{"knowledge-" + whose, "8"}}).status == 303);
    CHECK(year.post(year.officer, path + "/seats", {{"name", ""}}).status == 422);
    CHECK(year.post(year.officer, path + "/seats", {{"name", "Đỗ Việt Hà"}, {"duty", "Chủ tịch"}}).status ==
          303);
    CHECK(year.post(year.officer, anonymous + "/papers", {{"whose", "1"}}).status == 422);
    hand_in(year, anonymous, whose);
    for (const std::string& target : {path, path + "/aims", anonymous, anonymous + "?marker=agreed",
                                      anonymous + "/codes", std::string("/marking")})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    CHECK(mark(year, cohort, 1, 0, "12", "2") == 422);
    CHECK(year.post(year.officer, path + "/locking", {}).status == 422);
    CHECK(mark(year, cohort, 1, 0, "8", "2", "agreed") == 303);
    CHECK(mark(year, cohort, 0, 0, "8") == 303);
    CHECK(
        year.post(year.officer, path + "/locking", {{"number", "1-QĐ"}, {"dated_on", "2017-03-20"}}).status ==
        303);
    for (const std::string& target : {path, path + "/aims", anonymous})
        CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    CHECK(mark(year, cohort, 1, 0, "9", "2") == 422);
    CHECK(year.post(year.officer, path + "/unlocking", {}).status == 422);
}

}  // namespace tiendo::tests
