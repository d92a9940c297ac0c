#include "scenario.h"

#include <algorithm>
#include <array>
#include <regex>

namespace scenario {
namespace {

struct Verb {
    std::string_view name;
    bool takes_block = false;
    bool takes_rest = true;
};
const std::array<Verb, 19> verbs = {{
    {"at"},
    {"file", true},
    {"$", true},
    {"exit"},
    {"prints nothing", false, false},
    {"json"},
    {"sees"},
    {"does not see"},
    {"let"},
    {"as"},
    {"GET"},
    {"POST"},
    {"follow"},
    {"status"},
    {"goes to"},
    {"header"},
    {"field"},
    {"again", false, false},
    {"until"},
}};

bool is_blank(std::string_view line) { return line.find_first_not_of(' ') == line.npos; }

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == text.npos) return "";
    return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

Step step_from(int number, const std::string& line) {
    for (const auto& verb : verbs) {
        if (line.compare(0, verb.name.size(), verb.name) != 0) continue;
        const auto rest = line.substr(verb.name.size());
        if (!rest.empty() && rest.front() != ' ') continue;
        if (trimmed(rest).empty() == verb.takes_rest)
            throw Failure(number, "\"" + line + "\": " + (verb.takes_rest ? "something" : "nothing") +
                                      " must follow \"" + std::string(verb.name) + "\"");
        return Step{number, std::string(verb.name), trimmed(rest), {}, {}};
    }
    std::string known;
    for (const auto& verb : verbs) known.append(known.empty() ? "" : ", ").append(verb.name);
    throw Failure(number, "\"" + line + "\" is no step; a line begins with #, " + known);
}

bool takes_block(const Step& step) {
    return std::any_of(verbs.begin(), verbs.end(),
                       [&](const Verb& verb) { return verb.name == step.verb && verb.takes_block; });
}

bool is_request(const Step& step) {
    return step.verb == "GET" || step.verb == "POST" || step.verb == "follow" || step.verb == "again";
}

// Folds "exit 2" into the command before it, "status 404" into the request before it.
void fold_code(std::vector<Step>& steps, const Step& code) {
    static const std::regex number("[0-9]{1,3}");
    if (!std::regex_match(code.rest, number)) throw Failure(code.line, "\"" + code.rest + "\" is no code");
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const bool fits = code.verb == "exit" ? step->verb == "$" : is_request(*step);
        if (fits) {
            step->expected_code = std::stoi(code.rest);
            return;
        }
        if (step->verb == "$" || is_request(*step)) break;
    }
    throw Failure(code.line, "\"" + code.verb + "\" belongs beneath a " +
                                 (code.verb == "exit" ? "command ($)" : "request (GET, POST, follow)"));
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// All lines of a block lose the indentation of its first.
void add_to_block(Step& step, const std::string& line) {
    if (is_blank(line)) {
        step.block.emplace_back();
        return;
    }
    const auto indentation = std::min(line.find_first_not_of(' '), std::size_t{4});
    step.block.push_back(line.substr(indentation));
}

std::string csv_cell(const std::string& cell) {
    if (cell.find_first_of(",\"\n") == cell.npos) return cell;
    std::string text = "\"";
    for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
    return text + "\"";
}

std::string filled(std::string text, const std::string& placeholder, const std::string& value) {
    for (auto at = text.find(placeholder); at != text.npos; at = text.find(placeholder, at + value.size()))
        text.replace(at, placeholder.size(), value);
    return text;
}

std::string csv_row(std::string row) {
    // Either no outer bars or both; a bar at the end alone is before an empty cell.
    if (row.size() > 1 && row.front() == '|' && row.back() == '|') row = row.substr(1, row.size() - 2);
    std::string text;
    for (std::size_t at = 0; at <= row.size();) {
        const auto end = std::min(row.find('|', at), row.size());
        text.append(at == 0 ? "" : ",").append(csv_cell(trimmed(std::string_view(row).substr(at, end - at))));
        at = end + 1;
    }
    return text + "\n";
}

}  // namespace

Scenario parse(std::string_view text) {
    Scenario scenario;
    int number = 0;
    bool in_block = false;
    for (const auto& line : lines_of(text)) {
        ++number;
        if (is_blank(line)) {
            if (in_block) add_to_block(scenario.steps.back(), line);
        } else if (line.front() == ' ') {
            if (!in_block) throw Failure(number, "an indented line belongs beneath \"$\" or \"file\"");
            add_to_block(scenario.steps.back(), line);
        } else if (line.front() == '#') {
            in_block = false;
            if (scenario.title.empty()) scenario.title = trimmed(line.substr(1));
        } else {
            const auto step = step_from(number, line);
            in_block = takes_block(step);
            if (step.verb == "exit" || step.verb == "status")
                fold_code(scenario.steps, step);
            else
                scenario.steps.push_back(step);
        }
    }
    for (auto& step : scenario.steps)  // blank lines before the next step are no output
        while (!step.block.empty() && step.block.back().empty()) step.block.pop_back();
    if (scenario.title.empty()) throw Failure(1, "a scenario begins with a line of prose: # what it shows");
    if (scenario.steps.empty()) throw Failure(1, "a scenario without a step proves nothing");
    return scenario;
}

std::vector<std::string> words_of(const Step& step) {
    std::vector<std::string> words;
    bool in_word = false;
    bool in_quotes = false;
    for (const char c : step.rest) {
        if (c == ' ' && !in_quotes) {
            in_word = false;
            continue;
        }
        if (!in_word) words.emplace_back();
        in_word = true;
        if (c == '"')
            in_quotes = !in_quotes;
        else
            words.back().push_back(c);
    }
    if (in_quotes) throw Failure(step.line, "a quote is opened and not closed");
    return words;
}

std::string quoted(const Step& step) {
    const auto& rest = step.rest;
    if (rest.size() < 3 || rest.front() != '"' || rest.back() != '"')
        throw Failure(step.line, "write " + step.verb + " \"…\", with the text between quotes");
    return rest.substr(1, rest.size() - 2);
}

std::string csv_of(const std::vector<std::string>& table) {
    static const std::regex many("^([0-9]+) x (.*)$");
    std::string csv;
    for (const auto& row : table) {
        std::smatch match;
        if (!std::regex_match(row, match, many)) {
            csv += csv_row(row);
            continue;
        }
        for (int n = 1; n <= std::stoi(match[1]); ++n) {
            const auto number = std::to_string(n);
            const auto six_digits = std::string(6 - std::min<std::size_t>(6, number.size()), '0') + number;
            csv += csv_row(filled(filled(match[2].str(), "{n}", number), "{n6}", six_digits));
        }
    }
    return csv;
}

}  // namespace scenario
