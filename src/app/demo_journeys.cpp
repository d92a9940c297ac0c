#include "app/demo_journeys.h"

#include <array>
#include <stdexcept>

#include "features/delegations/delegations.h"
#include "features/field_trips/field_trips.h"

namespace tiendo::app {
namespace {

constexpr const char* invented = "Số liệu minh họa";

Date day(int month, int day_of_month) { return Date::of(2017, month, day_of_month).value(); }
cohorts::Act act_at(const char* moment) { return {parse_instant(moment).value(), invented, {}}; }

template <class T>
void accept(const Outcome<T>& outcome) {
    if (!outcome)
        throw std::logic_error("the demonstration was refused: " + outcome.refusals().front().message);
}

void record_trips(db::Write& tx, const web::Actor& actor, const cohorts::Act& act) {
    const auto record = [&](const char* cohort, const char* place, Date starts_on, std::int64_t head_count) {
        accept(field_trips::record(tx, actor, cohorts::require(tx, actor, cohort),
                                   {.place = place,
                                    .starts_on = starts_on,
                                    .head_count = head_count,
                                    .note = "Ngày đi thực tế là hư cấu"},
                                   day(6, 12), act));
    };
    record("K28B-16", "Lào Cai", day(4, 11), 77);
    record("CVC-I/2017", "Hải Dương", day(5, 18), 66);
}

delegations::Delegation delegation(db::Read& tx, const web::Actor& actor, const char* code) {
    return delegations::require_delegation(tx, actor, cohorts::require(tx, actor, code).id);
}

struct Paper {
    const char* code;
    std::optional<Date> done_on;
    const char *responsible, *number;
};
void settle(db::Write& tx, const web::Actor& actor, const char* cohort, std::span<const Paper> papers,
            const cohorts::Act& act) {
    for (const Paper& paper : papers) {
        delegations::PaperworkItem said;
        said.responsible = paper.responsible;
        said.done_on = paper.done_on;
        said.document_number = paper.number;
        accept(delegations::settle_paperwork(
            tx, actor, delegations::portrait(tx, delegation(tx, actor, cohort), day(6, 12)), paper.code, said,
            day(6, 12), act));
    }
}

template <class Change>
void fill_in(db::Write& tx, const web::Actor& actor, std::string_view sheet, const cohorts::Act& act,
             Change change) {
    const auto before = delegations::portrait(tx, delegation(tx, actor, "NB-2017"), day(6, 12));
    auto members = before.members;
    for (std::size_t i = 0; i < members.size(); ++i) change(members[i], static_cast<int>(i));
    accept(delegations::update_members(tx, actor, before, members, sheet, day(6, 12), act));
}

// All but one have handed in their report, one of them late.
void fill_in_japan(db::Write& tx, const web::Actor& actor, const cohorts::Act& act) {
    using delegations::Member;
    fill_in(tx, actor, "passports", act, [](Member& one, int i) {
        one.passport_number = "B" + std::to_string(4'150'230 + 37 * i);
        one.passport_expires_on = Date::of(2019, 1, 31).value() + 40 * i;
    });
    fill_in(tx, actor, "visas", act, [](Member& one, int) {
        for (delegations::Visa& visa : one.visas)
            visa = {visa.country, "granted", day(2, 6), day(2, 13), day(5, 13)};
    });
    accept(delegations::set_briefing(tx, actor, delegation(tx, actor, "NB-2017"), day(3, 2),
                                     "Trụ sở Trung tâm", act));
    fill_in(tx, actor, "briefing", act, [](Member& one, int i) { one.briefed = i != 3; });
    fill_in(tx, actor, "reports", act, [](Member& one, int i) {
        if (i == 17) return;
        one.report_received_on = i == 5 ? day(4, 6) : day(3, 28);
        one.report_number = std::to_string(i + 1) + "-BC/2017";
    });
}

void record_japan(db::Write& tx, const web::Actor& actor, const cohorts::Act& act) {
    auto japan = delegation(tx, actor, "NB-2017");
    japan.sponsor = "Văn phòng Đề án 165 (Ban Tổ chức Trung ương)";
    japan.sending_bodies = "Ban Tổ chức và Văn phòng Đảng ủy Khối các cơ quan Trung ương";
    japan.countries = "Nhật Bản";
    japan.departs_on = day(3, 4);
    japan.returns_on = day(3, 16);
    const auto members = delegations::portrait(tx, japan, day(6, 12)).members;
    if (!members.empty()) japan.leader = members.front().id;
    accept(delegations::describe(tx, actor, japan, act));
    struct Leg {
        int from, to;
        const char *place, *host, *purpose;
    };
    for (const auto& [from, to, place, host, purpose] :
         {Leg{4, 5, "Tokyo", "Đại sứ quán Việt Nam", "Đến nơi; gặp Đại sứ quán"},
          Leg{6, 10, "Tokyo", "Cơ quan đào tạo công chức nước bạn", "Lớp học: quản lý công, đào tạo cán bộ"},
          Leg{11, 14, "Kyoto", "Chính quyền địa phương", "Khảo sát thực tế"},
          Leg{15, 16, "Tokyo", "Đại sứ quán Việt Nam", "Tổng kết; về nước"}})
        accept(delegations::add_leg(tx, actor, japan,
                                    {.from_day = day(3, from),
                                     .to_day = day(3, to),
                                     .country = "Nhật Bản",
                                     .place = place,
                                     .host = host,
                                     .purpose = purpose},
                                    act));
    const std::array papers{Paper{"programme", Date::of(2016, 12, 28), "Phòng Đào tạo", ""},
                            Paper{"budget", day(1, 16), "Phòng Hành chính", "05-DT/TTBD"},
                            Paper{"decision", day(1, 31), "Ban Tổ chức Đảng ủy Khối", "112-QĐ/ĐUK"},
                            Paper{"passports", day(1, 31), "Phòng Hành chính", ""},
                            Paper{"visas", day(2, 13), "Phòng Hành chính", ""},
                            Paper{"tickets", day(2, 20), "Phòng Hành chính", ""},
                            Paper{"briefing", day(3, 2), "Phòng Đào tạo", ""}};
    settle(tx, actor, "NB-2017", papers, act);
    fill_in_japan(tx, actor, act);
    for (const auto& [name, planned, spent] : {std::tuple{"Vé máy bay", 468'000'000, 459'600'000},
                                               std::tuple{"Ăn ở, đi lại", 612'000'000, 604'250'000},
                                               std::tuple{"Học phí", 390'000'000, 390'000'000}})
        accept(delegations::put_cost(tx, actor, japan, {name, planned, spent}, act));
}

// A forecast: the day of departure is not fixed, and most papers are open.
void record_france(db::Write& tx, const web::Actor& actor, const cohorts::Act& act) {
    auto france = delegation(tx, actor, "PHAP-2017");
    france.sponsor = "Văn phòng Đề án 165 (Ban Tổ chức Trung ương)";
    france.sending_bodies =
        "Đảng ủy Khối các cơ quan Trung ương; Đảng ủy Khối Doanh nghiệp Trung ương; Đảng ủy Ngoài nước";
    france.countries = "Cộng hòa Pháp";
    france.departs_on = day(7, 10);
    france.returns_on = day(7, 22);
    accept(delegations::describe(tx, actor, france, act));
    accept(delegations::add_leg(tx, actor, france,
                                {.from_day = day(7, 10),
                                 .to_day = day(7, 22),
                                 .country = "Cộng hòa Pháp",
                                 .place = "Paris",
                                 .host = "Trường hành chính nước bạn",
                                 .purpose = "Chương trình dự kiến"},
                                act));
    const std::array papers{Paper{"programme", day(5, 10), "Phòng Đào tạo", ""},
                            Paper{"budget", day(5, 29), "Phòng Hành chính", "19-DT/TTBD"},
                            Paper{"decision", std::nullopt, "Ban Tổ chức Đảng ủy Khối", ""},
                            Paper{"visas", std::nullopt, "Phòng Hành chính", ""}};
    settle(tx, actor, "PHAP-2017", papers, act);
    accept(delegations::put_cost(tx, actor, france, {"Toàn bộ chuyến đi", 1'650'000'000, std::nullopt}, act));
}

}  // namespace

void record_demo_journeys(db::Write& tx, const web::Actor& actor) {
    record_trips(tx, actor, act_at("2017-06-12T09:00:00+07:00"));
    record_japan(tx, actor, act_at("2017-06-12T09:10:00+07:00"));
    record_france(tx, actor, act_at("2017-06-12T09:20:00+07:00"));
}

}  // namespace tiendo::app
