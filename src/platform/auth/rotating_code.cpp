#include "platform/auth/rotating_code.h"

#include <sodium.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "platform/auth/cryptography.h"

namespace tiendo::auth {
namespace {

std::string code_of_step(std::string_view secret, std::int64_t step) {
    prepare_cryptography();
    if (secret.size() != crypto_auth_hmacsha256_KEYBYTES)
        throw std::logic_error("a secret of another length");
    std::array<unsigned char, 8> message;
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac;
    crypto_auth_hmacsha256(mac.data(), message.data(), message.size(),
                           reinterpret_cast<const unsigned char*>(secret.data()));
    // RFC 4226, 5.3: four bytes from where the last half byte says, without the sign.
    const std::size_t at = mac.back() & 0x0f;
    const std::uint32_t number = (static_cast<std::uint32_t>(mac[at] & 0x7f) << 24) |
                                 (static_cast<std::uint32_t>(mac[at + 1]) << 16) |
                                 (static_cast<std::uint32_t>(mac[at + 2]) << 8) | mac[at + 3];
    char digits[16];
    std::snprintf(digits, sizeof digits, "%06u", static_cast<unsigned>(number % 1'000'000));
    return digits;
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string new_code_secret() {
    prepare_cryptography();
    std::string secret(crypto_auth_hmacsha256_KEYBYTES, '\0');
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string rotating_code(std::string_view secret, Instant now) {
    return code_of_step(secret, now.ms / code_step_ms);
}

bool is_current_code(std::string_view secret, std::string_view code, Instant now) {
    const std::int64_t step = now.ms / code_step_ms;
    const bool is_this = same(code, code_of_step(secret, step));
    const bool is_last = same(code, code_of_step(secret, step - 1));
    return is_this || is_last;
}

std::int64_t ms_to_next_code(Instant now) { return code_step_ms - now.ms % code_step_ms; }

}  // namespace tiendo::auth
