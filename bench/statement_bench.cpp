// The progress statement in every size, beside the same SQL through the C library.
#include <algorithm>

#include "features/accounts/accounts.h"
#include "features/reports/reports.h"
#include "measure.h"
#include "replay.h"
#include "shelf.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

const plan::View at_the_end{*Date::of(year_of_books, 12, 31), std::nullopt};

// One database, opened by the program and by the C library.
struct Opened {
    std::string name;
    std::unique_ptr<db::Database> database;
    web::Actor actor;
    std::function<std::unique_ptr<Replay>(std::vector<Call>)> replay;

    reports::Question question(const plan::View& view) const { return {year_of_books, view, {}}; }
    void state(const plan::View& view) const {
        database->read([&](db::Read& tx) { reports::statement(tx, actor, question(view)); });
    }
};

Opened opened(const std::string& address, std::string name) {
    Opened opened{.name = std::move(name), .database = db::open(address), .actor = {}, .replay = {}};
    opened.actor = opened.database->read([](db::Read& tx) { return accounts::operator_actor(tx); });
    const bool server = opened.database->kind() == db::Kind::postgresql;
    opened.replay = [address, server](std::vector<Call> calls) {
        return server ? postgresql_replay(address, std::move(calls))
                      : sqlite_replay(address, std::move(calls));
    };
    return opened;
}

// Median seconds of ours; tells it beside its limit.
Both measure(const Opened& on, const std::string& what, const plan::View& view, int turns,
             std::optional<double> allowed) {
    on.state(view);  // prepares the statements
    const std::int64_t before = db::statements_run();
    const std::vector<Call> calls = recorded([&] { on.state(view); });
    const std::int64_t statements = db::statements_run() - before;
    const auto replay = on.replay(calls);
    replay->run();
    const Both both = in_turn(
        turns, [&] { on.state(view); }, [&] { replay->run(); });
    tell({what + ", " + std::to_string(statements) + " statements", microseconds(both.ours),
          microseconds(both.limit), both.ours / both.limit, allowed});
    return both;
}

void tell_growth(const std::string& what, double smallest, double largest, std::optional<double> allowed) {
    tell({what, microseconds(largest), microseconds(smallest), largest / smallest, allowed});
}

void on_sqlite(int turns) {
    constexpr double twice = 2.0, once_and_a_half = 1.5;
    std::vector<std::int64_t> sizes{10'000, 1'000'000};
    if (!quick()) sizes.push_back(10'000'000);
    std::vector<Opened> equal;
    for (const std::int64_t size : sizes)
        equal.push_back(opened(sqlite_file({size, Days::same_at_every_size}), "SQLite, " + grouped(size)));
    // Round after round over all sizes: what the machine does meanwhile meets all of them.
    std::vector<std::vector<double>> rounds(sizes.size());
    for (const Opened& on : equal) measure(on, "statement, " + on.name, at_the_end, turns, twice);
    for (int round = 0; round < turns; ++round)
        for (std::size_t i = 0; i < equal.size(); ++i)
            rounds[i].push_back(seconds_of([&] { equal[i].state(at_the_end); }));
    tell_growth("statement, growth " + grouped(sizes.front()) + " to " + grouped(sizes.back()) +
                    ", equal (line, day) pairs",
                median(rounds.front()), median(rounds.back()), once_and_a_half);

    const Opened small = opened(sqlite_file({10'000, Days::whole_year}), "10,000 with 125 (line, day) pairs");
    const Opened large =
        opened(sqlite_file({1'000'000, Days::whole_year}), "1,000,000 with 3,000 (line, day) pairs");
    const double few = measure(small, "statement, SQLite, " + small.name, at_the_end, turns, twice).ours;
    const double many = measure(large, "statement, SQLite, " + large.name, at_the_end, turns, twice).ours;
    tell_growth("statement, growth 10,000 to 1,000,000 with the days that come", few, many, std::nullopt);

    const plan::View midyear{*Date::of(year_of_books, 6, 30), std::nullopt};
    measure(large, "statement as of 30 June, later cohorts forecast", midyear, std::max(3, turns / 10),
            std::nullopt);
    const plan::View known_then{*Date::of(year_of_books, 12, 31), parse_instant("2017-10-01T00:00:00+07:00")};
    measure(large, "statement known at 1 October (reads postings)", known_then, 5, std::nullopt);
}

void on_postgresql(int turns) {
    constexpr double twice = 2.0;
    const Shape shape{1'000'000, Days::whole_year};
    const auto address = postgresql_books(shape);
    if (!address) return say("TIENDO_TEST_POSTGRESQL names no server: PostgreSQL is not measured");
    const Opened on = opened(*address, "PostgreSQL, 1,000,000");
    measure(on, "statement, " + on.name, at_the_end, turns, twice);
    const plan::View known_then{*Date::of(year_of_books, 12, 31), parse_instant("2017-10-01T00:00:00+07:00")};
    measure(on, "statement known at 1 October, PostgreSQL", known_then, 5, std::nullopt);
}

}  // namespace

int main() {
    const int turns = quick() ? 50 : 300;
    on_sqlite(turns);
    on_postgresql(turns);
}
