// Who is told of the timetable without looking for it: secret addresses, notices.
#include "features/calendars/calendars.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "features/notices/notices.h"
#include "platform/mail/testing.h"
#include "timetable_steps.h"

namespace tiendo::tests {
namespace {

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

TEST_CASE("a change is mailed to lecturers and learners who have an address, and to nobody twice") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("THU");
        const auto learner = year.enrol(cohort, "An Có Thư", year.tu_phap);
        year.enrol(cohort, "Bình Không Thư", year.tu_phap);
        const auto person = year.database.read([&](db::Read& tx) {
            return tx.integer(R"sql(select person from participations where id = :id)sql", {{"id", learner}});
        });
        CHECK(year.post(year.officer, "/people/" + std::to_string(person) + "/facts",
                        {{"what", "email"}, {"detail", "an@example.org"}, {"from", "2017-01-01"}})
                  .status == 303);
        const std::string lecturer = make_lecturer(year, "Lê Văn Giảng");
        put(year, cohort, "2017-06-19", "morning", "", lecturer);
        const auto told = [&] {
            std::vector<std::string> addresses;
            year.database.read([&](db::Read& tx) {
                const std::int64_t event = tx.integer(R"sql(select max(id) from timetable_events)sql");
                for (const auto& one : notices::recipients_of(tx, event, day("2017-06-16")))
                    addresses.push_back(one.email);
            });
            std::sort(addresses.begin(), addresses.end());
            return addresses;
        };
        CHECK(told() == std::vector<std::string>{"an@example.org", "gv@example.org"});
        year.write([&](db::Write& tx) {
            tx.run(R"sql(insert into notice_mails (event, recipient, sent_at)
                         select max(id), :recipient, 0 from timetable_events)sql",
                   {{"recipient", parse_id(lecturer)}});
        });
        CHECK(told() == std::vector<std::string>{"an@example.org"});
    });
}

TEST_CASE("mail that the server does not take is tried again for a day, and nobody gets it twice") {
    for_each_year([](Year& year) {
        Instant moment_of_post = now;
        mail::TestServer server;
        const notices::Post post =
            notices::open_post(year.database, texts(), i18n::Language::vi, server.address(),
                               {.threads = 0, .clock = [&] { return moment_of_post; }});
        const auto work = [&] {
            while (post.jobs->run_one()) {
            }
        };
        const auto later = [&](std::int64_t minutes) { moment_of_post.ms += minutes * 60'000; };
        const auto mail = [&](const web::Actor& actor) {
            return year.json(actor, "/api/v1/notices")["mail"];
        };
        const auto cohort = year.propose("THU-LAI");
        const auto enrol = [&](const char* name, const char* address) {
            const auto learner = year.enrol(cohort, name, year.tu_phap);
            const auto person = year.database.read([&](db::Read& tx) {
                return tx.integer(R"sql(select person from participations where id = :id)sql",
                                  {{"id", learner}});
            });
            CHECK(year.post(year.officer, "/people/" + std::to_string(person) + "/facts",
                            {{"what", "email"}, {"detail", address}, {"from", "2017-01-01"}})
                      .status == 303);
        };
        enrol("An", "an@example.org");
        enrol("Bình", "binh@example.org");
        enrol("Chi", "chi@example.org");
        put(year, cohort, "2017-06-19", "morning");
        // One of them the server does not know, one it wants to be asked again for.
        server.answer("RCPT TO:<binh@", "550 nobody here");
        server.answer("RCPT TO:<chi@", "451 come again");
        work();
        CHECK(server.taken() == std::vector<std::string>{"an@example.org"});
        CHECK(*mail(year.officer)["waiting"]["changes"].number() == 1);
        CHECK(*mail(year.officer)["waiting"]["next_at"].text() == "2017-06-16T02:01:00Z");
        CHECK(*(*mail(year.officer)["unmailed"].list_items())[0]["why"].text() == "refused");
        CHECK(shows(year.get(year.officer, "/notices"), "từ chối địa chỉ của 1 người"));
        CHECK(mail(year.director).is_null());  // he can do nothing about it
        server.answer("RCPT TO:<binh@", "");
        server.answer("RCPT TO:<chi@", "");
        work();
        CHECK(server.taken().size() == 1);  // not before the pause is over
        later(1);
        work();
        CHECK(server.taken() == std::vector<std::string>{"an@example.org", "chi@example.org"});
        CHECK(mail(year.officer)["waiting"].is_null());

        // A server that takes nothing for a day; what is left is given up, and told.
        put(year, cohort, "2017-06-20", "morning");
        server.answer("CONNECT", "421 too busy");
        std::vector<std::int64_t> pauses;
        for (;;) {
            work();
            const auto next =
                year.database.read([](db::Read& tx) { return jobs::put_off(tx, "notices.mail").next_at; });
            if (!next) break;
            pauses.push_back((next->ms - moment_of_post.ms) / 60'000);
            moment_of_post = *next;
        }
        REQUIRE(pauses.size() > 4);
        CHECK(std::vector(pauses.begin(), pauses.begin() + 4) == std::vector<std::int64_t>{1, 5, 30, 60});
        CHECK(std::accumulate(pauses.begin(), pauses.end(), std::int64_t{0}) == 36 + 23 * 60);
        server.answer("CONNECT", "");
        later(600);
        work();
        CHECK(server.taken().size() == 2);
        year.database.read([&](db::Read& tx) {
            const auto trouble = notices::mail_trouble(tx, year.officer, moment_of_post);
            REQUIRE(trouble);
            REQUIRE(trouble->unmailed.size() == 2);
            CHECK(trouble->unmailed[0].is_given_up);
            CHECK(trouble->unmailed[0].people == 3);
            CHECK(trouble->unmailed[0].incident.size() == 8);
            CHECK(trouble->unmailed[0].cohort == cohort.id);
        });
        CHECK(shows(year.get(year.officer, "/notices"), "còn 3 người chưa nhận được"));
    });
}

}  // namespace
}  // namespace tiendo::tests
