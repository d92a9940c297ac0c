// How a benchmark measures, and how it says what it found: each figure beside its limit,
// taken in turn in the same run, so that a busy machine slows both alike.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tiendo::bench {

double median(std::vector<double> values);
double p99(std::vector<double> values);  // which 99 of 100 do not exceed
double seconds_of(const std::function<void()>& work);

// Medians in seconds of many turns of one and the other.
struct Both {
    double ours = 0, limit = 0;
};
Both in_turn(int turns, const std::function<void()>& ours, const std::function<void()>& limit);

// What a piece of work takes in a process of its own.
struct Spent {
    double seconds = 0;
    std::int64_t peak_bytes = 0;  // resident
};
Spent in_a_process(const std::function<void()>& work);

// One row of the table that bin/bench prints.
struct Finding {
    std::string what;
    std::string ours, limit = "";        // as people read them: "312 us"
    std::optional<double> ratio = {};    // ours to limit, or as `what` says
    std::optional<double> allowed = {};  // at most; none: reported, not judged
};
void tell(const Finding& finding);  // to the standard output
void say(const std::string& note);  // to the error output: what goes on meanwhile

std::string microseconds(double seconds);
std::string milliseconds(double seconds);
std::string megabytes(std::int64_t bytes);
std::string grouped(std::int64_t number);  // 1,000,000

}  // namespace tiendo::bench
