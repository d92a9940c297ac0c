// A file in blocks, for sending it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/http/http.h"

namespace tiendo::http {

class FileReader {
 public:
    explicit FileReader(const FileBody& file);
    ~FileReader();
    FileReader(const FileReader&) = delete;

    // Whether all that was announced has been handed out.
    bool done() const { return left_ == 0; }
    // The next bytes, valid until the next call; empty when the file cannot give them.
    std::string_view next();

 private:
    int descriptor_;
    std::uint64_t at_ = 0, left_;
    std::string block_;
};

}  // namespace tiendo::http
