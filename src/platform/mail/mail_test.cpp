#include "platform/mail/mail.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace tiendo::mail {
namespace {

const Instant at = *parse_instant("2017-06-12T07:30:00+07:00");

// Takes one message, as the simplest of servers does, and keeps what was said.
class TakingServer {
 public:
    explicit TakingServer(std::string answer_to_recipient)
        : answer_(std::move(answer_to_recipient)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(socket_, 1) == 0);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~TakingServer() {
        if (thread_.joinable()) thread_.join();
        ::close(socket_);
    }
    std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    std::string said() {
        thread_.join();
        return said_;
    }

 private:
    void serve() {
        const int peer = ::accept(socket_, nullptr, nullptr);
        const auto say = [&](const std::string& line) {
            (void)!::write(peer, (line + "\r\n").data(), line.size() + 2);
        };
        say("220 here");
        std::string line;
        bool in_data = false;
        char c = 0;
        while (::read(peer, &c, 1) == 1) {
            line += c;
            if (c != '\n') continue;
            said_ += line;
            if (in_data) {
                if (line == ".\r\n") {
                    in_data = false;
                    say("250 taken");
                }
            } else if (line.rfind("DATA", 0) == 0) {
                in_data = true;
                say("354 go on");
            } else if (line.rfind("RCPT", 0) == 0) {
                say(answer_);
            } else if (line.rfind("QUIT", 0) == 0) {
                say("221 bye");
                break;
            } else {
                say("250 ok");
            }
            line.clear();
        }
        ::close(peer);
    }

    std::string answer_, said_;
    int socket_;
    int port_ = 0;
    std::thread thread_;
};

TEST_CASE("a message is composed with its subject encoded and its text in base64") {
    const std::string text =
        composed({"an@example.org", "Đổi lịch học", "Buổi học chuyển sang 13/6.\n", "<event-7-12@tiendo>"},
                 "daotao@example.org", at);
    for (const char* line :
         {"Date: Mon, 12 Jun 2017 00:30:00 +0000\r\n", "From: daotao@example.org\r\n",
          "To: an@example.org\r\n", "Subject: =?UTF-8?B?xJDhu5VpIGzhu4tjaCBo4buNYw==?=\r\n",
          "Message-ID: <event-7-12@tiendo>\r\n", "Auto-Submitted: auto-generated\r\n",
          "\r\n\r\nQnXhu5VpIGjhu41jIGNodXnhu4NuIHNhbmcgMTMvNi4K\r\n"})
        CHECK_MESSAGE(text.find(line) != text.npos, line);
}

TEST_CASE("a long subject is cut into words at whole characters") {
    std::string subject;
    for (int i = 0; i < 20; ++i) subject += "ữ";
    const std::string text = composed({"a@b.c", subject, "", "<x@y>"}, "d@e.f", at);
    CHECK(text.find("?=\r\n =?UTF-8?B?") != text.npos);
}

TEST_CASE("what cannot be an address is told") {
    for (const char* good : {"an@example.org", "a.b+c@x"}) CHECK_MESSAGE(is_address(good), good);
    for (const char* bad : {"", "an", "@x", "an@", "a b@x", "a@b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b,c@d"})
        CHECK_MESSAGE(!is_address(bad), bad);
}

TEST_CASE("a server takes the message, or says no and nobody's address is told") {
    TakingServer taking("250 ok");
    send({taking.url(), "", "", "daotao@example.org"}, {"an@example.org", "Lịch", "Xin chào", "<x@y>"}, at);
    const std::string said = taking.said();
    CHECK(said.find("MAIL FROM:<daotao@example.org>") != said.npos);
    CHECK(said.find("RCPT TO:<an@example.org>") != said.npos);
    CHECK(said.find("Subject: =?UTF-8?B?") != said.npos);
    TakingServer refusing("550 nobody here");
    try {
        send({refusing.url(), "", "", "daotao@example.org"}, {"an@example.org", "Lịch", "Xin chào", "<x@y>"},
             at);
        FAIL("it was taken");
    } catch (const Failure& failure) {
        CHECK(std::string(failure.what()).find("an@example.org") == std::string::npos);
    }
}

}  // namespace
}  // namespace tiendo::mail
