// The repository as the house checks see it: text files by path, and code without its
// comments and strings.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace house {

struct SourceFile {
    std::string path;  // from the root of the repository, with forward slashes
    std::string text;
};

struct Finding {
    std::string path;
    int line = 0;  // 0: the file as a whole
    std::string message;
};

// The files git tracks, and outside a git work tree (a release archive) every file except
// what builds and package managers make. Binary files come with an empty text.
std::vector<SourceFile> files_below(const std::filesystem::path& root);

// The same text with every character of a comment, and with `strings` of a literal, made a
// blank; line ends stay, so line numbers hold.
enum class Strings { kept, blanked };
std::string code_only(std::string_view cpp, Strings strings = Strings::blanked);

std::vector<std::string_view> lines_of(std::string_view text);
// The line, counted from 1, of a position in a text.
int line_at(std::string_view text, std::size_t position);

// Prints findings as path:line: message, so that editors can jump; answers the exit code.
int report(std::string_view check, const std::vector<Finding>& findings);

}  // namespace house
