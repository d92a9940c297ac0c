// SQLite: one file, one writer, as many readers as ask, each on its own snapshot (WAL).
#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>

#include "platform/db/sqlite_connection.h"

namespace tiendo::db {
namespace {

// First come, first served: an import that writes chunk after chunk must not keep a page waiting.
class Queue {
 public:
    void enter(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        const auto mine = ++last_;
        waiting_.push_back(mine);
        const auto is_my_turn = [&] { return waiting_.front() == mine; };
        if (changed_.wait_for(lock, patience, is_my_turn)) return;
        std::erase(waiting_, mine);
        throw Busy("another write of this process has taken too long");
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        waiting_.pop_front();
        changed_.notify_all();
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::int64_t> waiting_;  // the first one is inside
    std::int64_t last_ = 0;
};

// The file holds names of people: nobody but its owner may read it. SQLite gives its log
// the same mode.
void make_private(const std::string& path) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) return;  // it is there, or opening it will say why not
    ::close(file);
    const auto slash = path.rfind('/');
    const auto folder = slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    if (const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
}

class Sqlite : public Database {
 public:
    Sqlite(const std::string& path, std::chrono::milliseconds patience) : path_(path), patience_(patience) {
        make_private(path_);
        writer_ = connected(SqliteConnection::May::write);
    }
    ~Sqlite() override {
        idle_readers_.clear();
        if (writer_) writer_->learn_about_tables();
    }

    Kind kind() const override { return Kind::sqlite; }

 protected:
    void in_read(const std::function<void(Read&)>& run) override {
        auto connection = idle_reader();
        try {
            begin(*connection, "begin deferred");
            Read tx(*connection);
            run(tx);
        } catch (...) {
            if (connection->roll_back()) give_back(std::move(connection));
            throw;
        }
        // There is nothing to lose in a read: undoing is as good as committing.
        if (connection->roll_back()) give_back(std::move(connection));
    }

    void in_write(const std::function<bool(Write&)>& run) override {
        const OneWriteAtATime guard(*this);
        queue_.enter(patience_);
        struct Leave {
            Queue& queue;
            ~Leave() { queue.leave(); }
        } leave{queue_};
        // A writer that could not even roll back was let go.
        if (!writer_) writer_ = connected(SqliteConnection::May::write);
        try {
            begin(*writer_, "begin immediate");
            Write tx(*writer_);
            if (run(tx)) {
                const Stopwatch watch(Stopwatch::Of::transaction);
                writer_->commit();
            } else if (!writer_->roll_back()) {
                writer_.reset();
            }
        } catch (...) {
            if (writer_ && !writer_->roll_back()) writer_.reset();
            throw;
        }
    }

 private:
    std::unique_ptr<SqliteConnection> connected(SqliteConnection::May may) const {
        return std::make_unique<SqliteConnection>(path_, patience_, may);
    }

    static void begin(SqliteConnection& connection, const char* how) {
        const Stopwatch watch(Stopwatch::Of::transaction);
        connection.begin(how);
    }

    std::unique_ptr<SqliteConnection> idle_reader() {
        {
            const std::lock_guard lock(readers_);
            if (!idle_readers_.empty()) {
                auto connection = std::move(idle_readers_.back());
                idle_readers_.pop_back();
                return connection;
            }
        }
        return connected(SqliteConnection::May::read);
    }

    void give_back(std::unique_ptr<SqliteConnection> connection) {
        const std::lock_guard lock(readers_);
        idle_readers_.push_back(std::move(connection));
    }

    const std::string path_;
    const std::chrono::milliseconds patience_;
    Queue queue_;
    std::unique_ptr<SqliteConnection> writer_;
    std::mutex readers_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, std::chrono::milliseconds patience) {
    return std::make_unique<Sqlite>(path, patience);
}

}  // namespace tiendo::db
