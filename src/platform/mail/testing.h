// A mail server for tests, on the loopback: takes what it is sent unless told otherwise.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "platform/mail/mail.h"

namespace tiendo::mail {

class TestServer {
 public:
    TestServer();
    ~TestServer();
    TestServer(const TestServer&) = delete;

    Server address() const;
    // To lines that begin so: {"RCPT TO:<an@", "450 later"}; an empty answer: as usual again, "hang up": the
    // line is broken. "CONNECT" is whoever comes.
    void answer(const std::string& beginning, const std::string& answer);
    // All that was said to it, and to whom it has taken a message, one for each time.
    std::string said() const;
    std::vector<std::string> taken() const;

 private:
    void serve();
    void talk(int peer);
    std::string answer_to(const std::string& line, const std::string& usual) const;

    int socket_, port_ = 0;
    mutable std::mutex mutex_;
    std::map<std::string, std::string> answers_;
    std::string said_;
    std::vector<std::string> taken_;
    std::thread thread_;
};

}  // namespace tiendo::mail
