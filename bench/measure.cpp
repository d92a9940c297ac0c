#include "measure.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>

namespace tiendo::bench {
namespace {

std::string written(const char* form, double number) {
    char text[64];
    std::snprintf(text, sizeof text, form, number);
    return text;
}

}  // namespace

double p99(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.at((values.size() * 99 + 99) / 100 - 1);
}

double median(std::vector<double> values) {
    if (values.empty()) throw std::logic_error("a median of nothing");
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Both in_turn(int turns, const std::function<void()>& ours, const std::function<void()>& limit) {
    std::vector<double> of_ours, of_limit;
    for (int turn = 0; turn < turns; ++turn) {
        of_ours.push_back(seconds_of(ours));
        of_limit.push_back(seconds_of(limit));
    }
    return {median(std::move(of_ours)), median(std::move(of_limit))};
}

Spent in_a_process(const std::function<void()>& work) {
    std::fflush(nullptr);
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        double seconds = -1;
        try {
            seconds = seconds_of(work);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
        }
        const bool told = ::write(ends[1], &seconds, sizeof seconds) == sizeof seconds;
        ::_exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    double seconds = -1;
    const bool told = ::read(ends[0], &seconds, sizeof seconds) == sizeof seconds;
    ::close(ends[0]);
    rusage usage{};
    int status = 0;
    ::wait4(child, &status, 0, &usage);
    if (!told || seconds < 0) throw std::runtime_error("the work failed in its process");
    return {seconds, usage.ru_maxrss * std::int64_t{1024}};
}

void tell(const Finding& finding) {
    std::string verdict;
    if (finding.ratio && finding.allowed) verdict = *finding.ratio <= *finding.allowed ? "  ok" : "  MISSED";
    std::printf("%-72s %13s %13s %7s %7s%s\n", finding.what.c_str(), finding.ours.c_str(),
                finding.limit.c_str(), finding.ratio ? written("%.2f", *finding.ratio).c_str() : "",
                finding.allowed ? written("%.2f", *finding.allowed).c_str() : "", verdict.c_str());
    std::fflush(stdout);
}

void say(const std::string& note) { std::fprintf(stderr, "   %s\n", note.c_str()); }

std::string microseconds(double seconds) { return written("%.0f us", seconds * 1e6); }
std::string milliseconds(double seconds) { return written("%.1f ms", seconds * 1e3); }
std::string megabytes(std::int64_t bytes) { return written("%.1f MB", static_cast<double>(bytes) / 1e6); }

std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

}  // namespace tiendo::bench
