// Work that outlives a request. A job is a row: it is added in the transaction of what it is
// for, found again after a restart, and run by whichever process claims it first.
//
// A process that runs a job holds its row for some seconds and renews that while at work; one
// that died lets go by saying nothing, and another begins the job anew. So the work must bear
// being begun twice, and what it records it records together with finish(): two processes
// that both believe they hold a job never both commit it.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "platform/db/db.h"

namespace tiendo::jobs {

struct Job;
using JobId = Id<Job>;

// To be run once the transaction is committed, and never without that. `subject` is the id of
// what the job is about.
JobId add(db::Write& tx, std::string_view kind, std::int64_t subject, Instant at);
// Nobody wants it any more: not begun, or stopped at its next progress.
void drop(db::Write& tx, std::int64_t subject);

// Thrown inside a job that must not go on: the program is stopping, the job was dropped, or
// another process has taken it over. The job lets it pass, and its transaction is undone.
struct Stopped : std::runtime_error {
    Stopped() : std::runtime_error("the job was stopped") {}
};

// Thrown inside a job that cannot be done now and may well be later: it is begun anew after that pause, by
// whichever process runs then.
struct Later : std::runtime_error {
    Later(std::chrono::milliseconds after, const std::string& why) : std::runtime_error(why), pause(after) {}
    std::chrono::milliseconds pause;
};
// The jobs of a kind that Later put off.
struct PutOff {
    std::int64_t jobs = 0;
    std::optional<Instant> next_at;  // when the first of them is begun anew; none: they are at work
};
PutOff put_off(db::Read& tx, std::string_view kind);

// One job while it is run.
class Run {
 public:
    std::int64_t subject() const { return subject_; }
    int attempt() const { return attempt_; }  // 1 at first
    // How often Later has put it off, which is not held against it as an attempt.
    int times_put_off() const { return times_put_off_; }
    // How much is done, in units of the job's own; cheap, and the place where it stops.
    void progress(std::int64_t units);
    // Within the transaction that records what the job was for: the job ends with it. Throws
    // Stopped when somebody else holds the job by now.
    void finish(db::Write& tx);

 private:
    friend class Pool;
    JobId id_;
    std::string kind_;
    std::int64_t subject_ = 0, holder_ = 0;
    int attempt_ = 1, times_put_off_ = 0;
    std::atomic<std::int64_t> units_ = 0;
    std::atomic<bool> stop_ = false;
    std::string incident_;  // set when it failed and nobody could be told yet
};

// What to do with the jobs of one kind.
struct Work {
    std::string kind;  // "imports.check"
    // Runs outside any transaction. A db::Busy it throws puts the job off for a moment, a Later for as long
    // as it says; any other exception ends the job, is logged under an incident number, and is told to
    // `failed`.
    std::function<void(Run&)> run;
    // Within the transaction that gives the job up.
    std::function<void(db::Write&, std::int64_t subject, const std::string& incident)> failed;
    // Jobs whose works are of one line come one after another; the others wait, and say so.
    std::string line = {};
};

struct Settings {
    int threads = 2;                          // 0: nothing runs but by run_one()
    std::chrono::milliseconds lease{10'000};  // renewed at a third of it
    std::chrono::milliseconds look_every{1'000};
    int most_attempts = 3;  // a job under which the program died that often is given up
    Clock clock = system_now;
};

class Pool {
 public:
    // Begins at once with what it finds. The database outlives the pool.
    Pool(db::Database& database, std::vector<Work> works, Settings settings = {});
    // Stops what runs, which begins anew with the next pool.
    ~Pool();
    Pool(const Pool&) = delete;

    // A job has been committed: somebody looks now rather than in a second.
    void wake();
    // Runs the next job on this thread; false when there was none to claim.
    bool run_one();
    // A job of this process stops at its next progress, before its row can be dropped (on
    // SQLite its own transaction stands in the way).
    void stop(std::int64_t subject);

    struct Glimpse {
        std::int64_t units = 0;
        std::string incident;     // it has failed, and the database cannot be told yet
        bool is_waiting = false;  // nobody has begun it yet
    };
    // How far the job about that subject is, run here or elsewhere.
    Glimpse glimpse(db::Read& tx, std::int64_t subject) const;

 private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tiendo::jobs
