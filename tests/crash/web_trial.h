// The same trial for whoever works at a browser: the server is killed while it answers.
#pragma once
#include <optional>
#include <vector>

#include "../scenarios/visitor.h"
#include "books.h"

namespace crash {

class WebTrial {
 public:
    // Makes the demonstration year and signs its training officer in.
    WebTrial(const std::string& tiendo, const std::string& postgresql, unsigned seed);
    // A learner withdraws by the form of his page, and the server is killed meanwhile.
    void round(int number);
    const Tally& tally() const { return books_.tally; }

 private:
    Books books_;
    std::mt19937 random_;
    std::vector<std::string> participations_;
    std::chrono::microseconds usual_{0};
    scenario::Visitor officer_;
};

}  // namespace crash
