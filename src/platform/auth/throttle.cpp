#include "platform/auth/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "platform/auth/token.h"

namespace tiendo::auth {

std::int64_t rest_ms_after(std::int64_t failures) {
    constexpr std::int64_t tolerated = 5, shortest_ms = 30'000, longest_ms = 15 * 60'000;
    if (failures < tolerated) return 0;
    const std::int64_t doublings = std::min<std::int64_t>(failures - tolerated, 10);
    return std::min(shortest_ms << doublings, longest_ms);
}

std::string network_of(std::string_view address) {
    std::array<unsigned char, 16> bytes;
    const std::string text(address);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
        std::array<char, INET_ADDRSTRLEN> dotted;
        return inet_ntop(AF_INET, bytes.data() + mapped.size(), dotted.data(), dotted.size());
    }
    return hex_of({reinterpret_cast<const char*>(bytes.data()), 8}) + "/64";
}

std::optional<std::int64_t> Throttle::wait_ms(std::string_view address, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = by_network_.find(network_of(address));
    if (found == by_network_.end() || found->second.count < most_failures) return std::nullopt;
    const std::int64_t left = found->second.since.ms + window_ms - now.ms;
    return left > 0 ? std::optional(left) : std::nullopt;
}

void Throttle::failed(std::string_view address, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto is_over = [&](const auto& entry) { return entry.second.since.ms + window_ms <= now.ms; };
    const std::string network = network_of(address);
    if (by_network_.size() >= most_addresses && !by_network_.contains(network)) {
        std::erase_if(by_network_, is_over);
        // Still full: forget whoever failed least, so that a flood of addresses does not wash
        // away the one that guesses.
        if (by_network_.size() >= most_addresses)
            by_network_.erase(std::min_element(
                by_network_.begin(), by_network_.end(),
                [](const auto& a, const auto& b) { return a.second.count < b.second.count; }));
    }
    auto& entry = *by_network_.try_emplace(network, Failures{0, now}).first;
    if (is_over(entry)) entry.second = {0, now};
    ++entry.second.count;
}

}  // namespace tiendo::auth
