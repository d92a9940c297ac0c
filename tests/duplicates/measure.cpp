// duplicates_measure [PEOPLE [SEED [DATABASE]]]: sweeps a generated register and says how long it took, in
// how much memory, and how much of what is known to be there was found. Without a database, a SQLite file in
// TMPDIR.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "features/accounts/accounts.h"
#include "features/duplicates/duplicates.h"
#include "figures.h"
#include "platform/db/testing.h"

using namespace tiendo;

namespace {

std::string per_cent(std::int64_t part, std::int64_t whole) {
    const std::int64_t share = tests::per_mille(part, whole);
    return std::to_string(share / 10) + "." + std::to_string(share % 10) + " %";
}

// Kilobytes that this process holds of its own: without the pages of the database's file, which
// SQLite maps and the system takes back at will.
std::int64_t held() {
    std::ifstream status("/proc/self/status");
    const std::string name = "RssAnon:";
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name)) return std::atoll(line.c_str() + name.size());
    return 0;
}

void print(const tests::Figures& figures) {
    std::printf("%-12s %10s %10s %10s\n", "from score", "pairs", "precision", "recall");
    for (const auto& [from, found] : figures.from)
        std::printf("%-12d %10lld %10s %10s\n", from, static_cast<long long>(found.pairs),
                    per_cent(found.right, found.pairs).c_str(), per_cent(found.right, figures.twice).c_str());
    for (const auto& [error, share] : figures.by_error)
        std::printf("%-36s %8lld %10s\n", error.c_str(), static_cast<long long>(share.of),
                    per_cent(share.found, share.of).c_str());
}

}  // namespace

int main(int count, char** words) {
    const tests::Shape shape{.people = count > 1 ? std::atoll(words[1]) : 20'000,
                             .seed = count > 2 ? std::strtoull(words[2], nullptr, 10) : 1};
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("duplicates-" + std::to_string(next_id()));
    std::filesystem::create_directories(folder);
    {
        const auto database = db::open(count > 3 ? words[3] : (folder / "register.sqlite").string());
        const auto migrations = db::migration_files(TIENDO_SOURCE_DIR "/db/migrations");
        db::migrate(*database, migrations.files);
        const tests::Register made = tests::fill(*database, shape);
        const web::Actor actor = database->read([](db::Read& tx) { return accounts::operator_actor(tx); });
        const std::int64_t before = held();
        std::int64_t most = before;
        const auto begun = std::chrono::steady_clock::now();
        duplicates::sweep(*database, actor, system_now,
                          [&](std::int64_t, std::int64_t) { most = std::max(most, held()); });
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
        const tests::Figures figures = tests::figures_of(*database, made);
        std::printf("%lld records, seed %llu: %lld people twice, %lld pairs of twins\n",
                    static_cast<long long>(shape.people), static_cast<unsigned long long>(shape.seed),
                    static_cast<long long>(figures.twice), static_cast<long long>(made.twins));
        std::printf("swept in %lld ms, with %lld MB more than before\n", static_cast<long long>(took.count()),
                    static_cast<long long>((most - before) / 1024));
        print(figures);
    }
    std::filesystem::remove_all(folder);
    return 0;
}
