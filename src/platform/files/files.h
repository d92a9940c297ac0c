// Stored files: kept by the digest of their bytes, below the data folder. The same bytes are
// kept once; a file that is there is whole, whatever happened while it was written.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tiendo::files {

struct Stored {
    std::string digest;  // SHA-256 in hex
    std::int64_t bytes = 0;
};

class Store {
 public:
    // Makes <folder>/files when absent. Throws std::filesystem::filesystem_error.
    explicit Store(const std::string& folder);
    // Copies the file in; on the disk for good when this returns.
    Stored keep(const std::string& path) const;
    // The same of bytes that are in no file yet.
    Stored keep_bytes(std::string_view bytes) const;
    std::string path_of(const std::string& digest) const;
    // Whether this is a digest, whoever sent it, and its file is here.
    bool has(std::string_view digest) const;

 private:
    // `next` gives one piece after the other, and an empty one at the end.
    Stored keep_pieces(const std::function<std::string_view()>& next) const;
    std::string folder_;
};

}  // namespace tiendo::files
