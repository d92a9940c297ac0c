// What slows down whoever guesses passwords.
//
// An account that was failed five times running answers nobody for a while, longer with each
// further failure, and never longer than a quarter of an hour: guessing is hopeless, and nobody
// can lock a colleague out for a day. An address that fails often, at whatever accounts, waits
// for the rest of a quarter of an hour. The first is kept in the database and holds for
// every process; the second in memory.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tiendo::auth {

// How long an account rests after so many failures in a row: nothing before the fifth, then
// 30 seconds, doubled each time, at most 15 minutes.
std::int64_t rest_ms_after(std::int64_t failures);

// Failures by address. Safe to use from many threads.
class Throttle {
 public:
    // An office of three hundred may sit behind one address, and mistypes thirty times on a
    // Monday morning; who guesses gets nowhere with a hundred.
    static constexpr int most_failures = 100;
    static constexpr std::int64_t window_ms = 15 * 60'000;
    static constexpr std::size_t most_addresses = 10'000;

    // How long an address has to wait before its next attempt; none when it may try.
    std::optional<std::int64_t> wait_ms(std::string_view address, Instant now);
    void failed(std::string_view address, Instant now);

 private:
    struct Failures {
        int count = 0;
        Instant since;
    };
    std::mutex mutex_;
    std::map<std::string, Failures, std::less<>> by_network_;
};

// What failures are counted by: an IPv4 address as it is, of an IPv6 address the first 64 bits,
// for one machine has all of those that share them.
std::string network_of(std::string_view address);

}  // namespace tiendo::auth
