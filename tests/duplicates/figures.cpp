#include "figures.h"

#include <set>

#include "features/duplicates/duplicates.h"

namespace tiendo::tests {

Figures figures_of(db::Database& database, const Register& made) {
    Figures figures{.twice = static_cast<std::int64_t>(made.twice.size())};
    std::set<std::pair<std::int64_t, std::int64_t>> shown;
    database.read([&](db::Read& tx) {
        tx.each(R"sql(select first, second, score from duplicate_pairs where state = 'open')sql", {},
                [&](const db::Row& row) {
                    const std::pair pair{row.integer(0), row.integer(1)};
                    const bool right = made.twice.contains(pair);
                    shown.insert(pair);
                    for (const int from :
                         {duplicates::shown_from, duplicates::likely_from, duplicates::proposed_from})
                        if (row.integer(2) >= from) {
                            ++figures.from[from].pairs;
                            figures.from[from].right += right ? 1 : 0;
                        }
                });
    });
    for (const auto& [pair, error] : made.twice)
        for (const std::string& kind : {"name: " + error.name, "birth date: " + error.birth}) {
            Share& share = figures.by_error[kind];
            ++share.of;
            share.found += shown.contains(pair) ? 1 : 0;
        }
    return figures;
}

}  // namespace tiendo::tests
