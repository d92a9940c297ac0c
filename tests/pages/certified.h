// A cohort whose results are recognised, and its certificates asked for: what the tests of certificates
// share.
#pragma once
#include <doctest/doctest.h>

#include "features/assessment/assessment.h"
#include "features/certificates/certificates.h"
#include "features/proof/proof.h"
#include "platform/json/json.h"
#include "year.h"

namespace tiendo::tests::certified {

inline const std::string site = "https://so.example.vn";

// The programme of the tests gives certificates of that series, valid five years.
inline void offer_certificates(Year& year, const cohorts::Cohort& cohort,
                               const char* series = "new-members") {
    year.write([&](db::Write& tx) {
        tx.run(R"sql(
            insert into programme_versions (id, programme, number, basis, audience, aims, attendance_minimum,
                                            certificate_series, certificate_valid_months, verified_by,
                                            recorded_at, recorded_by)
            select :id, g.id, 1 + (select count(*) from programme_versions v where v.programme = g.id), '', '', '',
                   0, :series, 60, '', :at, :actor
            from programmes g where g.id = :programme)sql",
               {{"id", next_id()},
                {"programme", cohort.programme.id},
                {"series", series},
                {"at", now},
                {"actor", year.operator_.account}});
        const auto appointed = certificates::appoint(tx, year.operator_,
                                                     {.series = series,
                                                      .valid_from = day("2017-01-01"),
                                                      .issuer_name = "ĐẢNG ỦY KHỐI",
                                                      .place = "Hà Nội",
                                                      .capacity = "by_order",
                                                      .principal = "BAN THƯỜNG VỤ",
                                                      .signatory_title = "GIÁM ĐỐC",
                                                      .signatory_name = "Đỗ Quang Vinh"},
                                                     {now, "", {}});
        CHECK(appointed);
    });
}

// A cohort that ran in March; all but the last learner passed, by a decision of 20 March.
inline cohorts::Cohort recognised_cohort(Year& year, const std::string& code, int learners) {
    const auto cohort = year.propose(code);
    for (int i = 0; i < learners; ++i)
        year.enrol(cohort, "Nguyễn Văn " + std::to_string(i), i == 0 ? year.tu_phap : year.noi_vu);
    CHECK(
        year.post(year.officer, "/cohorts/" + to_text(cohort.id) + "/opening", {{"opened_on", "2017-03-06"}})
            .status == 303);
    offer_certificates(year, cohort);
    year.write([&](db::Write& tx) {
        const auto assessed = [&] { return assessment::require_to_change(tx, year.officer, cohort.id); };
        const cohorts::Act act{now, "", {}};
        CHECK(assessment::set_up(tx, year.officer, assessed(),
                                 {{{.code = "essay", .name = "Bài thu hoạch", .pass_mark = 500}},
                                  {{"good", "Giỏi", 800}, {"fail", "Không đạt", 0, false}}},
                                 act));
        std::vector<assessment::Said> said;
        for (const auto& one : assessment::graded(tx, assessed()))
            said.push_back({.participation = one.participation, .mark = 850});
        said.back().mark = 400;
        CHECK(assessment::record_marks(tx, year.officer, assessed(), assessed().scheme.components.front().id,
                                       said, act));
        CHECK(assessment::lock(tx, year.officer, assessed(), {"12-QĐ", day("2017-03-20")}, day("2017-06-16"),
                               act));
    });
    return year.cohort(code);
}

inline std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/certificates";
}

inline http::Response issue(Year& year, const cohorts::Cohort& cohort, const char* on = "2017-06-16") {
    return year.send(year.officer, "/api/v1" + address_of(cohort),
                     std::string("{\"issued_on\": \"") + on + "\"}");
}
inline Value issued(Year& year, const cohorts::Cohort& cohort, const char* on = "2017-06-16") {
    const auto response = issue(year, cohort, on);
    REQUIRE_MESSAGE(response.status == 200, response.body);
    return *json::parse(response.body);
}
inline std::size_t size_of(const Value& list) { return list.list_items()->size(); }
inline Value of_cohort(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
// The n-th of the cohort, in the order of the book.
inline std::string certificate(Year& year, const cohorts::Cohort& cohort, std::size_t which) {
    return "/certificates/" + *(*of_cohort(year, cohort)["certificates"].list_items())[which]["id"].text();
}
inline bool balanced(Year& year) {
    return year.database.read([](db::Read& tx) { return proof::verify(tx); }).balanced();
}
inline std::int64_t certificates_posted(Year& year, const cohorts::Cohort& cohort) {
    return year.database.read([&](db::Read& tx) {
        return tx.integer(
            "select coalesce(cast(sum(quantity) as bigint), 0) from postings "
            "where cohort = :cohort and measure = 'certificates_issued'",
            {{"cohort", cohort.id}});
    });
}
inline std::vector<std::int64_t> numbers_in_book(Year& year) {
    return year.database.read([](db::Read& tx) {
        return tx.all<std::int64_t>(
            "select register_number from certificates where series = 'new-members' and book_year = 2017 "
            "order by register_number",
            {}, [](const db::Row& row) { return row.integer(0); });
    });
}
inline bool without_gap(const std::vector<std::int64_t>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] != static_cast<std::int64_t>(i) + 1) return false;
    return true;
}

}  // namespace tiendo::tests::certified
