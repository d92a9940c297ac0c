// The trial of the command line: imports and withdrawals, killed in the middle.
#pragma once
#include <vector>

#include "books.h"

namespace crash {

class ImportTrial {
 public:
    // Makes a centre with a plan and a cohort.
    ImportTrial(const std::string& tiendo, const std::string& postgresql, unsigned seed);
    void round(int number);
    const Tally& tally() const { return books_.tally; }

 private:
    // A command, and the rows it adds when it has happened.
    struct Operation {
        std::string command;
        Rows adds;
    };
    Operation roster_import(int number);
    Operation withdrawal() const;

    Books books_;
    std::mt19937 random_;
    std::int64_t people_ = 0;                          // numbered learners handed to imports so far
    std::vector<std::string> present_;                 // learners who can still be withdrawn
    std::vector<std::string> arriving_;                // learners of the import that is being tried
    std::map<bool, std::chrono::microseconds> usual_;  // how long an import, a withdrawal takes
};

}  // namespace crash
