#include "platform/http/server.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "platform/http/testing.h"

using namespace tiendo;
using http::Client;
using http::Response;
using http::Settings;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

std::string get(const std::string& path, const std::string& headers = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n";
}
std::string post(const std::string& path, const std::string& body) {
    return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

// A server with a few handlers, running as long as this lives.
class Running {
 public:
    explicit Running(Settings settings = {})
        : server_(std::move(settings), [this](http::Request& request) { return choose(request); }),
          thread_([this] { server_.run(); }) {}
    ~Running() { stop(); }
    void stop() {
        server_.stop();
        if (thread_.joinable()) thread_.join();
    }
    void begin_to_stop() { server_.stop(); }
    std::uint16_t port() const { return server_.port(); }

    std::atomic<int> handled = 0;

 private:
    http::Treatment choose(http::Request& request) {
        http::Treatment treatment;
        if (request.path == "/upload") {
            treatment.uploads = true;
            treatment.body_limit = std::uint64_t{60} << 20;
            treatment.admit = [](const http::Request& head) -> std::optional<Response> {
                if (head.cookie("session") == "good") return std::nullopt;
                return http::text(403, "who are you");
            };
        }
        if (request.path == "/slow") treatment.pool = http::Pool::slow;
        treatment.handler = [this](http::Request& complete) { return handle(complete); };
        return treatment;
    }
    Response handle(const http::Request& request) {
        ++handled;
        if (request.path == "/slow") std::this_thread::sleep_for(300ms);
        if (request.path == "/fails") throw std::runtime_error("secret");
        if (request.path == "/file") return file(20 << 20);
        if (request.path == "/upload") return upload(request);
        return http::text(
            200, std::string(http::to_text(request.method)) + " " + request.target + " " + request.body);
    }
    static Response upload(const http::Request& request) {
        std::uint64_t sum = 0;
        std::ifstream in(request.uploads.at(0).path(), std::ios::binary);
        std::vector<char> block(1 << 16);
        while (in.read(block.data(), 1 << 16) || in.gcount() > 0)
            for (std::streamsize i = 0; i < in.gcount(); ++i)
                sum = sum * 31 + static_cast<unsigned char>(block[static_cast<std::size_t>(i)]);
        return http::text(200, std::to_string(request.uploads[0].size) + " " + std::to_string(sum));
    }
    static Response file(std::size_t size) {
        auto stored = std::make_shared<http::TemporaryFile>(std::filesystem::temp_directory_path());
        const std::string block(1 << 20, 'z');
        for (std::size_t at = 0; at < size; at += block.size())
            REQUIRE(::write(stored->descriptor(), block.data(), block.size()) ==
                    static_cast<ssize_t>(block.size()));
        return http::download(std::shared_ptr<const http::TemporaryFile>(stored), "big.bin",
                              "application/octet-stream");
    }

    http::Server server_;
    std::thread thread_;
};

Settings impatient() {
    Settings settings;
    settings.header_deadline = 300ms;
    settings.idle_deadline = 600ms;
    settings.body_deadline = 300ms;
    return settings;
}

long resident_kilobytes() {
    std::ifstream in("/proc/self/statm");
    long total = 0, resident = 0;
    in >> total >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

double seconds_since(Clock::time_point began) {
    return std::chrono::duration<double>(Clock::now() - began).count();
}

}  // namespace

TEST_CASE("a connection serves one request after the other") {
    Running server;
    Client client(server.port());
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.ask(get("/a?b=" + std::to_string(i)));
        CHECK(answer.status == 200);
        CHECK(answer.body == "GET /a?b=" + std::to_string(i) + " ");
        CHECK(answer.head.find("Content-Security-Policy: ") != std::string::npos);
    }
    CHECK(client.ask(post("/a", "hello")).body == "POST /a hello");
    CHECK(client.ask(get("/a", "Connection: close\r\n")).head.find("Connection: close") != std::string::npos);
    CHECK(client.is_closed());
}

TEST_CASE("requests sent without waiting are answered in their order") {
    Running server;
    Client client(server.port());
    client.send(get("/1") + post("/2", "body") + get("/slow") + get("/4"));
    CHECK(client.answer().body == "GET /1 ");
    CHECK(client.answer().body == "POST /2 body");
    CHECK(client.answer().body == "GET /slow ");
    CHECK(client.answer().body == "GET /4 ");
}

TEST_CASE("HEAD has the head of GET and no body") {
    Running server;
    Client client(server.port());
    client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = client.answer(false);
    CHECK(head.status == 200);
    CHECK(head.head.find("Content-Length: 10\r\n") != std::string::npos);
    CHECK(client.ask(get("/next")).body == "GET /next ");
    client.send("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.answer(false).head.find("Content-Length: 20971520\r\n") != std::string::npos);
    CHECK(client.ask(get("/next")).body == "GET /next ");
}

TEST_CASE("a malformed request is answered, and the connection ends") {
    Running server;
    const std::pair<std::string, int> cases[] = {
        {"nonsense\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\nHost: a\n\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n", 431},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n" + std::string(1'000'000, 'x'), 413},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n" +
             std::string(2'000'000, 'x'),
         413},
    };
    for (const auto& [bytes, status] : cases) {
        CAPTURE(bytes.substr(0, 60));
        Client client(server.port());
        client.send(bytes);
        const auto answer = client.answer();
        CHECK(answer.status == status);
        CHECK(answer.head.find("Connection: close") != std::string::npos);
        CHECK(client.is_closed());
    }
    CHECK(server.handled == 0);
}

TEST_CASE("a handler that throws is answered 500, and says nothing more") {
    Running server;
    Client client(server.port());
    const auto answer = client.ask(get("/fails"));
    CHECK(answer.status == 500);
    CHECK(answer.body.find("secret") == std::string::npos);
    CHECK(client.ask(get("/a")).status == 200);
}

TEST_CASE("a thousand idle connections keep nobody waiting") {
    Running server;
    std::vector<Client> idle;
    for (int i = 0; i < 1000; ++i) {
        idle.emplace_back(server.port());
        if (i % 2 == 0) CHECK(idle.back().ask(get("/idle")).status == 200);
    }
    const auto began = Clock::now();
    Client client(server.port());
    for (int i = 0; i < 200; ++i) REQUIRE(client.ask(get("/a")).status == 200);
    CHECK(seconds_since(began) < 5);
    CHECK(idle.back().ask(get("/late")).status == 200);
    CHECK(idle.front().ask(get("/late")).status == 200);
}

TEST_CASE("a client that sends its headers one byte at a time is cut off in total time") {
    Running server(impatient());
    Client client(server.port());
    const auto began = Clock::now();
    const std::string bytes = get("/slowly", "X: " + std::string(1000, 'x') + "\r\n");
    for (std::size_t i = 0; i < bytes.size() && seconds_since(began) < 5 && client.send(bytes.substr(i, 1));
         ++i) {
        std::this_thread::sleep_for(20ms);
        if (seconds_since(began) > 0.6) break;
    }
    CHECK(client.answer().status == 408);
    CHECK(client.is_closed());
    CHECK(seconds_since(began) < 4);
    CHECK(server.handled == 0);
}

TEST_CASE("a client that says nothing, or nothing more, is let go") {
    Running server(impatient());
    const auto began = Clock::now();
    Client silent(server.port()), tired(server.port()), stuck(server.port());
    CHECK(tired.ask(get("/a")).status == 200);
    stuck.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    CHECK(silent.is_closed());
    CHECK(stuck.answer().status == 408);
    CHECK(tired.is_closed());
    CHECK(seconds_since(began) < 4);
}

TEST_CASE("a client that does not read its answer is let go") {
    Settings settings = impatient();
    settings.slowest_bytes_per_second = std::uint64_t{1} << 30;
    Running server(settings);
    Client client(server.port());
    client.send(get("/file"));
    std::this_thread::sleep_for(1s);
    const auto answer = client.answer();
    CHECK(answer.status == 200);
    CHECK(answer.body.size() < 20u << 20);
}

TEST_CASE("slow work stands in nobody's way") {
    Settings settings;
    settings.workers = 2;
    settings.slow_workers = 1;
    Running server(settings);
    std::vector<Client> slow;
    for (int i = 0; i < 4; ++i) {
        slow.emplace_back(server.port());
        slow.back().send(get("/slow"));
    }
    const auto began = Clock::now();
    Client client(server.port());
    CHECK(client.ask(get("/a")).status == 200);
    CHECK(seconds_since(began) < 0.25);
    for (auto& one : slow) CHECK(one.answer().status == 200);
    CHECK(seconds_since(began) > 0.9);
}

TEST_CASE("when too many wait for a worker the next is told so") {
    Settings settings;
    settings.slow_workers = 1;
    settings.waiting_limit = 1;
    Running server(settings);
    std::vector<Client> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(server.port());
        clients.back().send(get("/slow"));
        std::this_thread::sleep_for(50ms);
    }
    const auto refused = clients[2].answer();
    CHECK(refused.status == 503);
    CHECK(refused.head.find("Retry-After: ") != std::string::npos);
    CHECK(clients[0].answer().status == 200);
    CHECK(clients[1].answer().status == 200);
}

TEST_CASE("an upload of 50 MB goes to disk with memory as flat as before") {
    Running server;
    const std::string before =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\n\r\n";
    const std::string after = "\r\n--B--\r\n";
    std::string block(1 << 20, '\0');
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = static_cast<char>(i * 7 + i / 251);
    std::uint64_t sum = 0;
    Client client(server.port());
    const long resident = resident_kilobytes();
    client.send(
        "POST /upload HTTP/1.1\r\nHost: a\r\nCookie: session=good\r\nContent-Type: multipart/form-data; "
        "boundary=B\r\nExpect: 100-continue\r\nContent-Length: " +
        std::to_string(before.size() + after.size() + (50u << 20)) + "\r\n\r\n");
    CHECK(client.answer().status == 100);
    client.send(before);
    long highest = 0;
    for (int i = 0; i < 50; ++i) {
        REQUIRE(client.send(block));
        for (const char c : block) sum = sum * 31 + static_cast<unsigned char>(c);
        highest = std::max(highest, resident_kilobytes());
    }
    client.send(after);
    const auto answer = client.answer();
    CHECK(answer.status == 200);
    CHECK(answer.body == std::to_string(50u << 20) + " " + std::to_string(sum));
    CHECK(highest - resident < 10 * 1024);
}

TEST_CASE("a stranger's upload is refused before it is read") {
    Running server;
    Client client(server.port());
    client.send(
        "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=B\r\n"
        "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
    const auto answer = client.answer();
    CHECK(answer.status == 403);
    CHECK(answer.body == "who are you");
    CHECK(answer.head.find("Connection: close") != std::string::npos);
    CHECK(server.handled == 0);
}

TEST_CASE("a file is sent from disk, whole, and is gone afterwards") {
    Running server;
    Client client(server.port());
    client.send(get("/file"));
    CHECK(client.answer(false).status == 200);
    const long resident = resident_kilobytes();
    CHECK(client.count('z', 20u << 20) == 20u << 20);
    CHECK(resident_kilobytes() - resident < 8 * 1024);
    CHECK(client.ask(get("/a")).status == 200);
}

TEST_CASE("stopping lets requests under way finish and takes no others") {
    Running server;
    Client busy(server.port()), idle(server.port());
    CHECK(idle.ask(get("/a")).status == 200);
    busy.send(get("/slow"));
    std::this_thread::sleep_for(100ms);
    const auto began = Clock::now();
    server.begin_to_stop();
    CHECK(idle.is_closed());
    const auto answer = busy.answer();
    CHECK(answer.status == 200);
    CHECK(answer.head.find("Connection: close") != std::string::npos);
    server.stop();
    CHECK(seconds_since(began) < 3);
    CHECK_THROWS(Client(server.port()));
}

TEST_CASE("an address that is taken is said plainly") {
    Running server;
    Settings settings;
    settings.port = server.port();
    CHECK_THROWS_WITH(http::Server(settings, {}), doctest::Contains("cannot listen on 127.0.0.1:"));
}

TEST_CASE("many clients at once are all answered") {
    Running server;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            Client client(server.port());
            for (int k = 0; k < 200; ++k) {
                const std::string body(static_cast<std::size_t>(k * 50), static_cast<char>('a' + i));
                if (client.ask(post("/p", body)).body == "POST /p " + body) ++answered;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(answered == 1600);
}
