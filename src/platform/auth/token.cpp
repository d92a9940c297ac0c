#include "platform/auth/token.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "platform/auth/cryptography.h"

namespace tiendo::auth {

void prepare_cryptography() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium cannot start: no source of random bytes");
}

std::string new_token() {
    prepare_cryptography();
    std::array<unsigned char, 32> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

std::string digest_of(std::string_view token) {
    prepare_cryptography();
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size());
    return digest;
}

std::string hex_of(std::string_view digest) {
    std::string hex(digest.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(digest.data()),
                   digest.size());
    hex.pop_back();
    return hex;
}

std::string digest_of_hex(std::string_view hex) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const bool read = sodium_hex2bin(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                                     hex.data(), hex.size(), nullptr, &size, &end) == 0;
    const bool whole = read && size == digest.size() && end == hex.data() + hex.size();
    return whole ? digest : std::string();
}

}  // namespace tiendo::auth
