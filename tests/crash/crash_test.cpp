// crash_test --tiendo PROGRAM [--web | --certificates] [--postgresql] [--rounds 100] [--seed N]
//
// Starts an import or a change on the command line, with --web a change at a browser, with
// --certificates the issuing of a whole cohort's certificates, kills the program with SIGKILL at a random
// moment, and looks at what is left: the books must balance; what was acknowledged must be there whole, what
// was not must be there whole or not at all. Exit codes: 0, 1 something was lost or torn, 2 usage, 77 there
// is no PostgreSQL.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>

#include "certificates_trial.h"
#include "import_trial.h"
#include "web_trial.h"

namespace {

struct Arguments {
    std::string tiendo;
    bool postgresql = false;
    bool web = false;
    bool certificates = false;
    int rounds = 100;
    unsigned seed = std::random_device{}();
};

bool parse(int count, char** words, Arguments& arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--postgresql")
            arguments.postgresql = true;
        else if (word == "--web")
            arguments.web = true;
        else if (word == "--certificates")
            arguments.certificates = true;
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

// Plays the rounds; answers the exit code.
template <class Trial>
int play(const Arguments& arguments, const std::string& postgresql) {
    Trial trial(arguments.tiendo, postgresql, arguments.seed);
    for (int round = 1; round <= arguments.rounds; ++round) trial.round(round);
    const auto& tally = trial.tally();
    std::printf(
        "%d rounds: %d acknowledged, %d killed with nothing left, %d killed after they had committed\n",
        arguments.rounds, tally.acknowledged, tally.absent, tally.committed_unheard);
    // A trial that never kills, or never lets anything through, has tried nothing.
    if (tally.absent > 0 && tally.acknowledged + tally.committed_unheard > 0) return 0;
    std::puts("the kills all fell on one side: choose other moments");
    return 1;
}

}  // namespace

int main(int count, char** words) {
    Arguments arguments;
    if (!parse(count, words, arguments)) {
        std::fputs(
            "usage: crash_test --tiendo PROGRAM [--web | --certificates] [--postgresql] [--rounds N] "
            "[--seed N]\n",
            stderr);
        return 2;
    }
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (arguments.postgresql && !(server && *server)) {
        std::puts("skipped: TIENDO_TEST_POSTGRESQL names no server");
        return 77;
    }
    std::printf("seed %u\n", arguments.seed);
    try {
        const std::string address = arguments.postgresql ? server : "";
        if (arguments.certificates) return play<crash::CertificatesTrial>(arguments, address);
        return arguments.web ? play<crash::WebTrial>(arguments, address)
                             : play<crash::ImportTrial>(arguments, address);
    } catch (const std::exception& error) {
        std::printf("%s\n", error.what());
        return 1;
    }
}
