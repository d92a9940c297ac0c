#include "serving.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "platform/http/server.h"

namespace tiendo::bench {
namespace {

// Starts a process whose standard output comes through the descriptor given back; what it says
// on its error output is a line for every request, and thrown away.
pid_t started(int& output, const std::function<void()>& in_the_child) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    std::fflush(nullptr);
    const pid_t process = ::fork();
    if (process < 0) throw std::runtime_error("no process");
    if (process == 0) {
        ::close(ends[0]);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
        in_the_child();
        ::_exit(1);
    }
    ::close(ends[1]);
    output = ends[0];
    return process;
}

// The digits behind the last colon of the first line that has some, as in http://127.0.0.1:40123.
std::uint16_t port_told_on(int output) {
    std::string line;
    for (char c; ::read(output, &c, 1) == 1;) {
        if (c != '\n') {
            line += c;
            continue;
        }
        const auto colon = line.rfind("127.0.0.1:");
        if (colon != line.npos) return static_cast<std::uint16_t>(std::atoi(line.c_str() + colon + 10));
        line.clear();
    }
    throw std::runtime_error("the server did not say where it listens");
}

void end(pid_t process) {
    if (process <= 0) return;
    ::kill(process, SIGTERM);
    ::waitpid(process, nullptr, 0);
}

double seconds_in(const std::string& text) {
    std::size_t digits = 0;
    const double number = std::stod(text, &digits);
    const std::string unit = text.substr(digits);
    return unit == "us" ? number / 1e6 : unit == "ms" ? number / 1e3 : number;
}

// The word behind a label in what wrk prints.
std::string after(const std::string& text, const std::string& label) {
    const auto found = text.find(label);
    if (found == text.npos) throw std::runtime_error("wrk said no " + label + ":\n" + text);
    const auto begin = text.find_first_not_of(" \t", found + label.size());
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

}  // namespace

std::string program() {
    const char* given = std::getenv("TIENDO");
    return given && *given ? given : TIENDO_PROGRAM;
}

Served::Served(const std::string& data_folder) {
    int output = -1;
    process_ = started(output, [&] {
        const std::string path = program();
        ::execl(path.c_str(), path.c_str(), "serve", "--data", data_folder.c_str(), "--listen", "127.0.0.1:0",
                static_cast<char*>(nullptr));
    });
    try {
        port_ = port_told_on(output);
    } catch (...) {
        end(process_);
        throw;
    }
    ::close(output);
}

Served::~Served() { end(process_); }

Constant::Constant(const http::Response& response) {
    int output = -1;
    process_ = started(output, [&] {
        const auto answer = [&](http::Request&) { return response; };
        http::Server server({.port = 0, .stop_on_signals = true},
                            [&](http::Request&) { return http::Treatment{.handler = answer}; });
        std::printf("127.0.0.1:%d\n", server.port());
        std::fflush(stdout);
        server.run();
        ::_exit(0);
    });
    port_ = port_told_on(output);
    ::close(output);
}

Constant::~Constant() { end(process_); }

int status_of(std::uint16_t port, const std::string& path) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int status = 0;
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        const std::string request =
            "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        std::string answer(64, '\0');
        if (::write(socket, request.data(), request.size()) == static_cast<ssize_t>(request.size()) &&
            ::read(socket, answer.data(), answer.size()) > 12)
            status = std::atoi(answer.c_str() + 9);
    }
    ::close(socket);
    return status;
}

Load load_of(std::uint16_t port, const std::string& path, const std::string& cookie, int seconds,
             int clients) {
    const std::string command = "wrk -t1 -c" + std::to_string(clients) + " -d" + std::to_string(seconds) +
                                "s --latency -H 'Cookie: " + cookie +
                                "' 'http://127.0.0.1:" + std::to_string(port) + path + "' 2>&1";
    std::string said;
    FILE* output = ::popen(command.c_str(), "r");
    if (!output) throw std::runtime_error("wrk did not start");
    for (char part[4096]; const std::size_t size = std::fread(part, 1, sizeof part, output);)
        said.append(part, size);
    if (::pclose(output) != 0 || said.find("Non-2xx") != said.npos || said.find("Socket errors") != said.npos)
        throw std::runtime_error("wrk on " + path + ":\n" + said);
    // Shares stand above the distribution too, and may end in the same digits.
    const std::string distribution = said.substr(std::min(said.find("Latency Distribution"), said.size()));
    return {std::stod(after(said, "Requests/sec:")), seconds_in(after(distribution, "50%")),
            seconds_in(after(distribution, "99%"))};
}

std::int64_t resident_bytes(pid_t process) {
    std::ifstream statm("/proc/" + std::to_string(process) + "/statm");
    std::int64_t size = 0, resident = 0, shared = 0;
    statm >> size >> resident >> shared;
    // Without the pages of the database that SQLite maps: those are the system's file cache.
    return (resident - shared) * ::sysconf(_SC_PAGESIZE);
}

}  // namespace tiendo::bench
