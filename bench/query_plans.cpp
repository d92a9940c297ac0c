// query_plans [--postgresql]: every statement of the measured pages over a million
// participations, how long it takes, and how the database means to answer it.
#include <algorithm>
#include <cstdio>

#include "measure.h"
#include "measured_pages.h"
#include "replay.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

void print(const Call& call, Replay& replay, double seconds, std::int64_t rows) {
    std::printf("\n-- %s, %lld rows\n%s\n", microseconds(seconds).c_str(), static_cast<long long>(rows),
                call.sql.c_str());
    for (const auto& line : replay.plan_of(call)) std::printf("    %s\n", line.c_str());
}

}  // namespace

int main(int count, char** words) {
    const Shape shape{1'000'000, Days::whole_year};
    const bool server = count > 1 && std::string(words[1]) == "--postgresql";
    const std::string data = data_folder(shape);
    const auto address = server ? postgresql_books(shape) : sqlite_file(shape);
    if (!address) return 1;
    const OpenSite open(data, server ? *address : "");
    for (const Page& page : open.pages()) {
        open.answer(page);  // statements are prepared, pages of the file are in memory
        std::printf("\n==== %s  %s\n", page.name.c_str(), page.path.c_str());
        for (const Call& call : recorded([&] { open.answer(page); })) {
            const auto replay =
                server ? postgresql_replay(*address, {call}) : sqlite_replay(*address, {call});
            std::vector<double> seconds;
            std::int64_t rows = 0;
            for (int turn = 0; turn < 5; ++turn) seconds.push_back(seconds_of([&] { rows = replay->run(); }));
            print(call, *replay, median(seconds), rows);
        }
    }
}
