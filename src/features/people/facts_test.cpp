#include <doctest/doctest.h>

#include "features/people/test_register.h"

namespace tiendo::people {
namespace {

TEST_CASE("every kind of fact has a name that leads back to it") {
    CHECK(kinds().size() == 15);
    for (const Kind kind : kinds()) CHECK(parse_kind(to_text(kind)) == kind);
    CHECK_FALSE(parse_kind("colour"));
    CHECK(is_sensitive(Kind::religion));
    CHECK(is_sensitive(Kind::party_cell));
    CHECK(is_sensitive(Kind::party_committee));
    CHECK_FALSE(is_sensitive(Kind::grade));
}

TEST_CASE("the facts of any number of people are one question, without those withdrawn") {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [](db::Database& database) {
        TestRegister people(database);
        std::vector<PersonId> asked;
        for (int i = 0; i < 30; ++i) asked.push_back(people.add("Nguyễn Văn An", 2));
        database.write([&](db::Write& tx) {
            const auto state = [&](PersonId person, std::string_view value, std::optional<Date> from,
                                   std::optional<Instant> withdrawn_at) {
                tx.run(
                    "insert into person_facts (id, person, kind, value, level, body, detail, valid_from, "
                    "recorded_at, recorded_by, source_place, withdrawn_at) "
                    "values (:id, :person, 'grade', :value, '', '', '', :from, 0, 1, '', :withdrawn)",
                    {{"id", next_id()},
                     {"person", person},
                     {"value", value},
                     {"from", from},
                     {"withdrawn", withdrawn_at}});
            };
            state(asked[29], "principal_specialist", Date::of(2020, 1, 1), std::nullopt);
            state(asked[29], "specialist", std::nullopt, std::nullopt);
            state(asked[29], "senior_specialist", Date::of(2021, 1, 1), test_moment);
            state(asked[3], "specialist", Date::of(2014, 5, 1), std::nullopt);
        });
        database.read([&](db::Read& tx) {
            const std::int64_t before = db::statements_run();
            const auto facts = facts_of(tx, asked);
            CHECK(db::statements_run() == before + 1);
            REQUIRE(facts.size() == 3);
            CHECK(facts[0].person == asked[3]);
            CHECK(facts[0].from == Date::of(2014, 5, 1));
            CHECK(facts[1].value == "specialist");  // since when is not known: first
            CHECK(facts[2].value == "principal_specialist");
            CHECK(facts_of(tx, {}).empty());
        });
    });
}

TEST_CASE("a fact holds from its first day until the day before its end") {
    const Fact fact{.from = Date::of(2014, 5, 1), .until = Date::of(2020, 1, 1)};
    CHECK_FALSE(fact.holds_on(*Date::of(2014, 4, 30)));
    CHECK(fact.holds_on(*Date::of(2014, 5, 1)));
    CHECK(fact.holds_on(*Date::of(2019, 12, 31)));
    CHECK_FALSE(fact.holds_on(*Date::of(2020, 1, 1)));
    CHECK(Fact{}.holds_on(*Date::of(1900, 1, 1)));
}

}  // namespace
}  // namespace tiendo::people
