// crash_test --tiendo PROGRAM [--postgresql] [--rounds 100] [--seed N]
//
// Starts an import or a change, kills it with SIGKILL at a random moment, and looks at what
// is left: the books must balance; what was acknowledged must be there whole, what was not
// must be there whole or not at all. Exit codes: 0, 1 something was lost or torn, 2 usage,
// 77 there is no PostgreSQL.
#include "crash.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

namespace {

struct Arguments {
    std::string tiendo;
    bool postgresql = false;
    int rounds = 100;
    unsigned seed = std::random_device{}();
};

bool parse(int count, char** words, Arguments& arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--postgresql")
            arguments.postgresql = true;
        else if (i + 1 == count)
            return false;
        else if (word == "--tiendo")
            arguments.tiendo = words[++i];
        else if (word == "--rounds")
            arguments.rounds = std::atoi(words[++i]);
        else if (word == "--seed")
            arguments.seed = static_cast<unsigned>(std::strtoul(words[++i], nullptr, 10));
        else
            return false;
    }
    return !arguments.tiendo.empty() && arguments.rounds > 0;
}

}  // namespace

int main(int count, char** words) {
    Arguments arguments;
    if (!parse(count, words, arguments)) {
        std::fputs("usage: crash_test --tiendo PROGRAM [--postgresql] [--rounds N] [--seed N]\n", stderr);
        return 2;
    }
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (arguments.postgresql && !(server && *server)) {
        std::puts("skipped: TIENDO_TEST_POSTGRESQL names no server");
        return 77;
    }
    std::printf("seed %u\n", arguments.seed);
    try {
        crash::Trial trial(arguments.tiendo, arguments.postgresql ? server : "", arguments.seed);
        for (int round = 1; round <= arguments.rounds; ++round) trial.round(round);
        const auto& tally = trial.tally();
        std::printf(
            "%d rounds: %d ended before the kill, %d were killed and left nothing, %d were killed after they "
            "had "
            "committed\n",
            arguments.rounds, tally.acknowledged, tally.absent, tally.committed_unheard);
        // A trial that never kills, or never lets anything through, has tried nothing.
        if (tally.absent == 0 || tally.acknowledged + tally.committed_unheard == 0) {
            std::puts("the kills all fell on one side: choose other moments");
            return 1;
        }
        return 0;
    } catch (const std::exception& error) {
        std::printf("%s\n", error.what());
        return 1;
    }
}
