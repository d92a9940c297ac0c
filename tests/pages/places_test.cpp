// Places of a call: who moves up and who is passed over, two records of one person, ranks, who comes late.
#include <doctest/doctest.h>

#include "called.h"
#include "features/duplicates/duplicates.h"

namespace tiendo::tests {
namespace {

using nominations::CallId;
using nominations::NominationId;

http::Response decide(Year& year, CallId call, NominationId which, const std::string& decision,
                      const std::string& reason = "") {
    return year.post(year.officer, "/calls/" + to_text(call) + "/decisions",
                     {{"nomination", to_text(which)}, {"decision", decision}, {"reason", reason}});
}

std::string state_of(Year& year, NominationId id) {
    return *year.json(year.officer, "/api/v1/nominations/" + to_text(id))["state"].text();
}

std::string last_event_of(Year& year, NominationId id) {
    const Value one = year.json(year.officer, "/api/v1/nominations/" + to_text(id));
    return *(*one["events"].list_items())[0]["kind"].text();
}

TEST_CASE("who is not eligible is not moved up by rule, and waits only with a reason") {
    judge_by_name();
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("LEN"), 1, 3);
        const auto placed = add_nomination(year, call, add_person(year, "Nguyễn Văn Một", year.tu_phap));
        const auto unfit = add_nomination(year, call, add_person(year, "Nguyễn Văn Chưa Đủ", year.tu_phap));
        const auto next = add_nomination(year, call, add_person(year, "Nguyễn Văn Hai", year.tu_phap));
        const auto last = add_nomination(year, call, add_person(year, "Nguyễn Văn Ba", year.tu_phap));
        CHECK(decide(year, call, placed, "admitted").status == 303);
        const http::Response refused = decide(year, call, unfit, "wait_listed");
        CHECK(refused.status == 422);
        CHECK(shows(refused, "Nguyễn Văn Chưa Đủ chưa đủ điều kiện; muốn đưa vào danh sách chờ"));
        CHECK(decide(year, call, unfit, "wait_listed", "chờ bổ sung").status == 303);
        CHECK(decide(year, call, next, "wait_listed").status == 303);
        CHECK(decide(year, call, last, "wait_listed").status == 303);
        CHECK(year.post(year.unit_officer, "/nominations/" + to_text(placed) + "/withdrawal",
                        {{"reason", "bận"}})
                  .status == 303);
        CHECK(state_of(year, unfit) == "wait_listed");
        CHECK(last_event_of(year, unfit) == "passed_over");
        CHECK(state_of(year, next) == "admitted");
        CHECK(last_event_of(year, last) == "wait_listed");
    });
    nominations::judge_by({});
}

TEST_CASE("more places are filled from the waiting list; fewer than are taken are refused") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("THEM"), 2, 5);
        std::vector<NominationId> all;
        for (const char* name : {"Nguyễn Văn Một", "Nguyễn Văn Hai", "Nguyễn Văn Ba"})
            all.push_back(add_nomination(year, call, add_person(year, name, year.tu_phap)));
        CHECK(decide(year, call, all[0], "admitted").status == 303);
        CHECK(decide(year, call, all[1], "admitted").status == 303);
        CHECK(decide(year, call, all[2], "wait_listed").status == 303);
        const auto places = [&](const std::string& number) {
            return year.post(year.officer, year.path_of("THEM") + "/call",
                             {{"places", number},
                              {"deadline", "2017-06-30T17:00"},
                              {"reason", "đổi phòng"},
                              {"quota-" + to_text(year.tu_phap), "5"}});
        };
        const http::Response refused = places("1");
        CHECK(refused.status == 422);
        CHECK(shows(refused, "Số chỗ là 1 nhưng đã có 2 người được duyệt; cần ít nhất 2"));
        CHECK(places("2").status == 303);
        CHECK(state_of(year, all[2]) == "wait_listed");
        CHECK(places("5").status == 303);
        CHECK(state_of(year, all[2]) == "admitted");
        CHECK(last_event_of(year, all[2]) == "moved_up");
    });
}

TEST_CASE("two records of one person have one live nomination, and both again when they are parted") {
    people::follow_merges(nominations::nominations_follow());
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("MOT"), 1, 5);
        const auto kept = add_person(year, "Nguyễn Văn Một", year.tu_phap);
        const auto gone = add_person(year, "Nguyễn Văn Mốt", year.tu_phap);
        const auto of_kept = add_nomination(year, call, kept), of_gone = add_nomination(year, call, gone);
        CHECK(decide(year, call, of_gone, "admitted").status == 303);
        const auto merge = year.write([&](db::Write& tx) {
            return *duplicates::merge(tx, year.officer, kept, gone, {now, "Cùng số thẻ"});
        });
        CHECK(state_of(year, of_kept) == "admitted");
        CHECK(state_of(year, of_gone) == "withdrawn");
        CHECK(last_event_of(year, of_gone) == "same_person");
        CHECK(decide(year, call, of_gone, "admitted", "vẫn duyệt").status == 422);
        CHECK(*year.json(year.officer, "/api/v1/calls/" + to_text(call))["admitted"].number() == 1);
        year.write([&](db::Write& tx) {
            REQUIRE(duplicates::undo(tx, year.officer, merge, {now, "Hai người"}));
        });
        CHECK(state_of(year, of_kept) == "received");
        CHECK(state_of(year, of_gone) == "admitted");
    });
}

TEST_CASE("when both records had a place, it falls free for who waits") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("HAI"), 2, 5);
        const auto kept = add_person(year, "Nguyễn Văn Một", year.tu_phap);
        const auto gone = add_person(year, "Nguyễn Văn Mốt", year.tu_phap);
        const auto of_kept = add_nomination(year, call, kept), of_gone = add_nomination(year, call, gone);
        const auto waits = add_nomination(year, call, add_person(year, "Trần Thị Ba", year.noi_vu));
        CHECK(decide(year, call, of_kept, "admitted").status == 303);
        CHECK(decide(year, call, of_gone, "admitted").status == 303);
        CHECK(decide(year, call, waits, "wait_listed").status == 303);
        year.write([&](db::Write& tx) {
            REQUIRE(duplicates::merge(tx, year.officer, kept, gone, {now, "Cùng số thẻ"}));
        });
        CHECK(state_of(year, of_kept) == "admitted");
        CHECK(state_of(year, of_gone) == "withdrawn");
        CHECK(state_of(year, waits) == "admitted");
    });
}

TEST_CASE("one choice names one cohort of a programme") {
    for_each_year([](Year& year) {
        const CallId first = add_call(year, year.propose("NV-1"), 9, 5);
        const CallId second = add_call(year, year.propose("NV-2"), 9, 5);
        const auto person = add_person(year, "Nguyễn Văn Một", year.tu_phap);
        add_nomination(year, first, person);
        const std::string path = "/calls/" + to_text(second) + "/nominations";
        CHECK(shows(year.post(year.officer, path, {{"person", to_text(person)}}),
                    "đã có nguyện vọng 1 ở lớp NV-1 cùng chương trình; hãy ghi nguyện vọng khác, ví dụ 2"));
        CHECK(*year.json(year.officer, "/api/v1" + path)["count"].number() == 0);
        CHECK(year.post(year.officer, path, {{"person", to_text(person)}, {"choice", "2"}}).status == 200);
        CHECK(*year.json(year.officer, "/api/v1" + path)["count"].number() == 1);
    });
}

TEST_CASE("what a unit sends after the deadline is told and waits for the office") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("MUON"), 1, 5);
        const auto person = add_person(year, "Nguyễn Văn Muộn", year.tu_phap);
        year.write([&](db::Write& tx) {
            tx.run("update calls set deadline = :before where id = :call",
                   {{"before", moment("2017-06-01T17:00:00+07:00")}, {"call", call}});
        });
        const std::string path = "/calls/" + to_text(call);
        CHECK(shows(year.get(year.unit_officer, path + "/nominations?q=nguyen"), "gửi muộn"));
        const http::Response told = year.post(year.unit_officer, path + "/nominations",
                                              {{"person", to_text(person)}, {"reason", "đi công tác"}});
        CHECK(told.status == 200);
        CHECK(shows(told, "gửi sau hạn đề cử lớp MUON"));
        const Value rows = year.json(year.officer, "/api/v1" + path + "/nominations");
        const Value& one = (*rows["nominations"].list_items())[0];
        CHECK(*one["state"].text() == "late");
        const NominationId id{parse_id(*one["id"].text())};
        // The whole list leaves it to be decided on, and that needs a reason.
        CHECK(year.post(year.officer, path + "/selection", {}).status == 303);
        CHECK(state_of(year, id) == "late");
        CHECK(decide(year, call, id, "admitted").status == 422);
        CHECK(decide(year, call, id, "admitted", "còn chỗ").status == 303);
        // The office takes somebody late itself with a reason.
        CHECK(year.post(year.officer, path + "/nominations", {{"person", to_text(person)}}).status == 422);
    });
}

TEST_CASE("a unit's list is read as imports are, and what is not taken is kept to be sent again") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("DSACH"), 9, 9);
        const auto dat = add_person(year, "Nguyễn Minh Đạt", year.tu_phap);
        const auto hoa = add_person(year, "Lê Thị Hòa", year.tu_phap);
        const auto other = add_person(year, "Lê Thị Hòa", year.tu_phap);
        year.write([&](db::Write& tx) {
            const auto born = [&](people::PersonId id, const char* day_of_birth) {
                tx.run("update people set birth_date = :on, birth_precision = 'day' where id = :id",
                       {{"on", day(day_of_birth)}, {"id", id}});
            };
            born(dat, "1992-05-03");
            born(hoa, "1985-02-12");
            born(other, "1986-02-12");
        });
        const std::string path = "/calls/" + to_text(call);
        const http::Response told =
            year.post(year.unit_officer, path + "/list",
                      {{"lines",
                        "Họ và tên đệm\tTên\tNgày sinh\tĐơn vị\nĐ/c NGUYỄN MINH\tĐẠT\t1992\tBộ Tư pháp\n"
                        "Lê Thị\tHoà\t2/1985\t\nTrần Thị\tLạ\t1990\tBộ Tư pháp\n"
                        "Phạm Văn\tSai\t31/31/1990\t\n"}});
        CHECK(told.status == 200);
        CHECK(shows(told, "Nguyễn Minh Đạt: đã nhận."));
        CHECK(shows(told, "Lê Thị Hòa: đã nhận."));
        CHECK(shows(told, "Dòng 4: không tìm thấy “Trần Thị Lạ”"));
        CHECK(shows(told, "Dòng 5 (“Phạm Văn Sai”)"));
        CHECK(shows(told, "Trần Thị Lạ\t1990"));
        const Value rows = year.json(year.officer, "/api/v1" + path + "/nominations");
        CHECK(*rows["count"].number() == 2);
        for (const Value& row : *rows["nominations"].list_items())
            CHECK(*row["person"].text() != to_text(other));
        // Lines without a heading: the year alone says no day.
        const auto minh = add_person(year, "Trần Văn Minh", year.tu_phap);
        year.write([&](db::Write& tx) {
            tx.run("update people set birth_date = :on, birth_precision = 'day' where id = :id",
                   {{"on", day("1979-11-20")}, {"id", minh}});
        });
        CHECK(shows(year.post(year.unit_officer, path + "/list", {{"lines", "ông Trần Văn Minh 1979"}}),
                    "Trần Văn Minh: đã nhận."));
        const http::Response taken =
            year.post(year.unit_officer, path + "/list/unread",
                      {{"line", "Trần Thị Lạ\t1990\t\tBộ Tư pháp\t\tkhông tìm thấy"}});
        CHECK(taken.status == 200);
    });
}

}  // namespace
}  // namespace tiendo::tests
