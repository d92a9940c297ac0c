// Books under trial: a database, the program that changes it, a count of every table before
// and after, and the judgement of what a kill has left.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "../scenarios/place.h"
#include "platform/db/db.h"

namespace crash {

// Rows of every table that an operation may touch.
using Rows = std::map<std::string, std::int64_t>;

struct Tally {
    int acknowledged = 0;       // had been acknowledged before the kill
    int absent = 0;             // killed, and nothing of it is there
    int committed_unheard = 0;  // killed after its commit, and all of it is there
};

enum class Found { whole, absent };

class Books {
 public:
    // `postgresql`: the server to make a schema on, as for scenario::Place; `name` shows its
    // sessions in the server's list.
    Books(const std::string& tiendo, const std::string& postgresql, const std::string& name);

    const std::filesystem::path& files() const { return place_.files(); }
    const scenario::Environment& environment() const { return environment_; }

    // Runs a command that must not fail; answers what it printed.
    std::string must_run(const std::string& command) const;
    // The books themselves, without the program.
    std::unique_ptr<tiendo::db::Database> open() const;
    Rows rows() const;

    // After an operation that would add these rows: says whether it is there, and lets
    // `tiendo verify` balance the books. Throws std::runtime_error when an acknowledged one is
    // not wholly there, or any one is there in part.
    Found judge(const std::string& operation, bool acknowledged, const Rows& before, const Rows& adds);

    Tally tally;

 private:
    void wait_for_the_database() const;

    scenario::Place place_;
    scenario::Environment environment_;
    std::string address_;
    std::string name_;
};

// A moment of what usually takes so long, now and then a little after its end.
std::chrono::microseconds some_moment_of(std::chrono::microseconds usual, std::mt19937& random);

}  // namespace crash
