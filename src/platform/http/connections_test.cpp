#include "platform/http/connections.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace std::chrono_literals;
using tiendo::http::Connections;

namespace {

struct Listener : Connections::Guest {
    using Guest::Guest;
    int late = 0, closing = 0;
    void hear_that_time_is_up() override { ++late; }
    void hear_that_we_close() override { ++closing; }
};

}  // namespace

TEST_CASE("only the late hear that their time is up") {
    Connections all;
    const auto late = std::make_shared<Listener>(all), early = std::make_shared<Listener>(all),
               free = std::make_shared<Listener>(all);
    for (const auto& guest : {late, early, free}) all.enter(guest);
    late->give(-1ms);
    early->give(1h);
    CHECK(all.number() == 3);
    all.tell_the_late();
    CHECK(late->late == 1);
    CHECK(early->late == 0);
    CHECK(free->late == 0);
    CHECK_FALSE(free->is_late());
    late->give_all_time();
    all.tell_the_late();
    CHECK(late->late == 1);
    all.tell_all_that_we_close();
    CHECK(late->closing + early->closing + free->closing == 3);
}

TEST_CASE("guests come and go while all are told") {
    Connections all;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 2000; ++k) {
                const auto guest = std::make_shared<Listener>(all);
                all.enter(guest);
                guest->give(-1ms);
            }
        });
    for (int k = 0; k < 2000; ++k) all.tell_all_that_we_close();
    for (auto& thread : threads) thread.join();
    CHECK(all.number() == 0);
}
