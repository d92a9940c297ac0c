#include "platform/http/file_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace tiendo::http {

constexpr std::size_t block_bytes = 128 * 1024;

FileReader::FileReader(const FileBody& file)
    : descriptor_(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC)), left_(file.size) {}

FileReader::~FileReader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string_view FileReader::next() {
    block_.resize(block_bytes);
    const std::size_t wanted = std::min<std::uint64_t>(block_bytes, left_);
    const auto got = ::pread(descriptor_, block_.data(), wanted, static_cast<off_t>(at_));
    if (got <= 0) return {};
    const auto bytes = static_cast<std::size_t>(got);
    at_ += bytes;
    left_ -= bytes;
    return std::string_view(block_).substr(0, bytes);
}

}  // namespace tiendo::http
