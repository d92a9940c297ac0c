// scenario_runner FILE --tiendo PROGRAM [--postgresql]
//
// Plays one scenario on a fresh SQLite file, or with --postgresql in a fresh schema of the
// server whose address is in TIENDO_TEST_POSTGRESQL. Exit codes: 0 it holds, 1 it does not,
// 2 usage, 77 there is no such server (ctest counts that as skipped).
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "play.h"

namespace {

constexpr int skipped = 77;

struct Arguments {
    std::string file;
    std::string tiendo;
    bool postgresql = false;
};

bool parse(int count, char** words, Arguments& arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--postgresql")
            arguments.postgresql = true;
        else if (word == "--tiendo" && i + 1 < count)
            arguments.tiendo = words[++i];
        else if (arguments.file.empty() && word.rfind("--", 0) != 0)
            arguments.file = word;
        else
            return false;
    }
    return !arguments.file.empty() && !arguments.tiendo.empty();
}

}  // namespace

int main(int count, char** words) {
    Arguments arguments;
    if (!parse(count, words, arguments)) {
        std::fputs("usage: scenario_runner FILE --tiendo PROGRAM [--postgresql]\n", stderr);
        return 2;
    }
    const char* server = std::getenv("TIENDO_TEST_POSTGRESQL");
    if (arguments.postgresql && !(server && *server)) {
        std::puts("skipped: TIENDO_TEST_POSTGRESQL names no server");
        return skipped;
    }
    try {
        std::ifstream in(arguments.file, std::ios::binary);
        if (!in) throw std::runtime_error("cannot read it");
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        const auto scenario = scenario::parse(text);
        const scenario::Place place(arguments.tiendo, arguments.postgresql ? server : "");
        scenario::play(scenario, place);
        std::printf("holds: %s (%zu steps)\n", scenario.title.c_str(), scenario.steps.size());
        return 0;
    } catch (const scenario::Failure& failure) {
        std::printf("%s:%d: %s\n", arguments.file.c_str(), failure.line, failure.what());
    } catch (const std::exception& error) {
        std::printf("%s: %s\n", arguments.file.c_str(), error.what());
    }
    return 1;
}
