#include "platform/auth/rotating_code.h"

#include <doctest/doctest.h>

#include <set>

namespace tiendo::auth {

TEST_CASE("a code holds for its step and the next, and never again") {
    const std::string secret = "12345678901234567890123456789012";
    const Instant shown{1'497'578'400'000};
    const std::string code = rotating_code(secret, shown);
    CHECK(code.size() == 6);
    CHECK(is_current_code(secret, code, shown));
    CHECK(is_current_code(secret, code, Instant{shown.ms + code_step_ms}));
    std::set<std::string> later;
    for (int step = 2; step < 40; ++step) {
        const Instant then{shown.ms + step * code_step_ms};
        later.insert(rotating_code(secret, then));
        if (rotating_code(secret, then) != code && rotating_code(secret, {then.ms - code_step_ms}) != code)
            CHECK(!is_current_code(secret, code, then));
    }
    CHECK(later.size() > 30);  // they do differ
    CHECK(!is_current_code("abcdefghijklmnopqrstuvwxyzabcdef", code, shown));
    CHECK(new_code_secret() != new_code_secret());
    CHECK(!is_current_code(secret, "", shown));
}

TEST_CASE("the code is that of RFC 6238 with SHA-256, cut to six digits") {
    // Appendix B: the secret of 32 bytes, step 1 gives 46119246.
    CHECK(rotating_code("12345678901234567890123456789012", Instant{code_step_ms}) == "119246");
}

TEST_CASE("the time to the next code") {
    CHECK(ms_to_next_code(Instant{0}) == code_step_ms);
    CHECK(ms_to_next_code(Instant{code_step_ms - 1}) == 1);
}

}  // namespace tiendo::auth
