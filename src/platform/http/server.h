// The server: thousands of connections on one or two threads, handlers as plain functions on
// a pool of workers. A slow, idle or malicious client costs a connection, never a worker: a
// handler starts when the whole request is there and is done when it returns its response.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "platform/http/http.h"

namespace tiendo::http {

// Which workers run a handler. The few slow ones take imports, exports and password hashing,
// so that those never stand before an ordinary page.
enum class Pool { ordinary, slow };

inline constexpr std::uint64_t default_body_limit = std::uint64_t{1} << 20;
inline constexpr std::uint64_t default_upload_limit = std::uint64_t{200} << 20;

// How one request is to be answered, decided when its headers are there.
struct Treatment {
    std::function<Response(Request&)> handler;
    Pool pool = Pool::ordinary;
    // The most bytes of body; more is answered 413. Files of a form go to disk as they come.
    std::uint64_t body_limit = default_body_limit;
    bool uploads = false;  // files are welcome in a form; otherwise they are answered 415
    // Asked (on a worker) before a body with files is read, so that a stranger cannot fill
    // the disk: a response here is the answer and the body stays unread.
    std::function<std::optional<Response>(const Request&)> admit = {};
};
// Called on a network thread with method, path, query, headers and cookies: it looks a route
// up and nothing else. May fill request.parameters.
using Choose = std::function<Treatment(Request&)>;

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one, see Server::port()
    int network_threads = 2;
    int workers = 16;
    int slow_workers = 2;
    std::size_t waiting_limit = 2000;  // requests waiting for a worker; more are answered 503
    std::size_t connection_limit = 10000;
    std::size_t header_limit = 16 * 1024;
    std::chrono::milliseconds header_deadline{10'000};
    std::chrono::milliseconds idle_deadline{60'000};     // between two requests of a connection
    std::chrono::milliseconds body_deadline{30'000};     // and one second more for each of the next,
    std::uint64_t slowest_bytes_per_second = 16 * 1024;  // whichever way they go
    std::chrono::milliseconds stop_deadline{15'000};     // for requests under way when stopping
    std::filesystem::path upload_folder = std::filesystem::temp_directory_path();
    // Believe X-Forwarded-For and X-Forwarded-Proto: only behind a proxy that sets them.
    bool behind_proxy = false;
    bool stop_on_signals = false;  // SIGTERM and SIGINT
};

class Server {
 public:
    // Listens from here on; throws std::runtime_error when the address is taken.
    Server(Settings settings, Choose choose);
    ~Server();
    Server(const Server&) = delete;

    std::uint16_t port() const;
    // Serves until stopped: then takes no connection, lets requests under way finish, returns.
    void run();
    void stop();  // from any thread

 private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tiendo::http
