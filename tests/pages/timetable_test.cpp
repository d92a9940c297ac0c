// Sessions are put down, clash, move and are called off; a programme is laid out; who may see what of it.
#include "features/timetable/timetable.h"

#include <doctest/doctest.h>

#include "features/calendars/calendars.h"
#include "visits.h"

namespace tiendo::tests {
namespace {

std::string path_of(const cohorts::Cohort& cohort) { return "/cohorts/" + to_text(cohort.id) + "/timetable"; }

// Sends a form and answers the id that stands at the end of where it leads.
std::string made(Year& year, const std::string& path, Fields form) {
    const auto response = year.post(year.officer, path, form);
    REQUIRE_MESSAGE(response.status == 303, response.body.substr(0, 3000));
    const std::string where(http::value_of(response.headers, "Location"));
    return where.substr(where.rfind('/') + 1);
}

std::string make_room(Year& year, const char* name, const char* seats) {
    return made(year, "/rooms",
                {{"name", name}, {"capacity", seats}, {"site", "Nhà A"}, {"equipment", "Máy chiếu"}});
}
std::string make_lecturer(Year& year, const char* name) {
    return made(year, "/lecturers",
                {{"full_name", name},
                 {"kind", "guest"},
                 {"organisation", "Ban Tổ chức"},
                 {"email", "gv@example.org"}});
}

// A session of five periods; answers the status, and the session's id when it was recorded.
struct Put {
    int status = 0;
    std::string id, body;
};
Put put(Year& year, const cohorts::Cohort& cohort, const std::string& day, const std::string& half_day,
        const std::string& room = "", const std::string& lecturer = "", const std::string& reason = "") {
    const std::string sent = "{\"held_on\": \"" + day + "\", \"half_day\": \"" + half_day +
                             "\", \"periods\": 5, \"topic\": \"Xây dựng Đảng\", \"room\": \"" + room +
                             "\", \"lecturer-1\": \"" + lecturer + "\", \"reason\": \"" + reason + "\"}";
    const auto response = year.send(year.officer, "/api/v1" + path_of(cohort), sent);
    const auto id = response.body.find("\"id\":\"");
    return {
        response.status,
        response.status == 201 ? response.body.substr(id + 6, response.body.find('"', id + 6) - id - 6) : "",
        response.body};
}

std::vector<std::string> kinds_on(Year& year, const char* day) {
    const Value told = year.json(
        year.officer, std::string("/api/v1/timetable/clashes?state=all&first=") + day + "&last=" + day);
    std::vector<std::string> kinds;
    for (const Value& clash : *told["clashes"].list_items())
        kinds.push_back(*clash["kind"].text() + (clash["accepted"].is_null() ? "" : "+"));
    return kinds;
}

// A version of the programme of `propose`, in force since ever, with two topics.
void offer_topics(Year& year) {
    year.write([&](db::Write& tx) {
        const auto programme = programmes::find_or_make_programme(tx, "Đảng viên mới", "new-members", now);
        const std::int64_t version = next_id();
        tx.run(R"sql(
            insert into programme_versions (id, programme, number, basis, audience, aims, attendance_minimum,
                                            certificate_series, verified_by, recorded_at, recorded_by)
            values (:id, :programme, 1, '', '', '', 0, '', '', :at, :by))sql",
               {{"id", version}, {"programme", programme.id}, {"at", now}, {"by", year.officer.account}});
        std::int64_t position = 0;
        for (const char* title : {"Lịch sử Đảng", "Điều lệ Đảng"})
            tx.run(R"sql(
                insert into programme_topics (id, version, position, title, lecture, discussion, field_trip,
                                              self_study, test)
                values (:id, :version, :position, :title, 7, 2, 0, 3, 1))sql",
                   {{"id", next_id()}, {"version", version}, {"position", ++position}, {"title", title}});
    });
}

using Kinds = std::vector<std::string>;

// Days after 19 June 2017.
Date day_after(int i) { return day("2017-06-20") + i; }

}  // namespace

TEST_CASE("what clashes is refused without a note, and stands with one, there and then") {
    for_each_year([](Year& year) {
        const auto one = year.propose("MOT"), two = year.propose("HAI");
        const std::string room = make_room(year, "Hội trường", "1"),
                          lecturer = make_lecturer(year, "Lê Văn Giảng");
        const Put first = put(year, one, "2017-06-19", "morning", room, lecturer);
        CHECK(first.status == 201);
        const Put refused = put(year, two, "2017-06-19", "morning", room, lecturer);
        CHECK(refused.status == 422);
        CHECK(refused.body.find("timetable.clash_refused.room") != std::string::npos);
        CHECK(refused.body.find("timetable.clash_refused.lecturer") != std::string::npos);
        CHECK(kinds_on(year, "2017-06-19") == Kinds{});  // nothing of it was kept
        const Put kept = put(year, two, "2017-06-19", "morning", room, lecturer, "học chung");
        CHECK(kept.status == 201);
        CHECK(kinds_on(year, "2017-06-19") == Kinds{"lecturer+", "room+"});
        const std::string session = "/api/v1/sessions/" + kept.id;
        const auto move = [&](const std::string& which, const char* half_day) {
            return year
                .send(year.officer, "/api/v1/sessions/" + which + "/move",
                      std::string(R"({"held_on": "2017-06-19", "half_day": ")") + half_day + "\"}")
                .status;
        };
        // To the afternoon, where nobody is; there the note of the morning does not hold.
        CHECK(move(kept.id, "afternoon") == 200);
        CHECK(kinds_on(year, "2017-06-19") == Kinds{});
        CHECK(move(first.id, "afternoon") == 422);
        CHECK(move(kept.id, "evening") == 422);  // the house has no evenings
        CHECK(move(kept.id, "morning") == 200);  // the clash that was let stand
        CHECK(kinds_on(year, "2017-06-19") == Kinds{"lecturer+", "room+"});
        // Right after the other one is no clash.
        CHECK(year.send(year.officer, session + "/change", R"({"starts_at": "11:30", "ends_at": "12:15"})")
                  .status == 200);
        CHECK(kinds_on(year, "2017-06-19") == Kinds{});
    });
}

TEST_CASE("holidays, absences, small rooms and learners of two cohorts are found afterwards") {
    for_each_year([](Year& year) {
        const auto one = year.propose("MOT"), two = year.propose("HAI");
        const std::string room = make_room(year, "Phòng nhỏ", "1"),
                          lecturer = make_lecturer(year, "Lê Văn Giảng");
        const Put first = put(year, one, "2017-06-20", "morning", room, lecturer);
        CHECK(first.status == 201);
        CHECK(put(year, two, "2017-06-20", "morning").status == 201);
        CHECK(kinds_on(year, "2017-06-20") == Kinds{});
        const auto both = year.enrol(one, "An Hai Lớp", year.tu_phap);
        year.enrol(one, "Bình Một Lớp", year.tu_phap);
        year.write([&](db::Write& tx) {
            tx.run(R"sql(
                insert into participations (id, cohort, person, unit, position, note, result, recorded_at, recorded_by,
                                            source_place)
                select :id, :cohort, p.person, p.unit, '', '', '', p.recorded_at, p.recorded_by, ''
                from participations p where p.id = :both)sql",
                   {{"id", next_id()}, {"cohort", two.id}, {"both", both}});
        });
        CHECK(kinds_on(year, "2017-06-20") == Kinds{"capacity", "learners"});
        const auto away = [&](const std::string& of) {
            return year
                .post(year.officer, of + "/unavailability",
                      {{"first_on", "2017-06-20"}, {"half_day", "morning"}, {"reason", "họp"}})
                .status;
        };
        CHECK(away("/rooms/" + room) == 303);
        CHECK(away("/lecturers/" + lecturer) == 303);
        CHECK(
            year.post(year.officer, "/house-days/holidays", {{"first_on", "2017-06-20"}, {"name", "Nghỉ bù"}})
                .status == 303);
        CHECK(kinds_on(year, "2017-06-20") ==
              Kinds{"capacity", "holiday", "holiday", "learners", "lecturer_away", "room_away"});
        // What clashes already does not stand in the way of another change, and is not let stand by it.
        const std::string change = "/api/v1/sessions/" + first.id + "/change";
        CHECK(year.send(year.officer, change, R"({"topic": "Bài 1"})").status == 200);
        CHECK(year.send(year.officer, change, R"({"topic": "Bài một", "reason": "chính tả"})").status == 200);
        CHECK(kinds_on(year, "2017-06-20") ==
              Kinds{"capacity", "holiday", "holiday", "learners", "lecturer_away", "room_away"});
        const Value told =
            year.json(year.officer, "/api/v1/timetable/clashes?first=2017-06-20&last=2017-06-20");
        const std::string key = *(*told["clashes"].list_items())[0]["key"].text();
        CHECK(year.post(year.officer, "/timetable/clashes", {{"clash", key}}).status == 422);
        CHECK(year.post(year.officer, "/timetable/clashes", {{"clash", key}, {"reason", "kê thêm ghế"}})
                  .status == 303);
        CHECK(kinds_on(year, "2017-06-20").front() == "capacity+");
        CHECK(year.post(year.officer, "/timetable/clashes", {{"clash", "room-1-2-3"}, {"reason", "x"}})
                  .status == 404);
    });
}

TEST_CASE("a session keeps its id and its history, and is called off only with a reason") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("BUOI");
        const std::string id = put(year, cohort, "2017-06-21", "morning").id, page = "/sessions/" + id;
        const auto move = [&](const char* day, const char* sequence) {
            return year
                .post(year.officer, page + "/move",
                      {{"held_on", day},
                       {"half_day", "afternoon"},
                       {"sequence", sequence},
                       {"reason", "họp đột xuất"}})
                .status;
        };
        CHECK(move("2017-06-22", "0") == 303);
        CHECK(move("2017-06-23", "0") == 422);  // somebody else has moved it since
        CHECK(move("2017-06-22", "1") == 303);  // says nothing new
        const Value session = year.json(year.officer, "/api/v1" + page);
        CHECK(*session["starts_at"].text() == "13:30");
        CHECK(*session["sequence"].number() == 1);
        REQUIRE(session["events"].list_items()->size() == 2);
        const Value& moved = (*session["events"].list_items())[0];
        CHECK(*moved["kind"].text() == "moved");
        CHECK(*moved["was_on"].text() == "2017-06-21");
        CHECK(*moved["was_at"].text() == "07:30");
        CHECK(*moved["reason"].text() == "họp đột xuất");
        timetable::know_attendance_by([](db::Read&, timetable::SessionId) { return std::int64_t{31}; });
        const auto refused = year.post(year.officer, page + "/calling-off", {});
        CHECK(refused.status == 422);
        CHECK(shows(refused, "31"));
        timetable::know_attendance_by(nullptr);
        CHECK(year.post(year.officer, page + "/calling-off", {{"reason", "bão"}}).status == 303);
        CHECK(year.get(year.officer, page).status == 404);
        const Value left = year.json(year.officer, "/api/v1" + path_of(cohort));
        CHECK(left["sessions"].list_items()->empty());
        const std::int64_t rows = year.database.read([&](db::Read& tx) {
            return tx.integer(R"sql(select count(*) from timetable_sessions where cohort = :cohort)sql",
                              {{"cohort", cohort.id}});
        });
        CHECK(rows == 1);
    });
}

TEST_CASE("a programme is looked at first, then recorded exactly so, past holidays and what is taken") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("XEP"), other = year.propose("KHAC");
        const std::string room = make_room(year, "Phòng 1", "100"), path = path_of(cohort) + "/layout";
        CHECK(year.post(year.officer, path, {{"starts_on", "2017-06-19"}}).status == 422);  // no topics yet
        offer_topics(year);
        CHECK(put(year, other, "2017-06-19", "morning", room).status == 201);
        year.post(year.officer, "/house-days/holidays", {{"first_on", "2017-06-20"}, {"name", "Nghỉ"}});
        const std::string asked = R"({"starts_on": "2017-06-19", "room": ")" + room + "\"";
        const auto told = [&](const std::string& more) {
            const auto response = year.send(year.officer, "/api/v1" + path, asked + more + "}");
            return std::pair(response.status, response.body);
        };
        const auto preview = told("");
        CHECK_MESSAGE(preview.first == 200, preview.second);
        const auto mark_at = preview.second.find("\"mark\":\"") + 8;
        const std::string mark = preview.second.substr(mark_at, 16);
        CHECK(told(R"(, "step": "record", "mark": "0000000000000000")").first == 422);
        CHECK(told(R"(, "step": "record", "mark": ")" + mark + "\"").first == 201);
        const Value all = year.json(year.officer, "/api/v1" + path_of(cohort));
        const auto& sessions = *all["sessions"].list_items();
        REQUIRE(!sessions.empty());
        CHECK(*sessions[0]["held_on"].text() == "2017-06-19");
        CHECK(*sessions[0]["starts_at"].text() == "13:30");  // the morning is taken
        CHECK(*sessions[0]["room"]["id"].text() == room);
        std::int64_t periods = 0;
        for (const Value& session : sessions) {
            periods += *session["periods"].number();
            CHECK(*session["held_on"].text() != "2017-06-20");
        }
        CHECK(periods == 2 * (7 + 2 + 1));  // self-study is nobody's session
        CHECK(told(R"(, "step": "record", "mark": ")" + mark + "\"").first ==
              422);  // what it saw is taken now
    });
}

TEST_CASE("lecturers are paid by the fee in force on each day") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("THU");
        const std::string lecturer = make_lecturer(year, "Lê Văn Giảng"), page = "/lecturers/" + lecturer;
        for (const char* day : {"2017-05-08", "2017-06-19", "2017-07-03"})
            CHECK(put(year, cohort, day, "morning", "", lecturer).status == 201);
        const auto fee = [&](const char* from, const char* amount) {
            return year.post(year.officer, page + "/fee", {{"valid_from", from}, {"per_period", amount}})
                .status;
        };
        CHECK(fee("2017-06-01", "200.000") == 303);
        CHECK(fee("2017-07-01", "250000") == 303);
        CHECK(fee("2017-07-01", "nhiều") == 422);
        const Value told =
            year.json(year.officer, "/api/v1" + page + "/fees?first=2017-01-01&last=2017-12-31");
        CHECK(*told["periods"].number() == 15);
        CHECK(*told["amount"].number() == 5 * 200'000 + 5 * 250'000);
        CHECK(*told["unpaid"].number() == 5);
        const Value load = year.json(year.officer, "/api/v1/timetable/load?year=2017");
        const Value& months = (*load["lecturers"].list_items())[0]["months"];
        CHECK(*(*months.list_items())[4]["periods"].number() == 5);
        CHECK((*months.list_items())[0]["periods"].is_null());
    });
}

TEST_CASE("a secret address shows a timetable to whoever has it, until it is renewed or withdrawn") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("LICH");
        const std::string lecturer = make_lecturer(year, "Lê Văn Giảng");
        const std::string session = put(year, cohort, "2017-06-19", "morning", "", lecturer).id;
        const web::Actor nobody{};
        const auto secret_in = [](const http::Response& page) {
            const auto at = page.body.find("/calendar/") + 10;
            return page.body.substr(at, page.body.find('<', at) - at);
        };
        const auto made = year.post(year.officer, "/calendar-feeds",
                                    {{"cohort", to_text(cohort.id)}, {"label", "Lớp trưởng"}});
        REQUIRE(made.status == 200);
        const std::string address = "/calendar/" + secret_in(made);
        CHECK(shows(year.get(nobody, address), "Xây dựng Đảng"));
        const auto calendar = [&] { return year.get(nobody, address + ".ics"); };
        CHECK(calendar().type == "text/calendar; charset=utf-8");
        const std::string uid = "UID:session-" + session + "@tiendo\r\n";
        CHECK(shows(calendar(), uid));
        CHECK(shows(calendar(), "DTSTART:20170619T003000Z\r\n"));
        CHECK(shows(calendar(), "SEQUENCE:0\r\n"));
        year.post(year.officer, "/sessions/" + session + "/move",
                  {{"held_on", "2017-06-20"}, {"half_day", "morning"}, {"reason", "đổi ngày"}});
        CHECK(shows(calendar(), uid));
        CHECK(shows(calendar(), "DTSTART:20170620T003000Z\r\n"));
        CHECK(shows(calendar(), "SEQUENCE:1\r\n"));
        CHECK(shows(year.get(nobody, address), "đổi ngày"));
        year.post(year.officer, "/sessions/" + session + "/calling-off", {{"reason", "bão"}});
        CHECK(shows(calendar(), "STATUS:CANCELLED\r\n"));
        CHECK(shows(calendar(), "SEQUENCE:2\r\n"));
        // One of a learner has the sessions of his cohorts.
        const auto learner = year.enrol(cohort, "An Học Viên", year.tu_phap);
        const auto [person, number] = year.database.read([&](db::Read& tx) {
            return *tx.find<std::pair<std::string, std::string>>(
                R"sql(select h.id, h.national_id from participations p join people h on h.id = p.person
                      where p.id = :id)sql",
                {{"id", learner}},
                [](const db::Row& row) { return std::pair(std::to_string(row.integer(0)), row.text(1)); });
        });
        const auto found = year.get(year.officer, "/calendar-feeds?number=" + number);
        CHECK(http::value_of(found.headers, "Location") == "/calendar-feeds?person=" + person);
        const auto of_person =
            year.post(year.officer, "/calendar-feeds", {{"person", person}, {"label", "An"}});
        REQUIRE(of_person.status == 200);
        CHECK(shows(year.get(nobody, "/calendar/" + secret_in(of_person) + ".ics"), uid));
        CHECK(year.get(nobody, "/calendar/abc").status == 404);
        CHECK(year.get(nobody, "/calendar/abc.ics").status == 404);
        // Only a digest is kept, and others make no address of it.
        const std::int64_t feed = year.database.read([](db::Read& tx) {
            return tx.integer(R"sql(select id from calendar_feeds where kind = 'cohort')sql");
        });
        CHECK(year.get(year.director, "/calendar-feeds?cohort=" + to_text(cohort.id)).status == 403);
        CHECK(year.get(year.outsider, "/calendar-feeds?cohort=" + to_text(cohort.id)).status == 404);
        CHECK(year.post(year.outsider, "/calendar-feeds/" + std::to_string(feed) + "/renewal", {}).status ==
              404);
        const auto renewed =
            year.post(year.officer, "/calendar-feeds/" + std::to_string(feed) + "/renewal", {});
        CHECK(renewed.status == 200);
        CHECK(year.get(nobody, address).status == 404);
        const std::string other = "/calendar/" + secret_in(renewed);
        CHECK(year.get(nobody, other).status == 200);
        const std::int64_t newer = year.database.read([](db::Read& tx) {
            return tx.integer(
                R"sql(select id from calendar_feeds where kind = 'cohort' and withdrawn_at is null)sql");
        });
        CHECK(
            year.post(year.officer, "/calendar-feeds/" + std::to_string(newer) + "/withdrawal", {}).status ==
            303);
        CHECK(year.get(nobody, other).status == 404);
        CHECK(year.get(nobody, other + ".ics").status == 404);
    });
}

TEST_CASE(
    "whoever a change concerns is told of it once he signs in, and a lecturer of what is taken from him") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("BAO");
        year.enrol(cohort, "An", year.tu_phap);
        const std::string lecturer = make_lecturer(year, "Lê Văn Giảng");
        const std::string session = put(year, cohort, "2017-06-19", "morning", "", lecturer).id;
        CHECK(year.send(year.officer, "/api/v1/sessions/" + session + "/change",
                        R"({"lecturer-1": "", "reason": "đổi người"})")
                  .status == 200);
        for (const web::Actor& actor : {year.director, year.unit_officer}) {
            CHECK(*year.json(actor, "/api/v1/notices")["new"].number() == 2);
            CHECK(shows(year.get(actor, "/"), "BAO"));
            CHECK(shows(year.get(actor, "/notices"), "đổi người"));
        }
        CHECK(*year.json(year.officer, "/api/v1/notices")["count"].number() == 0);  // he did it
        CHECK(*year.json(year.outsider, "/api/v1/notices")["count"].number() == 0);
        CHECK(year.post(year.director, "/notices/reading", {}).status == 303);
        CHECK(*year.json(year.director, "/api/v1/notices")["new"].number() == 0);
        CHECK(*year.json(year.unit_officer, "/api/v1/notices")["new"].number() == 2);
        const auto told = year.database.read([&](db::Read& tx) {
            return timetable::changes_of(tx, {.lecturer = teaching::LecturerId{parse_id(lecturer)}}, {}, 10);
        });
        REQUIRE(told.size() == 2);
        CHECK(told[0].changed == std::vector<std::string>{"lecturers"});
    });
}

TEST_CASE("the timetable is for who may see it there: others find nothing, and readers change nothing") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("KIN");
        const std::string room = make_room(year, "Phòng 1", "10"),
                          lecturer = make_lecturer(year, "Lê Văn Giảng");
        const std::string session =
            "/sessions/" + put(year, cohort, "2017-06-19", "morning", room, lecturer).id;
        const std::vector<std::string> things{path_of(cohort),
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
                                        "/lecturers/" + lecturer + "/return", path_of(cohort)})
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
            path_of(cohort),
            "/notices",
            "/api/v1" + path_of(cohort)};
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

void visit_timetable(Year& year) {
    offer_topics(year);
    const auto cohort = year.propose("TKB"), other = year.propose("TKB-2");
    const std::string path = path_of(cohort);
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
    CHECK(!second.empty());
    CHECK(!kept.empty());
}

}  // namespace tiendo::tests
