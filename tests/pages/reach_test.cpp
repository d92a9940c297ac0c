// The unit officer sees the cohorts his people are in, his people there, and nothing else.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "features/needs/needs.h"
#include "features/nominations/nominations.h"
#include "features/people/people.h"
#include "year.h"

namespace tiendo::tests {
namespace {

TEST_CASE("a unit officer sees where his people are, and of a roster only them") {
    for_each_year([](Year& year) {
        const auto shared = year.propose("CHUNG"), others = year.propose("RIENG");
        const auto own = year.enrol(shared, "Nguyễn Thị Của Mình", year.tu_phap);
        const auto foreign = year.enrol(shared, "Trần Văn Người Khác", year.noi_vu);
        year.enrol(others, "Lê Thị Nơi Khác", year.noi_vu);
        for (const cohorts::Cohort& cohort : {shared, others})
            year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening",
                      {{"opened_on", "2017-03-06"}, {"reason", "lý do nội bộ"}});
        const std::string path = "/cohorts/" + to_text(shared.id);
        const web::Actor& officer = year.unit_officer;

        const Value list = year.json(officer, "/api/v1/cohorts");
        REQUIRE(list["cohorts"].list_items()->size() == 1);
        const Value& row = (*list["cohorts"].list_items())[0];
        CHECK(*row["code"].text() == "CHUNG");
        CHECK(*row["learners"].number() == 1);
        CHECK(*(*year.json(year.director, "/api/v1/cohorts?q=chung")["cohorts"].list_items())[0]["learners"]
                   .number() == 2);
        CHECK(year.get(officer, "/cohorts/" + to_text(others.id)).status == 404);

        const http::Response page = year.get(officer, path);
        CHECK(page.status == 200);
        CHECK(shows(page, "Của Mình"));
        CHECK(!shows(page, "Người Khác"));
        for (const char* text : {"lý do nội bộ", "/plans/", "history-title"})
            CHECK_MESSAGE(!shows(page, text), text);
        const Value roster = year.json(officer, "/api/v1" + path + "/roster");
        CHECK(*roster["count"].number() == 1);
        CHECK(roster["participations"].list_items()->size() == 1);
        CHECK(year.get(officer, "/participations/" + to_text(own)).status == 200);
        CHECK(year.get(officer, "/participations/" + to_text(foreign)).status == 404);

        const Value figure = year.json(officer, "/api/v1/figures?measure=learners_started&cohort=CHUNG");
        CHECK(*figure["quantity"].number() == 1);
        REQUIRE(figure["postings"].list_items()->size() == 1);
        CHECK(*(*figure["postings"].list_items())[0]["person"].text() == "Nguyễn Thị Của Mình");
        CHECK(*year.json(year.director, "/api/v1/figures?measure=learners_started&cohort=CHUNG")["quantity"]
                   .number() == 2);
        CHECK(year.get(officer, "/figures?measure=learners_started&cohort=RIENG").status == 404);

        const Value found = year.json(officer, "/api/v1/search?q=van");
        CHECK(found["groups"].list_items()->empty());
        CHECK(year.json(officer, "/api/v1/search?q=cua+minh")["groups"].list_items()->size() == 1);
        const Value units = year.json(officer, "/api/v1/units");
        CHECK(*units["count"].number() == 1);
    });
}

TEST_CASE("a unit officer has no statement, no plan, no document and no figure of the plan") {
    for_each_demonstration([](Year& year) {
        for (const char* path : {"/statements/2017", "/statements", "/plans", "/plans/2017",
                                 "/figures?measure=cohorts_opened&year=2017"})
            for (const std::string& prefix : {std::string(), std::string("/api/v1")})
                CHECK_MESSAGE(year.get(year.unit_officer, prefix + path).status == 403, (prefix + path));
        CHECK(year.get(year.unit_officer, "/documents/1").status == 403);
        CHECK(year.get(year.unit_officer, "/").status == 200);
        CHECK(year.get(year.unit_officer, "/cohorts").status == 200);
        // Cohorts are many, and each with people of his: every page of every one opens.
        const Value list = year.json(year.unit_officer, "/api/v1/cohorts");
        CHECK(list["cohorts"].list_items()->size() > 5);
        for (const Value& cohort : *list["cohorts"].list_items()) {
            const Value roster =
                year.json(year.unit_officer, "/api/v1/cohorts/" + *cohort["id"].text() + "/roster");
            for (const Value& row : *roster["participations"].list_items())
                CHECK(*row["unit"].text() == "Đảng bộ Bộ Tư pháp");
        }
    });
}

// People, nominations and needs of another unit, by the word that stands for them in an address.
struct Foreign {
    std::string name = "Trần Văn Người Khác";
    std::string person, fact, call, cohort, nomination, campaign, unit, programme, waiver;
};

Foreign make_foreign(Year& year) {
    Foreign foreign;
    const auto cohort = year.propose("RIENG", cohorts::PlannedDate{day("2017-08-01"), Precision::day});
    const auto participation = year.enrol(cohort, foreign.name, year.noi_vu);
    const Value roster = year.json(year.officer, "/api/v1/participations/" + to_text(participation));
    foreign.cohort = to_text(cohort.id);
    foreign.unit = to_text(year.noi_vu);
    foreign.programme = to_text(cohort.programme.id);
    year.write([&](db::Write& tx) {
        const people::PersonId person{
            tx.integer("select person from participations where id = :id", {{"id", participation}})};
        foreign.person = to_text(person);
        nominations::Call call{.cohort = cohort};
        call.places = 5;
        call.deadline = moment("2017-06-30T17:00:00+07:00");
        call.letter_text = "Kính mời.";
        call.quotas = {{year.noi_vu, 2}};
        const auto id = *nominations::issue(tx, year.officer, call, {now, "", {}});
        foreign.call = to_text(id);
        tx.run("delete from participation_events where participation = :id", {{"id", participation}});
        const auto another = new_id<people::PersonId>();
        people::Registration registration(tx, now);
        const people::Person somebody{.id = another, .full_name = foreign.name, .unit = year.noi_vu};
        registration.add({&somebody, 1});
        registration.close();
        REQUIRE(nominations::nominate(tx, year.officer, nominations::require(tx, year.officer, id),
                                      {{another}, 1, ""}, {now, "", {}}));
        foreign.nomination = std::to_string(tx.integer("select max(id) from nominations"));
        foreign.campaign = to_text(*needs::ask(tx, year.officer,
                                               {.year = 2018,
                                                .title = "Nhu cầu của người khác",
                                                .window = {day("2017-06-01"), day("2017-06-30")},
                                                .units = {year.noi_vu},
                                                .programmes = {cohort.programme.id}},
                                               now));
    });
    year.post(year.officer, "/people/" + foreign.person + "/facts",
              {{"what", "position.government"}, {"detail", "Trưởng phòng"}});
    foreign.fact = std::to_string(
        year.database.read([](db::Read& tx) { return tx.integer("select max(id) from person_facts"); }));
    return foreign;
}

// "/people/:id/facts/:fact/end" with what belongs to somebody else; empty: the address names nothing.
std::string address_of(const std::string& pattern, const Foreign& foreign) {
    const std::string path = pattern.starts_with("/api/v1") ? pattern.substr(7) : pattern;
    const std::map<std::string, std::string> owners{
        {"/people/", foreign.person},       {"/calls/", foreign.call}, {"/nominations/", foreign.nomination},
        {"/needs/", foreign.campaign},      {"/waivers/", "1"},        {"/cohorts/", foreign.cohort},
        {"/programmes/", foreign.programme}};
    std::string made = pattern;
    const auto put = [&](const std::string& word, const std::string& value) {
        if (const std::size_t at = made.find(word); at != std::string::npos)
            made.replace(at, word.size(), value);
    };
    for (const auto& [owner, id] : owners)
        if (path.starts_with(owner)) put(":id", id);
    put(":fact", foreign.fact);
    put(":unit", foreign.unit);
    return made == pattern ? "" : made;
}

TEST_CASE("no route about people, nominations or needs lets a unit officer at another unit's") {
    for_each_year([](Year& year) {
        const Foreign foreign = make_foreign(year);
        std::set<std::string> families;
        int tried = 0;
        for (const auto& route : routes().all()) {
            const std::string path =
                route->pattern.starts_with("/api/v1") ? route->pattern.substr(7) : route->pattern;
            const bool ours = path.starts_with("/people") || path.starts_with("/calls") ||
                              path.starts_with("/nominations") || path.starts_with("/needs") ||
                              path.starts_with("/waivers") || path.starts_with("/cohorts/:id/call") ||
                              path.starts_with("/programmes/:id/waivers");
            if (!ours) continue;
            families.insert(std::string(path.substr(0, path.find('/', 1))));
            const std::string address = address_of(route->pattern, foreign);
            const bool reads = route->method == http::Method::get;
            CAPTURE(http::to_text(route->method));
            CAPTURE(route->pattern);
            if (address.empty()) {
                // A list shows nothing of theirs; what adds to it needs more than he has, or names a unit.
                if (!reads) continue;
                const http::Response list = year.get(year.unit_officer, route->pattern + "?q=nguoi+khac");
                CHECK(!shows(list, foreign.name));
                CHECK(!shows(list, "Nhu cầu của người khác"));
                continue;
            }
            const http::Response answer = reads ? year.get(year.unit_officer, address)
                                                : year.post(year.unit_officer, address,
                                                            {{"reason", "thử"}, {"person", foreign.person}});
            CHECK_MESSAGE((answer.status == 403 || answer.status == 404), answer.status << " of " << address);
            CHECK(!shows(answer, foreign.name));
            ++tried;
        }
        CHECK(families == std::set<std::string>{"/people", "/calls", "/nominations", "/needs", "/waivers",
                                                "/cohorts", "/programmes"});
        CHECK(tried > 50);
    });
}

}  // namespace
}  // namespace tiendo::tests
