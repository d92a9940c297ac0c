// For tests: a client that says exactly what it is told, as slowly as it is told.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tiendo::http {

class Client {
 public:
    // Connects to a port of this machine, or throws std::runtime_error.
    explicit Client(std::uint16_t port);
    ~Client();
    Client(Client&& other) noexcept;

    bool send(std::string_view bytes);

    struct Answer {
        int status = 0;  // 0: the server closed first
        std::string head, body;
    };
    // The next response; of one to HEAD there is no body to wait for.
    Answer answer(bool has_body = true);
    Answer ask(std::string_view bytes) {
        send(bytes);
        return answer();
    }
    // How many of the next bytes are c; nothing of them is kept.
    std::size_t count(char c, std::size_t bytes);
    bool is_closed() { return rest_.empty() && !more(); }

 private:
    bool more();
    int socket_;
    std::string rest_;
};

}  // namespace tiendo::http
