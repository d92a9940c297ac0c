// People, calls and nominations for tests.
#pragma once
#include <doctest/doctest.h>

#include "features/nominations/nominations.h"
#include "features/people/people.h"
#include "year.h"

namespace tiendo::tests {

inline people::PersonId add_person(Year& year, const std::string& name, organisations::UnitId unit) {
    const auto id = new_id<people::PersonId>();
    year.write([&](db::Write& tx) {
        people::Registration registration(tx, now);
        const std::vector<people::Person> people{{.id = id,
                                                  .full_name = name,
                                                  .birth = {},
                                                  .sex = {},
                                                  .national_id = {},
                                                  .unit = unit,
                                                  .position = {}}};
        registration.add(people);
        registration.close();
    });
    return id;
}

// A call of so many places that asks both units for so many people each, open until 30 June.
inline nominations::CallId add_call(Year& year, const cohorts::Cohort& cohort, std::int64_t places,
                                    std::int64_t quota) {
    return year.write([&](db::Write& tx) {
        nominations::Call call;
        call.cohort = cohort;
        call.places = places;
        call.deadline = moment("2017-06-30T17:00:00+07:00");
        call.letter_text = "Kính mời.";
        call.quotas = {{year.tu_phap, quota}, {year.noi_vu, quota}};
        return *nominations::issue(tx, year.officer, call, {now, "", {}});
    });
}

inline nominations::NominationId add_nomination(Year& year, nominations::CallId call, people::PersonId person,
                                                std::int64_t choice = 1) {
    return year.write([&](db::Write& tx) {
        const auto seen = nominations::require(tx, year.officer, call);
        REQUIRE(nominations::nominate(tx, year.officer, seen, {{person}, choice, ""}, {now, "", {}}));
        return nominations::NominationId{
            tx.integer("select id from nominations where call = :call and person = :person",
                       {{"call", call}, {"person", person}})};
    });
}

// Whoever is called "Chưa Đủ" fails a rule that may be waived; everybody else passes it. Nobody has waived it
// yet who is judged here.
inline void judge_by_name() {
    const auto judge = [](db::Read& tx, const web::Actor&, const nominations::ToJudge& asked) {
        std::vector<nominations::Judged> all;
        for (const people::PersonId person : asked.people) {
            nominations::Judged& one = all.emplace_back();
            one.eligible = tx.integer("select count(*) from people where id = :id and search like '%chua du'",
                                      {{"id", person}}) == 0;
            if (!*one.eligible) one.failing.push_back({"R-1", "Đủ tuổi", "Hướng dẫn 60", true});
            one.grounds = *one.eligible ? "pass" : "fail";
        }
        return all;
    };
    const auto tell = [](const web::Visit&, const nominations::ToTell& asked) {
        Value rules = Value::list();
        rules.push(Value::object(
            {{"id", "R-1"},
             {"severity", "blocking"},
             {"result", asked.grounds},
             {"value", "1990"},
             {"basis", "Hướng dẫn 60"},
             {"message", "Đủ tuổi"},
             {"waivable", true},
             {"waived", Value::object({{"by", "Giám đốc"}, {"reason", "xét"}, {"document", "12"}})},
             {"waive_url", "/programmes/1/waivers?person_id=1"}}));
        return rules;
    };
    const auto waive = [](db::Write&, const web::Actor&, const nominations::ToWaive&) {
        return Outcome<Done>(Done{});
    };
    nominations::judge_by({judge, tell, waive});
}

}  // namespace tiendo::tests
