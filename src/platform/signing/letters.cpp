// Bytes as letters: base64url, base58.
#include <sodium.h>

#include <algorithm>
#include <vector>

#include "platform/signing/signing.h"

namespace tiendo::signing {
namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::string_view letters58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t longest58 = 200;  // the work grows with the square

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Multiplies the number in `digits` (least first, of base `base`) and adds.
void multiply_add(std::vector<std::uint8_t>& digits, unsigned base, unsigned factor, unsigned carry) {
    for (std::uint8_t& digit : digits) {
        carry += digit * factor;
        digit = static_cast<std::uint8_t>(carry % base);
        carry /= base;
    }
    for (; carry > 0; carry /= base) digits.push_back(static_cast<std::uint8_t>(carry % base));
}

}  // namespace

std::string base64url(std::string_view bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, &end, variant) != 0)
        return std::nullopt;
    bytes.resize(size);
    // One text for each byte string, so that nothing signed can be written in two ways.
    if (base64url(bytes) != text) return std::nullopt;
    return bytes;
}

std::string base58(std::string_view bytes) {
    const auto first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c != 0; });
    std::vector<std::uint8_t> digits;
    for (auto at = first; at != bytes.end(); ++at)
        multiply_add(digits, 58, 256, static_cast<std::uint8_t>(*at));
    std::string text(static_cast<std::size_t>(first - bytes.begin()), letters58.front());
    for (auto at = digits.rbegin(); at != digits.rend(); ++at) text += letters58[*at];
    return text;
}

std::optional<std::string> from_base58(std::string_view text) {
    if (text.size() > longest58) return std::nullopt;
    const std::size_t zeros = std::min(text.find_first_not_of(letters58.front()), text.size());
    std::vector<std::uint8_t> digits;
    for (const char c : text.substr(zeros)) {
        const std::size_t value = letters58.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        multiply_add(digits, 256, 58, static_cast<unsigned>(value));
    }
    std::string bytes(zeros, '\0');
    for (auto at = digits.rbegin(); at != digits.rend(); ++at) bytes += static_cast<char>(*at);
    return bytes;
}

std::string sha256(std::string_view bytes) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), bytes_of(bytes), bytes.size());
    return digest;
}

}  // namespace tiendo::signing
