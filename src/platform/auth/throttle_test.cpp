#include "platform/auth/throttle.h"

#include <doctest/doctest.h>

using namespace tiendo;
using auth::Throttle;

TEST_CASE(
    "an account rests longer with each failure from the fifth on, never more than a quarter of an hour") {
    const std::int64_t seconds[] = {0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900};
    for (std::int64_t failures = 0; failures < std::ssize(seconds); ++failures) {
        CAPTURE(failures);
        CHECK(auth::rest_ms_after(failures) == seconds[failures] * 1000);
    }
    CHECK(auth::rest_ms_after(INT64_MAX) == 900'000);
}

TEST_CASE("an address that fails too often waits for the rest of the window") {
    Throttle throttle;
    const Instant start{1'500'000'000'000};
    for (int i = 0; i < Throttle::most_failures; ++i) {
        CHECK_FALSE(throttle.wait_ms("10.0.0.7", start));
        throttle.failed("10.0.0.7", start);
    }
    CHECK(throttle.wait_ms("10.0.0.7", start) == Throttle::window_ms);
    CHECK(throttle.wait_ms("10.0.0.7", {start.ms + Throttle::window_ms - 1}) == 1);
    CHECK_FALSE(throttle.wait_ms("10.0.0.7", {start.ms + Throttle::window_ms}));
    CHECK_FALSE(throttle.wait_ms("10.0.0.8", start));

    throttle.failed("10.0.0.7", {start.ms + Throttle::window_ms});
    CHECK_FALSE(throttle.wait_ms("10.0.0.7", {start.ms + Throttle::window_ms}));
}

TEST_CASE("an IPv6 network counts as one address") {
    CHECK(auth::network_of("2001:db8:1:2:aaaa::1") == auth::network_of("2001:db8:1:2:bbbb::2"));
    CHECK(auth::network_of("2001:db8:1:2::1") != auth::network_of("2001:db8:1:3::1"));
    CHECK(auth::network_of("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(auth::network_of("192.0.2.7") == "192.0.2.7");
    CHECK(auth::network_of("something else") == "something else");
}

TEST_CASE("a flood of addresses neither fills the memory nor washes away the one that guesses") {
    Throttle throttle;
    const Instant now{1'500'000'000'000};
    for (int i = 0; i < Throttle::most_failures; ++i) throttle.failed("10.0.0.7", now);
    for (std::size_t i = 0; i < Throttle::most_addresses + 500; ++i)
        throttle.failed("192." + std::to_string(i / 65536) + "." + std::to_string(i / 256 % 256) + "." +
                            std::to_string(i % 256),
                        now);
    CHECK(throttle.wait_ms("10.0.0.7", now));
}
