// How long the program takes from being started to its first answer on a large database, what
// it holds when nobody asks anything, and how large it is; beside a server that does nothing.
#include <filesystem>
#include <thread>

#include "measure.h"
#include "serving.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

const std::string first_page = "/sign-in";

// From here to the first answer; the process itself is given to `look` before it ends.
template <class Server, class Argument>
double seconds_to_answer(const Argument& argument, const std::function<void(const Server&)>& look) {
    std::unique_ptr<Server> server;
    const double seconds = seconds_of([&] {
        server = std::make_unique<Server>(argument);
        if (status_of(server->port(), first_page) != 200)
            throw std::runtime_error(first_page + " was not answered");
    });
    look(*server);
    return seconds;
}

std::int64_t stripped_size(const std::string& program) {
    const std::string copy = folder() + "/stripped";
    if (std::system(("strip -o '" + copy + "' '" + program + "'").c_str()) != 0)
        throw std::runtime_error("strip failed");
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(copy));
    std::filesystem::remove(copy);
    return size;
}

}  // namespace

int main() {
    const std::string data = data_folder({1'000'000, Days::whole_year});
    const http::Response page{.body = std::string(8'000, 'x')};
    std::vector<double> ours, limit, memory, limit_memory;
    for (int turn = 0; turn < (quick() ? 5 : 20); ++turn) {
        const bool look = turn == 0;
        const auto at_rest = [&](auto& into) {
            return [&, look](const auto& server) {
                if (!look) return;
                std::this_thread::sleep_for(std::chrono::seconds(2));
                into.push_back(static_cast<double>(resident_bytes(server.process())));
            };
        };
        ours.push_back(seconds_to_answer<Served>(data, at_rest(memory)));
        limit.push_back(seconds_to_answer<Constant>(page, at_rest(limit_memory)));
    }
    tell({"start to first answer, 1 M participations, beside an empty server", milliseconds(median(ours)),
          milliseconds(median(limit)), median(ours) / median(limit)});
    tell({"memory of its own at rest, beside an empty server",
          megabytes(static_cast<std::int64_t>(median(memory))),
          megabytes(static_cast<std::int64_t>(median(limit_memory)))});
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(program()));
    tell({"size of the program, and stripped", megabytes(size), megabytes(stripped_size(program()))});
}
