// The timetable of a year with 10,000 sessions: the clash check beside the same SQL through the C library of
// each database, and the pages of a year, a month and a week.
#include <filesystem>

#include "features/accounts/accounts.h"
#include "features/timetable/clashes.h"
#include "measure.h"
#include "measured_pages.h"
#include "replay.h"
#include "shelf.h"
#include "timetable_data.h"

namespace {

using namespace tiendo;
using namespace tiendo::bench;

constexpr std::int64_t sessions = 10'000;
constexpr double twice = 2.0;
const Shape shape{10'000, Days::whole_year};
const Date first = *Date::of(year_of_books, 1, 1), last = *Date::of(year_of_books, 12, 31);

void measure(const std::string& address, const std::string& name) {
    const auto database = db::open(address);
    fill_timetable(*database, sessions);
    database->write([](db::Write& tx) { tx.run("analyze"); });
    const web::Actor actor = database->read([](db::Read& tx) { return accounts::operator_actor(tx); });
    const auto beside_replay = [&](const std::string& what, const std::function<void(db::Read&)>& ask) {
        const auto ours = [&] { database->read(ask); };
        ours();  // prepares the statements
        const auto calls = recorded(ours);
        const auto replay = database->kind() == db::Kind::postgresql ? postgresql_replay(address, calls)
                                                                     : sqlite_replay(address, calls);
        replay->run();
        const Both both = in_turn(quick() ? 10 : 50, ours, [&] { replay->run(); });
        tell({what + ", " + name, milliseconds(both.ours), milliseconds(both.limit), both.ours / both.limit,
              twice});
    };
    std::size_t found = 0;
    beside_replay("clash check of " + grouped(sessions) + " sessions", [&](db::Read& tx) {
        found = timetable::clashes(tx, actor, {first, last, std::nullopt, std::nullopt}).size();
    });
    say(name + ": " + grouped(static_cast<std::int64_t>(found)) + " clashes found");
    beside_replay("all sessions of a year, listed",
                  [&](db::Read& tx) { timetable::listed(tx, actor, {}, first, last); });
}

void measure_pages(const std::string& data) {
    const OpenSite site(data);
    const std::string day = std::to_string(year_of_books) + "-03-15";
    for (const Page& page : {Page{"timetable page of a full year", "/timetable?view=year&on=" + day},
                             Page{"timetable page of a month", "/timetable?view=month&on=" + day},
                             Page{"timetable page of a week", "/timetable?view=week&on=" + day}}) {
        std::vector<double> whole, database;
        std::size_t bytes = 0;
        for (int turn = 0; turn < (quick() ? 10 : 50); ++turn) {
            const std::int64_t before = db::nanoseconds_in_database();
            whole.push_back(seconds_of([&] { bytes = site.answer(page).body.size(); }));
            database.push_back(static_cast<double>(db::nanoseconds_in_database() - before) / 1e9);
        }
        tell({page.name + ", " + grouped(sessions) + " sessions, " +
                  grouped(static_cast<std::int64_t>(bytes)) + " bytes: whole, and in the database",
              milliseconds(median(whole)), milliseconds(median(database))});
    }
}

}  // namespace

int main() {
    // A copy of its own: the books of the other benchmarks have no timetable.
    const std::string data = folder() + "/timetable";
    std::filesystem::copy(data_folder(shape), data, std::filesystem::copy_options::recursive);
    measure(data + "/tiendo.sqlite", "SQLite");
    measure_pages(data);
    if (const auto address = postgresql_books(shape))
        measure(*address, "PostgreSQL");
    else
        say("TIENDO_TEST_POSTGRESQL names no server: PostgreSQL is not measured");
}
