#include "platform/mail/testing.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace tiendo::mail {

TestServer::TestServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    constexpr int queue = 8;
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(socket_, queue) != 0)
        throw std::runtime_error("no port for a mail server");
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

TestServer::~TestServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
}

Server TestServer::address() const {
    return {"smtp://127.0.0.1:" + std::to_string(port_), "", "", "daotao@example.org"};
}

void TestServer::answer(const std::string& beginning, const std::string& answer) {
    const std::lock_guard lock(mutex_);
    answers_[beginning] = answer;
}

std::string TestServer::said() const {
    const std::lock_guard lock(mutex_);
    return said_;
}

std::vector<std::string> TestServer::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

std::string TestServer::answer_to(const std::string& line, const std::string& usual) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [beginning, answer] : answers_)
        if (!answer.empty() && line.rfind(beginning, 0) == 0) return answer;
    return usual;
}

void TestServer::serve() {
    for (;;) {
        const int peer = ::accept(socket_, nullptr, nullptr);
        if (peer < 0) return;
        talk(peer);
        ::close(peer);
    }
}

void TestServer::talk(int peer) {
    const auto say = [&](const std::string& text) {
        return text != "hang up" && ::send(peer, (text + "\r\n").data(), text.size() + 2, MSG_NOSIGNAL) > 0;
    };
    if (!say(answer_to("CONNECT", "220 here"))) return;
    std::string line, recipient;
    bool in_data = false;
    char c = 0;
    while (::read(peer, &c, 1) == 1) {
        line += c;
        if (c != '\n') continue;
        {
            const std::lock_guard lock(mutex_);
            said_ += line;
        }
        if (in_data) {
            if (line == ".\r\n") {
                in_data = false;
                const std::string answer = answer_to(".", "250 taken");
                if (answer[0] == '2') {
                    const std::lock_guard lock(mutex_);
                    taken_.push_back(recipient);
                }
                if (!say(answer)) return;
            }
        } else if (line.rfind("DATA", 0) == 0) {
            const std::string answer = answer_to(line, "354 go on");
            in_data = answer[0] == '3';
            if (!say(answer)) return;
        } else if (line.rfind("QUIT", 0) == 0) {
            say("221 bye");
            return;
        } else {
            if (line.rfind("RCPT TO:<", 0) == 0) recipient = line.substr(9, line.find('>') - 9);
            if (!say(answer_to(line, "250 ok"))) return;
        }
        line.clear();
    }
}

}  // namespace tiendo::mail
