#include "timetable_steps.h"

#include <doctest/doctest.h>

namespace tiendo::tests {
namespace {

// Sends a form and answers the id that stands at the end of where it leads.
std::string made(Year& year, const std::string& path, Fields form) {
    const auto response = year.post(year.officer, path, form);
    REQUIRE_MESSAGE(response.status == 303, response.body.substr(0, 3000));
    const std::string where(http::value_of(response.headers, "Location"));
    return where.substr(where.rfind('/') + 1);
}

}  // namespace

std::string timetable_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/timetable";
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

Put put(Year& year, const cohorts::Cohort& cohort, const std::string& day, const std::string& half_day,
        const std::string& room, const std::string& lecturer, const std::string& reason) {
    const std::string sent = "{\"held_on\": \"" + day + "\", \"half_day\": \"" + half_day +
                             "\", \"periods\": 5, \"topic\": \"Xây dựng Đảng\", \"room\": \"" + room +
                             "\", \"lecturer-1\": \"" + lecturer + "\", \"reason\": \"" + reason + "\"}";
    const auto response = year.send(year.officer, "/api/v1" + timetable_of(cohort), sent);
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

void offer_topics(Year& year) {
    year.write([&](db::Write& tx) {
        const auto programme = programmes::find_or_make_programme(tx, "Đảng viên mới", "new-members", now);
        const std::int64_t version = next_id();
        tx.run(R"sql(
            insert into programme_versions (id, programme, number, basis, audience, aims, attendance_minimum,
                                            certificate_series, verified_by, recorded_at, recorded_by)
            select :id, g.id, 1 + (select count(*) from programme_versions v where v.programme = g.id), '', '', '',
                   0, '', '', :at, :by
            from programmes g where g.id = :programme)sql",
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

}  // namespace tiendo::tests
