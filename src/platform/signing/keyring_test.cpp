#include "platform/signing/keyring.h"

#include <doctest/doctest.h>

#include "platform/db/testing.h"

using namespace tiendo;
using namespace tiendo::signing;

namespace {

const Seal open_seal{}, secret{"a secret of the house"}, other{"another"};
constexpr Instant morning{1'500'000'000'000}, evening{1'500'040'000'000};

void with_keys(const std::function<void(db::Database&)>& test) {
    db::for_each_database(TIENDO_SOURCE_DIR "/db/migrations", test);
}
Outcome<PrivateKey> key_now(db::Database& database, const Seal& seal) {
    return database.write([&](db::Write& tx) { return signing_key(tx, morning, seal); });
}
std::vector<KeptKey> keys_of(db::Database& database) {
    return database.read([](db::Read& tx) { return kept_keys(tx); });
}

}  // namespace

TEST_CASE("the first who signs makes the key, all others use it") {
    with_keys([](db::Database& database) {
        CHECK(keys_of(database).empty());
        const auto first = key_now(database, open_seal), second = key_now(database, open_seal);
        REQUIRE(first);
        REQUIRE(second);
        CHECK(first->public_key() == second->public_key());
        REQUIRE(keys_of(database).size() == 1);
        CHECK(keys_of(database)[0].key == first->public_key());
        CHECK_FALSE(keys_of(database)[0].sealed);
        // Given a secret afterwards, an open key stays open until it is rotated.
        CHECK(key_now(database, secret)->public_key() == first->public_key());
    });
}

TEST_CASE("a sealed key opens under its secret only") {
    with_keys([](db::Database& database) {
        const auto made = key_now(database, secret);
        REQUIRE(made);
        CHECK(keys_of(database)[0].sealed);
        CHECK(key_now(database, secret)->public_key() == made->public_key());
        CHECK(key_now(database, open_seal).refusals()[0].message == "signing.sealed");
        CHECK(key_now(database, other).refusals()[0].message == "signing.wrong_secret");
        const std::string kept = database.read([](db::Read& tx) {
            return tx
                .find<std::string>(R"sql(select private_key from signing_keys)sql", {},
                                   [](const db::Row& row) { return row.text(0); })
                .value();
        });
        CHECK(kept.find(made->seed()) == std::string::npos);
    });
}

TEST_CASE("after a rotation the new key signs, and what the old one signed still verifies") {
    with_keys([](db::Database& database) {
        const auto old_key = key_now(database, secret);
        REQUIRE(old_key);
        const std::string paper = sign_compact("paper", *old_key);
        // Whoever rotates does not need the old secret.
        const KeptKey made = database.write([&](db::Write& tx) { return rotate(tx, evening, other); });
        CHECK(key_now(database, other)->public_key() == made.key);
        const auto keys = keys_of(database);
        REQUIRE(keys.size() == 2);
        CHECK(keys[0].key == made.key);
        CHECK_FALSE(keys[0].retired_at);
        CHECK(keys[1].retired_at == evening);
        const auto all = database.read([](db::Read& tx) { return public_keys(tx); });
        CHECK(verify_compact(paper, all));
        CHECK(database.read([](db::Read& tx) {
            return tx.integer(R"sql(select count(*) from signing_keys where private_key is not null)sql");
        }) == 1);
        const std::string pem = pem_of_all(keys);
        CHECK(pem.starts_with("# " + made.key_id + ", 2017-07-14T13:46:40Z, …\n-----BEGIN PUBLIC KEY-----"));
        CHECK(*from_pem(pem) == made.key);
    });
}
