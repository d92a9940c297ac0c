// Files that travel inside the binary (see embed() in cmake/House.cmake).
#pragma once
#include <string_view>
#include <vector>

namespace tiendo {

struct EmbeddedFile {
    std::string_view name;  // path below the embedded folder
    std::string_view bytes;
};

struct EmbeddedEntry {
    const char* name;
    const char* begin;
    const char* end;
};

// The files of a table that embed() made, in the order of its list:
//   extern "C" const tiendo::EmbeddedEntry embedded_locales[];
inline std::vector<EmbeddedFile> files_of(const EmbeddedEntry* entries) {
    std::vector<EmbeddedFile> files;
    for (; entries->name != nullptr; ++entries)
        files.push_back(
            {entries->name, {entries->begin, static_cast<std::size_t>(entries->end - entries->begin)}});
    return files;
}

}  // namespace tiendo
