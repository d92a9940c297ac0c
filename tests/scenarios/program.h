// Programs started by a scenario: commands that end, and the server that stays.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace scenario {

using Environment = std::map<std::string, std::string>;

struct Ended {
    int code = 0;  // 128 + the signal when one ended it
    std::string out;
    std::string err;
};

// Runs a shell command in a folder and waits for it. Throws std::runtime_error when it has
// not ended after a minute.
Ended run(const std::string& command, const std::filesystem::path& folder, const Environment& environment);

// The same, but kills it (SIGKILL) when it has not ended in time, and answers nothing then.
std::optional<Ended> run_or_kill(const std::string& command, const std::filesystem::path& folder,
                                 const Environment& environment, std::chrono::microseconds patience);

// A server in the background: started with "--listen 127.0.0.1:0", it prints the address it got.
class Server {
 public:
    // Throws std::runtime_error, with what it printed, when no address comes within 30 s.
    Server(const std::string& command, const std::filesystem::path& folder, const Environment& environment);
    Server(const Server&) = delete;
    ~Server();  // whatever happens, no server outlives its scenario
    const std::string& origin() const { return origin_; }  // http://127.0.0.1:41234
    void kill();                                           // as a power cut does
    // Asks it to stop, as Ctrl-C does; throws std::runtime_error when it does not stop
    // within 10 s or complains while it does.
    void stop();

 private:
    pid_t pid_ = 0;
    std::filesystem::path log_;
    std::string origin_;
};

}  // namespace scenario
