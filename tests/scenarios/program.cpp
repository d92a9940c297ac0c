#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace scenario {
namespace {

std::string contents(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(in)), {});
}

// Whatever the caller's environment says to tiendo, a scenario does not hear.
std::vector<std::string> whole_environment(const Environment& environment) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry; ++entry) {
        const std::string text = *entry;
        const auto name = text.substr(0, text.find('='));
        if (name.rfind("TIENDO", 0) != 0 && !environment.count(name)) all.push_back(text);
    }
    for (const auto& [name, value] : environment) all.push_back(name + "=" + value);
    return all;
}

// Starts a shell command in a process group of its own, so that all of it can be ended.
pid_t start(const std::string& command, const fs::path& folder, const Environment& environment,
            const fs::path& out, const fs::path& err) {
    const auto entries = whole_environment(environment);
    std::vector<char*> pointers;
    for (const auto& entry : entries) pointers.push_back(const_cast<char*>(entry.c_str()));
    pointers.push_back(nullptr);
    const auto pid = fork();
    if (pid < 0) throw std::runtime_error("cannot start another process");
    // Both sides say it, since either may be first.
    setpgid(pid, pid);
    if (pid > 0) return pid;
    const int in_file = open("/dev/null", O_RDONLY);
    const int out_file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err_file = out == err ? out_file : open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (chdir(folder.c_str()) != 0 || in_file < 0 || out_file < 0 || err_file < 0) _exit(127);
    dup2(in_file, 0);
    dup2(out_file, 1);
    dup2(err_file, 2);
    execle("/bin/sh", "sh", "-c", command.c_str(), nullptr, pointers.data());
    _exit(127);
}

// The exit code, once the process has ended; nothing while it runs.
std::optional<int> code_of(pid_t pid) {
    int status = 0;
    if (waitpid(pid, &status, WNOHANG) != pid) return {};
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::optional<int> wait_for(pid_t pid, std::chrono::microseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    std::chrono::steady_clock::duration nap = 1ms;
    for (;;) {
        if (const auto code = code_of(pid)) return code;
        const auto left = end - std::chrono::steady_clock::now();
        if (left <= 0ms) return {};
        std::this_thread::sleep_for(std::min(nap, left));
        nap = std::min<std::chrono::steady_clock::duration>(nap * 2, 20ms);
    }
}

void end_group(pid_t pid) {
    kill(-pid, SIGKILL);
    waitpid(pid, nullptr, 0);
}

}  // namespace

std::optional<Ended> run_or_kill(const std::string& command, const fs::path& folder,
                                 const Environment& environment, std::chrono::microseconds patience) {
    const auto out = folder / ".out";
    const auto err = folder / ".err";
    const auto pid = start(command, folder, environment, out, err);
    const auto code = wait_for(pid, patience);
    if (!code) {
        end_group(pid);
        return {};
    }
    return Ended{*code, contents(out), contents(err)};
}

Ended run(const std::string& command, const fs::path& folder, const Environment& environment) {
    auto ended = run_or_kill(command, folder, environment, 60s);
    if (!ended) throw std::runtime_error("still running after a minute: " + command);
    return *ended;
}

Server::Server(const std::string& command, const fs::path& folder, const Environment& environment)
    : log_(folder / ".server") {
    static const std::regex address("http://127\\.0\\.0\\.1:[1-9][0-9]*");
    fs::remove(log_);  // the address of a server before this one must not be found in it
    pid_ = start("exec " + command, folder, environment, log_, log_);
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < end) {
        const auto said = contents(log_);
        std::smatch match;
        if (std::regex_search(said, match, address)) {
            origin_ = match[0];
            return;
        }
        if (code_of(pid_)) {
            pid_ = 0;
            throw std::runtime_error("the server ended at once: " + said);
        }
        std::this_thread::sleep_for(10ms);
    }
    end_group(pid_);
    pid_ = 0;
    throw std::runtime_error("the server did not say where it listens: " + contents(log_));
}

Server::~Server() { kill(); }

void Server::kill() {
    if (pid_ > 0) end_group(pid_);
    pid_ = 0;
}

void Server::stop() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGINT);
    const auto code = wait_for(pid_, 10s);
    if (!code) throw std::runtime_error("the server does not stop: " + contents(log_));
    pid_ = 0;
    if (*code != 0)
        throw std::runtime_error("the server ended with " + std::to_string(*code) + ": " + contents(log_));
}

}  // namespace scenario
