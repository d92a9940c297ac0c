// Calls and nominations: the last place, other units' people, templates and what programs are told.
#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "called.h"

namespace tiendo::tests {
namespace {

using nominations::CallId;
using nominations::NominationId;

bool admit(Year& year, CallId call, NominationId nomination) {
    const auto admitted = year.write([&](db::Write& tx) {
        const auto locked = nominations::require_for_change(tx, year.officer, call);
        return nominations::decide(tx, year.officer, locked, std::vector{nomination}, "admitted",
                                   day("2017-06-16"), {now, "", {}});
    });
    if (!admitted) CHECK(admitted.refusals().front().message == "nomination.no_place_left");
    return !admitted.refused();
}

std::int64_t admitted_in(Year& year, CallId call) {
    return year.database.read([&](db::Read& tx) {
        return tx.integer("select count(*) from nominations where call = :call and state = 'admitted'",
                          {{"call", call}});
    });
}

TEST_CASE("of two officers who admit the last place at once one wins and the other is told") {
    for_each_year([](Year& year) {
        for (int round = 0; round < 10; ++round) {
            const std::string number = std::to_string(round);
            const CallId call = add_call(year, year.propose("CUOI-" + number), 1, 5);
            const auto one = add_nomination(year, call, add_person(year, "Nguyễn Văn Một", year.tu_phap));
            const auto other = add_nomination(year, call, add_person(year, "Trần Thị Hai", year.noi_vu));
            std::atomic<int> waiting{2}, won{0};
            const auto try_it = [&](NominationId nomination) {
                --waiting;
                while (waiting > 0) std::this_thread::yield();
                if (admit(year, call, nomination)) ++won;
            };
            std::thread first(try_it, one), second(try_it, other);
            first.join();
            second.join();
            CHECK(won == 1);
            CHECK(admitted_in(year, call) == 1);
        }
    });
}

TEST_CASE("who waits moves up when a place falls free: the unit's quota first, then choice and time") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("CHO");
        const CallId call = add_call(year, cohort, 1, 1);
        const auto placed = add_nomination(year, call, add_person(year, "Nguyễn Văn Một", year.tu_phap));
        const auto beyond = add_nomination(year, call, add_person(year, "Nguyễn Văn Hai", year.tu_phap));
        const auto other = add_nomination(year, call, add_person(year, "Trần Thị Ba", year.noi_vu));
        CHECK(admit(year, call, placed));
        year.write([&](db::Write& tx) {
            const auto locked = nominations::require_for_change(tx, year.officer, call);
            return nominations::decide(tx, year.officer, locked, std::vector{beyond, other}, "wait_listed",
                                       day("2017-06-16"), {now, "", {}});
        });
        CHECK(year.post(year.officer, "/nominations/" + to_text(placed) + "/withdrawal", {{"reason", "ốm"}})
                  .status == 303);
        const auto state = [&](NominationId id) {
            return *year.json(year.officer, "/api/v1/nominations/" + to_text(id))["state"].text();
        };
        CHECK(state(placed) == "withdrawn");
        CHECK(state(beyond) == "admitted");  // nobody of his unit is admitted any more, and he came first
        CHECK(state(other) == "wait_listed");
    });
}

TEST_CASE("no route shows or touches the nominations of another unit") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("RIENG");
        const CallId call = add_call(year, cohort, 9, 5);
        const auto own_person = add_person(year, "Nguyễn Văn Nhà", year.tu_phap);
        const auto foreign_person = add_person(year, "Trần Thị Khác", year.noi_vu);
        const auto own = add_nomination(year, call, own_person);
        const auto foreign = add_nomination(year, call, foreign_person);
        const std::string calls = "/calls/" + to_text(call), rows = calls + "/nominations";
        const web::Actor& officer = year.unit_officer;

        const http::Response page = year.get(officer, rows + "?q=nguyen");
        CHECK(page.status == 200);
        CHECK(shows(page, "Văn Nhà"));
        for (const std::string& target : {rows, rows + "?q=tran", calls + "/letter"}) {
            CHECK_MESSAGE(!shows(year.get(officer, target), "Thị Khác"), target);
            CHECK_MESSAGE(!shows(year.get(officer, target), "Đảng bộ Bộ Nội vụ"), target);
        }
        CHECK(*year.json(officer, "/api/v1" + rows)["count"].number() == 1);
        CHECK(year.json(officer, "/api/v1" + calls)["units"].list_items()->size() == 1);
        CHECK(*(*year.json(officer, "/api/v1/calls")["calls"].list_items())[0]["nominated"].number() == 1);

        // Absent and foreign are alike.
        for (const std::string& prefix : {std::string(), std::string("/api/v1")}) {
            CHECK(year.get(officer, prefix + "/nominations/" + to_text(foreign)).status == 404);
            CHECK(year.get(officer, prefix + "/nominations/1").status == 404);
            CHECK(year.get(officer, prefix + "/nominations/" + to_text(own)).status == 200);
        }
        for (const char* act : {"withdrawal", "answer"})
            CHECK(year.post(officer, "/nominations/" + to_text(foreign) + "/" + act, {{"reason", "x"}})
                      .status == 404);
        CHECK(year.post(officer, rows, {{"person", to_text(foreign_person)}}).status == 404);
        CHECK(year.post(officer, rows, {{"person", to_text(own_person)}, {"person", to_text(foreign_person)}})
                  .status == 404);
        const http::Response listed = year.post(officer, calls + "/list", {{"lines", "Trần Thị Khác"}});
        CHECK(shows(listed, "không tìm thấy"));

        // What is the office's alone is forbidden as a whole.
        for (const char* act : {"decisions", "selection", "locking", "unlocking"})
            CHECK(year.post(officer, calls + "/" + act, {{"nomination", to_text(own)}, {"reason", "x"}})
                      .status == 403);
        CHECK(year.post(officer, year.path_of("RIENG") + "/call", {{"places", "1"}}).status == 403);
        CHECK(
            year.post(officer, "/nominations/" + to_text(own) + "/substitution", {{"reason", "x"}}).status ==
            403);

        // Whoever administers another centre finds nothing at all.
        for (const std::string& target : {rows, calls + "/letter", "/nominations/" + to_text(own),
                                          year.path_of("RIENG") + "/call", "/api/v1" + calls})
            CHECK_MESSAGE(year.get(year.outsider, target).status == 404, target);
        for (const char* act : {"nominations", "list", "decisions", "selection", "locking", "unlocking"})
            CHECK(year.post(year.outsider, calls + "/" + act, {{"reason", "x"}}).status == 404);
        for (const char* act : {"withdrawal", "answer", "substitution"})
            CHECK(year.post(year.outsider, "/nominations/" + to_text(own) + "/" + act, {{"reason", "x"}})
                      .status == 404);
        CHECK(year.json(year.outsider, "/api/v1/calls")["calls"].list_items()->empty());
    });
}

TEST_CASE("pages of nominations run as many statements for 150 rows as for one") {
    for_each_year([](Year& year) {
        const auto cohort = year.propose("DONG");
        const CallId call = add_call(year, cohort, 500, 500);
        const auto first = add_nomination(year, call, add_person(year, "Nguyễn Văn Một", year.tu_phap));
        const std::string path = "/calls/" + to_text(call);
        const std::vector<std::string> targets{"/calls",
                                               year.path_of("DONG") + "/call",
                                               path + "/nominations",
                                               path + "/nominations?q=nguyen",
                                               path + "/letter",
                                               "/nominations/" + to_text(first),
                                               "/api/v1/calls",
                                               "/api/v1" + path,
                                               "/api/v1" + path + "/nominations"};
        const auto statements = [&](const std::string& target) {
            const std::int64_t before = db::statements_run();
            CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
            return db::statements_run() - before;
        };
        std::vector<std::int64_t> with_one;
        for (const std::string& target : targets) with_one.push_back(statements(target));
        for (int i = 0; i < 150; ++i)
            add_nomination(year, call, add_person(year, "Nguyễn Thị " + std::to_string(i), year.noi_vu));
        for (std::size_t i = 0; i < targets.size(); ++i)
            CHECK_MESSAGE(statements(targets[i]) <= with_one[i], targets[i]);
    });
}

TEST_CASE("the whole list: those eligible in order until the places are full, the rest waits") {
    judge_by_name();
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("CA-DS"), 2, 2);
        const auto unfit = add_nomination(year, call, add_person(year, "Nguyễn Văn Chưa Đủ", year.tu_phap));
        const auto second = add_nomination(year, call, add_person(year, "Nguyễn Văn Hai", year.tu_phap));
        const auto beyond = add_nomination(year, call, add_person(year, "Nguyễn Văn Ba", year.tu_phap));
        const auto other = add_nomination(year, call, add_person(year, "Trần Thị Tư", year.noi_vu));
        const std::string path = "/calls/" + to_text(call);
        const auto state = [&](NominationId id) {
            return *year.json(year.officer, "/api/v1/nominations/" + to_text(id))["state"].text();
        };
        CHECK(state(beyond) == "over_quota");
        CHECK(year.post(year.officer, path + "/selection", {}).status == 303);
        CHECK(state(unfit) == "received");
        CHECK(state(second) == "admitted");
        CHECK(state(other) == "wait_listed");  // he came later than one within the same quota
        CHECK(state(beyond) == "admitted");
        CHECK(year.post(year.officer, path + "/decisions",
                        {{"nomination", to_text(unfit)}, {"decision", "admitted"}})
                  .status == 422);
    });
    nominations::judge_by({});
}

TEST_CASE("every name of the templates of nominations is in its presenter's value") {
    judge_by_name();
    for_each_year([](Year& year) {
        std::map<std::string, std::set<std::string>, std::less<>> missing;
        year.watch([&](std::string_view view, const Value& value, const Value& frame) {
            const auto names = pages().names_missing(view, value, frame);
            const std::set<std::string> now_missing(names.begin(), names.end());
            const auto [found, is_first] = missing.emplace(view, now_missing);
            if (!is_first)
                std::erase_if(found->second, [&](const auto& name) { return !now_missing.contains(name); });
        });
        const auto cohort = year.propose("MAU", cohorts::PlannedDate{day("2017-07-10"), Precision::day});
        const std::string office = year.path_of("MAU") + "/call";
        year.get(year.officer, office);
        year.post(year.officer, office, {{"places", "0"}});
        const CallId call = add_call(year, cohort, 1, 1);
        const std::string path = "/calls/" + to_text(call);
        const auto person = add_person(year, "Nguyễn Văn Một", year.tu_phap);
        add_person(year, "Nguyễn Văn Hai", year.tu_phap);
        add_person(year, "Không Ai", year.noi_vu);
        for (int i = 0; i < 2; ++i) add_person(year, "Lê Thị Đôi", year.tu_phap);
        const auto id = add_nomination(year, call, person);
        const std::string one = "/nominations/" + to_text(id);
        const CallId elsewhere = add_call(year, year.propose("MAU-2"), 5, 5);
        CHECK(admit(year, elsewhere, add_nomination(year, elsewhere, person, 2)));
        // A place on a locked roster is not given up by itself.
        CHECK(year.post(year.officer, "/calls/" + to_text(elsewhere) + "/locking", {}).status == 303);
        for (const std::string& target : {std::string("/calls"), office, path + "/letter",
                                          path + "/nominations?q=nguyen", one, one + "?substitute=nguyen"})
            CHECK_MESSAGE(year.get(year.officer, target).status == 200, target);
        CHECK(year.post(year.unit_officer, path + "/nominations", {{"person", to_text(person)}}).status ==
              200);
        CHECK(year.post(year.unit_officer, path + "/nominations", {{"q", "nguyen"}}).status == 422);
        CHECK(
            year.post(year.unit_officer, path + "/list", {{"lines", "Nguyễn Văn Hai\nKhông Ai\nLê Thị Đôi"}})
                .status == 200);
        CHECK(year.post(year.unit_officer, path + "/newcomers/withdrawal", {}).status == 422);
        for (const char* act : {"decisions", "locking", "newcomers/decisions"})
            CHECK(year.post(year.officer, path + "/" + act, {}).status == 422);
        CHECK(year.post(year.officer, path + "/decisions",
                        {{"nomination", to_text(id)}, {"decision", "asked_again"}, {"reason", "thiếu"}})
                  .status == 303);
        year.get(year.officer, one);
        CHECK(year.post(year.officer, one + "/withdrawal", {}).status == 422);
        CHECK(year.post(year.officer, one + "/substitution", {{"substitute", "nguyen"}}).status == 422);
        CHECK(year.post(year.officer, one + "/answer", {{"reason", "đã gửi"}}).status == 303);
        CHECK(year.post(year.officer, path + "/decisions",
                        {{"nomination", to_text(id)}, {"decision", "admitted"}, {"reason", "đổi lớp"}})
                  .status == 303);
        CHECK(year.post(year.officer, path + "/selection", {}).status == 303);
        CHECK(year.post(year.officer, path + "/locking", {}).status == 303);
        CHECK(year.post(year.officer, path + "/selection", {}).status == 422);
        CHECK(year.post(year.officer, path + "/unlocking", {}).status == 422);
        year.get(year.officer, office);
        year.get(year.unit_officer, path + "/nominations");
        const Value rows = year.json(year.officer, "/api/v1" + path + "/nominations");
        CHECK(*rows["count"].number() == 2);
        year.get(year.officer, one);
        // Judged again, the person is not who was admitted.
        year.write([&](db::Write& tx) {
            tx.run("update people set search = 'nguyen chua du' where id = :id", {{"id", person}});
        });
        CHECK(shows(year.get(year.officer, one), "Xét lại hôm nay thì khác"));
        for (const auto& [view, names] : missing)
            for (const std::string& name : names)
                if (view.starts_with("nominations/") && name.find("web/paging") == name.npos)
                    CHECK_MESSAGE(name.empty(), view << ": " << name);
    });
    nominations::judge_by({});
}

}  // namespace
}  // namespace tiendo::tests
