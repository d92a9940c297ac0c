// Newcomers on a unit's list: whose they are, who sees them, and what becomes of them.
#include <doctest/doctest.h>

#include <set>

#include "called.h"

namespace tiendo::tests {
namespace {

using nominations::CallId;

std::string path_of(CallId call) { return "/calls/" + to_text(call); }

http::Response send_list(Year& year, const web::Actor& actor, CallId call, const std::string& lines) {
    return year.post(actor, path_of(call) + "/list", {{"lines", lines}});
}

Value newcomers(Year& year, const web::Actor& actor, CallId call) {
    return year.json(actor, "/api/v1" + path_of(call) + "/newcomers");
}

std::vector<Value> rows(Year& year, const web::Actor& actor, CallId call) {
    return *newcomers(year, actor, call)["newcomers"].list_items();
}

std::string id_of(Year& year, CallId call, const std::string& name) {
    for (const Value& row : rows(year, year.officer, call))
        if (*row["full_name"].text() == name) return *row["id"].text();
    return "";
}

TEST_CASE("no other unit sees or touches a unit's newcomers, and none learns what another sent") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("MOI"), 9, 5);
        const web::Actor other = year.cast("noivu", "unit_officer", year.noi_vu);
        const std::string line = "Phạm Tân Binh 12/03/1990 001090012345";
        CHECK(shows(send_list(year, year.unit_officer, call, line), "đã giữ lại"));
        CHECK(shows(send_list(year, year.unit_officer, call, line), "đã gửi trước đó"));
        const std::string id = id_of(year, call, "Phạm Tân Binh");
        CHECK(!shows(year.get(other, path_of(call) + "/nominations"), "Tân Binh"));
        CHECK(rows(year, other, call).empty());
        CHECK(*year.json(other, "/api/v1" + path_of(call))["newcomers_waiting"].number() == 0);
        for (const std::string& prefix : {std::string(), std::string("/api/v1")}) {
            const std::string path = prefix + path_of(call) + "/newcomers/";
            for (const std::string& which : {id, std::string("1")}) {
                CHECK(year.post(other, path + "withdrawal", {{"newcomer", which}, {"reason", "x"}}).status ==
                      404);
                CHECK(year.post(year.outsider, path + "withdrawal", {{"newcomer", which}, {"reason", "x"}})
                          .status == 404);
            }
            for (const char* act : {"decisions", "recognition"}) {
                CHECK(year.post(other, path + act, {{"newcomer", id}}).status == 403);
                CHECK(year.post(year.outsider, path + act, {{"newcomer", id}}).status == 404);
            }
        }
        CHECK(year.get(year.outsider, "/api/v1" + path_of(call) + "/newcomers").status == 404);
        // The second unit's is kept as well, and is not told of the first.
        CHECK(shows(send_list(year, other, call, line), "đã giữ lại"));
        CHECK(rows(year, other, call).size() == 1);
        CHECK(rows(year, year.officer, call).size() == 2);
        // Registered by one, the ID leads to the person for the other.
        const std::string decisions = path_of(call) + "/newcomers/decisions";
        CHECK(year.post(year.officer, decisions, {{"newcomer", id}, {"decision", "registered"}}).status ==
              303);
        const std::string second = *rows(year, other, call)[0]["id"].text();
        const http::Response refused =
            year.post(year.officer, decisions, {{"newcomer", second}, {"decision", "registered"}});
        CHECK(refused.status == 422);
        CHECK(shows(refused, "số CCCD đã có trong sổ, là của Phạm Tân Binh"));
        const http::Response twice = year.post(year.officer, path_of(call) + "/newcomers/recognition",
                                               {{"newcomer", second}, {"person", "1"}});
        CHECK(twice.status == 404);
    });
}

TEST_CASE("two of one ID are not registered at once, and a decided one is not decided again") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("TRUNG"), 9, 5);
        const web::Actor other = year.cast("noivu", "unit_officer", year.noi_vu);
        const std::string line = "Phạm Tân Binh 12/03/1990 001090012345";
        send_list(year, year.unit_officer, call, line);
        send_list(year, other, call, line);
        const std::string first = *rows(year, year.unit_officer, call)[0]["id"].text();
        const std::string second = *rows(year, other, call)[0]["id"].text();
        const std::string decisions = path_of(call) + "/newcomers/decisions";
        CHECK(shows(year.post(year.officer, decisions,
                              {{"newcomer", first}, {"newcomer", second}, {"decision", "registered"}}),
                    "cùng số CCCD với Phạm Tân Binh"));
        CHECK(year.post(year.officer, decisions,
                        {{"newcomer", first}, {"decision", "refused"}, {"reason", "gửi nhầm"}})
                  .status == 303);
        CHECK(shows(year.post(year.officer, decisions, {{"newcomer", first}, {"decision", "registered"}}),
                    "đã được xét"));
        CHECK(year.post(year.unit_officer, path_of(call) + "/newcomers/withdrawal",
                        {{"newcomer", first}, {"reason", "x"}})
                  .status == 422);
        // Refused, it may be sent anew.
        CHECK(shows(send_list(year, year.unit_officer, call, line), "đã giữ lại"));
        // Without a permission on people nobody is registered.
        web::Actor no_register = year.officer;
        std::erase(no_register.permissions, "people.change");
        CHECK(year.post(no_register, decisions, {{"newcomer", second}, {"decision", "registered"}}).status ==
              403);
    });
}

TEST_CASE("the unit of a newcomer: the one written, else the only one asked, else the only one there is") {
    for_each_year([](Year& year) {
        const CallId call = add_call(year, year.propose("DVI"), 9, 5);
        const std::string header = "Họ và tên\tNgày sinh\tĐơn vị công tác\n";
        // The office has two units that are asked: it says which.
        http::Response told = send_list(year, year.officer, call, header + "Lê Một\t1990\t\n");
        CHECK(shows(told, "hãy ghi thêm cột đơn vị công tác"));
        CHECK(shows(told, "Đơn vị công tác\tChức vụ"));  // in the box, with its headings
        told = send_list(year, year.officer, call, header + "Lê Một\t1990\tdang bo bo noi vu\n");
        CHECK(shows(told, "đã giữ lại"));
        CHECK(*rows(year, year.officer, call)[0]["unit"].text() == "Đảng bộ Bộ Nội vụ");
        CHECK(rows(year, year.unit_officer, call).empty());
        // A unit out of reach and one that is nowhere are told in the same words.
        for (const char* unit : {"Đảng bộ Bộ Nội vụ", "Không Có Đâu"})
            CHECK(shows(send_list(year, year.unit_officer, call, header + "Lê Hai\t1990\t" + unit + "\n"),
                        "không phải là đơn vị mà bạn được đề cử"));
        CHECK(rows(year, year.unit_officer, call).empty());
        CHECK(shows(send_list(year, year.unit_officer, call, "Lê Hai\t1990"), "đã giữ lại"));
        // Two of one name and two birth years are two people; so are two IDs.
        CHECK(shows(send_list(year, year.unit_officer, call, "Lê Hai\t1991"), "đã giữ lại"));
        CHECK(shows(send_list(year, year.unit_officer, call, "Lê Hai\t1990"), "đã gửi trước đó"));
        CHECK(rows(year, year.unit_officer, call).size() == 2);
        // A call that asks none of his units: the only one he has.
        year.write([&](db::Write& tx) {
            return tx.run("delete from call_quotas where call = :call and unit = :unit",
                          {{"call", call}, {"unit", year.tu_phap}});
        });
        CHECK(shows(year.post(year.officer, path_of(call) + "/newcomers/withdrawal", {{"reason", "x"}}),
                    "Chưa chọn ai"));
    });
}

TEST_CASE("many newcomers cost as many statements as one, to see and to register") {
    for_each_year([](Year& year) {
        const auto measure = [&](const std::string& code, int people) {
            const auto cohort = year.propose(code);
            const CallId call = add_call(year, cohort, 500, 500);
            std::string lines;
            for (int i = 0; i < people; ++i)
                lines += "Nguyễn Văn " + code + std::string(1, static_cast<char>('a' + i % 26)) +
                         std::string(1, static_cast<char>('a' + i / 26)) + "\t" +
                         std::to_string(1950 + i % 50) + "\n";
            std::vector<std::int64_t> counted;
            const auto count = [&](auto act) {
                const std::int64_t before = db::statements_run();
                act();
                counted.push_back(db::statements_run() - before);
            };
            count([&] { CHECK(send_list(year, year.unit_officer, call, lines).status == 200); });
            count([&] { CHECK(year.get(year.officer, year.path_of(code) + "/call").status == 200); });
            count([&] { CHECK(year.get(year.unit_officer, path_of(call) + "/nominations").status == 200); });
            std::string ids;
            for (const Value& row : rows(year, year.officer, call)) ids += *row["id"].text() + ",";
            const std::string said = R"({"decision": "registered", "newcomer": ")" + ids + "\"}";
            count([&] {
                CHECK(year.send(year.officer, "/api/v1" + path_of(call) + "/newcomers/decisions", said)
                          .status == 200);
            });
            CHECK(*year.json(year.officer, "/api/v1" + path_of(call) + "/nominations")["count"].number() ==
                  people);
            return counted;
        };
        const auto one = measure("IT", 1), many = measure("NHIEU", 120);
        // SQLite takes many rows into one table as many statements of one kind; PostgreSQL copies them.
        const bool copies = year.database.kind() == db::Kind::postgresql;
        for (std::size_t i = 0; i < one.size(); ++i)
            if (const bool writes = i == 0 || i + 1 == one.size(); copies || !writes)
                CHECK_MESSAGE(many[i] <= one[i], i);
    });
}

TEST_CASE("a merger takes those who wait along, and back") {
    for_each_year([](Year& year) {
        const auto from = year.propose("TU", cohorts::PlannedDate{day("2017-09-04"), Precision::day});
        const auto into = year.propose("SANG", cohorts::PlannedDate{day("2017-09-11"), Precision::day});
        const CallId first = add_call(year, from, 5, 5), second = add_call(year, into, 5, 5);
        send_list(year, year.unit_officer, first, "Lê Một\t1990\nLê Hai\t1991\nLê Ba\t1992");
        send_list(year, year.unit_officer, second, "Lê Hai\t1991");
        CHECK(year.post(year.officer, path_of(first) + "/newcomers/decisions",
                        {{"newcomer", id_of(year, first, "Lê Ba")}, {"decision", "refused"}, {"reason", "x"}})
                  .status == 303);
        const std::string path = "/cohorts/" + to_text(from.id);
        CHECK(year.post(year.officer, path + "/merger",
                        {{"into", to_text(into.id)}, {"merged_on", "2017-06-15"}, {"reason", "dồn lớp"}})
                  .status == 303);
        CHECK(rows(year, year.officer, first).size() == 2);
        CHECK(rows(year, year.officer, second).size() == 2);
        CHECK(!id_of(year, second, "Lê Một").empty());
        CHECK(year.post(year.officer, path + "/reinstatement", {{"reason", "nhầm"}}).status == 303);
        CHECK(rows(year, year.officer, first).size() == 3);
        CHECK(rows(year, year.officer, second).size() == 1);
    });
}

}  // namespace
}  // namespace tiendo::tests
