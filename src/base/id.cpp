#include "base/id.h"

#include <atomic>
#include <charconv>
#include <chrono>
#include <random>

namespace tiendo {
namespace {

constexpr std::int64_t epoch_2015_ms = 1420070400000;
constexpr std::int64_t counter_bits = 12;
constexpr std::int64_t node_bits = 10;

std::int64_t node_number() {
    static const std::int64_t node = std::random_device{}() % (1u << node_bits);
    return node;
}

// The clock and the counter as one number, so that a burst of more than 4,096 ids in
// a millisecond runs ahead of the clock rather than waiting for it.
std::atomic<std::int64_t> last_tick{0};

std::int64_t id_of_tick(std::int64_t tick) {
    const std::int64_t millisecond = tick >> counter_bits;
    const std::int64_t counter = tick & ((1 << counter_bits) - 1);
    return (millisecond << (counter_bits + node_bits)) | (node_number() << counter_bits) | counter;
}

std::int64_t tick_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    return (ms - epoch_2015_ms) << counter_bits;
}

}  // namespace

std::int64_t next_id() {
    std::int64_t seen = last_tick.load();
    std::int64_t tick;
    do {
        tick = std::max(seen + 1, tick_now());
    } while (!last_tick.compare_exchange_weak(seen, tick));
    return id_of_tick(tick);
}

std::int64_t parse_id(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value > 0 ? value : 0;
}

}  // namespace tiendo
