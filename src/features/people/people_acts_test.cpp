#include "features/people/people_acts.h"

#include <doctest/doctest.h>

#include <map>

#include "features/people/people_store.h"
#include "features/people/test_register.h"
#include "platform/audit/audit.h"

namespace tiendo::people {
namespace {

const Date today = *Date::of(2026, 3, 20);
const Act act{test_moment, today, "vì thế", {}};
const Act without_reason{test_moment, today, "", {}};

// Somebody of unit 2, whom `test` may change.
void with_somebody(const std::function<void(TestRegister&, db::Write&, const Person&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        TestRegister people(database);
        people.add("Trần Văn Bình", 3, "001085001234");
        const PersonId id = people.add("Nguyễn Văn An", 2);
        database.write([&](db::Write& tx) { test(people, tx, require_for_change(tx, people.officer, id)); });
    });
}

TEST_CASE("a person is registered once for each number") {
    with_somebody([](TestRegister& people, db::Write& tx, const Person&) {
        Person said;
        said.full_name = "  Lê   Thị Hoa ";
        said.national_id = "001 085 001 234";
        said.unit = organisations::UnitId{2};
        const auto refused = register_person(tx, people.officer, said, act);
        REQUIRE(refused.refused());
        CHECK(refused.refusals()[0].message == "people.national_id_of_another");
        CHECK(refused.refusals()[0].arguments[0] == "Trần Văn Bình");

        said.national_id = "001090000001";
        const auto made = register_person(tx, people.officer, said, act);
        REQUIRE(made);
        CHECK(require(tx, people.officer, *made).full_name == "Lê Thị Hoa");
        CHECK(find(tx, people.officer, "hoa le", 5).size() == 1);
        said.full_name = "";
        CHECK(register_person(tx, people.officer, said, act).refused());
        CHECK(audit::check_chain(tx).rows == 1);
    });
}

TEST_CASE("nobody is registered in a unit whose people one does not look after") {
    with_somebody([](TestRegister& people, db::Write& tx, const Person& somebody) {
        Person said;
        said.full_name = "Lê Thị Hoa";
        said.unit = organisations::UnitId{2};
        CHECK(register_person(tx, people.unit_officer, said, act).refused());
        CHECK_THROWS_AS(require_for_change(tx, people.unit_officer, somebody.id), web::Forbidden);
        CHECK_THROWS_AS(require_for_change(tx, people.outsider, somebody.id), web::NotFound);
    });
}

TEST_CASE("a new name is found and the old one no longer; the change wants a reason") {
    with_somebody([](TestRegister& people, db::Write& tx, const Person& before) {
        Person after = before;
        after.full_name = "Nguyễn Văn Ân";
        CHECK(change_identity(tx, people.officer, before, after, without_reason).refused());
        after.full_name = "Nguyễn Thế Anh";
        REQUIRE(change_identity(tx, people.officer, before, after, act));
        CHECK(find(tx, people.officer, "the anh", 5).size() == 1);
        CHECK(find(tx, people.officer, "van an", 5).empty());
        CHECK(tx.integer("select people from name_words where word = 'van'") == 1);
        CHECK(tx.integer("select count(*) from person_words where person = :id", {{"id", before.id}}) == 3);
    });
}

TEST_CASE("a new grade ends the one before it, and its withdrawal lets that hold again") {
    with_somebody([](TestRegister& people, db::Write& tx, const Person& somebody) {
        const auto grade = [&](const char* value, int year) {
            return state(tx, people.officer, somebody,
                         {.kind = Kind::grade, .value = value, .from = Date::of(year, 1, 1)}, act);
        };
        const auto first = grade("specialist", 2014);
        const auto second = grade("principal_specialist", 2020);
        REQUIRE(first);
        REQUIRE(second);
        CHECK(grade("colonel", 2021).refused());
        auto facts = facts_of(tx, std::span(&somebody.id, 1));
        REQUIRE(facts.size() == 2);
        CHECK(facts[0].until == Date::of(2020, 1, 1));
        CHECK_FALSE(facts[1].until);

        CHECK(withdraw(tx, people.officer, somebody, *second, without_reason).refused());
        REQUIRE(withdraw(tx, people.officer, somebody, *second, act));
        facts = facts_of(tx, std::span(&somebody.id, 1));
        REQUIRE(facts.size() == 1);
        CHECK_FALSE(facts[0].until);
        CHECK(history_of(tx, somebody.id).size() == 2);  // it stays to be seen

        CHECK(end(tx, people.officer, somebody, *first, *Date::of(2013, 1, 1), act).refused());
        REQUIRE(end(tx, people.officer, somebody, *first, *Date::of(2024, 1, 1), act));
        CHECK(facts_of(tx, std::span(&somebody.id, 1))[0].until == Date::of(2024, 1, 1));
        CHECK_THROWS_AS(end(tx, people.officer, somebody, *second, today, act), web::NotFound);
    });
}

TEST_CASE("who moves to another unit was in the first one until then") {
    with_somebody([](TestRegister& people, db::Write& tx, const Person& somebody) {
        const auto move = [&](const char* unit, std::optional<Date> from) {
            return state(tx, people.officer, somebody, {.kind = Kind::unit, .value = unit, .from = from},
                         act);
        };
        CHECK(move("3", std::nullopt).refused());
        CHECK(move("99", today).refused());
        const auto moved = move("3", Date::of(2026, 3, 1));
        REQUIRE(moved);
        CHECK(require(tx, people.officer, somebody.id).unit == organisations::UnitId{3});
        CHECK_THROWS_AS(require(tx, people.unit_officer, somebody.id), web::NotFound);
        const auto facts = facts_of(tx, std::span(&somebody.id, 1));
        REQUIRE(facts.size() == 2);
        CHECK(facts[0].value == "2");
        CHECK(facts[0].until == Date::of(2026, 3, 1));

        REQUIRE(withdraw(tx, people.officer, somebody, *moved, act));
        CHECK(require(tx, people.unit_officer, somebody.id).unit == organisations::UnitId{2});
    });
}

TEST_CASE("a new post ends the one before it and is the one shown; history and other bodies leave it be") {
    with_somebody([](TestRegister& people, db::Write& tx, const Person& somebody) {
        update_position(tx, somebody.id, "Chuyên viên");  // as a roster has registered them
        const auto now = [&] { return require(tx, people.officer, somebody.id); };
        const auto hold = [&](const char* body, const char* post, std::optional<Date> from,
                              std::optional<Date> until = {}) {
            return state(tx, people.officer, now(),
                         {.kind = Kind::position, .body = body, .detail = post, .from = from, .until = until},
                         act);
        };
        REQUIRE(hold("government", "Trưởng phòng", Date::of(2017, 6, 1)));
        CHECK(now().position == "Trưởng phòng");
        REQUIRE(hold("government", "Cán sự", Date::of(2008, 1, 1), Date::of(2010, 1, 1)));
        REQUIRE(hold("government", "Phó Trưởng phòng", Date::of(2012, 1, 1)));
        REQUIRE(hold("party", "Bí thư Chi bộ", Date::of(2020, 1, 1)));
        CHECK(now().position == "Trưởng phòng");
        std::map<std::string, std::optional<Date>> ends;
        for (const Fact& fact : facts_of(tx, std::span(&somebody.id, 1))) ends[fact.detail] = fact.until;
        CHECK(ends.at("Chuyên viên") == Date::of(2017, 6, 1));
        CHECK(ends.at("Phó Trưởng phòng") == Date::of(2017, 6, 1));
        CHECK_FALSE(ends.at("Trưởng phòng"));
        CHECK_FALSE(ends.at("Bí thư Chi bộ"));

        const auto last = hold("government", "Phó Vụ trưởng", Date::of(2026, 1, 1));
        CHECK(now().position == "Phó Vụ trưởng");
        REQUIRE(withdraw(tx, people.officer, now(), *last, act));
        CHECK(now().position == "Trưởng phòng");
        const auto ahead = hold("government", "Vụ trưởng", Date::of(2026, 9, 1));
        CHECK(now().position == "Trưởng phòng");
        REQUIRE(withdraw(tx, people.officer, now(), *ahead, act));
        for (const Fact& fact : facts_of(tx, std::span(&somebody.id, 1)))
            if (fact.detail == "Trưởng phòng")
                REQUIRE(end(tx, people.officer, now(), fact.id, Date::of(2026, 2, 1).value(), act));
        CHECK(now().position == "Bí thư Chi bộ");
    });
}

}  // namespace
}  // namespace tiendo::people
