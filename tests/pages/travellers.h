// Delegations for tests: one that is proposed, one that was in Japan in March 2017, and what is said of them.
#pragma once
#include <doctest/doctest.h>

#include "features/delegations/delegations.h"
#include "year.h"

namespace tiendo::tests::travellers {

inline cohorts::Cohort delegation(Year& year, const std::string& code, int members,
                                  std::optional<cohorts::PlannedDate> planned = {}) {
    year.write([&](db::Write& tx) {
        cohorts::Cohort cohort;
        cohort.code = code;
        cohort.programme =
            programmes::find_or_make_programme(tx, "Học tập ngắn hạn ở nước ngoài", "overseas", now);
        cohort.organiser_unit = year.centre;
        cohort.kind = cohorts::Kind::overseas_delegation;
        cohort.role = cohorts::Role::co_organised;
        cohort.planned_opens_on = planned;
        cohorts::propose(tx, year.officer, cohort, {now, "", {}});
    });
    const auto cohort = year.cohort(code);
    for (int i = 0; i < members; ++i)
        year.enrol(cohort, "Thành viên " + std::to_string(i), i % 2 == 0 ? year.tu_phap : year.noi_vu);
    return cohort;
}

inline std::string address_of(const cohorts::Cohort& cohort) {
    return "/cohorts/" + to_text(cohort.id) + "/delegation";
}
inline Value told(Year& year, const cohorts::Cohort& cohort) {
    return year.json(year.officer, "/api/v1" + address_of(cohort));
}
inline std::string member(const Value& told, std::size_t which) {
    return *(*told["members"].list_items())[which]["id"].text();
}
inline const Value& first(const Value& list) { return list.list_items()->front(); }

inline int say(Year& year, const cohorts::Cohort& cohort, const std::string& what, Fields form) {
    return year.post(year.officer, address_of(cohort) + what, form).status;
}

// From 4 to 16 March 2017, home again, with two countries.
inline cohorts::Cohort to_japan(Year& year, int members) {
    const auto cohort = delegation(year, "NB", members);
    const std::string path = "/cohorts/" + to_text(cohort.id);
    CHECK(year.post(year.officer, path + "/opening", {{"opened_on", "2017-03-04"}}).status == 303);
    CHECK(say(year, cohort, "",
              {{"sponsor", "Văn phòng Đề án 165"},
               {"sending_bodies", "Ban Tổ chức; Văn phòng"},
               {"countries", "Nhật Bản; Hàn Quốc"},
               {"departs_on", "2017-03-04"},
               {"returns_on", "2017-03-16"}}) == 303);
    return year.cohort("NB");
}

}  // namespace tiendo::tests::travellers
