// PostgreSQL: a pool of connections, and transactions that are tried again when they collide.
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "platform/db/postgres_connection.h"

namespace tiendo::db {
namespace {

constexpr int most_connections = 20;
constexpr int most_attempts = 6;

class Pool {
 public:
    Pool(std::string address, std::chrono::milliseconds patience)
        : address_(std::move(address)), patience_(patience) {}

    // A connection that has begun its transaction. An idle one may have lost its server
    // since; nothing has been asked of it yet, so a new one takes its place unseen.
    std::unique_ptr<PostgresConnection> take(const char* begin) {
        const Stopwatch watch(Stopwatch::Of::transaction);
        auto connection = idle();
        try {
            if (connection) try {
                    connection->begin(begin);
                    return connection;
                } catch (const Failure&) {
                    forget_idle();
                }
            connection = std::make_unique<PostgresConnection>(address_, patience_);
            connection->begin(begin);
            return connection;
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    // Null for one that is no longer fit for use.
    void give_back(std::unique_ptr<PostgresConnection> connection) {
        const std::lock_guard lock(mutex_);
        if (connection) idle_.push_back(std::move(connection));
        --taken_;
        returned_.notify_one();
    }

 private:
    std::unique_ptr<PostgresConnection> idle() {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, patience_, [&] { return taken_ < most_connections; }))
            throw Busy("all " + std::to_string(most_connections) + " connections to PostgreSQL are taken");
        ++taken_;
        if (idle_.empty()) return nullptr;
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }

    // When one has lost its server, so have the others.
    void forget_idle() {
        const std::lock_guard lock(mutex_);
        idle_.clear();
    }

    const std::string address_;
    const std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable returned_;
    int taken_ = 0;
    std::vector<std::unique_ptr<PostgresConnection>> idle_;
};

// Longer with each attempt, and different for each of those who collided.
void wait_before(int attempt) {
    thread_local std::minstd_rand random(std::random_device{}());
    const int most_ms = 10 << attempt;
    std::this_thread::sleep_for(std::chrono::milliseconds(1 + static_cast<int>(random() % most_ms)));
}

class Postgres : public Database {
 public:
    Postgres(const std::string& address, std::chrono::milliseconds patience) : pool_(address, patience) {
        in_read([](Read&) {});  // an address that leads nowhere is known at once
    }

    Kind kind() const override { return Kind::postgresql; }

 protected:
    void in_read(const std::function<void(Read&)>& run) override {
        Lease lease(pool_, "begin isolation level repeatable read, read only");
        Read tx(*lease.connection);
        run(tx);
        lease.end_read();
    }

    // Read committed: two writers that add to the same day total wait for one another
    // and both succeed, where a stricter level would undo one of them.
    void in_write(const std::function<bool(Write&)>& run) override {
        const OneWriteAtATime guard(*this);
        for (int attempt = 0;; ++attempt) {
            try {
                Lease lease(pool_, "begin isolation level read committed, read write");
                Write tx(*lease.connection);
                // Those who collided come one after another, or they would collide again,
                // and each time the server takes a second to see it.
                if (attempt > 0) tx.lock("another attempt");
                if (run(tx)) {
                    const Stopwatch watch(Stopwatch::Of::transaction);
                    lease.connection->commit();
                }
                return;
            } catch (const Collision&) {
                if (attempt + 1 == most_attempts) throw;
            }
            wait_before(attempt);
        }
    }

 private:
    // A connection for one transaction; undone unless it was committed.
    struct Lease {
        Lease(Pool& from, const char* begin) : pool(from), connection(from.take(begin)) {}
        ~Lease() {
            const Stopwatch watch(Stopwatch::Of::transaction);
            const bool fit = ended || connection->roll_back();
            pool.give_back(fit ? std::move(connection) : nullptr);
        }
        Lease(const Lease&) = delete;
        void end_read() {
            const Stopwatch watch(Stopwatch::Of::transaction);
            ended = connection->spoiled.empty() && connection->end_read();
        }
        Pool& pool;
        std::unique_ptr<PostgresConnection> connection;
        bool ended = false;
    };

    Pool pool_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& address, std::chrono::milliseconds patience) {
    return std::make_unique<Postgres>(address, patience);
}

}  // namespace tiendo::db
