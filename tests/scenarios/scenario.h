// The scenario format: a text file that reads like a page of the manual, and can be run.
// README.md beside this file shows every kind of line.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace scenario {

// What a scenario got wrong, or what the program did wrong: shown as FILE:LINE: what.
struct Failure : std::runtime_error {
    Failure(int at_line, const std::string& what) : std::runtime_error(what), line(at_line) {}
    int line;
};

// One unindented line: its verb ("$", "GET", "sees"), what follows it, and the indented
// lines beneath it without their indentation.
struct Step {
    int line = 0;
    std::string verb;
    std::string rest;
    std::vector<std::string> block;
    // "exit" and "status" lines are folded into the command or request they follow.
    std::optional<int> expected_code;
};

struct Scenario {
    std::string title;  // the first line of prose
    std::vector<Step> steps;
};

// Throws Failure for a line that is no step, naming the verbs there are.
Scenario parse(std::string_view text);

// Words separated by blanks; double quotes hold a word with blanks together, also after
// "name=": topic="Bài 1" is one word without its quotes.
std::vector<std::string> words_of(const Step& step);

// The text between the quotes of  sees "…"
std::string quoted(const Step& step);

// A table aligned for reading, as CSV: cells stand between |, are trimmed, and quoted where
// CSV asks for it. "10000 x Học viên {n} | …" is that many rows, with n from 1; {n6}
// is n in six digits.
std::string csv_of(const std::vector<std::string>& table);

}  // namespace scenario
