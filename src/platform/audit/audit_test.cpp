#include "platform/audit/audit.h"

#include <doctest/doctest.h>

#include "platform/db/testing.h"

using namespace tiendo;

namespace {

// A trail of five acts, tampered with by one statement.
std::int64_t first_broken_after(db::Database& database, std::string_view tampering) {
    web::Actor actor;
    actor.account = 7;
    database.write([&](db::Write& tx) {
        tx.run(R"sql(delete from audit_trail)sql");
        tx.run(R"sql(delete from audit_head)sql");
        for (int act = 1; act <= 5; ++act)
            audit::record(tx, actor, Instant{1000 * act},
                          {"cohort.open", "cohort", act, Value::object({{"on", "2017-03-06"}})});
        if (!tampering.empty()) tx.run(tampering);
    });
    return database.read([](db::Read& tx) { return audit::check_chain(tx).first_broken; });
}

}  // namespace

TEST_CASE("an empty trail holds") {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [](db::Database& database) {
        const auto check = database.read([](db::Read& tx) { return audit::check_chain(tx); });
        CHECK(check.rows == 0);
        CHECK(check.first_broken == 0);
    });
}

TEST_CASE("several acts at once are a row each, in the chain") {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [](db::Database& database) {
        web::Actor actor;
        actor.account = 7;
        database.write([&](db::Write& tx) {
            audit::record(tx, actor, Instant{1000}, {"cohort.open", "cohort", 1, Value::object()});
            const std::vector<audit::Act> acts{{"cohort.open", "cohort", 2, Value::object()},
                                               {"cohort.open", "cohort", 3, Value::object()}};
            audit::record(tx, actor, Instant{2000}, acts);
            audit::record(tx, actor, Instant{3000}, std::span<const audit::Act>());
        });
        const auto check = database.read([](db::Read& tx) { return audit::check_chain(tx); });
        CHECK(check.rows == 3);
        CHECK(check.first_broken == 0);
    });
}

TEST_CASE("the trail names the first row that was altered, removed, put between or cut off") {
    struct Case {
        std::string_view tampering;
        std::int64_t first_broken;
    };
    const Case cases[] = {
        {"", 0},
        {R"sql(update audit_trail set detail = '{"on":"2017-04-06"}' where sequence = 3)sql", 3},
        {R"sql(update audit_trail set actor = 8 where sequence = 3)sql", 3},
        {R"sql(update audit_trail set recorded_at = 1 where sequence = 3)sql", 3},
        {R"sql(update audit_trail set digest = previous_digest where sequence = 3)sql", 3},
        {R"sql(delete from audit_trail where sequence = 1)sql", 2},
        {R"sql(delete from audit_trail where sequence = 3)sql", 4},
        {R"sql(update audit_trail set sequence = 9 where sequence = 5)sql", 9},
        {R"sql(delete from audit_trail where sequence = 5)sql", 5},
        {R"sql(delete from audit_trail where sequence >= 2)sql", 2},
        {R"sql(delete from audit_trail)sql", 1},
        {R"sql(delete from audit_head)sql", 1},
        {R"sql(update audit_head set sequence = 6)sql", 6},
        {R"sql(update audit_head set digest = (select previous_digest from audit_trail where sequence = 5))sql",
         6},
    };
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", [&](db::Database& database) {
        for (const Case& c : cases) {
            CAPTURE(c.tampering);
            CHECK(first_broken_after(database, c.tampering) == c.first_broken);
        }
    });
}
