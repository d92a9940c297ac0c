// A table for the terminal: the first column left, the others right, widths by what is in it.
#pragma once
#include <string>
#include <vector>

namespace tiendo::app {

class TextTable {
 public:
    explicit TextTable(std::vector<std::string> header) { rows_.push_back(std::move(header)), rule(); }
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    void rule() { rows_.push_back({}); }
    std::string text() const;

 private:
    std::vector<std::vector<std::string>> rows_;  // an empty one is a rule
};

}  // namespace tiendo::app
