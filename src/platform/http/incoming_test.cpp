#include "platform/http/incoming.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace tiendo;
using http::Incoming;
using http::Method;

namespace {

struct Received {
    Incoming incoming{16 * 1024};
    std::size_t used = 0;  // bytes of the text that were taken
};

// Offers the bytes in pieces, as a connection does.
Received receive(const std::string& bytes, std::size_t piece = 100'000, bool uploads = true,
                 std::uint64_t limit = 10'000) {
    Received received;
    Incoming& incoming = received.incoming;
    std::string pending;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        pending += bytes.substr(at, piece);
        for (;;) {
            const bool in_head = incoming.state() == Incoming::State::head;
            const std::size_t used = incoming.take(pending);
            pending.erase(0, used);
            received.used += used;
            if (!in_head || incoming.state() != Incoming::State::body) break;
            incoming.expect({limit, uploads, std::filesystem::temp_directory_path()});
        }
    }
    return received;
}

int status_of(const std::string& bytes, std::size_t piece = 100'000) {
    Received received = receive(bytes, piece);
    if (received.incoming.state() == Incoming::State::refused) return received.incoming.status();
    if (received.incoming.state() != Incoming::State::done) return 0;
    return received.incoming.finish() ? 200 : received.incoming.status();
}

std::string posted(const std::string& type, const std::string& body) {
    return "POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("a request is read the same however it is cut") {
    const std::string bytes =
        "POST /l%E1%BB%9Bp/7?year=2017&q=+a++b HTTP/1.1\r\nHost: tiendo:8080\r\nX-Name: one\r\n"
        "Cookie: session=s; language=en\r\ncookie: more=m\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\n"
        "Transfer-Encoding: Chunked\r\n\r\n5\r\nname=\r\n7;x=y\r\nLan+%E1\r\n6\r\n%BB%99\r\n0\r\nX-Late: "
        "no\r\n\r\n";
    for (std::size_t piece = 1; piece <= bytes.size(); piece += piece < 20 ? 1 : 37) {
        CAPTURE(piece);
        Received received = receive(bytes + "GET /next", piece);
        REQUIRE(received.incoming.state() == Incoming::State::done);
        REQUIRE(received.incoming.finish());
        CHECK(received.used == bytes.size());
        const http::Request& request = received.incoming.request();
        CHECK(request.method == Method::post);
        CHECK(request.path == "/lớp/7");
        CHECK(request.asked("year") == "2017");
        CHECK(request.asked("q") == "a b");
        CHECK(request.header("x-name") == "one");
        CHECK(request.header("x-late").empty());
        CHECK(request.cookie("session") == "s");
        CHECK(request.cookie("more") == "m");
        CHECK(request.sent("name") == "Lan ộ");
        CHECK(received.incoming.keeps_alive());
    }
}

TEST_CASE("what two programs could read differently is refused") {
    const std::string line = "GET / HTTP/1.1\r\n", host = "Host: a\r\n";
    struct Case {
        std::string what, bytes;
        int status;
    };
    const Case cases[] = {
        {"no host", line + "\r\n", 400},
        {"two hosts", line + host + host + "\r\n", 400},
        {"empty host", line + "Host:\r\n\r\n", 400},
        {"length and chunked",
         "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"chunked and length",
         "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400},
        {"two lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
         400},
        {"a list of lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 3, 3\r\n\r\nabc", 400},
        {"a signed length", "POST / HTTP/1.1\r\n" + host + "Content-Length: +3\r\n\r\nabc", 400},
        {"a negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -3\r\n\r\nabc", 400},
        {"a huge length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
        {"gzip, chunked", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
         400},
        {"identity", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n\r\n", 400},
        {"chunked twice",
         "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400},
        {"chunked in 1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"bad chunk size", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzzz\r\n", 400},
        {"chunk without end",
         "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcXYZ\r\n", 400},
        {"space before colon", line + host + "X : y\r\n\r\n", 400},
        {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
        {"a NUL", line + host + "X: a" + std::string(1, '\0') + "b\r\n\r\n", 400},
        {"no version", "GET /\r\n\r\n", 400},
        {"a version of the future", "GET / HTTP/2.0\r\n" + host + "\r\n", 400},
        {"a whole address", "GET http://a/ HTTP/1.1\r\n" + host + "\r\n", 400},
        {"an asterisk", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400},
        {"up and out", "GET /a/../../b HTTP/1.1\r\n" + host + "\r\n", 400},
        {"a broken escape", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400},
        {"a broken query", "GET /?a=%ff HTTP/1.1\r\n" + host + "\r\n", 400},
        {"a fragment", "GET /a#b HTTP/1.1\r\n" + host + "\r\n", 400},
        {"a TLS greeting", std::string("\x16\x03\x01\x02\x00\x01", 6) + "\r\n\r\n", 400},
        {"a zipped body", posted("text/plain\r\nContent-Encoding: gzip", "x"), 415},
        {"another expectation", posted("text/plain\r\nExpect: a-miracle", "x"), 417},
        {"a header without end", line + host + "X: " + std::string(20'000, 'x'), 431},
        {"headers without end",
         [&] {
             std::string many = line + host;
             for (int i = 0; i < 2000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
             return many;
         }(),
         431},
        {"a line without end", "GET /" + std::string(100'000, 'x'), 431},
        {"a form with a broken escape", posted("application/x-www-form-urlencoded", "a=%"), 400},
        {"a form that is no UTF-8", posted("application/x-www-form-urlencoded", "a=%ff"), 400},
        {"a multipart form without boundary", posted("multipart/form-data", "x"), 400},
        {"a multipart form that is none", posted("multipart/form-data; boundary=X", "hello"), 400},
        {"a multipart form cut short", posted("multipart/form-data; boundary=X", "--X\r\n"), 400},
    };
    for (const auto& [what, bytes, status] : cases) {
        CAPTURE(what);
        CHECK(status_of(bytes) == status);
        // In small pieces the parser waits for an empty line, and the deadline answers.
        if (what == "bare line feeds") continue;
        if (bytes.size() < 1000) CHECK(status_of(bytes, 1) == status);
    }
}

TEST_CASE("a body has a limit, announced or not") {
    const auto status = [](const std::string& bytes, std::uint64_t limit) {
        Received received = receive(bytes, 100, false, limit);
        return received.incoming.state() == Incoming::State::refused ? received.incoming.status() : 200;
    };
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\n";
    CHECK(status(head + "Content-Length: 10\r\n\r\n0123456789", 10) == 200);
    CHECK(status(head + "Content-Length: 11\r\n\r\n", 10) == 413);
    CHECK(status(head + "Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n", 10) == 413);
    CHECK(status(head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + std::string(500, 'x'),
                 10) >= 400);
    CHECK(status(head + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x'), 10) == 400);
}

TEST_CASE("files go to disk, and from there when nobody wants them any more") {
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n Nguye\xcc\x82\xcc\x83n \r\n"
        "--B\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.xlsx\"\r\n"
        "Content-Type: x/y\r\n\r\nline\r\n\r\nend\r\n--B--\r\n";
    std::filesystem::path path;
    {
        Received received = receive(posted("multipart/form-data; boundary=B", body), 10);
        REQUIRE(received.incoming.state() == Incoming::State::done);
        REQUIRE(received.incoming.finish());
        const http::Request& request = received.incoming.request();
        CHECK(request.sent("kind") == "Nguyễn");
        CHECK(request.secret("kind") == " Nguye\xcc\x82\xcc\x83n ");
        CHECK(request.upload("none") == nullptr);
        REQUIRE(request.upload("file") != nullptr);
        const http::Upload& upload = *request.upload("file");
        CHECK(upload.name == "roster.xlsx");
        CHECK(upload.type == "x/y");
        CHECK(upload.size == 11);
        path = upload.path();
        std::ifstream in(path, std::ios::binary);
        CHECK(std::string((std::istreambuf_iterator<char>(in)), {}) == "line\r\n\r\nend");
        CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::all) ==
              (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a file where none is wanted is refused before a byte of it is kept") {
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n--B--";
    Received received = receive(posted("multipart/form-data; boundary=B", body), 1000, false);
    CHECK(received.incoming.state() == Incoming::State::refused);
    CHECK(received.incoming.status() == 415);
}

TEST_CASE("connections are kept as the standard says") {
    const auto keeps = [](const std::string& head) { return receive(head + "\r\n").incoming.keeps_alive(); };
    CHECK(keeps("GET / HTTP/1.1\r\nHost: a\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"));
    CHECK_FALSE(keeps("GET / HTTP/1.0\r\nHost: a\r\n"));
    CHECK(keeps("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n"));
}
