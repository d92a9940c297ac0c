// The description of the JSON interface against the routes, and against what they answer.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "features/accounts/accounts.h"
#include "features/api/api.h"
#include "features/duplicates/duplicates.h"
#include "features/imports/imports.h"
#include "platform/json/json.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

const Value& description() {
    static const Value parsed = *json::parse(api::description());
    return parsed;
}

// "GET /api/v1/cohorts/{id}" of a route to /api/v1/cohorts/:id.
std::string described(const web::Route& route) {
    std::string path;
    for (const std::string_view piece : split(route.pattern, '/')) {
        if (piece.empty()) continue;
        path += "/" + (piece[0] == ':' ? "{" + std::string(piece.substr(1)) + "}" : std::string(piece));
    }
    return std::string(http::to_text(route.method)) + " " + path;
}

TEST_CASE("every route below /api/v1 is described, and nothing else is") {
    db::TestDatabase database = db::test_sqlite();
    const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
    db::migrate(*database.database, migrations.files);
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("tiendo-openapi-" + std::to_string(next_id()));
    const imports::Desk desk =
        imports::open_desk(*database.database, files::Store(folder.string()), texts(), {.threads = 0});
    // The handlers hold the desk: they go before the database that it works on.
    web::Routes all;
    api::register_routes(all);
    accounts::register_routes(all);
    imports::register_routes(all, desk);
    duplicates::register_routes(all, duplicates::open_desk(*database.database, {.threads = 0}));
    std::set<std::string> routed;
    for (const web::Routes* some : {static_cast<const web::Routes*>(&all), &routes()})
        for (const auto& route : some->all())
            if (route->pattern.starts_with("/api/v1")) routed.insert(described(*route));
    std::set<std::string> told;
    for (const auto& [path, methods] : *description()["paths"].members())
        for (const auto& [method, operation] : *methods.members()) {
            std::string name = method;
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char c) { return static_cast<char>(c - 'a' + 'A'); });
            told.insert(name + " " + path);
        }
    for (const std::string& route : routed) CHECK_MESSAGE(told.contains(route), "not described: " << route);
    for (const std::string& path : told) CHECK_MESSAGE(routed.contains(path), "no such route: " << path);
    std::filesystem::remove_all(folder);
}

// What a value and its schema disagree on, each with its place. Only what our own schemas use.
class Schema {
 public:
    std::vector<std::string> disagreements(const Value& value, const Value& schema) {
        hold("$", value, schema);
        return std::move(found_);
    }

 private:
    void complain(const std::string& at, const std::string& why) { found_.push_back(at + ": " + why); }

    static bool is(const Value& value, std::string_view type) {
        return (type == "null" && value.is_null()) || (type == "string" && value.text()) ||
               (type == "integer" && value.number()) || (type == "boolean" && value.truth()) ||
               (type == "array" && value.list_items()) || (type == "object" && value.members());
    }
    static const Value& referred(const Value& schema) {
        const std::string* to = schema["$ref"].text();
        if (!to) return schema;
        return description()["components"]["schemas"][to->substr(to->rfind('/') + 1)];
    }

    void hold(const std::string& at, const Value& value, const Value& given) {
        const Value& schema = referred(given);
        if (const auto* choices = schema["oneOf"].list_items()) {
            if (value.is_null()) return;
            return hold(at, value, choices->front());
        }
        if (const auto* types = schema["type"].list_items()) {
            if (std::none_of(types->begin(), types->end(),
                             [&](const Value& type) { return is(value, *type.text()); }))
                return complain(at, "is of no type allowed");
        } else if (const auto* type = schema["type"].text(); type && !is(value, *type)) {
            return complain(at, "is no " + *type);
        }
        if (const auto* words = schema["enum"].list_items();
            words && std::find(words->begin(), words->end(), value) == words->end())
            complain(at, "is none of the words allowed");
        if (value.list_items())
            for (const Value& item : *value.list_items()) hold(at + "[]", item, schema["items"]);
        if (value.members()) hold_members(at, value, schema);
    }

    void hold_members(const std::string& at, const Value& value, const Value& schema) {
        const Value& properties = schema["properties"];
        for (const auto& [name, member] : *value.members()) {
            const bool known = !properties[name].is_null();
            if (known) hold(at + "." + name, member, properties[name]);
            if (!known && schema["additionalProperties"].truth())
                complain(at, "has " + name + ", which is not described");
        }
        if (const auto* required = schema["required"].list_items())
            for (const Value& name : *required) {
                const auto is_it = [&](const Value::Member& member) { return member.first == *name.text(); };
                if (std::none_of(value.members()->begin(), value.members()->end(), is_it))
                    complain(at, "lacks " + *name.text());
            }
    }

    std::vector<std::string> found_;
};

// The schema of the answer of 200 to a GET.
const Value& schema_of(const std::string& path) {
    return description()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
}

void hold(Year& year, const web::Actor& actor, const std::string& path, const std::string& target) {
    const Value& schema = schema_of(path);
    REQUIRE_MESSAGE(!schema.is_null(), path);
    for (const std::string& complaint : Schema().disagreements(year.json(actor, target), schema))
        CHECK_MESSAGE(complaint.empty(), target << " " << complaint);
}

TEST_CASE("what programs are answered is what is described") {
    for_each_demonstration([](Year& year) {
        const std::string cohort = "/api/v1" + year.path_of("DVM-01/2017");
        const Value roster = year.json(year.officer, cohort + "/roster");
        const std::string learner =
            "/api/v1/participations/" + *(*roster["participations"].list_items())[0]["id"].text();
        const Value document = year.json(year.officer, learner)["document"];
        const Value people = year.json(year.officer, "/api/v1/people?q=nguyen");
        const std::string person = "/api/v1/people/" + *(*people["people"].list_items())[0]["id"].text();
        year.post(year.officer, person.substr(7) + "/facts", {{"what", "religion"}, {"detail", "Không"}});
        const Value programmes = year.json(year.officer, "/api/v1/programmes")["programmes"];
        const std::string rules =
            "/api/v1/programmes/" + *(*programmes.list_items())[0]["id"].text() + "/rules";
        const std::string delegation = year.path_of("NB-2017") + "/delegation";
        year.post(year.officer, delegation + "/legs",
                  {{"from_day", "2017-03-04"}, {"to_day", "2017-03-16"}, {"place", "Tokyo"}});
        year.post(year.officer, delegation + "/costs", {{"name", "Vé máy bay"}, {"planned", "1000"}});
        for (const web::Actor& actor : {year.officer, year.director}) {
            hold(year, actor, "/api/v1/cohorts/{id}/delegation", "/api/v1" + delegation);
            hold(year, actor, "/api/v1/cohorts/{id}/field-trips",
                 "/api/v1" + year.path_of("K28B-16") + "/field-trips");
            hold(year, actor, "/api/v1/delegations", "/api/v1/delegations?year=2017");
            hold(year, actor, "/api/v1/plans", "/api/v1/plans");
            hold(year, actor, "/api/v1/plans/{year}", "/api/v1/plans/2017");
            hold(year, actor, "/api/v1/statements/{year}", "/api/v1/statements/2017");
            hold(year, actor, "/api/v1/statements/{year}",
                 "/api/v1/statements/2017?known_at=2017-06-12T08:10");
            hold(year, actor, "/api/v1/figures",
                 "/api/v1/figures?measure=learners_started&year=2017&programme=new-members");
            hold(year, actor, "/api/v1/figures", "/api/v1/figures?measure=cohorts_opened&cohort=K4-CT2");
            hold(year, actor, "/api/v1/cohorts", "/api/v1/cohorts");
            hold(year, actor, "/api/v1/cohorts/{id}", cohort);
            hold(year, actor, "/api/v1/cohorts/{id}", "/api/v1" + year.path_of("K28B-16"));
            hold(year, actor, "/api/v1/cohorts/{id}/roster", cohort + "/roster");
            hold(year, actor, "/api/v1/cohorts/{id}/dossier", cohort + "/dossier");
            hold(year, actor, "/api/v1/dossier-items", "/api/v1/dossier-items");
            hold(year, actor, "/api/v1/cost-kinds", "/api/v1/cost-kinds");
            hold(year, actor, "/api/v1/cohorts", "/api/v1/cohorts?state=closed");
            hold(year, actor, "/api/v1/participations/{id}", learner);
            hold(year, actor, "/api/v1/documents/{id}", "/api/v1/documents/" + *document["id"].text());
            hold(year, actor, "/api/v1/units", "/api/v1/units");
            const std::string unit = to_text(year.tu_phap);
            hold(year, actor, "/api/v1/units/{id}", "/api/v1/units/" + unit);
            hold(year, actor, "/api/v1/units/{id}/count", "/api/v1/units/" + unit + "/count?year=2017");
            hold(year, actor, "/api/v1/figures", "/api/v1/figures?measure=learners_started&unit=" + unit);
            hold(year, actor, "/api/v1/people", "/api/v1/people?q=nguyen");
            hold(year, actor, "/api/v1/people/{id}", person);
            hold(year, actor, "/api/v1/programmes", "/api/v1/programmes");
            hold(year, actor, "/api/v1/programmes/{id}/rules", rules);
            for (const Value& one : *programmes.list_items()) {
                const std::string programme = "/api/v1/programmes/" + *one["id"].text();
                hold(year, actor, "/api/v1/programmes/{id}", programme);
                hold(year, actor, "/api/v1/programmes/{id}/versions", programme + "/versions");
                hold(year, actor, "/api/v1/programmes/{id}/versions/{number}", programme + "/versions/1");
                const std::string last = std::to_string(*one["versions"].number());
                hold(year, actor, "/api/v1/programmes/{id}/comparison",
                     programme + "/comparison?before=1&after=" + last);
            }
            hold(year, actor, "/api/v1/dashboard", "/api/v1/dashboard");
            hold(year, actor, "/api/v1/search", "/api/v1/search?q=nguyen");
        }
        hold(year, year.unit_officer, "/api/v1/cohorts/{id}", cohort);
        const http::Response refused = year.get(year.officer, "/api/v1/cohorts?year=abc");
        const Value& refusals = description()["components"]["schemas"]["Refusals"];
        CHECK(Schema().disagreements(*json::parse(refused.body), refusals).empty());
        const http::Response absent = year.get(year.officer, "/api/v1/cohorts/1");
        const Value& error = description()["components"]["schemas"]["Error"];
        CHECK(Schema().disagreements(*json::parse(absent.body), error).empty());
    });
}

TEST_CASE("what programs are answered about needs is what is described") {
    for_each_year([](Year& year) {
        year.fill();
        year.post(year.officer, "/needs",
                  {{"title", "Nhu cầu"},
                   {"year", "2018"},
                   {"opens_on", "2017-06-01"},
                   {"closes_on", "2017-06-30"},
                   {"programmes", "new-members; party-awareness"}});
        hold(year, year.officer, "/api/v1/needs", "/api/v1/needs");
        const Value list = year.json(year.officer, "/api/v1/needs");
        const std::string campaign = "/api/v1/needs/" + *(*list["campaigns"].list_items())[0]["id"].text();
        const std::string unit = campaign + "/units/" + to_text(year.tu_phap);
        CHECK(year.send(year.officer, unit + "/answers", R"({"learners-new-members": 40})").status == 200);
        for (const web::Actor& actor : {year.officer, year.unit_officer}) {
            hold(year, actor, "/api/v1/needs/{id}", campaign);
            hold(year, actor, "/api/v1/needs/{id}/units/{unit}", unit);
        }
        hold(year, year.officer, "/api/v1/needs/{id}/draft", campaign + "/draft?size=30");
    });
}

TEST_CASE("what programs are answered about attendance is what is described") {
    for_each_year([](Year& year) {
        const std::string book = visit_attendance(year);
        for (const web::Actor& actor : {year.officer, year.director}) {
            hold(year, actor, "/api/v1/cohorts/{id}/attendance", "/api/v1" + book);
            hold(year, actor, "/api/v1/attendance-rules", "/api/v1/attendance-rules");
            const Value session = (*year.json(actor, "/api/v1" + book)["sessions"].list_items())[0]["id"];
            hold(year, actor, "/api/v1/cohorts/{id}/attendance/{session}",
                 "/api/v1" + book + "/" + *session.text());
        }
    });
}

TEST_CASE("what programs are answered about the timetable is what is described") {
    for_each_year([](Year& year) {
        visit_timetable(year);
        const std::string cohort = "/api/v1" + year.path_of("TKB") + "/timetable";
        const Value sessions = year.json(year.officer, cohort)["sessions"];
        const std::string session = "/api/v1/sessions/" + *(*sessions.list_items())[0]["id"].text();
        const Value lecturers = year.json(year.officer, "/api/v1/lecturers")["lecturers"];
        const std::string fees = "/api/v1/lecturers/" + *(*lecturers.list_items())[0]["id"].text() +
                                 "/fees?first=2017-01-01&last=2017-12-31";
        for (const web::Actor& actor : {year.officer, year.director}) {
            hold(year, actor, "/api/v1/cohorts/{id}/timetable", cohort);
            hold(year, actor, "/api/v1/sessions/{id}", session);
            hold(year, actor, "/api/v1/timetable", "/api/v1/timetable?first=2017-06-19&last=2017-06-25");
            hold(year, actor, "/api/v1/timetable/clashes",
                 "/api/v1/timetable/clashes?state=all&first=2017-06-19&last=2017-06-25");
            hold(year, actor, "/api/v1/timetable/load", "/api/v1/timetable/load?year=2017");
            hold(year, actor, "/api/v1/rooms", "/api/v1/rooms");
            hold(year, actor, "/api/v1/lecturers", "/api/v1/lecturers");
            hold(year, actor, "/api/v1/lecturers/{id}/fees", fees);
            hold(year, actor, "/api/v1/house-days", "/api/v1/house-days?year=2017");
            hold(year, actor, "/api/v1/notices", "/api/v1/notices");
        }
    });
}

TEST_CASE("a disagreement is found") {
    const Value schema = *json::parse(
        R"({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": ["string", "null"]}},
        "required": ["a", "b"], "additionalProperties": false})");
    const auto told = [&](const char* text) {
        return Schema().disagreements(*json::parse(text), schema).size();
    };
    CHECK(told(R"({"a": 1, "b": null})") == 0);
    CHECK(told(R"({"a": "1", "b": 2})") == 2);
    CHECK(told(R"({"a": 1, "b": "", "c": 1})") == 1);
    CHECK(told(R"({"a": 1})") == 1);
    CHECK(told("[]") == 1);
}

}  // namespace
}  // namespace tiendo::tests
