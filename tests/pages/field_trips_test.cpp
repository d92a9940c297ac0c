// Field trips: planned and made, corrected and withdrawn, and never a cohort or a learner.
#include "features/field_trips/field_trips.h"

#include <doctest/doctest.h>

#include "features/proof/proof.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/field-trips";
}
Value told(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
const Value& first(const Value& list) { return list.list_items()->front(); }
std::int64_t postings(Year& year) {
    return year.database.read([](db::Read& tx) { return tx.integer("select count(*) from postings"); });
}
std::size_t in_statement(Year& year, const std::string& query) {
    return year.json(year.director, "/api/v1/statements/2017?" + query)["field_trips"].list_items()->size();
}

}  // namespace

TEST_CASE("a trip is planned, takes place, is corrected and withdrawn, and each is a row with its reason") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        const std::string path = address_of(cohort);
        CHECK(year.post(year.officer, path,
                        {{"state", "planned"},
                         {"place", "Lào Cai"},
                         {"starts_on", "2017-06-14"},
                         {"ends_on", "2017-06-15"},
                         {"head_count", "77"},
                         {"cost_planned", "12.500.000"}})
                  .status == 303);
        Value now = told(year, cohort);
        REQUIRE(now["planned"].list_items()->size() == 1);
        CHECK(now["took_place"].list_items()->empty());
        CHECK(*first(now["planned"])["days"].number() == 2);
        CHECK(*first(now["planned"])["cost_planned"].number() == 12'500'000);
        const std::string trip = path + "/" + *first(now["planned"])["id"].text();
        CHECK(in_statement(year, "as_of=2017-12-31") == 0);  // a forecast
        // It took place: no reason is asked for.
        CHECK(year.post(year.officer, trip + "/correction",
                        {{"state", "took_place"},
                         {"place", "Lào Cai"},
                         {"starts_on", "2017-06-14"},
                         {"ends_on", "2017-06-15"},
                         {"head_count", "75"},
                         {"decision_number", "9-QĐ"},
                         {"decision_dated_on", "2017-06-01"},
                         {"cost_spent", "12000000"}})
                  .status == 303);
        now = told(year, cohort);
        REQUIRE(now["took_place"].list_items()->size() == 1);
        CHECK(*first(now["took_place"])["head_count"].number() == 75);
        CHECK(*first(now["took_place"])["decision_number"].text() == "9-QĐ");
        CHECK(in_statement(year, "as_of=2017-06-16") == 1);
        CHECK(in_statement(year, "as_of=2017-06-13") == 0);
        const auto correct = [&](const char* reason) {
            return year
                .post(year.officer, trip + "/correction",
                      {{"place", "Sa Pa"},
                       {"starts_on", "2017-06-14"},
                       {"head_count", "74"},
                       {"reason", reason}})
                .status;
        };
        CHECK(correct("") == 422);
        CHECK(correct("ghi nhầm nơi") == 303);
        CHECK(year.post(year.officer, trip + "/withdrawal", {{"reason", ""}}).status == 422);
        CHECK(year.post(year.officer, trip + "/withdrawal", {{"reason", "không đi"}}).status == 303);
        now = told(year, cohort);
        CHECK(now["took_place"].list_items()->empty());
        CHECK(in_statement(year, "as_of=2017-06-16") == 0);
        const auto& events = *now["events"].list_items();
        REQUIRE(events.size() == 4);
        CHECK(*events[0]["state"].text() == "withdrawn");
        CHECK(*events[0]["reason"].text() == "không đi");
        CHECK(*events[1]["reason"].text() == "ghi nhầm nơi");
        CHECK(*events[3]["state"].text() == "planned");
        CHECK(correct("thử lại") == 404);
    });
}

TEST_CASE("the statement as known at a moment tells trips as they were told then") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        const auto at = [](const char* text) { return cohorts::Act{moment(text), "lý do", {}}; };
        year.write([&](db::Write& tx) {
            const auto trip =
                field_trips::record(tx, year.officer, cohort,
                                    {.place = "Lào Cai", .starts_on = day("2017-04-11"), .head_count = 77},
                                    day("2017-06-12"), at("2017-06-12T09:00:00+07:00"));
            field_trips::correct(tx, year.officer, cohort, *trip,
                                 {.place = "Yên Bái", .starts_on = day("2017-04-11"), .head_count = 70},
                                 day("2017-06-13"), at("2017-06-13T09:00:00+07:00"));
            field_trips::withdraw(tx, year.officer, cohort, *trip, at("2017-06-14T09:00:00+07:00"));
        });
        const auto place = [&](const std::string& known_at) {
            const Value trips =
                year.json(year.director,
                          "/api/v1/statements/2017?as_of=2017-06-16&known_at=" + known_at)["field_trips"];
            return trips.list_items()->empty() ? "none" : *first(trips)["place"].text();
        };
        CHECK(place("2017-06-12T08:00") == "none");
        CHECK(place("2017-06-12T10:00") == "Lào Cai");
        CHECK(place("2017-06-13T10:00") == "Yên Bái");
        CHECK(place("2017-06-14T10:00") == "none");
        CHECK(in_statement(year, "as_of=2017-06-16") == 0);
    });
}

TEST_CASE("a trip is no cohort and adds no learner, planned or made") {
    for_each_year([](Year& year) {
        year.fill();
        const auto figures = [&] {
            const Value told = year.json(year.director, "/api/v1/statements/2017?as_of=2017-12-31");
            return Value::object({{"lines", told["lines"]},
                                  {"total", told["total"]},
                                  {"joint", told["joint"]},
                                  {"off_plan", told["off_plan"]},
                                  {"delegations", told["delegations"]},
                                  {"forecast", told["forecast"]}});
        };
        const Value before = figures();
        const std::int64_t entries = postings(year);
        const auto cohort = year.cohort("DVM-01/2017");
        for (const char* state : {"planned", "took_place"})
            CHECK(year.post(year.officer, address_of(cohort),
                            {{"state", state},
                             {"place", "Hải Dương"},
                             {"starts_on", "2017-02-15"},
                             {"head_count", "66"}})
                      .status == 303);
        CHECK(figures() == before);
        CHECK(postings(year) == entries);
        CHECK(year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced());
    });
}

TEST_CASE("more heads than the roster has are told with both numbers, not refused") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        for (int i = 0; i < 3; ++i) year.enrol(cohort, "An " + std::to_string(i), year.tu_phap);
        const auto go = [&](const char* heads) {
            return year
                .post(year.officer, address_of(cohort),
                      {{"place", "Lào Cai"}, {"starts_on", "2017-05-02"}, {"head_count", heads}})
                .status;
        };
        CHECK(go("3") == 303);
        CHECK(!*first(told(year, cohort)["took_place"])["exceeds_roster"].truth());
        CHECK(go("4") == 303);
        const Value second = (*told(year, cohort)["took_place"].list_items())[1];
        CHECK(*second["exceeds_roster"].truth());
        CHECK(*second["on_roster"].number() == 3);
        CHECK(shows(year.get(year.officer, address_of(cohort)), "4 người đi, danh sách ở đây có 3"));
    });
}

TEST_CASE("what is impossible of a trip is refused beside its field") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A");
        const auto go = [&](Fields form) { return year.post(year.officer, address_of(cohort), form).status; };
        CHECK(go({}) == 422);
        CHECK(go({{"place", "X"}, {"head_count", "5"}, {"starts_on", "2017-06-17"}}) == 422);
        CHECK(go({{"place", "X"},
                  {"head_count", "5"},
                  {"starts_on", "2017-06-16"},
                  {"ends_on", "2017-06-17"}}) == 422);
        CHECK(go({{"place", "X"},
                  {"head_count", "5"},
                  {"starts_on", "2017-06-10"},
                  {"ends_on", "2017-06-09"}}) == 422);
        CHECK(go({{"place", "X"}, {"head_count", "5"}, {"state", "planned"}}) == 422);
        CHECK(go({{"place", "X"}, {"head_count", "5"}, {"state", "withdrawn"}}) == 422);
        CHECK(go({{"place", "X"}, {"head_count", "-5"}}) == 422);
        CHECK(go({{"place", "X"}, {"head_count", "5"}, {"cost_spent", "nhiều"}}) == 422);
        CHECK(go({{"place", "X"}, {"head_count", "5"}, {"decision_dated_on", "2017-06-01"}}) == 422);
        CHECK(told(year, cohort)["events"].list_items()->empty());
    });
}

TEST_CASE("trips are seen on the cohort's unit, and changed by who changes the cohort") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("A"), other = year.propose("B");
        year.enrol(cohort, "An", year.tu_phap);
        const std::string path = address_of(cohort);
        CHECK(year.post(year.officer, path, {{"place", "Lào Cai"}, {"head_count", "7"}}).status == 303);
        const std::string id = *first(told(year, cohort)["took_place"])["id"].text();
        CHECK(year.get(year.director, path).status == 200);
        // The unit officer's people are in the cohort: he sees the cohort, not its trips.
        for (const web::Actor& actor : {year.unit_officer, year.outsider}) {
            CHECK(year.get(actor, path).status == 404);
            CHECK(year.get(actor, "/api/v1" + path).status == 404);
        }
        for (const std::string& act :
             {path, path + "/" + id + "/correction", path + "/" + id + "/withdrawal"}) {
            CHECK(year.post(year.director, act, {{"reason", "x"}}).status == 403);
            CHECK(year.post(year.unit_officer, act, {{"reason", "x"}}).status == 403);
            CHECK(year.post(year.outsider, act, {{"reason", "x"}}).status == 404);
        }
        CHECK(
            year.post(year.officer, address_of(other) + "/" + id + "/withdrawal", {{"reason", "x"}}).status ==
            404);  // a trip of one cohort is not there in another
    });
}

TEST_CASE("a trip recorded before trips had a history is the first row of one") {
    db::for_each_database([](db::Database& database) {
        const auto all = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        auto earlier = all.files;
        std::erase_if(earlier, [](const EmbeddedFile& file) { return file.name >= "0012"; });
        db::migrate(database, earlier);
        database.write([](db::Write& tx) {
            for (const char* row :
                 {"insert into accounts (id, name, display_name, recorded_at) values (1, 'a', 'A', 1)",
                  "insert into units (id, code, name, search, kind, recorded_at) values (2, 'u', 'U', 'u', "
                  "'centre', 1)",
                  "insert into programmes (id, code, name, search, recorded_at) values (3, 'p', 'P', 'p', 1)",
                  "insert into cohorts (id, code, search, programme, organiser_unit, kind, role, partner, "
                  "place, "
                  "basis, note, planned_precision, recorded_at, recorded_by, source_place) values (4, 'c', "
                  "'c', "
                  "3, 2, 'cohort', 'organiser', '', '', '', '', 'day', 1, 1, '')"})
                tx.run(row);
            tx.run(
                "insert into field_trips (id, cohort, place, took_place_on, head_count, note, recorded_at, "
                "recorded_by) values (5, 4, 'Lào Cai', :day, 77, 'xa', 7, 1)",
                {{"day", day("2017-04-11")}});
        });
        db::migrate(database, all.files);
        database.read([](db::Read& tx) {
            const auto trips = field_trips::trips_of(tx, cohorts::CohortId{4});
            REQUIRE(trips.size() == 1);
            CHECK(trips[0].id.value == 5);
            CHECK(trips[0].said.state == field_trips::State::took_place);
            CHECK(trips[0].said.place == "Lào Cai");
            CHECK(trips[0].said.starts_on == day("2017-04-11"));
            CHECK(trips[0].said.head_count == 77);
            const auto history = field_trips::history_of(tx, cohorts::CohortId{4});
            REQUIRE(history.size() == 1);
            CHECK(history[0].recorded_at == Instant{7});
        });
    });
}

void visit_field_trips(Year& year) {
    const auto cohort = year.propose("DI-THUC-TE");
    const std::string path = address_of(cohort);
    CHECK(year.post(year.officer, path, {{"place", ""}}).status == 422);
    CHECK(year.post(year.officer, path,
                    {{"place", "Lào Cai"},
                     {"starts_on", "2017-05-02"},
                     {"ends_on", "2017-05-04"},
                     {"head_count", "7"},
                     {"decision_number", "1-QĐ"},
                     {"decision_dated_on", "2017-04-20"},
                     {"cost_planned", "10"},
                     {"cost_spent", "9"},
                     {"note", "xe khách"}})
              .status == 303);
    CHECK(
        year.post(
                year.officer, path,
                {{"state", "planned"}, {"place", "Sơn La"}, {"starts_on", "2017-08-02"}, {"head_count", "7"}})
            .status == 303);
    const std::string id = *first(told(year, cohort)["took_place"])["id"].text();
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.get(year.officer, path + "?trip=" + id).status == 200);
    CHECK(year.post(year.officer, path + "/" + id + "/correction", {{"place", "x"}}).status == 422);
    CHECK(year.post(year.officer, path + "/" + id + "/withdrawal", {}).status == 422);
    CHECK(
        year.post(year.officer, path + "/" + id + "/correction",
                  {{"place", "Sa Pa"}, {"starts_on", "2017-05-02"}, {"head_count", "7"}, {"reason", "nhầm"}})
            .status == 303);
    CHECK(year.get(year.officer, path).status == 200);
    CHECK(year.get(year.officer, "/delegations").status == 200);
}

}  // namespace tiendo::tests
