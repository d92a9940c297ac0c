#include "tidy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

namespace house {
namespace {

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
bool ends(std::string_view text, std::string_view with) {
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}
bool is_cpp(std::string_view path) { return ends(path, ".h") || ends(path, ".cpp"); }
bool is_test(std::string_view path) { return starts(path, "tests/") || ends(path, "_test.cpp"); }
// What people write and read as source, as against data, prose and what tools write.
bool is_source(std::string_view path) {
    if (starts(path, "samples/") || ends(path, ".json") || ends(path, ".svg")) return false;
    return is_cpp(path) || ends(path, ".js") || ends(path, ".mjs") || ends(path, ".scss") ||
           ends(path, ".sql") || ends(path, ".cmake") || ends(path, "CMakeLists.txt") || starts(path, "bin/");
}
// Bytes that must stay as they are: inputs of tests, and what programs produced.
bool is_kept_verbatim(std::string_view path) {
    return starts(path, "samples/") || starts(path, "tests/fuzz/") || starts(path, "tests/golden/") ||
           ends(path, "package-lock.json");
}

using Findings = std::vector<Finding>;

// --- names ------------------------------------------------------------------------------

const std::array<std::string_view, 8> empty_names = {"util",   "utils",   "helper",   "helpers",
                                                     "common", "manager", "managers", "misc"};

// The words of a name: snake_case, kebab-case and CamelCase taken apart, in lower case.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        const bool hump = std::isupper(c) && i > 0 && std::islower(static_cast<unsigned char>(name[i - 1]));
        if (!std::isalnum(c) || hump) words.emplace_back();
        if (std::isalnum(c)) words.back().push_back(static_cast<char>(std::tolower(c)));
    }
    return words;
}

std::string empty_name_in(std::string_view name) {
    std::string before;
    for (const auto& word : words_of(name)) {
        // The class manager (chủ nhiệm lớp) is a person of the glossary.
        const bool person = word == "manager" && before == "class";
        if (!person && std::count(empty_names.begin(), empty_names.end(), word)) return word;
        before = word;
    }
    return "";
}

void empty_file_name(const SourceFile& file, Findings& found) {
    if (const auto word = empty_name_in(file.path); !word.empty())
        found.push_back({file.path, 0, "\"" + word + "\" says nothing: name the file after its one subject"});
}

void empty_identifier(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path)) return;
    const auto code = code_only(file.text);
    static const std::regex identifier("(std::)?[A-Za-z_][A-Za-z0-9_]*");
    for (std::sregex_iterator at(code.begin(), code.end(), identifier), end; at != end; ++at) {
        if ((*at)[1].matched) continue;
        if (const auto word = empty_name_in(at->str()); !word.empty())
            found.push_back(
                {file.path, line_at(code, static_cast<std::size_t>(at->position())),
                 at->str() + ": \"" + word + "\" says nothing: say what it does, in words of the trade"});
    }
}

// --- code -------------------------------------------------------------------------------

// Findings for every match of a pattern in a text that has the file's line numbers.
void each_match(const SourceFile& file, const std::string& text, const std::regex& pattern,
                const std::string& message, Findings& found) {
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
        found.push_back({file.path, line_at(text, static_cast<std::size_t>(at->position())), message});
}

void floating_point(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path) || !(starts(file.path, "src/features/") || starts(file.path, "src/base/"))) return;
    static const std::regex pattern("\\b(double|float)\\b");
    each_match(file, code_only(file.text), pattern,
               "no floating point in the domain: counts, scores and money are integers, a percentage is "
               "percent_text(numerator, denominator, style)",
               found);
}

void console(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path) || !starts(file.path, "src/") || starts(file.path, "src/app/")) return;
    static const std::regex pattern("\\bstd::cout\\b");
    each_match(file, code_only(file.text), pattern,
               "only the command line in src/app prints: return the value, or log through spdlog", found);
}

void posting_changed(const SourceFile& file, Findings& found) {
    // A test may tamper with the ledger to see that verify notices.
    if (is_test(file.path) || !(is_cpp(file.path) || ends(file.path, ".sql"))) return;
    static const std::regex sql_comment("--[^\\n]*");
    static const std::regex pattern(
        "\\b(update|delete\\s+from|replace\\s+into|truncate(\\s+table)?)\\s+postings\\b", std::regex::icase);
    const auto code = is_cpp(file.path) ? code_only(file.text, Strings::kept)
                                        : std::regex_replace(file.text, sql_comment, "");
    each_match(file, code, pattern,
               "postings are only ever added: reverse the old one and post anew (features/ledger)", found);
}

void cast_to_date(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path) || is_test(file.path)) return;
    static const std::regex pattern("\\bcast\\s*\\([^()]*\\bas\\s+(date|timestamp)\\s*\\)",
                                    std::regex::icase);
    each_match(
        file, code_only(file.text, Strings::kept), pattern,
        "in SQLite a cast to date makes the number 2017 of 2017-06-16: compare with a column or coalesce, "
        "from which PostgreSQL knows the type as well",
        found);
}

void awaited_temporary(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path)) return;
    static const std::regex pattern("\\bco_await\\b[^;]*(\\w\\s*\\{|\\[[^\\]]*\\w[^\\]]*\\]\\s*[({])");
    each_match(
        file, code_only(file.text), pattern,
        "g++ 12 destroys a braced or capturing temporary of a co_await expression twice: name the object "
        "first, then std::move it (docs/traps.md)",
        found);
}

void personal_log(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path) || is_test(file.path)) return;
    static const std::regex pattern(
        "\\bspdlog::\\w+\\([^;]*\\b(full_name|family_name|given_name|birth_date|born_on|email|phone|"
        "identity_number|password|secret|token|cookie)\\b[^;]*;");
    each_match(file, code_only(file.text), pattern,
               "a log line holds no personal data and no secret: log the id, or a count", found);
}

// --- comments ---------------------------------------------------------------------------

void commented_out(const SourceFile& file, Findings& found) {
    if (!is_cpp(file.path) && !ends(file.path, ".js") && !ends(file.path, ".mjs")) return;
    // An example of use stands three blanks in; what begins right after // and reads like a
    // statement is code somebody could not part with.
    static const std::regex pattern(
        "^\\s*// ?(if \\(|for \\(|while \\(|return |auto |const |let |std::|#include|\\} else|"
        "[\\w:.>-]+\\(|[\\w:<>]+[&*]? \\w+( = |\\()).*[;{}]\\s*$");
    static const std::regex include("^\\s*// ?#include\\b.*");
    int number = 0;
    for (auto line : lines_of(file.text)) {
        ++number;
        if (line.find("//") == std::string_view::npos) continue;
        if (std::regex_match(line.begin(), line.end(), pattern) ||
            std::regex_match(line.begin(), line.end(), include))
            found.push_back({file.path, number, "commented-out code: delete it, git remembers"});
    }
}

void unfinished(const SourceFile& file, Findings& found) {
    if (!is_source(file.path)) return;
    static const std::regex vague("(//|#|--|/\\*) ?(TODO|XXX|HACK)\\b");
    static const std::regex bare("\\bFIXME(?!: \\w)");
    if (starts(file.path, "tests/house/tidy")) return;
    each_match(file, file.text, vague, "do it now, or write \"FIXME: \" and the reason it can wait", found);
    each_match(file, file.text, bare, "FIXME without a reason: write \"FIXME: \" and why it can wait", found);
}

// --- the text itself --------------------------------------------------------------------

std::size_t characters(std::string_view line) {
    return static_cast<std::size_t>(
        std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void length(const SourceFile& file, Findings& found) {
    constexpr std::size_t most_lines = 400;
    constexpr std::size_t most_characters = 120;
    if (!is_source(file.path)) return;
    const auto lines = lines_of(file.text);
    if (lines.size() > most_lines && !ends(file.path, ".sql"))
        found.push_back({file.path, 0,
                         std::to_string(lines.size()) + " lines, at most " + std::to_string(most_lines) +
                             ": a second subject has appeared, give it a file of its own"});
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (const auto size = characters(lines[i]); size > most_characters)
            found.push_back({file.path, static_cast<int>(i) + 1,
                             std::to_string(size) + " characters, at most " +
                                 std::to_string(most_characters) +
                                 ": run clang-format-14, or break the literal"});
}

void blanks(const SourceFile& file, Findings& found) {
    if (is_kept_verbatim(file.path) || file.text.empty()) return;
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line = lines[i];
        const int number = static_cast<int>(i) + 1;
        if (ends(line, "\r")) {
            found.push_back({file.path, number, "a CRLF line end: save the file with LF"});
            break;  // one is enough: the whole file has them
        }
        if (line.find('\t') != std::string_view::npos)
            found.push_back({file.path, number, "a tab: indent with blanks"});
        if (!line.empty() && line.back() == ' ')
            found.push_back({file.path, number, "blanks at the end of the line: delete them"});
    }
    if (file.text.back() != '\n')
        found.push_back(
            {file.path, static_cast<int>(lines.size()), "no line end at the end of the file: add one"});
}

void machine_traces(const SourceFile& file, Findings& found) {
    if (starts(file.path, "tests/fuzz/")) return;
    static const std::regex place("(^|[\\s\"'`(=:])/(home|root|work|Users)/\\w|/tmp/[b]uild");
    each_match(file, file.text, place,
               "a path of somebody's machine: write it relative to the repository, or take it as an argument",
               found);
    if (!ends(file.path, "package-lock.json")) return;
    static const std::regex registry("\"resolved\": *\"(?!https://registry\\.npmjs\\.org/)[^\"]*\"");
    each_match(file, file.text, registry,
               "locked to a private registry: lock against https://registry.npmjs.org/", found);
}

void decision_headings(const SourceFile& file, Findings& found) {
    if (!starts(file.path, "docs/decisions/") || !ends(file.path, ".md") || ends(file.path, "README.md"))
        return;
    for (const std::string heading : {"Context", "Choice", "Price", "What would change our mind"})
        if (("\n" + file.text).find("\n## " + heading + "\n") == std::string::npos)
            found.push_back({file.path, 0, "a decision has the heading \"## " + heading + "\""});
}

}  // namespace

std::vector<Finding> check_tidy(const SourceFile& file) {
    Findings found;
    for (const auto check : {empty_file_name, empty_identifier, floating_point, console, posting_changed,
                             cast_to_date, awaited_temporary, personal_log, commented_out, unfinished, length,
                             blanks, machine_traces, decision_headings})
        check(file, found);
    return found;
}

std::vector<Finding> check_tidy(const std::vector<SourceFile>& files) {
    Findings all;
    for (const auto& file : files) {
        auto found = check_tidy(file);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

}  // namespace house
