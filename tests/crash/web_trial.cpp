#include "web_trial.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

using namespace std::chrono_literals;

namespace crash {
namespace {

const std::string serve = "tiendo serve --listen 127.0.0.1:0";

}  // namespace

WebTrial::WebTrial(const std::string& tiendo, const std::string& postgresql, unsigned seed)
    : books_(tiendo, postgresql, "crash_web_" + std::to_string(seed)), random_(seed) {
    books_.must_run("tiendo demo");
    // Those who started and have not left: their +1 stands without a -1.
    for (const std::string cohort : {"DVM-01/2017", "DVM-02/2017"}) {
        const auto figure = nlohmann::json::parse(books_.must_run(
            "tiendo figure --year 2017 --as-of 2017-06-16 --measure learners_started --cohort " + cohort +
            " --format json"));
        std::map<std::string, int> present;
        for (const auto& posting : figure["postings"])
            present[posting["participation"]] += posting["quantity"].get<int>();
        for (const auto& [participation, quantity] : present)
            if (quantity == 1) participations_.push_back(participation);
    }
    scenario::Server server(serve, books_.files(), books_.environment());
    officer_.sign_in(server.origin(), books_.must_run("tiendo sign-in-link --account daotao"));
    server.stop();
}

void WebTrial::round(int number) {
    const auto page = "/participations/" + participations_.at(static_cast<std::size_t>(number));
    const auto where = "round " + std::to_string(number) + ", " + page;
    scenario::Server server(serve, books_.files(), books_.environment());
    if (officer_.get(server.origin(), page).status != 200)
        throw std::runtime_error(where + ": status " + std::to_string(officer_.last().status));
    const auto before = books_.rows();

    // The first withdrawal runs undisturbed and shows how long one takes.
    const auto start = std::chrono::steady_clock::now();
    std::thread killer;
    if (usual_ > 0us) {
        killer = std::thread([&server, moment = some_moment_of(usual_, random_)] {
            std::this_thread::sleep_for(moment);
            server.kill();
        });
    }
    bool acknowledged = false;
    std::string refused;
    try {
        const auto& answer =
            officer_.post(server.origin(), page + "/withdrawal",
                          {{"withdrawn_on", "2017-06-19"}, {"reason", "Chuyển công tác"}}, {});
        acknowledged = answer.status == 303;
        if (!acknowledged) refused = "status " + std::to_string(answer.status) + "\n" + answer.body;
    } catch (const std::runtime_error&) {
        // The server died before it had answered: whether it committed, the rows will tell.
    }
    if (killer.joinable())
        killer.join();
    else
        usual_ =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    server.kill();
    if (!refused.empty()) throw std::runtime_error(where + ": " + refused);
    books_.judge(where, acknowledged, before, {{"participation_events", 1}, {"participations", 0}});
}

}  // namespace crash
