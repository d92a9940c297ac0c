#include "platform/auth/password.h"

#include <doctest/doctest.h>

using namespace tiendo;

namespace {

std::string weakness(std::string_view password) {
    const std::vector<std::string> names = {"hanh.nt", "Nguyễn Thị Hạnh", "Trung tâm Bồi dưỡng chính trị",
                                            "an"};
    const Refusals refusals = auth::weaknesses_of(password, names);
    return refusals.empty() ? "" : refusals.front().message;
}

std::string times(int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("a password may be chosen when it is long and not what is guessed first") {
    struct Case {
        std::string password;
        std::string weakness;
    };
    const Case cases[] = {
        // any composition, any characters, blanks, up to 128
        {"sông xanh núi biếc", ""},
        {"correct horse battery staple", ""},
        {"            12 ab", ""},
        {"!@#$%^&*()_+", ""},
        {"水曜日の朝九時半に駅前で会う", ""},
        {times(64, "ấ1"), "password.repetitive"},
        {times(16, "abcdệfg1"), ""},
        // length in characters, not bytes
        {"", "password.too_short"},
        {"abcdefghijk", "password.too_short"},
        {"ếếếếếếếếếếế", "password.too_short"},
        {times(16, "abcdefg1") + "x", "password.too_long"},
        {times(16, "ắbcdefg1") + "x", "password.too_long"},
        // what everybody tries
        {"111111111111", "password.repetitive"},
        {"abababababab", "password.repetitive"},
        {"123456789012", "password.most_used"},
        {"qwertyuiop12", "password.most_used"},
        {"QwertyUIOP12", "password.most_used"},
        {"1q2w3e4r5t6y", "password.most_used"},
        {"anhyeuemnhieu", "password.most_used"},
        {"Matkhau@123456", "password.most_used"},
        // names: of the account, its owner, the centre, and the words of the trade
        {"nguyenthihanh", "password.names"},
        {"Nguyễn Thị Hạnh 1985", "password.names"},
        {"hanh.nt-2024!", "password.names"},
        {"Trung tâm Bồi dưỡng chính trị", "password.names"},
        {"TrungTamDaoTao2024", "password.names"},
        {"tiendo-quantri", "password.names"},
        {"Nguyễn Thị Hạnh trồng hoa cúc", ""},
        {"an thích ăn bánh cuốn", ""},
    };
    for (const Case& c : cases) {
        CAPTURE(c.password);
        CHECK(weakness(c.password) == c.weakness);
    }
}

TEST_CASE("a refusal says what was found and what is expected") {
    const Refusals refusals = auth::weaknesses_of("sông xanh", {});
    REQUIRE(refusals.size() == 1);
    CHECK(refusals.front().field == "password");
    CHECK(refusals.front().arguments == std::vector<std::string>{"9", "12"});
}

TEST_CASE("a password matches its hash and nothing else does") {
    const std::string password = "sông xanh núi biếc";
    const std::string hash = auth::hash_of(password);
    CHECK(hash.substr(0, 31) == "$argon2id$v=19$m=65536,t=3,p=1$");
    CHECK(hash != auth::hash_of(password));  // salted
    CHECK_FALSE(auth::is_outdated(hash));
    CHECK(
        auth::is_outdated("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                          "G0UyGLkJvIoRBxbHwJgQhxYHUtBLr3qqBxCPVlrmsdw"));

    CHECK(auth::matches(password, hash));
    // Another keyboard writes the same letters as other bytes.
    CHECK(
        auth::matches("so\xcc\x82ng xanh nu\xcc\x81i bie\xcc\x82\xcc\x81"
                      "c",
                      hash));
    // Nothing else is changed: no case folded, no blank dropped, nothing cut off.
    CHECK_FALSE(auth::matches("Sông xanh núi biếc", hash));
    CHECK_FALSE(auth::matches("sông xanh núi biếc ", hash));
    CHECK_FALSE(auth::matches("sông xanh núi biế", hash));
    CHECK_FALSE(auth::matches("", hash));
    const std::string longest = times(16, "abcdệfg1");
    CHECK_FALSE(auth::matches(longest.substr(0, longest.size() - 1), auth::hash_of(longest)));
}

TEST_CASE("without a hash an answer costs as much as with one") {
    const std::string hash = auth::hash_of("sông xanh núi biếc");
    for (const auto& kept : {std::optional<std::string>(), std::optional(hash)})
        for (const std::string& password : {std::string("wrong"), times(100'000, "long")}) {
            const std::int64_t before = auth::hashes_made();
            CHECK_FALSE(auth::matches(password, kept));
            CHECK(auth::hashes_made() - before == 1);
        }
}
