// Programs that listen, and the load that is put on them.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "platform/http/http.h"

namespace tiendo::bench {

// The program itself, $TIENDO or the one of this build, on a free port of loopback; ended with
// this object. It listens when the constructor returns.
class Served {
 public:
    explicit Served(const std::string& data_folder);
    ~Served();
    Served(const Served&) = delete;
    std::uint16_t port() const { return port_; }
    pid_t process() const { return process_; }

 private:
    pid_t process_ = 0;
    std::uint16_t port_ = 0;
};

// The limit of a page: a server of platform/http, in a process of its own, that answers every
// request with the same response, made once.
class Constant {
 public:
    explicit Constant(const http::Response& response);
    ~Constant();
    Constant(const Constant&) = delete;
    std::uint16_t port() const { return port_; }
    pid_t process() const { return process_; }

 private:
    pid_t process_ = 0;
    std::uint16_t port_ = 0;
};

// The program that Served starts.
std::string program();

// Sends a GET and answers the status; 0 when nobody listens.
int status_of(std::uint16_t port, const std::string& path);

// wrk -t1 with so many connections. Throws when a response was no 2xx or 3xx.
struct Load {
    double requests_per_second = 0;
    double median = 0, p99 = 0;  // seconds
};
Load load_of(std::uint16_t port, const std::string& path, const std::string& cookie, int seconds,
             int clients = 16);

std::int64_t resident_bytes(pid_t process);

}  // namespace tiendo::bench
