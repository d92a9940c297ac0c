#include "source.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace fs = std::filesystem;

namespace house {
namespace {

std::vector<std::string> tracked_paths(const fs::path& root) {
    // A clone that another user owns (a container, a build farm) is still ours to read.
    const std::string command =
        "git -c safe.directory='*' -C '" + root.string() + "' ls-files -z 2>/dev/null";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    if (!pipe) throw std::runtime_error("cannot start a shell to list the files");
    std::string listing;
    std::array<char, 4096> piece{};
    while (const auto size = std::fread(piece.data(), 1, piece.size(), pipe.get()))
        listing.append(piece.data(), size);
    std::vector<std::string> paths;
    for (std::size_t at = 0; at < listing.size();) {
        const auto end = listing.find('\0', at);
        paths.push_back(listing.substr(at, end - at));
        at = end == std::string::npos ? end : end + 1;
    }
    return paths;
}

std::vector<std::string> walked_paths(const fs::path& root) {
    std::vector<std::string> paths;
    for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator(); ++at) {
        const auto name = at->path().filename().string();
        if (at->is_directory() && (name == "build" || name == "var" || name == "dist" || name == ".git" ||
                                   name == "node_modules")) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file()) {
            paths.push_back(fs::relative(at->path(), root).generic_string());
        }
    }
    return paths;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    return text.find('\0') == std::string::npos ? text : std::string();
}

// Where the literal that begins at `at` ends (one past it).
std::size_t end_of_literal(std::string_view cpp, std::size_t at) {
    const char quote = cpp[at];
    const bool raw = quote == '"' && at > 0 && cpp[at - 1] == 'R';
    if (raw) {
        const auto open = cpp.find('(', at);
        if (open == std::string_view::npos) return cpp.size();
        std::string close = ")";
        close.append(cpp.substr(at + 1, open - at - 1)).push_back('"');
        const auto end = cpp.find(close, open);
        return end == std::string_view::npos ? cpp.size() : end + close.size();
    }
    for (auto i = at + 1; i < cpp.size(); ++i) {
        if (cpp[i] == '\\')
            ++i;
        else if (cpp[i] == quote || cpp[i] == '\n')
            return i + 1;
    }
    return cpp.size();
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

std::vector<SourceFile> files_below(const fs::path& root) {
    auto paths = tracked_paths(root);
    if (paths.empty()) paths = walked_paths(root);
    std::sort(paths.begin(), paths.end());
    std::vector<SourceFile> files;
    for (auto& path : paths)
        if (fs::is_regular_file(root / path)) {  // tracked, and not just being moved away
            auto text = read(root / path);
            files.push_back({std::move(path), std::move(text)});
        }
    if (files.empty()) throw std::runtime_error("no file below " + root.string());
    return files;
}

std::string code_only(std::string_view cpp, Strings strings) {
    std::string code(cpp);
    const auto blank = [&](std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end && i < code.size(); ++i)
            if (code[i] != '\n') code[i] = ' ';
    };
    for (std::size_t at = 0; at < cpp.size();) {
        std::size_t end = at + 1;
        if (cpp.compare(at, 2, "//") == 0) {
            end = std::min(cpp.find('\n', at), cpp.size());
            blank(at, end);
        } else if (cpp.compare(at, 2, "/*") == 0) {
            end = cpp.find("*/", at + 2);
            end = end == std::string_view::npos ? cpp.size() : end + 2;
            blank(at, end);
        } else if (cpp[at] == '"' || (cpp[at] == '\'' && (at == 0 || !is_word(cpp[at - 1])))) {
            // A quote after a digit or letter separates thousands: 1'000.
            end = end_of_literal(cpp, at);
            if (strings == Strings::blanked) blank(at + 1, end - 1);
        }
        at = end;
    }
    return code;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

int line_at(std::string_view text, std::size_t position) {
    return 1 +
           static_cast<int>(std::count(text.begin(), text.begin() + std::min(position, text.size()), '\n'));
}

int report(std::string_view check, const std::vector<Finding>& findings) {
    for (const auto& [path, line, message] : findings)
        std::printf("%s:%d: %s\n", path.c_str(), line, message.c_str());
    std::printf("%.*s: %zu findings\n", static_cast<int>(check.size()), check.data(), findings.size());
    return findings.empty() ? 0 : 1;
}

}  // namespace house
