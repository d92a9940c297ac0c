// Jobs that cannot be done now.
#include <doctest/doctest.h>

#include "platform/db/testing.h"
#include "platform/jobs/jobs.h"

using namespace tiendo;
using namespace std::chrono_literals;

namespace {

const std::string migrations = TIENDO_SOURCE_DIR "/db/migrations";

struct Watch {
    std::int64_t ms = 1'000'000;
    Clock clock() {
        return [this] { return Instant{ms}; };
    }
};

void add(db::Database& database, std::int64_t subject) {
    database.write([&](db::Write& tx) { jobs::add(tx, "count", subject, Instant{1}); });
}

std::int64_t jobs_left(db::Database& database) {
    return database.read([](db::Read& tx) { return tx.integer(R"sql(select count(*) from jobs)sql"); });
}

jobs::Work counting(std::function<void(jobs::Run&)> run) {
    return {"count", std::move(run), [](db::Write&, std::int64_t, const std::string&) {}};
}

}  // namespace

TEST_CASE("a job that is put off waits that long, also over a restart, and knows how often it was") {
    db::for_each_database(migrations, [](db::Database& database) {
        Watch watch;
        std::vector<int> times;
        const auto work = counting([&](jobs::Run& run) {
            CHECK(run.attempt() == 1);
            times.push_back(run.times_put_off());
            if (times.size() < 3) throw jobs::Later(std::chrono::minutes(times.size()), "nobody answers");
        });
        const auto waiting = [&] {
            return database.read([](db::Read& tx) { return jobs::put_off(tx, "count"); });
        };
        add(database, 1);
        CHECK(waiting().jobs == 0);
        {
            jobs::Pool pool(database, {work}, {.threads = 0, .clock = watch.clock()});
            CHECK(pool.run_one());
            CHECK(waiting().jobs == 1);
            CHECK(waiting().next_at == Instant{watch.ms + 60'000});
            watch.ms += 59'999;
            CHECK_FALSE(pool.run_one());
            watch.ms += 1;
            CHECK(pool.run_one());
        }
        jobs::Pool later(database, {work}, {.threads = 0, .clock = watch.clock()});
        watch.ms += 119'999;
        CHECK_FALSE(later.run_one());
        watch.ms += 1;
        CHECK(later.run_one());
        CHECK(times == std::vector<int>{0, 1, 2});
        CHECK(waiting().jobs == 0);
        CHECK(jobs_left(database) == 0);
    });
}

TEST_CASE("jobs that are put off stand in nobody's way") {
    db::for_each_database(migrations, [](db::Database& database) {
        Watch watch;
        std::vector<std::int64_t> ran;
        jobs::Pool pool(database, {counting([&](jobs::Run& run) {
                            ran.push_back(run.subject());
                            if (run.subject() == 1) throw jobs::Later(1h, "nobody answers");
                        })},
                        {.threads = 0, .clock = watch.clock()});
        add(database, 1);
        add(database, 2);
        while (pool.run_one()) {
        }
        CHECK(ran == std::vector<std::int64_t>{1, 2});
        database.write([](db::Write& tx) { jobs::drop(tx, 1); });
        watch.ms += 3'600'000;
        CHECK_FALSE(pool.run_one());
    });
}
