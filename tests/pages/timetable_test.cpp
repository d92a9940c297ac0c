// Sessions are put down, clash, move and are called off; a programme is laid out; lecturers are paid.
#include <doctest/doctest.h>

#include "timetable_steps.h"

namespace tiendo::tests {
namespace {

using Kinds = std::vector<std::string>;

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
        CHECK(refused.body.find("has cohort MOT already") != std::string::npos);
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
        timetable::know_attendance_by(
            [](db::Read&, const timetable::Session&) { return timetable::Attendance{.marks = 31}; });
        const auto refused = year.post(year.officer, page + "/calling-off", {});
        CHECK(refused.status == 422);
        CHECK(shows(refused, "31"));
        timetable::know_attendance_by(nullptr);
        CHECK(year.post(year.officer, page + "/calling-off", {{"reason", "bão"}}).status == 303);
        CHECK(year.get(year.officer, page).status == 404);
        const Value left = year.json(year.officer, "/api/v1" + timetable_of(cohort));
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
        const std::string room = make_room(year, "Phòng 1", "100"), path = timetable_of(cohort) + "/layout";
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
        const Value all = year.json(year.officer, "/api/v1" + timetable_of(cohort));
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
        // Told once to whom it concerns, and not to who did it.
        const Value notices = year.json(year.director, "/api/v1/notices");
        REQUIRE(notices["changes"].list_items()->size() == 2);  // and the other cohort's session
        const Value& notice = notices["changes"].list_items()->front();
        CHECK(*notice["kind"].text() == "laid_out");
        CHECK(*notice["sessions"].number() == static_cast<std::int64_t>(sessions.size()));
        CHECK(*notice["held_on"].text() == "2017-06-19");
        CHECK(*notice["last_on"].text() == *sessions.back()["held_on"].text());
        CHECK(shows(year.get(year.director, "/notices"), "buổi từ 19/06/2017 đến"));
        CHECK(year.json(year.officer, "/api/v1/notices")["changes"].list_items()->empty());
        CHECK(periods == 2 * (7 + 2 + 1));  // self-study is nobody's session
        CHECK(told(R"(, "step": "record", "mark": ")" + mark + "\"").first ==
              422);  // what it saw is taken now
    });
}

TEST_CASE("a day far from its cohort is refused without a reason, and a second room of one name always") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("NGAY", cohorts::PlannedDate{day("2017-06-19")});
        CHECK(put(year, cohort, "0001-06-22", "morning").status == 422);
        const auto before = put(year, cohort, "2017-06-12", "morning");
        CHECK(before.status == 422);
        CHECK(before.body.find("timetable.day_outside") != std::string::npos);
        CHECK(put(year, cohort, "2019-06-12", "morning").status == 422);
        CHECK(put(year, cohort, "2017-06-12", "morning", "", "", "học trước khai giảng").status == 201);
        const std::string late = put(year, cohort, "2017-06-20", "morning").id;
        const auto move = [&](const char* to, const char* reason) {
            return year
                .post(year.officer, "/sessions/" + late + "/move",
                      {{"held_on", to}, {"half_day", "morning"}, {"reason", reason}})
                .status;
        };
        CHECK(move("2016-06-20", "") == 422);
        CHECK(move("2017-06-21", "") == 303);
        make_room(year, "P101", "30");
        const auto second = year.post(year.officer, "/rooms", {{"name", "p101"}, {"site", "nhà A"}});
        CHECK(second.status == 422);
        CHECK(shows(second, "Đã có phòng “P101, Nhà A”"));
        CHECK(year.post(year.officer, "/rooms", {{"name", "P101"}, {"site", "Nhà B"}}).status == 303);
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

}  // namespace
}  // namespace tiendo::tests
