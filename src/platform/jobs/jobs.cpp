#include "platform/jobs/jobs.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <list>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace tiendo::jobs {
namespace {

std::shared_ptr<spdlog::logger> log() {
    if (auto logger = spdlog::get("jobs")) return logger;
    static const auto made = spdlog::stderr_color_mt("jobs");
    return made;
}

Instant operator+(Instant moment, std::chrono::milliseconds time) { return {moment.ms + time.count()}; }

// Short enough to be read out over the telephone.
std::string new_incident() {
    constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::random_device random;
    std::string incident;
    for (int i = 0; i < 8; ++i) incident += letters[random() % letters.size()];
    return incident;
}

struct Candidate {
    JobId id;
    std::string kind;
    std::int64_t subject;
    int attempts;
    int times_put_off;
    bool is_held = false;
};

}  // namespace

JobId add(db::Write& tx, std::string_view kind, std::int64_t subject, Instant at) {
    const auto id = new_id<JobId>();
    tx.run(R"sql(
        insert into jobs (id, kind, subject, lease_until, attempts, progress, added_at)
        values (:id, :kind, :subject, 0, 0, 0, :at))sql",
           {{"id", id}, {"kind", kind}, {"subject", subject}, {"at", at}});
    return id;
}

void drop(db::Write& tx, std::int64_t subject) {
    tx.run(R"sql(delete from jobs where subject = :subject)sql", {{"subject", subject}});
}

PutOff put_off(db::Read& tx, std::string_view kind) {
    return tx
        .find<PutOff>(R"sql(
            select count(*), min(case when holder is null then lease_until end)
            from jobs where kind = :kind and times_put_off > 0)sql",
                      {{"kind", kind}},
                      [](const db::Row& row) {
                          const auto next = row.maybe_integer(1);
                          return PutOff{row.integer(0), next ? std::optional(Instant{*next}) : std::nullopt};
                      })
        .value_or(PutOff{});
}

void Run::progress(std::int64_t units) {
    units_ = units;
    if (stop_) throw Stopped{};
}

void Run::finish(db::Write& tx) {
    const bool held = tx.run(R"sql(delete from jobs where id = :id and holder = :holder)sql",
                             {{"id", id_}, {"holder", holder_}}) == 1;
    if (!held) throw Stopped{};
}

class Pool::Inside {
 public:
    Inside(db::Database& database, std::vector<Work> works, Settings settings)
        : database_(database), works_(std::move(works)), settings_(std::move(settings)) {
        for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work(); });
        if (settings_.threads > 0) threads_.emplace_back([this] { keep(); });
    }

    ~Inside() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            for (const auto& run : runs_) run->stop_ = true;
            changed_.notify_all();
        }
        for (std::thread& thread : threads_) thread.join();
    }

    void wake() {
        const std::lock_guard lock(mutex_);
        woken_ = true;
        changed_.notify_all();
    }

    bool run_one() {
        const std::shared_ptr<Run> run = claim();
        if (!run) return false;
        carry_out(*run);
        const std::lock_guard lock(mutex_);
        if (run->incident_.empty()) runs_.remove(run);
        return true;
    }

    void stop(std::int64_t subject) {
        const std::lock_guard lock(mutex_);
        for (const auto& run : runs_)
            if (run->subject_ == subject) run->stop_ = true;
    }

    std::optional<Glimpse> glimpse(std::int64_t subject) const {
        const std::lock_guard lock(mutex_);
        for (const auto& run : runs_)
            if (run->subject_ == subject) return Glimpse{run->units_, run->incident_, false};
        return std::nullopt;
    }

 private:
    // --- the threads --------------------------------------------------------------------

    void work() {
        while (!is_stopping()) {
            bool ran = false;
            try {
                ran = run_one();
            } catch (const std::exception& error) {
                // The database is gone or locked; it is asked again in a while.
                log()->warn("cannot look for work: {}", error.what());
            }
            if (!ran) wait(settings_.look_every, Until::woken);
        }
    }

    // Renews what is held, and tells of failures that could not be told when they happened.
    void keep() {
        while (wait(settings_.lease / 3, Until::stopping)) {
            for (const auto& run : runs()) try {
                    const std::string incident = incident_of(*run);
                    if (incident.empty()) {
                        renew(*run);
                    } else {
                        give_up(*run, incident);
                        forget(run);
                    }
                } catch (const std::exception& error) {
                    // A long transaction of our own may hold SQLite's only writer; then nobody
                    // else can claim the job either.
                    log()->debug("cannot renew {} {}: {}", run->kind_, run->subject_, error.what());
                }
        }
    }

    enum class Until { woken, stopping };
    bool wait(std::chrono::milliseconds time, Until until) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, time, [&] { return stopping_ || (until == Until::woken && woken_); });
        if (until == Until::woken) woken_ = false;
        return !stopping_;
    }

    bool is_stopping() const {
        const std::lock_guard lock(mutex_);
        return stopping_;
    }

    std::list<std::shared_ptr<Run>> runs() const {
        const std::lock_guard lock(mutex_);
        return runs_;
    }

    std::string incident_of(const Run& run) const {
        const std::lock_guard lock(mutex_);
        return run.incident_;
    }

    void forget(const std::shared_ptr<Run>& run) {
        const std::lock_guard lock(mutex_);
        runs_.remove(run);
    }

    // --- one job ------------------------------------------------------------------------

    const Work* work_for(std::string_view kind) const {
        const auto found =
            std::find_if(works_.begin(), works_.end(), [&](const Work& work) { return work.kind == kind; });
        return found == works_.end() ? nullptr : &*found;
    }

    std::string line_of(std::string_view kind) const {
        const Work* work = work_for(kind);
        return work ? work->line : std::string();
    }
    // The oldest job that nobody holds, whose time has come, whose line is free, and that this program knows
    // how to do.
    std::shared_ptr<Run> claim() {
        const Instant now = settings_.clock();
        const auto candidates = database_.read([&](db::Read& tx) {
            return tx.all<Candidate>(R"sql(
                select id, kind, subject, attempts, times_put_off, lease_until > :now and holder is not null
                from jobs where holder is not null or lease_until <= :now order by id limit 1000)sql",
                                     {{"now", now}}, [](const db::Row& row) {
                                         return Candidate{row.id<JobId>(0),
                                                          row.text(1),
                                                          row.integer(2),
                                                          static_cast<int>(row.integer(3)),
                                                          static_cast<int>(row.integer(4)),
                                                          row.truth(5)};
                                     });
        });
        std::set<std::string> lines_held;
        for (const Candidate& candidate : candidates)
            if (candidate.is_held) lines_held.insert(line_of(candidate.kind));
        for (const Candidate& candidate : candidates) {
            if (candidate.is_held || !work_for(candidate.kind)) continue;
            const std::string line = line_of(candidate.kind);
            if (!line.empty() && lines_held.contains(line)) continue;
            const auto run = std::make_shared<Run>();
            run->id_ = candidate.id;
            run->kind_ = candidate.kind;
            run->subject_ = candidate.subject;
            run->holder_ = next_id();
            run->attempt_ = candidate.attempts + 1;
            run->times_put_off_ = candidate.times_put_off;
            {
                // A job at work here may look abandoned when its lease could not be renewed.
                const std::lock_guard lock(mutex_);
                if (stopping_) return nullptr;
                if (std::any_of(runs_.begin(), runs_.end(), [&](const auto& other) {
                        return other->id_ == run->id_ || (!line.empty() && line_of(other->kind_) == line);
                    }))
                    continue;
                runs_.push_back(run);
            }
            bool claimed = false;
            try {
                claimed = take(*run, now);
            } catch (...) {
                forget(run);
                throw;
            }
            if (claimed) return run;
            forget(run);
        }
        return nullptr;
    }

    // Two processes may have seen the same row: the condition is looked at again by the update.
    bool take(const Run& run, Instant now) {
        return database_.write([&](db::Write& tx) {
            return tx.run(R"sql(
                update jobs set holder = :holder, lease_until = :until, attempts = :attempt, progress = 0
                where id = :id and lease_until <= :now)sql",
                          {{"id", run.id_},
                           {"holder", run.holder_},
                           {"until", now + settings_.lease},
                           {"attempt", run.attempt_},
                           {"now", now}}) == 1;
        });
    }

    void carry_out(Run& run) {
        try {
            if (run.attempt_ > settings_.most_attempts)
                throw std::runtime_error("the program has ended under it " +
                                         std::to_string(settings_.most_attempts) + " times");
            work_for(run.kind_)->run(run);
            database_.write([&](db::Write& tx) {
                tx.run(R"sql(delete from jobs where id = :id and holder = :holder)sql",
                       {{"id", run.id_}, {"holder", run.holder_}});
            });
        } catch (const Stopped&) {
            // Whoever stopped it has that long to drop its row.
            put_back(run, is_stopping() ? std::chrono::milliseconds(0) : settings_.look_every);
        } catch (const db::Busy& error) {
            log()->info("{} {} is put off: {}", run.kind_, run.subject_, error.what());
            put_back(run, settings_.look_every);
        } catch (const Later& later) {
            log()->info("{} {} is put off for {} s: {}", run.kind_, run.subject_, later.pause.count() / 1000,
                        later.what());
            ++run.times_put_off_;
            put_back(run, later.pause);
        } catch (const std::exception& error) {
            const std::string incident = new_incident();
            log()->error("incident {}: job {} {}: {}", incident, run.kind_, run.subject_, error.what());
            try {
                give_up(run, incident);
            } catch (const std::exception& gone) {
                log()->warn("cannot record incident {} yet: {}", incident, gone.what());
                const std::lock_guard lock(mutex_);
                run.incident_ = incident;
            }
        }
    }

    void renew(Run& run) {
        const bool held = database_.write([&](db::Write& tx) {
            return tx.run(R"sql(
                update jobs set lease_until = :until, progress = :units where id = :id and holder = :holder)sql",
                          {{"until", settings_.clock() + settings_.lease},
                           {"units", run.units_.load()},
                           {"id", run.id_},
                           {"holder", run.holder_}}) == 1;
        });
        if (!held) run.stop_ = true;
    }

    // It was not the job's fault: the attempt does not count, and it begins anew after a while.
    void put_back(const Run& run, std::chrono::milliseconds after) noexcept {
        try {
            database_.write([&](db::Write& tx) {
                tx.run(R"sql(
                    update jobs set holder = null, lease_until = :after, attempts = attempts - 1,
                                    times_put_off = :times
                    where id = :id and holder = :holder)sql",
                       {{"after", settings_.clock() + after},
                        {"times", run.times_put_off_},
                        {"id", run.id_},
                        {"holder", run.holder_}});
            });
        } catch (const std::exception&) {
            // Its lease ends by itself.
        }
    }

    void give_up(const Run& run, const std::string& incident) {
        database_.write([&](db::Write& tx) {
            const bool held = tx.run(R"sql(delete from jobs where id = :id and holder = :holder)sql",
                                     {{"id", run.id_}, {"holder", run.holder_}}) == 1;
            if (held) work_for(run.kind_)->failed(tx, run.subject_, incident);
        });
    }

    db::Database& database_;
    const std::vector<Work> works_;
    const Settings settings_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false, woken_ = false;
    std::list<std::shared_ptr<Run>> runs_;  // held by this process
    std::vector<std::thread> threads_;
};

Pool::Pool(db::Database& database, std::vector<Work> works, Settings settings)
    : inside_(std::make_unique<Inside>(database, std::move(works), std::move(settings))) {}
Pool::~Pool() = default;
void Pool::wake() { inside_->wake(); }
bool Pool::run_one() { return inside_->run_one(); }
void Pool::stop(std::int64_t subject) { inside_->stop(subject); }

Pool::Glimpse Pool::glimpse(db::Read& tx, std::int64_t subject) const {
    if (auto here = inside_->glimpse(subject)) return *std::move(here);
    const auto elsewhere = tx.find<Glimpse>(
        R"sql(select progress, holder is null from jobs where subject = :subject order by id limit 1)sql",
        {{"subject", subject}}, [](const db::Row& row) {
            return Glimpse{row.integer(0), "", row.truth(1)};
        });
    return elsewhere.value_or(Glimpse{});
}

}  // namespace tiendo::jobs
