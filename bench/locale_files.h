// The texts of locales/ for a benchmark, which does not carry them inside as the program does.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>
#include <string>
#include <vector>

#include "base/embedded.h"

namespace tiendo::bench {

class LocaleFiles {
 public:
    LocaleFiles() {
        const std::filesystem::path root = TIENDO_SOURCE_DIR "/locales";
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            if (entry.path().extension() != ".toml") continue;
            std::ifstream in(entry.path(), std::ios::binary);
            names_.push_back(entry.path().lexically_relative(root).string());
            bytes_.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
            files_.push_back({names_.back(), bytes_.back()});
        }
    }
    // They live as long as this.
    const std::vector<EmbeddedFile>& files() const { return files_; }

 private:
    std::list<std::string> names_, bytes_;
    std::vector<EmbeddedFile> files_;
};

}  // namespace tiendo::bench
