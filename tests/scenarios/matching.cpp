#include "matching.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>

namespace scenario {
namespace {

const std::string wildcard = "…";

std::string without_trailing_blanks(std::string_view line) {
    const auto last = line.find_last_not_of(" \r");
    return std::string(line.substr(0, last == line.npos ? 0 : last + 1));
}

std::vector<std::string> output_lines(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(without_trailing_blanks(text.substr(at, end - at)));
        at = end + 1;
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

std::vector<std::string_view> pieces_between_wildcards(std::string_view pattern) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0;;) {
        const auto end = pattern.find(wildcard, at);
        pieces.push_back(pattern.substr(at, end == pattern.npos ? end : end - at));
        if (end == pattern.npos) return pieces;
        at = end + wildcard.size();
    }
}

bool line_matches(std::string_view expected, std::string_view actual) {
    const auto pieces = pieces_between_wildcards(expected);
    if (pieces.size() == 1) return expected == actual;
    if (actual.substr(0, pieces.front().size()) != pieces.front()) return false;
    std::size_t at = pieces.front().size();
    for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
        at = actual.find(pieces[i], at);
        if (at == actual.npos) return false;
        at += pieces[i].size();
    }
    const auto last = pieces.back();
    return actual.size() >= at + last.size() && actual.substr(actual.size() - last.size()) == last;
}

// How far the expected lines fit; all of them and all of the output is a match.
bool lines_match(const std::vector<std::string>& expected, std::size_t e,
                 const std::vector<std::string>& actual, std::size_t a, std::size_t& furthest) {
    furthest = std::max(furthest, e);
    if (e == expected.size()) return a == actual.size();
    if (expected[e] == wildcard) {
        for (auto skip = a; skip <= actual.size(); ++skip)
            if (lines_match(expected, e + 1, actual, skip, furthest)) return true;
        return false;
    }
    return a < actual.size() && line_matches(expected[e], actual[a]) &&
           lines_match(expected, e + 1, actual, a + 1, furthest);
}

using Json = nlohmann::json;

std::string shown(const Json& value) {
    const auto text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text.size() <= 300 ? text : text.substr(0, 300) + "…";
}

const Json* element(const Json& list, const std::string& selector) {
    const auto equals = selector.find('=');
    if (equals == selector.npos) {
        const bool digits = !selector.empty() && selector.find_first_not_of("0123456789") == selector.npos;
        if (!digits) throw std::runtime_error("[" + selector + "] is neither a number nor member=value");
        const auto index = static_cast<std::size_t>(std::stoul(selector));
        return index < list.size() ? &list[index] : nullptr;
    }
    const auto member = selector.substr(0, equals);
    const auto wanted = selector.substr(equals + 1);
    for (const auto& candidate : list) {
        const auto found = candidate.is_object() ? candidate.find(member) : candidate.end();
        if (!candidate.is_object() || found == candidate.end()) continue;
        if ((found->is_string() ? found->get<std::string>() : found->dump()) == wanted) return &candidate;
    }
    return nullptr;
}

// The value at a path; none when the last piece is missing, an error when an earlier one is.
const Json* find(const Json& root, const std::string& path) {
    static const std::regex piece("\\.?([^.\\[\\]]+)|\\[([^\\]]+)\\]");
    const Json* at = &root;
    std::string walked;
    for (std::sregex_iterator next(path.begin(), path.end(), piece), end; next != end; ++next) {
        if (!at) throw std::runtime_error("there is no " + walked);
        walked += next->str();
        if ((*next)[1].matched) {
            const auto name = (*next)[1].str();
            if (!at->is_object())
                throw std::runtime_error("before " + walked + " stands no object: " + shown(*at));
            at = at->contains(name) ? &(*at)[name] : nullptr;
        } else {
            if (!at->is_array())
                throw std::runtime_error("before " + walked + " stands no list: " + shown(*at));
            at = element(*at, (*next)[2].str());
        }
    }
    return at;
}

Json parsed(std::string_view text) {
    auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        throw std::runtime_error("the answer is no JSON: " + std::string(text.substr(0, 300)));
    return json;
}

std::optional<std::string> compare(const Json& root, const std::string& expectation) {
    static const std::regex equal("^(.+?) = (.+)$");
    static const std::regex count("^(.+) has ([0-9]+)$");
    static const std::regex absent("^(.+) is absent$");
    std::smatch match;
    if (std::regex_match(expectation, match, absent)) {
        const auto* found = find(root, match[1]);
        if (found) return "expected no " + match[1].str() + ", found " + shown(*found);
        return {};
    }
    if (std::regex_match(expectation, match, count)) {
        const auto* found = find(root, match[1]);
        if (!found || !found->is_array()) return match[1].str() + " is no list";
        if (found->size() == std::stoul(match[2])) return {};
        return match[1].str() + " has " + std::to_string(found->size()) + " elements, expected " +
               match[2].str() + ": " + shown(*found);
    }
    if (!std::regex_match(expectation, match, equal))
        throw std::runtime_error("write: json PATH = VALUE, json PATH has N, or json PATH is absent");
    const auto wanted = Json::parse(match[2].str(), nullptr, false);
    if (wanted.is_discarded())
        throw std::runtime_error(match[2].str() + " is no JSON value (text stands between quotes)");
    const auto* found = find(root, match[1]);
    if (!found) return "there is no " + match[1].str();
    if (wanted.is_string() && found->is_string() &&
        line_matches(wanted.get<std::string>(), found->get<std::string>()))
        return {};
    if (*found == wanted) return {};
    return match[1].str() + " is " + shown(*found) + ", expected " + shown(wanted);
}

}  // namespace

std::optional<std::string> difference(const std::vector<std::string>& expected, std::string_view actual) {
    std::vector<std::string> wanted;
    for (const auto& line : expected) wanted.push_back(without_trailing_blanks(line));
    const auto lines = output_lines(actual);
    std::size_t furthest = 0;
    if (lines_match(wanted, 0, lines, 0, furthest)) return {};
    std::string text = furthest < wanted.size() ? "this expected line did not come:\n    " + wanted[furthest]
                                                : std::string("more came than was expected");
    text += "\nthe whole output:\n";
    for (const auto& line : lines) text += "    " + line + "\n";
    return text;
}

bool holds(std::string_view text, std::string_view phrase) {
    std::size_t at = 0;
    for (auto piece : pieces_between_wildcards(phrase)) {
        at = text.find(piece, at);
        if (at == text.npos) return false;
        at += piece.size();
    }
    return true;
}

std::optional<std::string> json_difference(std::string_view json, const std::string& expectation) {
    try {
        return compare(parsed(json), expectation);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

std::string json_value(std::string_view json, const std::string& path) {
    const auto root = parsed(json);
    const auto* found = find(root, path);
    if (!found) throw std::runtime_error("there is no " + path);
    return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace scenario
