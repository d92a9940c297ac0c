// Who may see and change what of the timetable; how its pages grow; a walk through all of them.
#include <doctest/doctest.h>

#include "platform/jobs/jobs.h"
#include "timetable_steps.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

// Days after 19 June 2017.
Date day_after(int i) { return day("2017-06-20") + i; }

TEST_CASE("the timetable is for who may see it there: others find nothing, and readers change nothing") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("KIN");
        const std::string room = make_room(year, "Phòng 1", "10"),
                          lecturer = make_lecturer(year, "Lê Văn Giảng");
        const std::string session =
            "/sessions/" + put(year, cohort, "2017-06-19", "morning", room, lecturer).id;
        const std::vector<std::string> things{timetable_of(cohort),
                                              session,
                                              "/rooms/" + room,
                                              "/lecturers/" + lecturer,
                                              "/lecturers/" + lecturer + "/fees",
                                              "/timetable?room=" + room,
                                              "/timetable?lecturer=" + lecturer};
        for (const std::string& target : things) {
            CHECK_MESSAGE(year.get(year.unit_officer, target).status == 403, target);
            CHECK_MESSAGE(year.get(year.outsider, target).status == 404, target);
            CHECK_MESSAGE(year.get(year.director, target).status == 200, target);
        }
        for (const char* list : {"/timetable?on=2017-06-19", "/rooms", "/lecturers", "/timetable/load",
                                 "/timetable?view=list&on=2017-06-19"}) {
            CHECK_MESSAGE(!shows(year.get(year.outsider, list), "KIN"), list);
            CHECK_MESSAGE(!shows(year.get(year.outsider, list), "Phòng 1"), list);
            CHECK_MESSAGE(!shows(year.get(year.outsider, list), "Giảng</"), list);
        }
        for (const char* act : {"/move", "/change", "/calling-off"}) {
            CHECK_MESSAGE(year.post(year.director, session + act, {{"reason", "x"}}).status == 403, act);
            CHECK_MESSAGE(year.post(year.outsider, session + act, {{"reason", "x"}}).status == 404, act);
        }
        for (const std::string& path : {"/rooms/" + room + "/description", "/lecturers/" + lecturer + "/fee",
                                        "/lecturers/" + lecturer + "/return", timetable_of(cohort)})
            CHECK_MESSAGE(year.post(year.outsider, path, {{"name", "x"}}).status == 404, path);
        CHECK(year.post(year.outsider, "/house-days/holidays", {{"first_on", "2017-06-19"}, {"name", "x"}})
                  .status == 403);
        // His own list is his own, and a room out of reach is none for a session of his.
        CHECK(year.post(year.outsider, "/rooms", {{"name", "Phòng của tôi"}}).status == 303);
        CHECK(!shows(year.get(year.outsider, "/rooms"), "Phòng 1"));
    });
}

TEST_CASE("pages of the timetable run as many statements for many sessions as for one") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("IT"), many = year.propose("NHIEU");
        const std::string room = make_room(year, "Phòng 1", "100"),
                          lecturer = make_lecturer(year, "Lê Văn Giảng");
        CHECK(put(year, cohort, "2017-06-19", "morning", room, lecturer).status == 201);
        const std::vector<std::string> targets{
            "/timetable?on=2017-06-19",
            "/timetable?view=month&on=2017-06-19",
            "/timetable?view=list&on=2017-06-19",
            "/timetable?view=year&on=2017-06-19",
            "/timetable/clashes?first=2017-06-01&last=2017-12-31&state=all",
            "/timetable/load?year=2017",
            "/lecturers/" + lecturer + "/fees",
            timetable_of(cohort),
            "/notices",
            "/api/v1" + timetable_of(cohort)};
        const auto statements = [&](const std::string& target) {
            const std::int64_t before = db::statements_run();
            CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
            return db::statements_run() - before;
        };
        std::vector<std::int64_t> with_one;
        for (const std::string& target : targets) with_one.push_back(statements(target));
        for (int i = 0; i < 60; ++i) {
            const std::string day = to_text(day_after(i));
            CHECK(put(year, many, day, "morning", room, lecturer, "thử").status == 201);
            CHECK(put(year, cohort, day, "afternoon", room, lecturer, "thử").status == 201);
        }
        for (std::size_t i = 0; i < targets.size(); ++i)
            CHECK_MESSAGE(statements(targets[i]) == with_one[i], targets[i]);
    });
}

// A change whose mail waits, and one whose mail was given up.
void miss_mail(Year& year) {
    year.write([&](db::Write& tx) {
        const std::int64_t event = tx.integer(R"sql(select max(id) from timetable_events)sql");
        jobs::add(tx, "notices.mail", event, now);
        tx.run(R"sql(update jobs set times_put_off = 1 where kind = 'notices.mail')sql");
        tx.run(R"sql(
            insert into notice_mails_given_up (event, unreached, incident, given_up_at)
            values (:event, 31, '7KQ2M4ZX', :at))sql",
               {{"event", event}, {"at", now}});
    });
}

}  // namespace

void visit_timetable(Year& year) {
    offer_topics(year);
    const auto cohort = year.propose("TKB"), other = year.propose("TKB-2");
    const std::string path = timetable_of(cohort);
    const std::string room = make_room(year, "Hội trường", "5"),
                      lecturer = make_lecturer(year, "Lê Văn Giảng");
    const auto all_200 = [&](std::initializer_list<std::string> targets) {
        for (const std::string& target : targets)
            CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
    };
    year.post(
        year.officer, "/rooms/" + room + "/unavailability",
        {{"first_on", "2017-07-20"}, {"last_on", "2017-07-21"}, {"half_day", "morning"}, {"reason", "sửa"}});
    year.post(
        year.officer, "/lecturers/" + lecturer + "/unavailability",
        {{"first_on", "2017-07-20"}, {"last_on", "2017-07-21"}, {"half_day", "morning"}, {"reason", "họp"}});
    year.post(year.officer, "/lecturers/" + lecturer + "/fee",
              {{"valid_from", "2017-06-01"}, {"per_period", "200000"}, {"basis", "QĐ 1"}});
    year.post(year.officer, "/house-days/holidays", {{"first_on", "2017-06-30"}, {"name", "Nghỉ"}});
    const std::string first = put(year, cohort, "2017-06-19", "morning", room, lecturer).id;
    const std::string second = put(year, other, "2017-06-19", "morning", room, lecturer).body;
    all_200({"/timetable?on=2017-06-19", path, "/sessions/" + first});
    const std::string kept = put(year, other, "2017-06-19", "morning", room, "", "ghép").id;
    all_200({"/sessions/" + first, "/timetable/clashes?state=all&first=2017-06-19&last=2017-06-19"});
    const Value clashes =
        year.json(year.officer, "/api/v1/timetable/clashes?state=all&first=2017-06-19&last=2017-06-19");
    const std::string key = *(*clashes["clashes"].list_items())[0]["key"].text();
    all_200({"/timetable/clashes?state=all&first=2017-06-19&last=2017-06-19&at=" + key});
    year.post(year.officer, "/sessions/" + first + "/move",
              {{"held_on", "2017-06-20"}, {"half_day", "morning"}, {"reason", "đổi"}});
    all_200({"/timetable?view=month&on=2017-06-19", "/timetable?view=list&on=2017-06-19&room=" + room,
             "/timetable?view=year&on=2017-06-19&lecturer=" + lecturer, path, path + "/layout", "/rooms",
             "/rooms/" + room, "/lecturers", "/lecturers/" + lecturer, "/house-days",
             "/timetable/load?year=2017", "/lecturers/" + lecturer + "/fees?first=2017-01-01&last=2017-12-31",
             "/sessions/" + first, "/timetable/clashes?state=all&first=2017-06-19&last=2017-06-19"});
    for (const char* view : {"week", "month", "year"})
        CHECK(year.get(year.officer, path + "?on=2017-06-19&view=" + view).status == 200);
    // A clash that came afterwards, looked at, and let stand without a note.
    year.post(year.officer, "/lecturers/" + lecturer + "/unavailability", {{"first_on", "2017-06-20"}});
    const std::string of_the_day = "first=2017-06-20&last=2017-06-20";
    const Value later = year.json(year.officer, "/api/v1/timetable/clashes?" + of_the_day);
    const std::string open = *(*later["clashes"].list_items())[0]["key"].text();
    all_200({"/timetable/clashes?" + of_the_day + "&at=" + open, "/timetable?on=2017-06-20"});
    CHECK(year.post(year.officer, "/timetable/clashes", {{"clash", open}}).status == 422);
    year.post(year.officer, "/rooms/" + room + "/description", {{"name", "Hội trường"}, {"capacity", "500"}});
    CHECK(year.post(year.officer, path + "/layout", {{"starts_on", "2017-06-21"}, {"step", "preview"}})
              .status == 200);
    CHECK(year.post(year.officer, path + "/layout",
                    {{"starts_on", "2017-06-21"},
                     {"step", "preview"},
                     {"boxes-activities", "1"},
                     {"activities-lecture", "1"}})
              .status == 200);
    // One that is recorded: a change of its own kind on the pages that follow.
    const std::string asked = R"({"starts_on": "2017-06-22", "room": ")" + room + "\"";
    const std::string seen = year.send(year.officer, "/api/v1" + path + "/layout", asked + "}").body;
    const std::string mark = seen.substr(seen.find("\"mark\":\"") + 8, 16);
    CHECK(year.send(year.officer, "/api/v1" + path + "/layout",
                    asked + R"(, "step": "record", "mark": ")" + mark + "\"}")
              .status == 201);
    CHECK(year.post(year.officer, path + "/layout", {}).status == 422);
    CHECK(year.post(year.officer, path, {{"periods", "x"}}).status == 422);
    CHECK(year.post(year.officer, "/sessions/" + first + "/change", {{"ends_at", "05:00"}}).status == 422);
    CHECK(year.post(year.officer, "/rooms", {}).status == 422);
    CHECK(year.post(year.officer, "/lecturers", {{"email", "x"}}).status == 422);
    CHECK(year.post(year.officer, "/rooms/" + room + "/unavailability", {}).status == 422);
    CHECK(year.post(year.officer, "/lecturers/" + lecturer + "/fee", {}).status == 422);
    CHECK(year.post(year.officer, "/house-days/holidays", {}).status == 422);
    CHECK(year.post(year.officer, "/house-days/half-days", {{"starts_at", "25:00"}}).status == 422);
    CHECK(year.get(year.officer, "/timetable/clashes?first=2017-06-19&last=2016-01-01").status == 422);
    CHECK(year.get(year.officer, "/lecturers/" + lecturer + "/fees?first=x").status == 422);
    CHECK(year.post(year.officer, "/calendar-feeds", {{"room", room}}).status == 422);
    const auto feed = year.post(year.officer, "/calendar-feeds", {{"room", room}, {"label", "Bảo vệ"}});
    CHECK(feed.status == 200);
    all_200({"/calendar-feeds?room=" + room, "/calendar-feeds"});
    CHECK(year.get(year.officer, "/calendar-feeds?number=1").status == 422);
    const auto at = feed.body.find("/calendar/");
    all_200({feed.body.substr(at, feed.body.find('<', at) - at)});
    CHECK(year.get(year.director, "/notices").status == 200);
    miss_mail(year);
    all_200({"/notices"});
    CHECK(!second.empty());
    CHECK(!kept.empty());
}

}  // namespace tiendo::tests
