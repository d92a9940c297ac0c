// A trial by power cut: a changing database, a program killed in the middle of its work, and
// a count of every table before and after.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "../scenarios/place.h"

namespace crash {

// Rows of every table that an operation may touch.
using Rows = std::map<std::string, std::int64_t>;

// A command, and the rows it adds when it has happened.
struct Operation {
    std::string command;
    Rows adds;
};

struct Tally {
    int acknowledged = 0;       // had ended, with exit code 0, before the kill
    int absent = 0;             // killed, and nothing of it is there
    int committed_unheard = 0;  // killed after its commit, and all of it is there
};

class Trial {
 public:
    // Makes a centre with a plan and a cohort. `postgresql`: as for scenario::Place.
    Trial(const std::string& tiendo, const std::string& postgresql, unsigned seed);

    // One operation, killed at a random moment. Throws std::runtime_error saying what was
    // lost or torn.
    void round(int number);

    const Tally& tally() const { return tally_; }

 private:
    Operation roster_import(int number);
    Operation withdrawal();
    Rows rows() const;
    void must_run(const std::string& command) const;
    void wait_for_the_database() const;

    scenario::Place place_;
    scenario::Environment environment_;
    std::string address_;
    std::mt19937 random_;
    std::int64_t people_ = 0;                          // numbered learners handed to imports so far
    std::vector<std::string> present_;                 // learners who can still be withdrawn
    std::vector<std::string> arriving_;                // learners of the import that is being tried
    std::map<bool, std::chrono::microseconds> usual_;  // how long an import, a withdrawal takes
    Tally tally_;
};

}  // namespace crash
