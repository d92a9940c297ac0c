#include "platform/files/files.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace tiendo::files {
namespace {

// A file descriptor that closes itself, and system calls whose failure is an exception.
class File {
 public:
    File(const std::string& path, int flags, mode_t mode = 0)
        : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
        if (descriptor_ < 0) fail();
    }
    ~File() { ::close(descriptor_); }
    File(const File&) = delete;
    std::size_t read(char* into, std::size_t size) const {
        const ssize_t got = ::read(descriptor_, into, size);
        if (got < 0) fail();
        return static_cast<std::size_t>(got);
    }
    void write(const char* from, std::size_t size) const {
        while (size > 0) {
            const ssize_t put = ::write(descriptor_, from, size);
            if (put < 0) fail();
            from += put;
            size -= static_cast<std::size_t>(put);
        }
    }
    void sync() const {
        if (::fsync(descriptor_) != 0) fail();
    }

 private:
    [[noreturn]] void fail() const {
        throw std::filesystem::filesystem_error("stored file", path_,
                                                std::error_code(errno, std::generic_category()));
    }
    std::string path_;
    int descriptor_;
};

}  // namespace

Store::Store(const std::string& folder) : folder_(folder + "/files") {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

std::string Store::path_of(const std::string& digest) const {
    return folder_ + "/" + digest.substr(0, 2) + "/" + digest;
}

bool Store::has(std::string_view digest) const {
    constexpr std::size_t letters = 64;
    const bool is_digest =
        digest.size() == letters && digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return is_digest && std::filesystem::exists(path_of(std::string(digest)));
}

Stored Store::keep(const std::string& path) const {
    const File from(path, O_RDONLY);
    std::array<char, 65536> buffer;
    return keep_pieces(
        [&] { return std::string_view(buffer.data(), from.read(buffer.data(), buffer.size())); });
}

Stored Store::keep_bytes(std::string_view bytes) const {
    return keep_pieces([&] { return std::exchange(bytes, {}); });
}

Stored Store::keep_pieces(const std::function<std::string_view()>& next) const {
    const std::string unfinished =
        folder_ + "/unfinished-" + std::to_string(::getpid()) + "-" + std::to_string(randombytes_random());
    Stored stored;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    {
        const File to(unfinished, O_WRONLY | O_CREAT | O_EXCL, 0600);
        for (std::string_view piece = next(); !piece.empty(); piece = next()) {
            crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                                      piece.size());
            to.write(piece.data(), piece.size());
            stored.bytes += static_cast<std::int64_t>(piece.size());
        }
        to.sync();
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
    crypto_hash_sha256_final(&state, digest.data());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex;
    stored.digest = sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());

    const std::string final_path = path_of(stored.digest);
    const std::string folder = std::filesystem::path(final_path).parent_path();
    std::filesystem::create_directories(folder);
    std::filesystem::rename(unfinished, final_path);
    File(folder, O_RDONLY | O_DIRECTORY).sync();  // the name is on the disk too
    return stored;
}

}  // namespace tiendo::files
